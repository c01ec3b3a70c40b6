"""Claims and relations for other tools: CSV, Argdown, and W3C web annotations as JSON-LD."""

import csv
import io
import json

from ..ground.files import data
from ..texts.claims import claims
from ..texts.copies import stored
from ..texts.relations import relations
from ..texts.texts import texts
from .argdown import argdown


def to_csv():
    """All relations as CSV text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["id", "from", "type", "to", "why"])
    writer.writerows((one.id, one.start, one.type, one.end, one.why) for one in relations().values())
    return buffer.getvalue()


def to_argdown():
    """All claims and relations as Argdown."""
    return argdown(texts(), claims(), relations())


def to_json_ld():
    """All claims as W3C web annotations: our words as the body, a fingerprint in place of a quotation."""
    out, every_text = [], texts()
    for text in every_text.values():
        records = stored(text.id)["passages"] if data("anchors", f"{text.id}.json").exists() else {}
        for key, one in claims().items():
            if one.text != text.id:
                continue
            selectors = [{"type": "FingerprintSelector", **records[str(n)]} for n in one.sentences if str(n) in records]
            out.append(
                {
                    "@context": [
                        "http://www.w3.org/ns/anno.jsonld",
                        {"FingerprintSelector": "urn:workedarguments:fingerprint"},
                    ],
                    "id": f"urn:workedarguments:claim:{key}",
                    "type": "Annotation",
                    "motivation": "describing",
                    "body": [
                        {"type": "TextualBody", "value": words, "language": language, "format": "text/plain"}
                        for language, words in one.paraphrase.items()
                    ],
                    "target": {
                        "source": text.where.get("article") or f"urn:workedarguments:text:{text.id}",
                        "selector": selectors,
                    },
                }
            )
    return json.dumps(out, ensure_ascii=False, indent=1)
