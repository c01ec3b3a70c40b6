"""Relations, the two labels that are kept apart, maps and exports."""

import collections
import csv
import io
import json
import re

import pytest
import workedarguments as wa
from workedarguments.showing import exports, maps
from workedarguments.texts import relations
from workedarguments.texts.claims import Claim
from workedarguments.texts.relations import Relation

SHIPPED = ("kaufman", "casado", "bubble", "career", "openai", "sourdough")


def claim(key, kind="empirical", check=None):
    return Claim(key, "t", {"en": key}, {"en": key}, "s", "guest", kind, "asserts", "p", 2, check=check)


def test_there_are_enough_and_every_type_is_used():
    every = relations.relations()
    kinds = collections.Counter(one.type for one in every.values())
    assert len(every) >= 80
    assert set(kinds) == set(relations.TYPES)
    assert relations.table()["across texts"].sum() >= 35


def test_every_central_claim_is_related():
    every = relations.relations()
    ends = {one.start for one in every.values()} | {one.end for one in every.values()}
    assert [key for key, one in wa.claims().items() if one.importance == 3 and one.text in SHIPPED and key not in ends] == []


def status(attacks, undercuts=(), wrong=()):
    """Grounded status over made-up claims a, b, c, ...: attacks as pairs, undercuts as (claim, relation)."""
    names = "abcdef"
    every_claim = {n: claim(n, check={"verdict": "wrong"} if n in wrong else None) for n in names}
    every = {f"r{k}": Relation(f"r{k}", one, other, "attacks", "") for k, (one, other) in enumerate(attacks)}
    every |= {f"u{k}": Relation(f"u{k}", one, other, "undercuts", "") for k, (one, other) in enumerate(undercuts)}
    return relations.grounded(every_claim, every)


def test_grounded_by_hand():
    assert status([("a", "b")])["b"] == "out"
    assert status([("a", "b"), ("c", "a")])["b"] == "in"
    assert status([("a", "b"), ("b", "a")])["a"] == "undecided"
    assert status([("a", "a")])["a"] == "undecided"
    assert status([("a", "b")], undercuts=[("c", "r0")])["b"] == "in"
    assert status([], wrong="a")["a"] == "out"
    assert status([("a", "b")], wrong="a")["b"] == "in"


def test_support_gives_no_defence():
    every_claim = {n: claim(n) for n in "ab"}
    every = {"r": Relation("r", "a", "b", "supports", "")}
    assert set(relations.grounded(every_claim, every).values()) == {"in"}


@pytest.mark.parametrize(
    ("kind", "verdict", "label"),
    [("empirical", "correct", "supported"), ("empirical", "wrong", "refuted"), ("empirical", "imprecise", "mixed"),
     ("empirical", "cannot tell", "insufficient"), ("empirical", None, "unchecked"), ("forecast", None, "pending"),
     ("normative", "wrong", "not-truth-apt"), ("definition", None, "not-truth-apt")],
)
def test_evidence_labels(kind, verdict, label):
    assert relations.label(claim("a", kind, {"verdict": verdict} if verdict else None)) == label


SUBJECTS = [{"argument": "ten_to_two"}, *({"text": text} for text in ("kaufman", "casado", "bubble", "career", "openai"))]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: next(iter(subject.values())))
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_map_is_small_the_same_twice_and_says_all_in_words(subject, language):
    one = maps.argument_map(**subject, language=language)
    assert one.svg == maps.argument_map(**subject, language=language).svg
    boxes = re.findall(r"<g><title>", one.svg)
    assert 5 <= len(boxes) == len(one.table) <= relations.MOST_BOXES
    assert one.outline.startswith("* ")
    assert all(key in one.outline for key in one.table.index)
    assert "<script" not in one.svg


def boxes_of(svg):
    """Rectangles of claims in a map: (x, y, width, height)."""
    found = re.findall(r'</title><rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="(\d+)"', svg)
    return [tuple(map(float, box)) for box in found]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: next(iter(subject.values())))
def test_boxes_do_not_overlap_and_the_thesis_is_on_top(subject):
    boxes = boxes_of(maps.argument_map(**subject).svg)
    for k, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[k + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    assert boxes[0][1] == min(box[1] for box in boxes)


def test_csv_holds_every_relation():
    rows = list(csv.DictReader(io.StringIO(exports.to_csv())))
    assert [row["id"] for row in rows] == list(relations.relations())


def test_argdown_holds_every_claim_and_the_supports_and_attacks():
    text = exports.to_argdown()
    every = relations.relations()
    assert all(f"[{key}]: " in text for key in wa.claims())
    assert len(re.findall(r"^  \+ \[", text, re.MULTILINE)) == sum(one.type in ("supports", "example-of") for one in every.values())
    assert len(re.findall(r"^  - \[", text, re.MULTILINE)) == sum(one.type == "attacks" for one in every.values())


def test_json_ld_has_a_fingerprint_for_every_claim_and_no_quotation():
    made = json.loads(exports.to_json_ld())
    assert len(made) == len(wa.claims())
    assert all(one["target"]["selector"] for one in made)
    assert '"exact"' not in exports.to_json_ld()
    assert "TextQuoteSelector" not in exports.to_json_ld()
