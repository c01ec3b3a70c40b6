"""Relations between claims, within a text and across texts, and what follows from them.

data/relations.yml is a list of {id, from, to, type, why}. `undercuts` bears on another relation and
names its id; all others bear on a claim. Two labels are kept apart: the evidence label says what a
fact check found, the grounded status what the attacks leave standing. Neither is a verdict.
"""

from collections import Counter
from dataclasses import asdict, dataclass

import pandas as pd

from ..ground import uses
from ..ground.declared import KeyOf, ListOf, Name, OneOf, Place, Record, Text, declare, need
from ..ground.errors import ContentError, known, nearest
from ..ground.files import Read, data, kept_until_changed
from ..ground.strict_yaml import load_entries
from ..models import stems
from .claims import claims, key_of_claim, read_claims
from .texts import texts

TYPES = {
    "supports": "+",
    "attacks": "−",
    "undercuts": "✂",
    "qualifies": "~",
    "same-as": "=",
    "example-of": "e.g.",
}
LABELS = {"correct": "supported", "imprecise": "mixed", "wrong": "refuted", "cannot tell": "insufficient"}
SAID = {"correct": "attributed", "imprecise": "misattributed", "wrong": "misattributed", "cannot tell": "unchecked"}
MOST_BOXES = 12
ENTRY = Record({
    "id": need(Name("-"), "by which an undercut names the relation"),
    "from": need(KeyOf("claim"), "the claim that bears on something"),
    "to": need(KeyOf("claim or relation"), "the claim it bears on; for an undercut, the id of a relation"),
    "type": need(OneOf(tuple(TYPES)), "how it bears on it"),
    "why": need(Text(), "the reason, where it is easily misread also why not the other way"),
})
FILE = declare("data/relations.yml", "Which claim bears on which, and why.", ListOf(ENTRY))


@dataclass(frozen=True)
class Relation:
    """One relation; `start` and `end` are claim ids, except that an undercut's `end` is a relation's id."""

    id: str
    start: str
    end: str
    type: str
    why: str


@kept_until_changed("relations.yml", "claims/*.yml", "sources.yml", "texts/*/text.yml", "words/*.yml")
def read_relations():
    """What data/relations.yml says, good entries and broken ones: a Read by relation id."""
    at, problems, found, broken = Place("data/relations.yml"), [], {}, set()
    entries, unread = load_entries(data("relations.yml"), FILE.kind)
    if entries is None:
        return Read({}, tuple(unread), unreadable=frozenset(["relations"]))
    ids = Counter(str(entry.get("id")) for entry in entries if isinstance(entry, dict))
    is_claim, pairs = key_of_claim(), Counter()
    for n, entry in enumerate(entries, 1):
        key = str(entry.get("id") or n) if isinstance(entry, dict) else n
        here = at.inside(key)
        wrong = ENTRY.problems(entry, here) or _relation_problems(entry, here, ids, is_claim)
        if not wrong:
            pairs[entry["from"], entry["to"]] += 1
            if pairs[entry["from"], entry["to"]] == 2:
                wrong = [f"{here}: {entry['from']} and {entry['to']} are related twice"]
        problems += wrong
        if wrong:
            broken.add(key)
        else:
            found[key] = Relation(*(entry[name] for name in ("id", "from", "to", "type", "why")))
    return Read(found, tuple(problems), frozenset(broken))


def _relation_problems(entry, at, ids, is_claim):
    """What takes two keys of a relation, or all relations, to see."""
    wrong, cuts = [], entry["type"] == "undercuts"
    for key, of_relation in (("from", False), ("to", cuts)):
        if not (entry[key] in ids if of_relation else is_claim(entry[key])):
            what, there = ("relation", ids) if of_relation else ("claim", read_claims().names())
            wrong.append(f"{at.inside(key, entry)}: no {what} {entry[key]!r}; {nearest(entry[key], there)}")
    if entry["from"] == entry["to"]:
        wrong.append(f"{at}: bears on itself")
    if ids[entry["id"]] > 1:
        wrong.append(f"{at}: id stands twice")
    return wrong


