"""What moved between two builds: verdicts, numbers, figures, passages, pages, versions; from their manifests.

Two numbers are the same within the tolerance of their headline. Leaves out wording: how many pages differ in nothing
that is listed here is counted, and is not a move.
"""

import math
from dataclasses import asdict, dataclass

from ..ground.numbers import quantity
from .manifest import read_manifest
from .naming import in_words

TOLERANCE = 1e-9
SCHEMA = "workedarguments/compare-1"


@dataclass(frozen=True)
class Move:
    """One thing that moved. `kind` is version, page, state, verdict, number, figure or passage; `about` says what in
    words; `old` and `new` are words, or None where there was or is nothing.
    """

    kind: str
    page: str | None
    title: str
    about: str
    old: str | None
    new: str | None
    unit: str = ""
    values: tuple = ()

    def __str__(self):
        about = f"{self.kind}: {self.about}: "
        if self.old is None or self.new is None:
            return about + ("is new" if self.old is None else "is gone") + f" ({self.new or self.old})"
        return f"{about}{self.old} → {self.new}"


@dataclass(frozen=True)
class Comparison:
    """The moves between two builds, and the titles of pages whose bytes differ although nothing moved on them."""

    moves: tuple
    reworded: tuple

    def to_dict(self):
        """Plain values, for JSON."""
        return {"schema": SCHEMA, "moved": [asdict(one) for one in self.moves], "reworded": list(self.reworded)}

    def __str__(self):
        parts = []
        for heading, chosen in (
            ("Versions", [f"{one.about} {one.old or 'none'} → {one.new or 'none'}" for one in self._of("version")]),
            ("Pages added", [one.title for one in self._of("page") if one.old is None]),
            ("Pages removed", [one.title for one in self._of("page") if one.new is None]),
        ):
            if chosen:
                parts += [heading, *(f"  {line}" for line in chosen)]
        by_page = {}
        for one in self.moves:
            if one.kind not in ("version", "page"):
                by_page.setdefault((one.page, one.title), []).append(one)
        for (_, title), moves in by_page.items():
            parts += [title, *(f"  {one}" for one in moves)]
        if not self.moves:
            parts.append("nothing moved")
        if self.reworded:
            many = f"{len(self.reworded)} pages differ" if len(self.reworded) > 1 else "1 page differs"
            parts.append(f"{many} in nothing but wording or making")
        return "\n".join(parts)

    def _of(self, kind):
        return [one for one in self.moves if one.kind == kind]


def compare(old, new):
    """The Comparison of two folders of pages, or of their manifests; ContentError if one cannot be read."""
    return between(read_manifest(old), read_manifest(new))


def between(old, new):
    """The Comparison of two manifests."""
    moves, reworded, told = [], [], set()
    for name in sorted({*old["versions"], *new["versions"]}):
        one, other = old["versions"].get(name), new["versions"].get(name)
        if one != other:
            moves.append(Move("version", None, "", name, one, other))
    before, after = ({entry["path"]: entry for entry in one["pages"]} for one in (old, new))
    # Pages of many scenarios come last: what they say again of one that has a page of its own is told once.
    for path in sorted({**before, **after}, key=lambda path: (after.get(path) or before[path])["kind"] == "comparison"):
        one, other = (_there(side.get(path)) for side in (before, after))
        if one and other:
            mine = [move for move in moved(one, other) if _once(move, one, told)]
            moves += mine
            if not mine and one["sha256"] != other["sha256"]:
                reworded.append(other["title"])
        elif one or other:
            here = one or other
            moves.append(Move("page", path, here["title"], "page", *(side and side["path"] for side in (one, other))))
    return Comparison(tuple(moves), tuple(reworded))


def _there(entry):
    return entry if entry and entry["state"] != "missing" else None


def _once(move, entry, told):
    """Whether a move has not been told of another page: a comparison says again what is on pages of scenarios."""
    key = (entry["name"], move.kind, move.about.removeprefix(f"{entry['title']}: "), move.old, move.new)
    own = entry["title"].rpartition(" – ")[2]
    if entry["kind"] == "scenario":
        told.add((entry["name"], move.kind, f"{own}: {move.about}", move.old, move.new))
        return True
    return key not in told


def moved(old, new):
    """The Moves between two entries of one page."""
    path, title = new["path"], new["title"]
    found = []
    if old["state"] != new["state"] and "failed" in (old["state"], new["state"]):
        found.append(Move("state", path, title, new["message"] or old["message"], old["state"], new["state"]))
    shows = [entry["shows"] or {} for entry in (old, new)]
    if all(shows):
        for kind, differ in _DIFFER.items():
            sides = [_keyed(side[f"{kind}s"], kind) for side in shows]
            for key in {**sides[0], **sides[1]}:
                one, other = (side.get(key) for side in sides)
                if one is None or other is None or differ(one, other):
                    found.append(_move(kind, path, title, one, other))
    return found


def _keyed(records, kind):
    """Records by what names them, and the how manieth of that name each is."""
    found, count = {}, {}
    for one in records:
        key = tuple(one.get(name) for name in _KEYS[kind])
        count[key] = count.get(key, 0) + 1
        found[key, count[key]] = one
    return found


def _move(kind, path, title, one, other):
    words, about = _WORDS[kind], _ABOUT[kind](other or one)
    case = (other or one).get("case")
    old, new = (record and words(record, full=False) for record in (one, other))
    if old == new:  # a move too small for the digits that people see
        old, new = (words(record, full=True) for record in (one, other))
    values = tuple(record and record.get("value") for record in (one, other)) if kind in ("verdict", "number") else ()
    about = f"{case}: {about}" if case else about
    return Move(kind, path, title, about, old, new, (other or one).get("unit", ""), values)


def _far(one, other, tolerance=TOLERANCE):
    one, other = float(one), float(other)
    return not (one == other or (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=tolerance))


def _number(record, full):
    value = float(record["value"])
    return f"{value!r} {record['unit']}".strip() if full else quantity(value, record["unit"])


def _verdict(record, full):
    if record["verdict"] == "not computable":
        return record["verdict"]
    return f"{record['verdict']} at {_number(record, full)}, asked {record['asked']}"


def _about_verdict(record):
    reading = f", read as {in_words(record['reading'])}" if record["reading"] else ""
    return f"“{record['title']}”{reading}"


_KEYS = {
    "verdict": ("scenario", "claim", "reading", "judged"),
    "number": ("scenario", "name"),
    "figure": ("caption",),
    "passage": ("claim",),
}
_DIFFER = {
    "verdict": lambda one, other: one["verdict"] != other["verdict"] or one["asked"] != other["asked"]
    or _far(one["value"], other["value"]),
    "number": lambda one, other: _far(one["value"], other["value"], other["tolerance"]) or one["unit"] != other["unit"],
    "figure": lambda one, other: one["plots"] != other["plots"],
    "passage": lambda one, other: one["words"] != other["words"],
}
_ABOUT = {
    "verdict": _about_verdict,
    "number": lambda record: record["label"],
    "figure": lambda record: f"“{record['caption']}”",
    "passage": lambda record: f"“{record['title']}”",
}
_WORDS = {
    "verdict": _verdict,
    "number": _number,
    "figure": lambda record, **_: record["plots"],
    "passage": lambda record, **_: f"“{record['words']}”",
}
