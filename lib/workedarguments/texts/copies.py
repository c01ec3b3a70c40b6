"""Readers' copies: the passages that our claims point at, found again by their fingerprints (anchors.py).

A copy is the reader's: its passages are shown only to the reader, and written nowhere but where the
reader says. Leaves out: how a copy with notes looks (showing/annotated.py).
"""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..ground import uses
from ..ground.declared import ListOf, MappingOf, Number, Pattern, Place, Record, Text, declare, need
from ..ground.errors import ContentError, raise_if
from ..ground.files import data, local, read_bytes, read_json, relative, root, write_text
from . import anchors, readable
from .claims import claims_of, slugs_of

MOST_BYTES = 5_000_000
RANK = ("exact", "exact-repeat", "strong", "weak", "absent")


@dataclass(frozen=True)
class Attachment:
    """What became of a text's passages in a reader's copy."""

    text: object
    copy: str
    share: float
    passages: tuple

    @property
    def status(self):
        """matched, or refused: the copy is another text, and nothing is attached."""
        return "matched" if self.share >= anchors.GATE else "refused"

    def coverage(self):
        """How many passages have which status."""
        return {status: sum(row["status"] == status for row in self.passages) for status in RANK}

    def table(self):
        """The passages as a DataFrame: claims, status, score, start, end."""
        return pd.DataFrame(self.passages).set_index("id")

    def to_dict(self):
        """Plain data for JSON; an absent passage has a null span. Holds nothing of the copy's words."""
        return {
            "schema": "workedarguments/annotate-1",
            "text": self.text.id,
            "document": {"status": self.status, "share": self.share},
            "coverage": self.coverage(),
            "passages": list(self.passages),
        }

    def __repr__(self):
        counts = ", ".join(f"{count} {status}" for status, count in self.coverage().items() if count)
        if self.status == "refused":
            share = f"{self.share:.0%} of its passages were found"
            return f"This is not the text {self.text.id!r}: {share}. Nothing is attached."
        return f"{self.text.id}: {len(self.passages)} passages, {counts}."


def read_copy(path):
    """The text of a reader's copy; ContentError if it is missing, too large, empty, or no text."""
    raw, name = read_bytes(path, MOST_BYTES), Path(path).name
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError(f"{name}: not a text (plain text, Markdown or saved HTML is)")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ContentError(f"{name}: not a text in UTF-8, UTF-16 or GB 18030")
    if not text.strip():
        raise ContentError(f"{name}: empty")
    return text


@contextlib.contextmanager
def _noted(path):
    if not isinstance(path, str | os.PathLike):  # which reading it says
        yield
        return
    uses.used("copy", relative(path))
    with uses.reading(relative(path)):
        yield


@uses.kind("copy", "the copy {}")
def _today_copy(path):
    return read_bytes(root() / path, MOST_BYTES)


def folded_copy(path):
    """The Units of a reader's copy, folded; ContentError if it cannot be read or is too much for one article."""
    with _noted(path):
        text = read_copy(path)
    try:
        return anchors.fold(readable.plain(text))
    except ContentError as error:
        raise ContentError([f"{Path(path).name}: {problem}" for problem in error.problems]) from None


def numbered(path):
    """The sentences of a copy as a DataFrame: units and words, by the number with which claims point at them."""
    folded, units, words = folded_copy(path), [], []
    for first, last in anchors.sentences(folded):
        stop = anchors.SENTENCE_END.search(folded.text, folded.end[last - 1])
        units.append(last - first)
        words.append(folded.text[folded.start[first] : stop.end() if stop else None])
    words = [" ".join(one.split()).rstrip(" *") for one in words]
    return pd.DataFrame({"units": units, "words": words}).rename_axis("sentence")


def write_numbered(text_id, path):
    """Write the numbered sentences of a copy where git does not look: number, units, words. Returns the file."""
    lines = [
        f"Number, units, sentence: claims in data/claims/{text_id}.yml point at the numbers. A unit is a word, or a",
        f"Chinese character. A sentence in brackets has fewer than {anchors.LEAST_UNITS}: name a longer neighbour too.",
        "",
    ]
    for number, units, words in numbered(path).itertuples():
        lines.append(f"{number:>4} {units:>4}  {words if units >= anchors.LEAST_UNITS else f'({words})'}")
    target = local(f"{text_id}-sentences.txt")
    return write_text(target, "\n".join(lines) + "\n")


HEX = Pattern("[0-9a-f]{16}", "16 hexadecimal digits")
ANCHORS = Record({
    "scheme": need(Text(40), "how the fingerprints were made"),
    "fold": need(Text(40), "how the words were folded before"),
    "salt": need(Text(60), "the text's id, which every fingerprint is keyed with"),
    "units": need(Number(0, whole=True), "words and Chinese characters of the original"),
    "passages": need(MappingOf(Record({
        "s": need(Pattern("[0-9a-f]{32}", "32 hexadecimal digits"), "sketch of the sentence"),
        "x": need(HEX, "hash of the sentence"),
        "n": need(Number(1, whole=True), "its units"),
        "r": need(Number(0, 1), "its relative position"),
        "o": need(Number(0, whole=True), "its order"),
    }), Pattern("[0-9]{1,7}", "the number of a sentence")), "a fingerprint for each sentence that a claim points at"),
    "guard": need(ListOf(HEX), "hashes of all long sentences, by which copied ones are found"),
})
FILE = declare("data/anchors/<text>.json", "Made by `worked anchors`: fingerprints, no word of the original.", ANCHORS)