def relations():
    """All relations by id; ContentError lists every broken one."""
    if not uses.is_collecting():
        claims()
        return read_relations().whole()
    uses.used("relations")
    found, wrong = _today()
    for path, lines in wrong.items():
        uses.unread(path, lines)
    return found


@uses.kind("relations", "the relations between claims")
def _today(_=uses.ALL):
    """The relations between claims that can be read, and what is wrong with their file."""
    read, there = read_relations(), read_claims().found
    claim_of = {key: _claim_at_the_end(one, read.found) for key, one in read.found.items()}
    kept = {key: one for key, one in read.found.items() if one.start in there and claim_of[key] in there}
    return kept, uses.by_file(read.problems)


@uses.kind("claims in outline", "claims on a map")
def _today_outline(_):
    """What a map of claims takes of all of them: how much each weighs, and what it is about."""
    return {
        key: (one.importance, label(one), [says.argument for says in one.says])
        for key, one in read_claims().found.items()
    }


def label(claim):
    """The evidence label of a claim: supported, mixed, refuted, insufficient, pending or not-truth-apt; "in part" where
    a part of it was checked, and "attributed" or "misattributed" where it was only checked that it was said.
    """
    covers = claim.check["covers"] if claim.check else None
    if covers == "that it was said":
        return SAID[claim.check["verdict"]]
    if claim.kind in ("normative", "definition"):
        return "not-truth-apt"
    if covers:
        return LABELS[claim.check["verdict"]] if covers == "the claim" else "in part"
    return "pending" if claim.kind == "forecast" else "unchecked"


def grounded(every_claim, every_relation):
    """The grounded status of each claim: in, out, or undecided, over attacks and undercuts.

    Attacks and undercuts are arguments of their own, as claims are: an attack defeats the claim it
    names, an undercut the relation it names, be that an attack, a support, or an undercut in its turn.
    Either is out where its own claim is out, or where an undercut that is in names it. A claim that a
    fact check found wrong is attacked by evidence that nothing attacks. Support gives no defence.
    What is in and what is out is the least that follows; the rest is undecided.
    """
    defeats = set()
    for one in every_relation.values():
        if one.type in ("attacks", "undercuts"):
            carrier, denial = ("relation", one.id), ("denial", one.start)
            defeats |= {
                (("claim", one.start), denial),
                (denial, carrier),
                (carrier, ("claim" if one.type == "attacks" else "relation", one.end)),
            }
    for key, claim in every_claim.items():
        if label(claim) == "refuted":
            defeats.add((("evidence", key), ("claim", key)))
    status = _grounded({("claim", key) for key in every_claim}, defeats)
    return {key: status[("claim", key)] for key in every_claim}


def _grounded(nodes, defeats):
    """{node: in, out or undecided} of a graph of (defeater, defeated) pairs, each pair looked at once."""
    defeated, standing = {}, Counter()
    for one, other in defeats:
        defeated.setdefault(one, []).append(other)
        standing[other] += 1
    status = dict.fromkeys([*nodes, *defeated, *standing], "undecided")
    fresh = [node for node in status if not standing[node]]
    status.update(dict.fromkeys(fresh, "in"))
    while fresh:
        for loser in defeated.get(fresh.pop(), ()):
            if status[loser] == "undecided":
                status[loser] = "out"
                for other in defeated.get(loser, ()):
                    standing[other] -= 1
                    if not standing[other] and status[other] == "undecided":
                        status[other] = "in"
                        fresh.append(other)
    return status


def described(claim, status):
    """A claim as plain data for other tools: the fields of its file that say something, and both labels."""
    says = [{("is" if key == "is_" else key): value for key, value in asdict(one).items()} for one in claim.says]
    fields = asdict(claim) | {"says": [{k: v for k, v in one.items() if v is not None} for one in says]}
    kept = {key: value for key, value in fields.items() if value not in (None, (), [], {})}
    return kept | {"label": label(claim), "grounded": status}


