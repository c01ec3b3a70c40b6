"""Claims and relations as Argdown, whose parser gives back every word, every field and every relation.

A claim is a statement. A relation is an argument named after it: its description says why, it rests on the
claim that it starts from, and it supports, attacks or undercuts what it bears on. Argdown has no sign for
qualifies and same-as; such an argument rests on both claims and asserts nothing of either, and its data say
which is which. Fields stand as data behind each. Leaves out: what a fingerprint finds in a copy.
"""

import json
import re

from ..texts.relations import described, grounded

# How an argument bears on the end of its relation; None: Argdown has no sign, so it rests on that as well.
SIGNS = {"supports": "+>", "example-of": "+>", "attacks": "->", "undercuts": "_>", "qualifies": None, "same-as": None}

# Argdown's lexer takes a backslash and any one character for that character. Within a line these would otherwise
# begin a token, or be dropped: the signs of its markup, "=", of which three open a front matter, a stop or colon that
# may begin a shortcode, tabs, and a blank at the start or after a blank.
SYNTAX = re.compile(r"[\\#*_\[{<=/\t]|[.:](?! |\Z)|^ |(?<= ) ")
# A title ends at its bracket and has no escapes, and its bracket and first sign must not be those of a relation.
UNTITLED = re.compile(r"^[-_]|[^\w.-]")
# Data end at a brace before a blank, hold no line ends of any kind, and must not hold what YAML forbids.
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
UNQUOTABLE = re.compile("[}\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def argdown(texts, claims, relations):
    """The Argdown of claims by id and relations by id, a section for each of the texts.

    A statement or description that cannot be one line has its words in the data too, as `exact`.
    """
    status, out = grounded(claims, relations), []
    for text in texts.values():
        about = {key: getattr(text, key) for key in ("id", "language", "script", "date", "rights")}
        out.append(_block("# ", text.title, about))
        for one in claims.values():
            if one.text == text.id:
                about = described(one, status[one.id])
                about["paraphrase"] = {key: words for key, words in one.paraphrase.items() if key != "en"}
                out.append(_block(f"[{_title(one.id)}]: ", one.paraphrase["en"], about))
        for one in relations.values():
            if claims[one.start].text == text.id:
                about = {"id": one.id, "type": one.type, "from": one.start, "to": one.end}
                out.append(_block(f"<{_title(one.id)}>: ", one.why, about))
                # In one block with the data, what follows them would add a blank to the words.
                end = f"<{_title(one.end)}>" if one.type == "undercuts" else f"[{_title(one.end)}]"
                sign = SIGNS[one.type] or "+"
                out.append(f"<{_title(one.id)}>\n  + [{_title(one.start)}]\n  {sign} {end}")
    return "\n\n".join(out) + "\n"


def _block(opening, words, about):
    """What opens a block, its words on one line, and below them its data."""
    if not words.strip() or re.search(r"[\r\n]", words):
        about, words = about | {"exact": words}, " ".join(words.split()) or "-"
    return f"{opening}{SYNTAX.sub(_escaped, words)}\n{_data(about)}"


def _escaped(match):
    return f"\\{match[0]}"


def _title(name):
    """A name as a title; what a title cannot hold is written as its bytes in percent signs, as in an address."""
    return UNTITLED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), name)


def _data(about):
    """One line of JSON, which is YAML; what Argdown or YAML would trip over is given by its number."""
    plain = json.dumps(about, ensure_ascii=False)
    return QUOTED.sub(lambda text: UNQUOTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text[0]), plain)
