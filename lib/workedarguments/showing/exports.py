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
from .web_annotations import collection


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
    """All claims and relations as a collection of W3C web annotations in JSON-LD."""
    every_text = texts()
    anchors = {key: stored(key) for key in every_text if data("anchors", f"{key}.json").exists()}
    return json.dumps(collection(every_text, claims(), relations(), anchors), ensure_ascii=False, indent=1)
