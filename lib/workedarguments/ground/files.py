"""Where the content is, and the one reader and the one writer of people's files.

Content is everything that people edit without Python: texts, claims, scenarios, evidence, exercises. Whatever
is wrong with a file is a ContentError that names it: missing, a folder, unreadable, no UTF-8, broken CSV or JSON.
A file is written whole or not at all. Leaves out YAML (strict_yaml.py) and what a file may hold (declared.py).
"""

import contextlib
import csv
import hashlib
import io
import json
import os
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path

from .errors import ContentError, nearest, raise_if, short

MOST_BYTES = 20_000_000
# Stands at the head of every page that the kit writes, which may therefore be written again.
MADE_HERE = '<meta name="generator" content="workedarguments">'


@cache
def root():
    """The folder that holds data/ and notebooks/.

    The environment variable WORKEDARGUMENTS_ROOT wins, then the repository this package was
    installed from (editable), then the nearest such folder above the working directory.
    """
    for place in _places():
        if (place / "data").is_dir() and (place / "notebooks").is_dir():
            return place.resolve()
    raise ContentError(
        "no folder with data/ and notebooks/ found; run inside the repository or set WORKEDARGUMENTS_ROOT"
    )


def _places():
    if named := os.environ.get("WORKEDARGUMENTS_ROOT"):
        yield Path(named)
        return
    yield Path(__file__).parents[3]
    with contextlib.suppress(OSError):  # the working directory may have been removed
        here = Path.cwd().resolve()
        yield from (here, *here.parents)


def data(*parts):
    """A path below data/."""
    return root().joinpath("data", *parts)


def local(name):
    """A path in the reader's own folder, which git ignores."""
    return root() / "local" / name


def relative(path):
    """A path as it is shown to people: from the repository's root, with forward slashes."""
    path = Path(path)
    try:
        return path.resolve().relative_to(root()).as_posix()
    except (ValueError, OSError, RuntimeError):
        return path.name


def why(error):
    """The reason of an OSError in a few words, without the machine's folders."""
    return (error.strerror or type(error).__name__).lower()


def read_bytes(path, most=MOST_BYTES):
    """The bytes of a person's file; ContentError with its name if it cannot be read or is larger than `most`."""
    if not isinstance(path, str | os.PathLike):
        raise ContentError(f"the path of a file must be text, not {short(path)}")
    path = Path(path)
    try:
        if path.is_dir():
            raise ContentError(f"{relative(path)}: is a folder, not a file")
        size = path.stat().st_size
        if size > most:
            raise ContentError(f"{relative(path)}: {size // 1_000_000} MB; {most // 1_000_000} at most")
        return path.read_bytes()
    except ContentError:
        raise
    except FileNotFoundError:
        hint = ""
        if data() in path.resolve().parents:  # what else lies in a reader's own folder is nobody's business
            hint = f"; {nearest(path.stem, [other.stem for other in path.parent.glob(f'*{path.suffix}')])}"
        raise ContentError(f"{relative(path)}: no such file{hint}") from None
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else error
        raise ContentError(f"{relative(path)}: cannot be read ({reason})") from None


