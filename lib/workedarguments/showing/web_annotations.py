"""Claims and relations as W3C web annotations in JSON-LD: one collection, of one page.

A claim annotates its text: our words are the body, fingerprints stand in place of a quotation. A relation
links two claims, or a claim and another relation: why is the body, with the claim it starts from. What the
Web Annotation Model has no term for stands under `wa:`, so a JSON-LD processor keeps it. Each annotation
names its context and can be lifted out. Leaves out: finding a passage again, for which anchors.py is needed.
"""

import re
from urllib.parse import quote, urlencode

from ..texts.relations import described, grounded

BASE = "urn:workedarguments:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"wa": BASE}]
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
AUTHORS = {"id": f"{BASE}authors", "type": "Organization", "name": "The founders of Worked Arguments"}
PROGRAM = {"id": f"{BASE}program", "type": "Software", "name": "Worked Arguments"}
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
# Fields of a claim that have a place of their own in an annotation.
PLACED = ("id", "text", "paraphrase", "short", "speaker", "sentences")


def name(kind, *parts):
    """The name of a thing of ours as a URI: of a claim, a relation, a text, a speaker."""
    return BASE + ":".join([kind, *(quote(part, safe="") for part in parts)])


def collection(texts, claims, relations, anchors):
    """All as plain data for JSON; `anchors` are the stored fingerprints by text id, as copies.stored gives them."""
    status = grounded(claims, relations)
    items = [_claim(one, texts[one.text], status[one.id], anchors.get(one.text)) for one in claims.values()]
    items += [_relation(one) for one in relations.values()]
    whole, page = name("collection"), name("collection", "1")
    return {
        "@context": CONTEXT,
        "id": whole,
        "type": "AnnotationCollection",
        "label": "Worked Arguments: claims and what bears on what",
        "creator": AUTHORS,
        "generator": PROGRAM,
        "rights": LICENCE,
        "total": len(items),
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": {"id": whole, "type": "AnnotationCollection"},
            "startIndex": 0,
            "items": items,
        },
        "last": page,
    }


def _annotation(key, motivation, body, target, more):
    return {
        "@context": CONTEXT,
        "id": key,
        "type": "Annotation",
        "motivation": motivation,
        "creator": AUTHORS["id"],
        "generator": PROGRAM["id"],
        "rights": LICENCE,
        "body": body,
        "target": target,
        **more,
    }


def _words(words, language="en", **more):
    return {"type": "TextualBody", "value": words, "language": language, "format": "text/plain", **more}


def _claim(one, text, status, anchors):
    speaker = text.speaker(one.speaker)
    fields = {key: value for key, value in described(one, status).items() if key not in PLACED}
    address, language = text.where.get("article") or "", "-".join(filter(None, [text.language, text.script]))
    target = {"type": "SpecificResource", "source": address if ADDRESS.fullmatch(address) else name("text", text.id)}
    selectors = _selectors(one, anchors)
    if selectors:
        target["selector"] = selectors
    more = {
        "wa:speaker": {
            "id": name("speaker", text.id, speaker["id"]),
            "type": "Person",
            "name": speaker["name"],
            "wa:role": speaker["role"],
        },
        "wa:short": [{"@value": words, "@language": language} for language, words in one.short.items()],
        "wa:text": {
            "id": name("text", text.id),
            "type": "Text",
            "language": language,
            "wa:title": text.title,
            "wa:date": text.date,
            "wa:rights": text.rights,
        },
        **_ours(fields),
    }
    body = [_words(words, language) for language, words in one.paraphrase.items()]
    return _annotation(name("claim", one.id), "describing", body, target, more)


def _selectors(one, anchors):
    """Fingerprints as fragments of a scheme of ours: the standard's one way to name a scheme it does not know."""
    if not anchors:
        return []
    scheme = name("fingerprint", anchors["scheme"], anchors["fold"])
    records = [anchors["passages"][str(n)] for n in one.sentences if str(n) in anchors["passages"]]
    return [
        {"type": "FragmentSelector", "conformsTo": scheme, "value": urlencode({"salt": anchors["salt"], **record})}
        for record in records
    ]


def _relation(one):
    start = {"type": "SpecificResource", "source": name("claim", one.start), "purpose": "linking"}
    target = name("relation" if one.type == "undercuts" else "claim", one.end)
    body = [start, _words(one.why, purpose="describing")]
    return _annotation(name("relation", one.id), "linking", body, target, {"wa:relation": one.type})


def _ours(value):
    """Plain data with our prefix before each key; a row of plain values keeps its order."""
    if isinstance(value, dict):
        return {f"wa:{key}": _ours(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        made = [_ours(item) for item in value]
        return made if any(isinstance(item, dict) for item in value) else {"@list": made}
    return value
