"""What the command prints, on whatever stream it is given: none, a closed pipe, or one that knows few characters.

A character that the stream cannot take is replaced: in words by what a reader would type instead, in JSON by
its escape, which says the same. Leaves out: files, which are always UTF-8.
"""

import codecs
import contextlib
import os
import sys
import unicodedata

# One character for one where there is one, so that columns stay straight.
TYPED = {
    "×": "x", "÷": "/", "−": "-", "–": "-", "—": "--", "±": "+-", "≈": "~", "≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf",
    "→": "->", "←": "<-", "✓": "+", "✗": "x", "✂": "%", "§": "#", "·": "-", "•": "*", "⁄": "/", "…": "...",
    "‘": "'", "’": "'", "“": '"', "”": '"', "。": ".", "、": ",", "「": '"', "」": '"', "『": "'", "』": "'",
}  # fmt: skip
READABLE, ESCAPED = "workedarguments-readable", "workedarguments-escaped"


def readable(error):
    """An error handler for codecs: signs as people type them, letters without accents, the rest as escapes."""
    return "".join(map(_typed, error.object[error.start:error.end])), error.end


def _typed(character):
    if character in TYPED:
        return TYPED[character]
    plain = unicodedata.normalize("NFKD", character)
    plain = "".join(TYPED.get(part, part) for part in plain if not unicodedata.combining(part))
    return plain if plain.isascii() else character.encode("ascii", "backslashreplace").decode()


def escaped(error):
    r"""An error handler for codecs: JSON's escapes, \uXXXX, two of them beyond the first 65,536 characters."""
    units = error.object[error.start:error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k:k + 2].hex()}" for k in range(0, len(units), 2)), error.end


codecs.register_error(READABLE, readable)
codecs.register_error(ESCAPED, escaped)


def prepare():
    """Let standard output and error take every character from now on, each as well as it can, and line by line: a
    run of minutes shows how far it is in a pipe as well.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=READABLE, line_buffering=True)


def fitted(text, errors=ESCAPED):
    """A text in which standard output can take every character. It stays valid JSON if it was."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, errors).decode(encoding)


def flush():
    """Write out what is still held back, so that a closed pipe is met here and not while Python ends."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def drop():
    """Send the rest of the output nowhere: whoever read it, as `head` does, has seen enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # none, closed, or not a file
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
