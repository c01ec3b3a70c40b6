"""The export as web annotations: what a JSON-LD processor makes of it, and what the W3C's model demands.

The context that the W3C serves is replaced by one of ours with the terms that the export uses, so nothing
is fetched. Leaves out: the W3C's own test files, whose demands are put in our words here.
"""

import collections
import copy
import json
import os
import re
from urllib.parse import parse_qsl

import pytest
import workedarguments as wa
from workedarguments.showing import exports
from workedarguments.showing.web_annotations import BASE, collection
from workedarguments.texts.claims import Claim
from workedarguments.texts.copies import stored
from workedarguments.texts.relations import described, grounded, relations
from workedarguments.texts.texts import Text, texts

ANNO = "http://www.w3.org/ns/anno.jsonld"
OA, ACTIVITY, DC, TERMS = (
    "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
)  # fmt: skip
FOAF, RDF, RDFS, TYPES = (
    "http://xmlns.com/foaf/0.1/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#",
    "http://purl.org/dc/dcmitype/",
)  # fmt: skip


def link(address, **more):
    return {"@id": address, "@type": "@id", **more}


STANDARD = {
    "id": "@id", "type": "@type",
    **{name: OA + name for name in ("Annotation", "TextualBody", "SpecificResource", "FragmentSelector", "describing", "linking")},
    "AnnotationCollection": ACTIVITY + "OrderedCollection", "AnnotationPage": ACTIVITY + "OrderedCollectionPage",
    "Software": ACTIVITY + "Application", "Organization": FOAF + "Organization", "Person": FOAF + "Person",
    "Text": TYPES + "Text", "name": FOAF + "name", "label": RDFS + "label", "value": RDF + "value",
    "language": DC + "language", "format": DC + "format",
    "body": link(OA + "hasBody"), "target": link(OA + "hasTarget"), "source": link(OA + "hasSource"),
    "selector": link(OA + "hasSelector"), "conformsTo": link(TERMS + "conformsTo"), "creator": link(TERMS + "creator"),
    "rights": link(TERMS + "rights"), "generator": link(ACTIVITY + "generator"),
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"}, "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "items": link(ACTIVITY + "items", **{"@container": "@list"}), "first": link(ACTIVITY + "first"),
    "last": link(ACTIVITY + "last"), "partOf": link(ACTIVITY + "partOf"),
    "total": ACTIVITY + "totalItems", "startIndex": ACTIVITY + "startIndex",
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return json.loads(exports.to_json_ld())


@pytest.fixture(scope="module")
def expanded(made):
    """The export as a JSON-LD processor expands it, with nothing fetched: {name: annotation}."""
    return {one["@id"]: one for one in items_of(expand(made))}


def expand(document):
    try:
        from pyld import jsonld
    except ImportError:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("PyLD is missing, so nothing is expanded")

    def load(address, _options):
        assert address == ANNO, address
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": STANDARD}}

    [whole] = jsonld.expand(document, {"documentLoader": load})
    return whole


def items_of(whole):
    [page] = whole[ACTIVITY + "first"]
    [row] = page[ACTIVITY + "items"]
    return row["@list"]


def only(node, key):
    """The one value of a property."""
    [found] = node[key]
    return found.get("@value", found.get("@id"))


def selectors_of(node):
    [target] = node[OA + "hasTarget"]
    return target.get(OA + "hasSelector", [])


def test_every_selector_is_whole_after_expansion(expanded):
    every = {key: stored(key)["passages"] for key in texts()}
    count = 0
    for one in wa.claims().values():
        wanted = [every[one.text][str(n)] for n in one.sentences if str(n) in every[one.text]]
        found = selectors_of(expanded[f"{BASE}claim:{one.id}"])
        assert [item["@type"] for item in found] == [[OA + "FragmentSelector"]] * len(wanted)
        assert {only(item, TERMS + "conformsTo") for item in found} <= {f"{BASE}fingerprint:zhsketch-1:zhfold-1"}
        read = [dict(parse_qsl(only(item, RDF + "value"))) for item in found]
        assert read == [{"salt": one.text, **{key: str(value) for key, value in record.items()}} for record in wanted]
        count += len(found)
    assert count >= 819


def test_expansion_keeps_who_says_what_how_surely_and_what_was_found(expanded):
    every, every_text = wa.claims(), texts()
    status = grounded(every, relations())
    for one in every.values():
        node, text = expanded[f"{BASE}claim:{one.id}"], every_text[one.text]
        words = {only(body, DC + "language"): only(body, RDF + "value") for body in node[OA + "hasBody"]}
        assert words == one.paraphrase
        [speaker] = node[BASE + "speaker"]
        assert only(speaker, FOAF + "name") == text.speaker(one.speaker)["name"]
        for key in ("voice", "kind", "hedge", "importance", "label", "grounded"):
            assert only(node, BASE + key) == described(one, status[one.id])[key]
        [about] = node[BASE + "text"]
        assert (only(about, BASE + "rights"), only(about, DC + "language")) == (text.rights, f"{text.language}-{text.script}")
        short = {item["@language"].lower(): item["@value"] for item in node[BASE + "short"]}
        assert short == {key.lower(): words for key, words in one.short.items()}
        if one.check:
            [check] = node[BASE + "check"]
            assert {key: only(check, BASE + key) for key in one.check} == one.check
    assert {tuple(one["@type"]) for one in expanded.values()} == {(OA + "Annotation",)}


def test_expansion_keeps_every_relation(expanded):
    every = relations()
    for one in every.values():
        node = expanded[f"{BASE}relation:{one.id}"]
        kind = "relation" if one.type == "undercuts" else "claim"
        [start, why] = node[OA + "hasBody"]
        assert only(node, OA + "motivatedBy") == OA + "linking"
        assert only(start, OA + "hasSource") == f"{BASE}claim:{one.start}"
        assert only(node, OA + "hasTarget") == f"{BASE}{kind}:{one.end}"
        assert (only(node, BASE + "relation"), only(why, RDF + "value")) == (one.type, one.why)
        assert only(node, OA + "hasTarget") in expanded
    assert len(expanded) == len(wa.claims()) + len(every)


def leaves(value, key=None):
    """How often each plain value stands in a document, contexts left out; a processor may lower a language's letters."""
    if isinstance(value, dict):
        return sum((leaves(item, key) for key, item in value.items() if key != "@context"), collections.Counter())
    if isinstance(value, list):
        return sum((leaves(item, key) for item in value), collections.Counter())
    meant = STANDARD[value] if key in ("type", "motivation", "purpose") else value
    return collections.Counter([meant.lower() if isinstance(meant, str) else meant])


def test_expansion_loses_no_value(made):
    for before, after in zip(made["first"]["items"], items_of(expand(made)), strict=True):
        assert leaves(before) <= leaves(after), leaves(before) - leaves(after)


def strings(value):
    return [value] if isinstance(value, str) else value


def is_uri(value):
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value) is not None


