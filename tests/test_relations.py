"""Relations, the two labels that are kept apart, maps and exports."""

import collections
import csv
import io
import json
import re
import time

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.__main__ import main
from workedarguments.showing import exports, maps
from workedarguments.texts import relations
from workedarguments.texts.claims import FACTS, KINDS, Claim, checked, claims
from workedarguments.texts.relations import Relation

SHIPPED = ("kaufman", "casado", "bubble", "career", "openai", "sourdough")


def claim(key, kind="empirical", check=None):
    return Claim(key, "t", {"en": key}, {"en": key}, "s", "guest", kind, "asserts", "p", 2, check=check)


def test_there_are_enough_and_every_type_is_used():
    every = relations.relations()
    kinds = collections.Counter(one.type for one in every.values())
    assert len(every) >= 600
    assert set(kinds) == set(relations.TYPES)
    assert relations.table()["across texts"].sum() >= 200


def test_every_claim_that_matters_is_related():
    every = relations.relations()
    ends = {one.start for one in every.values()} | {one.end for one in every.values()}
    assert [key for key, one in wa.claims().items() if one.importance >= 2 and one.text in SHIPPED and key not in ends] == []


def status(attacks, undercuts=(), wrong=()):
    """Grounded status over made-up claims a, b, c, ...: attacks as pairs, undercuts as (claim, relation)."""
    names = "abcdef"
    every_claim = {n: claim(n, check={"verdict": "wrong", "covers": "the claim"} if n in wrong else None) for n in names}
    every = {f"r{k}": Relation(f"r{k}", one, other, "attacks", "") for k, (one, other) in enumerate(attacks)}
    every |= {f"u{k}": Relation(f"u{k}", one, other, "undercuts", "") for k, (one, other) in enumerate(undercuts)}
    return relations.grounded(every_claim, every)


def test_grounded_by_hand():
    assert status([("a", "b")])["b"] == "out"
    assert status([("a", "b"), ("c", "a")])["b"] == "in"
    assert status([("a", "b"), ("b", "a")])["a"] == "undecided"
    assert status([("a", "a")])["a"] == "undecided"
    assert status([("a", "b")], undercuts=[("c", "r0")])["b"] == "in"
    assert status([("a", "b"), ("c", "c")], undercuts=[("c", "r0")])["b"] == "undecided"
    assert status([], wrong="a")["a"] == "out"
    assert status([("a", "b")], wrong="a")["b"] == "in"


def test_an_undercut_of_an_undercut_restores_the_attack():
    attack, cut = [("a", "b")], ("c", "r0")
    assert status(attack, [cut])["b"] == "in"
    assert status(attack, [cut, ("d", "u0")])["b"] == "out"
    assert status(attack, [cut, ("d", "u0"), ("e", "u1")])["b"] == "in"
    assert status([*attack, ("e", "d")], [cut, ("d", "u0")])["b"] == "in"
    assert status(attack, [cut, ("d", "u0")], wrong="d")["b"] == "in"


def test_undercuts_in_a_circle_touch_no_claim():
    assert status([("a", "b")], [("c", "u1"), ("d", "u0")]) == status([("a", "b")])


def accepted(names, relations_of, wrong):
    """Grounded status by acceptability, as attacks on attacks are defined in the literature.

    An attack defeats what it names, and every attack that starts from the claim it names. The least set
    of claims and attacks is sought of which each defeater is defeated by a member.
    """
    attacks = {key: (one.start, one.end) for key, one in relations_of.items() if one.type != "supports"}
    attacks |= {f"evidence {name}": (None, name) for name in wrong}

    def defeaters(item):
        start = attacks[item][0] if item in attacks else item
        return [key for key, (_, end) in attacks.items() if end == item or (item in attacks and end == start)]

    everything, found = {*names, *attacks}, None
    grown = set()
    while found != grown:
        found = grown
        grown = {
            item for item in everything
            if all(any(other in found for other in defeaters(one)) for one in defeaters(item))
        }  # fmt: skip
    beaten = {item for item in everything if any(one in found for one in defeaters(item))}
    return {name: "in" if name in found else "out" if name in beaten else "undecided" for name in names}


def random_graph(rng):
    """Claims and relations at random, with undercuts of whatever relation there is."""
    names = [f"t.{k}" for k in range(rng.integers(2, 9))]
    wrong = {name for name in names if rng.random() < 0.1}
    every = {}
    kinds = rng.choice(["attacks", "supports", "undercuts"], size=rng.integers(1, 16), p=[0.5, 0.1, 0.4])
    for k, kind in enumerate(kinds):
        targets = [f"r{j}" for j in range(len(kinds)) if j != k] if kind == "undercuts" else names
        if targets:
            every[f"r{k}"] = Relation(f"r{k}", str(rng.choice(names)), str(rng.choice(targets)), str(kind), "")
    every = {key: one for key, one in every.items() if one.type != "undercuts" or one.end in every}
    return names, every, wrong