def read_text(path, most=MOST_BYTES):
    """The words of a person's file in UTF-8, without a byte order mark, ends of lines alike; else a ContentError."""
    raw = read_bytes(path, most)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(f"{relative(path)} line {line}: not UTF-8 text; save the file as UTF-8") from None
    if "\0" in text:
        raise ContentError(f"{relative(path)} line {text[: text.index(chr(0))].count(chr(10)) + 1}: not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_csv(path):
    """The rows of a CSV file as dictionaries of text; ContentError if it is no table with a head."""
    return [row for _, row in numbered_csv(path)]


def numbered_csv(path):
    """[(line in which it begins, row)] of a CSV file, each row as in `read_csv`; ContentError as there."""
    reader, rows = csv.DictReader(io.StringIO(read_text(path)), strict=True), []
    where = relative(path)
    try:
        names = reader.fieldnames or []
        for row in reader:
            inside = sum(cell.count("\n") for cell in row.values() if isinstance(cell, str))
            rows.append((reader.line_num - inside, row))
    except csv.Error as error:
        raise ContentError(f"{where} line {reader.line_num}: not a table ({error})") from None
    if not names or not all(name and name.strip() for name in names):
        raise ContentError(f"{where} line 1: every column needs a name")
    twice = sorted({name for name in names if names.count(name) > 1})
    raise_if([f"{where} line 1: column {name!r} stands twice" for name in twice])
    return rows


def read_json(path):
    """What a JSON file holds; ContentError if it is none."""
    def refuse(word):
        raise ContentError(f"{relative(path)}: {word} is no number in JSON")

    try:
        return json.loads(read_text(path), parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise ContentError(f"{relative(path)} line {error.lineno}: not valid JSON ({error.msg})") from None
    except ContentError:
        raise
    except (RecursionError, ValueError):
        raise ContentError(f"{relative(path)}: not valid JSON (too deep, or a number of too many digits)") from None


def write_text(path, text):
    """Write a file so that it is there whole or not at all; returns its path. ContentError if that cannot be."""
    path = Path(path)
    # Named after the process: two runs at once must not write into each other's file.
    partial = path.with_name(f".{path.name[:100]}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            partial.unlink()
        reason = why(error) if isinstance(error, OSError) else error
        raise ContentError(f"{relative(path)}: cannot be written ({reason})") from None
    return path


def sweep(folder):
    """Remove what writers that were killed have left in a folder and those below it: their files have an ending and
    the number of a process that is no more.
    """
    for path in Path(folder).rglob(".*.partial"):
        pid = path.name.rsplit(".", 2)[-2]
        if pid.isdecimal() and not _is_running(int(pid)):
            with contextlib.suppress(OSError):
                path.unlink()


def _is_running(pid):
    if os.name != "posix":  # there, asking would end it
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_for(path, text, source=None, force=False):
    """Write a file where a person said, and nowhere else; returns its path.

    Never over `source`, which it was made from. Over another file only if the kit made it, or with `force`.
    """
    path = Path(path)
    if source is not None and _same_file(path, source):
        raise ContentError(f"{path.name}: is the file that is read; nothing is written over it, choose another name")
    if not force and is_foreign(path):
        raise ContentError(f"{path.name}: is there already, and not made by this kit; choose another name, or --force")
    return write_text(path, text)


def _same_file(one, other):
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def is_foreign(path):
    """Whether something lies there that the kit did not make."""
    try:
        with Path(path).open("rb") as file:
            return MADE_HERE.encode() not in file.read(4096)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def fingerprint(paths):
    """A short SHA-256 over names and bytes of files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(map(Path, paths)):
        digest.update(os.fsencode(relative(path)) + b"\0" + read_bytes(path) + b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Read:
    """What was read: good entries by key, all problems, the keys whose entries are broken, and the names of files or
    texts of which nothing could be read.

    So one bad entry hides nothing else: who only looks for a key finds broken ones too.
    """

    found: dict
    problems: tuple = ()
    broken: frozenset = field(default_factory=frozenset)
    unreadable: frozenset = field(default_factory=frozenset)

    def whole(self):
        """The entries, if there is no problem at all; else one ContentError with every problem."""
        raise_if(self.problems)
        return dict(self.found)

    def names(self):
        """Every key that stands there, broken or not."""
        return {*self.found, *self.broken}


def kept_until_changed(*patterns):
    """Keep what a function reads until a file below data/ that matches one of the patterns changes.

    The function takes no arguments and returns a Read, which nobody changes.
    """

    def decorate(function):
        kept = {}

        @wraps(function)
        def read():
            files = sorted(path for pattern in patterns for path in data().glob(pattern))
            stamp = tuple((path, _changed(path)) for path in files)
            if stamp not in kept:
                kept.clear()
                kept[stamp] = function()
            return kept[stamp]

        return read

    return decorate


def _changed(path):
    try:
        return path.stat().st_mtime_ns
    except OSError:  # a link that leads nowhere: reading it says so
        return 0
