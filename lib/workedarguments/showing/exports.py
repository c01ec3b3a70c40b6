"""Claims and relations for other tools: CSV, Argdown, and W3C web annotations as JSON-LD.

In a CSV cell, words that begin like a formula, or with an apostrophe, have an apostrophe put before them, so
that no spreadsheet computes what an author wrote; a program takes that one off. Lists are JSON within a cell.
Leaves out: how Argdown and annotations are written (argdown.py, web_annotations.py).
"""

import csv
import io
import json
import re

from ..ground.files import data
from ..texts.claims import claims, languages_begun
from ..texts.copies import stored
from ..texts.relations import described, grounded, relations
from ..texts.texts import texts
from .argdown import argdown
from .web_annotations import collection

# What spreadsheets take for the start of a formula, full width included, and the mark that says so.
FORMULA = re.compile(r"['=+\-@\t\r\n＝＋－＠]")
RELATION_COLUMNS = ("id", "from", "type", "to", "why")


def claim_columns():
    """The columns of the claims, with a dot before a part of a field."""
    languages = languages_begun()
    return (
        "id", "text", "speaker", "speaker.name", "voice", "kind", "hedge", "importance", "label", "grounded", "passage",
        "scope", "mechanism", *(f"short.{key}" for key in languages), *(f"paraphrase.{key}" for key in languages),
        "quantity", "says", "check.verdict", "check.covers", "check.value", "check.source", "check.date", "after.what",
        "after.value", "after.source", "after.date", "chain", "sentences", "note",
    )  # fmt: skip


def claims_csv():
    """All claims as CSV text, a row each; the columns are those of `claim_columns`."""
    every, every_text = claims(), texts()
    status, rows = grounded(every, relations()), []
    for one in every.values():
        row = {"speaker.name": every_text[one.text].speaker(one.speaker)["name"]}
        for key, value in described(one, status[one.id]).items():
            row |= {f"{key}.{part}": item for part, item in value.items()} if isinstance(value, dict) else {key: value}
        rows.append(row)
    return _csv(claim_columns(), rows)


def relations_csv():
    """All relations as CSV text, a row each; the columns are RELATION_COLUMNS."""
    every = relations().values()
    return _csv(
        RELATION_COLUMNS,
        ({"id": one.id, "from": one.start, "type": one.type, "to": one.end, "why": one.why} for one in every),
    )


def _csv(columns, rows):
    buffer = io.StringIO()
    # A lone carriage return in a cell ends the row, unless the cell stands in quotes.
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)
    return buffer.getvalue()


def cell(value):
    """A value as a cell: nothing as nothing, numbers as they are, lists as JSON, and no words that compute."""
    if isinstance(value, list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def to_argdown():
    """All claims and relations as Argdown."""
    return argdown(texts(), claims(), relations())


def to_json_ld():
    """All claims and relations as a collection of W3C web annotations in JSON-LD."""
    every_text = texts()
    anchors = {key: stored(key) for key in every_text if data("anchors", f"{key}.json").exists()}
    return json.dumps(collection(every_text, claims(), relations(), anchors), ensure_ascii=False, indent=1) + "\n"


FORMATS = {
    "argdown": to_argdown,
    "csv-claims": claims_csv,
    "csv-relations": relations_csv,
    "csv": relations_csv,
    "json-ld": to_json_ld,
}