def table():
    """All relations as a DataFrame: from, type, to, why, and whether they cross texts."""
    every = relations()
    rows = {
        one.id: (
            one.start,
            one.type,
            one.end,
            one.why,
            _text(one.start) != _text(_claim_at_the_end(one, every)),
        )
        for one in every.values()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["from", "type", "to", "why", "across texts"])


def _claim_at_the_end(one, every):
    """The claim that a relation bears on in the end; of undercuts that cut one another, the relation's own claim."""
    seen = set()
    while one.type == "undercuts" and one.id not in seen and one.end in every:
        seen.add(one.id)
        one = every[one.end]
    return one.start if one.type == "undercuts" else one.end


def _text(claim_id):
    return claim_id.partition(".")[0]


@dataclass(frozen=True)
class Node:
    """A box of a map: a claim, how deep it stands, and the relation by which it bears on the box above it."""

    claim: str
    depth: int
    relation: Relation | None


def tree(thesis, most=MOST_BOXES):
    """The boxes of a map, thesis first, each below what it bears on: a list of Node in drawing order.

    Nearest and central claims come first, until there are `most`. An undercut stands below the claim
    whose link to the box above it cuts.
    """
    every_claim, every = claims(), relations()
    known(thesis, every_claim, "claim", "map")
    children, placed, edge = {thesis: []}, {thesis: None}, [thesis]
    while edge and len(placed) < most:
        found = []
        for one in every.values():
            cut = every.get(one.end)
            if one.type == "undercuts" and cut and cut.start in placed and placed[cut.start] is cut:
                found.append((cut.start, one))
            elif one.end in edge and one.type != "undercuts":
                found.append((one.end, one))
        fresh = sorted(found, key=lambda pair: -every_claim[pair[1].start].importance)
        edge = []
        for parent, one in fresh:
            if one.start not in placed and len(placed) < most:
                placed[one.start] = one
                children[one.start] = []
                children[parent].append(one.start)
                edge.append(one.start)
    out = []

    def walk(key, depth):
        out.append(Node(key, depth, placed[key]))
        for child in children[key]:
            walk(child, depth + 1)

    walk(thesis, 0)
    return out


def across(nodes):
    """Relations between boxes of a map that its tree does not show: a list of Relation."""
    shown, boxes = {node.relation.id for node in nodes if node.relation}, {node.claim for node in nodes}
    inner = (one for one in relations().values() if one.type != "undercuts" and {one.start, one.end} <= boxes)
    return [one for one in inner if one.id not in shown]


def thesis_of(argument=None, text=None):
    """The claim on which most bears, among those of an argument or a text."""
    if argument:
        known(argument, stems(), "argument", "map")
    else:
        known(text, texts(), "text", "map")
    with uses.only("claims in outline"):
        every = claims()
        pool = [
            key
            for key, one in every.items()
            if (any(says.argument == argument for says in one.says) if argument else one.text == text)
        ]
        if not pool:
            broken = uses.by_file(read_claims().problems).get(f"data/claims/{text}.yml")
            raise ContentError(broken or f"map: no claim {'about' if argument else 'of'} {argument or text}")
        weight = Counter(one.end for one in relations().values())
        return max(pool, key=lambda key: (weight[key], every[key].importance, -pool.index(key)))


def name_of(claim):
    """Who says a claim, short enough for a box: the speaker's name, or the voice where there is none."""
    name = texts()[claim.text].speaker(claim.speaker)["name"].partition(" (")[0]
    return f"{claim.text}, {claim.voice}" if name == "unnamed" else name


def words_of(claim, language):
    """The short words of a claim in a language, else in English."""
    return claim.short.get(language) or claim.short["en"]