SELECTORS = {"FragmentSelector", "CssSelector", "XPathSelector", "TextQuoteSelector", "TextPositionSelector",
             "DataPositionSelector", "SvgSelector", "RangeSelector"}  # fmt: skip
MOTIVATIONS = {"assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
               "identifying", "linking", "moderating", "questioning", "replying", "tagging"}  # fmt: skip


def broken(rows):
    """The demands that are not met, each once."""
    return sorted({demand for demand, met in rows if not met})


def demands(one):
    """What of the Web Annotation Model's musts an annotation breaks, of those that bear on what we use."""
    bodies = one.get("body", [])
    rows = [
        ("3.1 the context is among its contexts", ANNO in strings(one.get("@context", []))),
        ("3.1 one id, a URI", is_uri(one.get("id"))),
        ("3.1 its type is Annotation", "Annotation" in strings(one.get("type", []))),
        ("3.1 it has a target", bool(one.get("target"))),
        ("3.2.5 a body or a body value, not both", not {"body", "bodyValue"} <= one.keys()),
        ("3.3.5 a known motivation", one.get("motivation") in MOTIVATIONS),
        ("3.3.6 rights are URIs", all(is_uri(value) for value in strings(one.get("rights", [])))),
    ]
    for place in [*(bodies if isinstance(bodies, list) else [bodies]), one.get("target")]:
        rows += of_place(place) if isinstance(place, dict) else [("3.2 a bare body or target is a URI", is_uri(place))]
    return broken(rows)