def stored(text_id):
    """The stored anchors of a text: {scheme, fold, salt, units, passages: {sentence number: record}}."""
    path = data("anchors", f"{text_id}.json")
    uses.used("anchors", text_id)
    with uses.reading(relative(path)):
        if not path.exists():
            raise ContentError(f"{relative(path)}: no such file; make it with `worked anchors {text_id} COPY`")
        found = read_json(path)
        raise_if(ANCHORS.problems(found, Place(relative(path))))
        if (found["scheme"], found["fold"]) != (anchors.SCHEME, anchors.FOLD):
            raise ContentError(
                f"{relative(path)}: made by {found['scheme']}, {found['fold']}; "
                f"this kit reads {anchors.SCHEME}, {anchors.FOLD}"
            )
    return found


@uses.kind("anchors", "where the passages of {} stand")
def _today(text_id):
    return read_bytes(data("anchors", f"{text_id}.json"))


def anchored_sentences(text_id, every=None):
    """{sentence number: [claim ids]} of a text: the sentences that its claims, or `every` claim given, point at."""
    found = {}
    for one in (claims_of(text_id) if every is None else every).values():
        for number in one.sentences:
            found.setdefault(number, []).append(one.id)
    return dict(sorted(found.items()))


def anchor_problems(text_id):
    """Claims of a text that no stored anchor finds, and anchors that no claim points at."""
    where, (readable, slugs) = f"data/anchors/{text_id}.json", slugs_of(text_id)
    wanted = anchored_sentences(text_id, readable)
    if not wanted:
        return []
    have = set(stored(text_id)["passages"])
    found = [
        f"{where}: no anchor for claim {one.id}; make it again with `worked anchors {text_id} COPY`"
        for one in readable.values()
        if one.sentences and not any(str(number) in have for number in one.sentences)
    ]
    if len(readable) < len(slugs):  # a broken claim may be what a sentence belongs to
        return found
    return found + [f"{where}: sentence {number} belongs to no claim" for number in have if int(number) not in wanted]


def make_anchors(text_id, path):
    """Write data/anchors/<text>.json from a copy of the original; sentences under 10 units are left out."""
    folded = folded_copy(path)
    spans = anchors.sentences(folded)
    wanted, problems = anchored_sentences(text_id), []
    records = {}
    for number, ids in wanted.items():
        if number >= len(spans):
            problems += [f"claim {key}: no sentence {number}; the copy has {len(spans)}" for key in ids]
        elif spans[number][1] - spans[number][0] >= anchors.LEAST_UNITS:
            records[str(number)] = anchors.fingerprint(folded, spans[number], number, text_id)
    for one in claims_of(text_id).values():
        if one.sentences and not any(str(number) in records for number in one.sentences):
            problems.append(
                f"claim {one.id}: no sentence of {anchors.LEAST_UNITS} units or more among {list(one.sentences)}; "
                "name a longer neighbour as well"
            )
    if not wanted:
        problems.append(f"data/claims/{text_id}.yml: no claim has `sentences`, so there is nothing to find again")
    raise_if(problems)
    content = {
        "scheme": anchors.SCHEME,
        "fold": anchors.FOLD,
        "salt": text_id,
        "units": len(folded.units),
        "passages": records,
        "guard": sorted(
            anchors.passage_hash(folded.units[a:b], text_id) for a, b in spans if b - a >= anchors.GUARD_UNITS
        ),
    }
    target = data("anchors", f"{text_id}.json")
    return write_text(target, json.dumps(content, indent=0) + "\n")


def attach(text, path):
    """Find a text's passages in a reader's copy: an Attachment, refused if the copy is another text."""
    known, ids = stored(text.id), anchored_sentences(text.id)
    folded = folded_copy(path)
    records = list(known["passages"].values())
    found = anchors.attach(records, folded, known["salt"])
    share = anchors.share_found(found)
    passages = tuple(
        {
            "id": f"{text.id}#{number}",
            "claims": ids.get(int(number), []),
            "status": one.status,
            "score": round(one.score, 4),
            "start": one.start,
            "end": one.end,
        }
        for number, one in zip(known["passages"], found, strict=True)
    )
    return Attachment(text, folded.text, share, passages)


def copied(text, text_id):
    """Sentences of the original that stand in some text, by their hashes: for the guard against copying."""
    known, folded = set(stored(text_id)["guard"]), anchors.fold(text)
    return [
        folded.text[folded.start[a] : folded.end[b - 1]]
        for a, b in anchors.sentences(folded)
        if b - a >= anchors.GUARD_UNITS and anchors.passage_hash(folded.units[a:b], text_id) in known
    ]