def test_grounded_agrees_with_acceptability_on_random_graphs():
    rng, seen = np.random.default_rng(7), collections.Counter()
    for _ in range(600):
        names, every, wrong = random_graph(rng)
        every_claim = {n: claim(n, check={"verdict": "wrong", "covers": "the claim"} if n in wrong else None) for n in names}
        got = relations.grounded(every_claim, every)
        assert got == accepted(names, every, wrong)
        seen += collections.Counter(got.values())
        seen["nested"] += any(one.type == "undercuts" and every[one.end].type == "undercuts" for one in every.values())
    assert len(seen) == 4
    assert min(seen.values()) >= 100


def chain(length):
    every_claim = {f"t.{k}": claim(f"t.{k}") for k in range(length)}
    every = {f"r{k}": Relation(f"r{k}", f"t.{k}", f"t.{k + 1}", "attacks", "") for k in range(length - 1)}
    return every_claim, every


def test_grounded_takes_a_long_chain_in_its_stride():
    every_claim, every = chain(5_000)
    started = time.process_time()
    got = relations.grounded(every_claim, every)
    assert time.process_time() - started < 1  # second; a look at every node for each step takes minutes
    assert [got[f"t.{k}"] for k in range(4)] == ["in", "out", "in", "out"]
    assert collections.Counter(got.values()) == {"in": 2_500, "out": 2_500}


def test_the_table_follows_undercuts_to_the_claim_at_the_end(monkeypatch):
    made = [("r", "a.x", "a.y", "attacks"), ("u", "a.z", "r", "undercuts"), ("v", "b.z", "u", "undercuts"),
            ("w", "a.z", "v", "undercuts")]  # fmt: skip
    monkeypatch.setattr(relations, "relations", lambda: {m[0]: Relation(*m, "") for m in made})
    assert relations.table()["across texts"].to_dict() == {"r": False, "u": False, "v": True, "w": False}


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
    assert relations.label(claim("a", kind, {"verdict": verdict, "covers": "the claim"} if verdict else None)) == label


@pytest.mark.parametrize("verdict", FACTS)
def test_a_check_of_a_part_labels_no_claim_as_a_whole(verdict):
    for kind in KINDS:
        part = relations.label(claim("a", kind, {"verdict": verdict, "covers": "a part"}))
        assert part == ("not-truth-apt" if kind in ("normative", "definition") else "in part")
        said = relations.label(claim("a", kind, {"verdict": verdict, "covers": "that it was said"}))
        assert said == {"correct": "attributed", "cannot tell": "unchecked"}.get(verdict, "misattributed")


def test_no_map_shows_a_check_of_a_part_as_one_of_the_claim():
    partly = {key: one for key, one in claims().items() if one.check and one.check["covers"] != "the claim"}
    assert len(partly) > 50
    for key, one in partly.items():
        assert relations.label(one) not in ("supported", "refuted", "mixed", "insufficient"), key
        assert checked(one) not in FACTS, key


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


def read_csv(text):
    """The rows of a CSV, without the apostrophes that keep a spreadsheet from computing, and without empty cells."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: value.removeprefix("'") for key, value in row.items() if value} for row in rows]


def test_csv_holds_every_relation():
    wanted = [{"id": one.id, "from": one.start, "type": one.type, "to": one.end, "why": one.why}
              for one in relations.relations().values()]  # fmt: skip
    assert read_csv(exports.relations_csv()) == wanted
    assert exports.FORMATS["csv"] is exports.relations_csv


def test_csv_holds_every_field_of_every_claim():
    every, every_text = wa.claims(), wa.texts()
    status = relations.grounded(every, relations.relations())
    rows = {row["id"]: row for row in read_csv(exports.claims_csv())}
    assert list(rows) == list(every)
    for one in every.values():
        row = dict(rows[one.id])
        assert row.pop("speaker.name") == every_text[one.text].speaker(one.speaker)["name"]
        read = {}
        for column, value in row.items():
            key, _, part = column.partition(".")
            if part:
                read.setdefault(key, {})[part] = value
            else:
                read[key] = json.loads(value) if key in ("quantity", "says", "chain", "sentences") else value
        wanted = json.loads(json.dumps(relations.described(one, status[one.id])))
        assert read == {key: value if isinstance(value, list | dict) else str(value) for key, value in wanted.items()}


SPREADSHEET = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "'=1", "'", "a=1", "1", ""]


def test_no_cell_computes_and_each_can_be_read_back(monkeypatch):
    made = {f"r{k}": Relation(f"r{k}", "t.a", "t.b", "supports", words) for k, words in enumerate(SPREADSHEET)}
    monkeypatch.setattr(exports, "relations", lambda: made)
    text = exports.relations_csv()
    raw = [row["why"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert not [words for words in raw if words[:1] in tuple("=+-@\t\r\n＝＋－＠")]
    assert [row.get("why", "") for row in read_csv(text)] == SPREADSHEET
    assert raw[-3:] == ["a=1", "1", ""]
    assert (exports.cell(-1.5), exports.cell(["=1"])) == (-1.5, '["=1"]')


@pytest.mark.parametrize("name", exports.FORMATS)
def test_the_command_prints_each_export_as_it_is(name, capsys):
    assert main(["export", name]) == 0
    assert capsys.readouterr().out == exports.FORMATS[name]()
    assert exports.FORMATS[name]().endswith(("}\n", "]\n", '"\n', ".\n"))