def of_place(place):
    """The demands on one body or target, and whether each is met."""
    textual, specific = place.get("type") == "TextualBody", "source" in place
    rows = [
        ("3.2 a body or target is a text or a specific resource", textual != specific),
        ("3.2.4 a text has one value, of words", not textual or isinstance(place.get("value"), str)),
        ("3.2.1 one language and one format", all(isinstance(place.get(key, ""), str) for key in ("language", "format"))),
        ("3.2.7 no items but in a choice", "items" not in place),
        ("3.3.5 a known purpose", place.get("purpose", "linking") in MOTIVATIONS),
        ("4 one source, a URI", not specific or is_uri(place["source"])),
        ("4 no value beside a source", not (specific and "value" in place)),
        ("4.2 selectors are there if named", place.get("selector") != []),
    ]
    for selector in place.get("selector", []):
        rows += [
            ("4.2 selectors are of a known class", selector.get("type") in SELECTORS),
            ("4.2.1 a fragment has one value", isinstance(selector.get("value"), str)),
            ("4.2.1 the scheme of a fragment is named by a URI", is_uri(selector.get("conformsTo"))),
        ]
    return rows


def demands_of_all(whole):
    """The same of the collection and its page."""
    page = whole.get("first", {})
    return broken([
        ("5.1 the context is among its contexts", ANNO in strings(whole.get("@context", []))),
        ("5.1 a URI as its id", is_uri(whole.get("id"))),
        ("5.1 its type", whole.get("type") == "AnnotationCollection"),
        ("5.1 its label is words", isinstance(whole.get("label"), str)),
        ("5.1 its total is the number of annotations", whole.get("total") == len(page.get("items", []))),
        ("5.1 the last page is named", is_uri(whole.get("last"))),
        ("5.2 a URI as the page's id", is_uri(page.get("id"))),
        ("5.2 the page's type", page.get("type") == "AnnotationPage"),
        ("5.2 the page names what it is part of", page.get("partOf", {}).get("id") == whole.get("id")),
        ("5.2 the page starts somewhere", isinstance(page.get("startIndex"), int)),
        ("5.2 the page has items", bool(page.get("items"))),
    ])  # fmt: skip


def test_it_meets_the_demands_of_the_model(made):
    assert demands_of_all(made) == []
    assert {one["id"]: demands(one) for one in made["first"]["items"] if demands(one)} == {}
    assert len({one["id"] for one in made["first"]["items"]}) == made["total"]


@pytest.mark.parametrize(
    ("change", "number"),
    [(lambda one: one.pop("@context"), "3.1"), (lambda one: one.update(id="a b"), "3.1"),
     (lambda one: one.update(bodyValue="a"), "3.2.5"), (lambda one: one["body"][0].pop("value"), "3.2.4"),
     (lambda one: one["body"][0].update(language=["en", "zh"]), "3.2.1"),
     (lambda one: one["body"][0].update(type="Note"), "3.2"), (lambda one: one["target"].update(source="a"), "4"),
     (lambda one: one["target"].update(selector=[]), "4.2"), (lambda one: one.update(rights="ours"), "3.3.6"),
     (lambda one: one["target"]["selector"][0].update(type="FingerprintSelector"), "4.2"),
     (lambda one: one["target"]["selector"][0].pop("value"), "4.2.1"), (lambda one: one.update(motivation="a"), "3.3.5")],
)  # fmt: skip
def test_the_demands_have_teeth(change, number, made):
    one = copy.deepcopy(made["first"]["items"][0])
    assert demands(one) == []
    change(one)
    assert [demand.partition(" ")[0] for demand in demands(one)] == [number]


def test_a_text_without_anchors_or_with_an_odd_address_is_annotated_as_a_whole():
    where = {"article": "javascript:alert(1)"}
    text = Text("t", "T", "q", "zh", "Hans", "essay", "2025", ({"id": "s", "name": "S", "role": "r"},), (), where, "ours")
    one = Claim("t.a b", "t", {"en": "s"}, {"en": "p"}, "s", "guest", "empirical", "asserts", "p", 2, sentences=(1,))
    [item] = collection({"t": text}, {one.id: one}, {}, {})["first"]["items"]
    assert demands(item) == []
    assert item["id"] == f"{BASE}claim:t.a%20b"
    assert item["target"] == {"type": "SpecificResource", "source": f"{BASE}text:t"}


def test_there_is_no_quotation(made):
    assert "TextQuoteSelector" not in json.dumps(made)
    assert not {"exact", "prefix", "suffix"} & {key for one in made["first"]["items"] for key in keys(one)}


def keys(value):
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    return {*value, *(key for item in value.values() for key in keys(item))} if isinstance(value, dict) else set()
