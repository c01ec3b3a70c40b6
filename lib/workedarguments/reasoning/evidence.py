"""The evidence: tables of published numbers, each a CSV beside a sidecar that says whose it is.

data/evidence/<name>.csv with <name>.yml: title, producer, citation, url, licence, accessed, for each
column its unit and meaning, the words allowed in a column `unit`, and the SHA-256 of the table, so
that a number changes only on purpose. Some columns mean the same everywhere: `id` names the row,
`source` holds keys of the bibliography, `date` is 1849, 1849-06, 1849-06-30 or two of them with a
slash between, and `checked` says how far this number was followed, or that it was computed here.
"""

import hashlib
import math

import numpy as np
import pandas as pd

from ..ground import uses
from ..ground.declared import (
    SHORT,
    Address,
    Date,
    ListOf,
    MappingOf,
    Name,
    OneOf,
    Pattern,
    Place,
    Record,
    Text,
    declare,
    may,
    need,
)
from ..ground.errors import ContentError, known, raise_if
from ..ground.files import data, read_bytes, read_csv, read_text, relative, write_text
from ..ground.strict_yaml import load_yaml
from ..texts.sources import CHECKED, key_of_source, read_sources, sources, split_keys

COLUMN = Record({
    "unit": need(Text(60), "of its values, or \"text\""),
    "meaning": need(Text(), "what a value says"),
})
SIDECAR_KIND = Record({
    "title": need(Text(SHORT), "what the table shows"),
    "producer": need(Text(SHORT), "who made it"),
    "citation": need(Text(), "how to cite it"),
    "url": may(Address(), "where it is, if all of it is in one place"),
    "licence": need(Text(), "what one may do with it"),
    "accessed": need(Date(), "when it was read"),
    "columns": need(MappingOf(COLUMN, Pattern("[a-z][a-z0-9_]*", "a column's name"), least=1), "the columns, in order"),
    "units": may(ListOf(Text(60)), "the words allowed in a column `unit`"),
    "sha256": may(Pattern("[0-9a-f]{64}", "64 hexadecimal digits"), "of the table; `worked check --fix` writes it"),
})
SIDECAR = declare("data/evidence/<series>.yml", "Whose numbers the table beside it holds, a CSV.", SIDECAR_KIND)
NUMBERS = ("value", "low", "high", "error", "years")


def evidence(name):
    """One evidence table as a DataFrame, indexed by `id` where it has that column; dates stay text. ContentError with
    every cell of a column of numbers that is none.
    """
    path = data("evidence") / f"{known(name, tables(), 'evidence table', 'data/evidence')}.csv"
    uses.used("evidence", name)
    with uses.reading(relative(path)):
        read = read_csv(path)
        wrong = [_number_problems(Place(relative(path), line=line), row) for line, row in enumerate(read, 2)]
        raise_if([problem for of_row in wrong for problem in of_row])
    rows = pd.DataFrame(read, dtype=str)
    for column in rows:
        numbers = pd.to_numeric(rows[column].replace("", np.nan), errors="coerce")
        # A column is of numbers where all that stands in it is a number; dates are text even if they look like one.
        if column != "date" and (numbers.notna() == (rows[column] != "")).all():
            rows[column] = numbers
        else:
            rows[column] = rows[column].replace("", np.nan)
    return rows.set_index("id") if "id" in rows else rows


@uses.kind("evidence", "the evidence table {}")
def _today(name):
    return read_bytes(data("evidence", f"{name}.csv"))


def multiples(*ids):
    """Studies as multiples of speed or output (×): value, low, high, and whose numbers they are.

    Takes rows of data/evidence/studies.csv in "×" or "share change". A change in time becomes its
    inverse, so that above 1 is always faster or more; the ends of its interval change places.
    """
    studies, every = evidence("studies"), sources()
    rows = {}
    for key in ids:
        row = studies.loc[known(key, studies.index, "study", "data/evidence/studies.csv")]
        if row["unit"] not in ("×", "share change"):
            raise ContentError(f"study {key}: {row['unit']} is no multiple; allowed: ×, share change")
        ends = [float(row[name]) + (row["unit"] == "share change") for name in ("value", "low", "high")]
        if row["outcome"].startswith(("time", "median time")):
            ends = [1 / ends[0], 1 / ends[2], 1 / ends[1]]
        source = every[row["source"]]
        rows[f"{source.key} ({key})"] = (*ends, row["design"], row["population"], source.seen, source.interest or "")
    columns = ["value", "low", "high", "design", "population", "seen", "interest"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("study (row)")


def dated(name, *ids):
    """Values of some rows of a series as a Series by year and its fraction; a bare year stands at its middle."""
    frame = evidence(name)
    rows = frame.loc[[known(key, frame.index, "row", f"data/evidence/{name}.csv") for key in ids]]
    return pd.Series(rows["value"].to_numpy(float), index=[year(text) for text in rows["date"]], name="value")


def year(text):
    """A date such as 2005, 2005-05 or 2005-05-12 as a year with its fraction: 2005.5, 2005.37, 2005.36."""
    first, *rest = (int(part) for part in str(text).split("-"))
    month, day = (*rest, 15)[:2] if rest else (7, 1)
    return first + (month - 1) / 12 + (day - 1) / 365


def evidence_problems():
    """Problems of all evidence: what its sidecars, rows and words say, and numbers changed without a word."""
    return [line for path in _tables() for line in _problems_of(path)]


def _problems_of(path):
    try:
        return _table_problems(path) or _change_problems(path)
    except ContentError as error:
        return list(error.problems)


def accept_changes():
    """Write the SHA-256 of each table that has changed into its sidecar, and return a line for each.

    A table with other problems keeps its old one: what is wrong is not to be taken for meant.
    """
    changed = []
    for path in _tables():
        side = path.with_suffix(".yml")
        if not any(CHANGED in line for line in _problems_of(path)):
            continue
        kept = [line for line in read_text(side).splitlines() if not line.startswith("sha256:")]
        write_text(side, "\n".join([*kept, f'sha256: "{_sha256(path)}"', ""]))
        changed.append(f"{relative(side)}, because {path.name} has changed: look at each changed number")
    return changed


def tables():
    """Names of all evidence tables."""
    return [path.stem for path in _tables()]


def _tables():
    return sorted(data("evidence").glob("*.csv"))


def _sha256(path):
    # As text: a checkout on another system may end its lines in another way.
    return hashlib.sha256(read_text(path).encode()).hexdigest()


CHANGED = "; if that is meant, worked check --fix"


def _change_problems(path):
    """The problem of a table that is not what its sidecar was written for."""
    written = load_yaml(path.with_suffix(".yml")).get("sha256")
    if written == _sha256(path):
        return []
    what = "has changed since its sidecar was written" if written else "has no sha256 in its sidecar yet"
    return [f"{relative(path)} {what}{CHANGED}"]


def _table_problems(path):
    """Problems of one table and its sidecar, other than that it has changed."""
    where, side = relative(path), path.with_suffix(".yml")
    if not side.exists():
        return [f"{where}: no sidecar {side.name} that says whose numbers these are"]
    about, rows = load_yaml(side), read_csv(path)
    problems = Name("_").problems(path.stem, Place(where)) + SIDECAR.kind.problems(about, Place(relative(side)))
    if problems:
        return problems
    if not rows:
        return [f"{where}: no rows"]
    header = [name for name in rows[0] if name is not None]
    if list(about["columns"]) != header:
        described = ", ".join(about["columns"])
        problems.append(f"{where}: columns {', '.join(header)} differ from the sidecar's {described}")
    ids = [row["id"] for row in rows if "id" in row]
    problems += [f"{where}: id {key!r} stands twice" for key in sorted({key for key in ids if ids.count(key) > 1})]
    kinds, every = _kinds_of_columns(about), read_sources()
    for line, row in enumerate(rows, 2):
        problems += _row_problems(Place(where, line=line), row, kinds, every)
    return problems


def _kinds_of_columns(about):
    """The kind of a cell in each column that means the same everywhere: {column: (kind, must be there)}."""
    return {
        "id": (Pattern("[A-Za-z0-9][A-Za-z0-9_.-]*", "letters, digits, hyphens, underscores and points"), True),
        "source": (key_of_source(), True),
        "date": (Date(span=True), False),
        "unit": (OneOf(tuple(about.get("units") or ())), True),
        "checked": (OneOf((*CHECKED, "computed")), True),
    }


def _number_problems(at, row):
    """Cells of one row that ought to be numbers and are none."""
    numbers = [key for key in NUMBERS if row.get(key)]
    return [f"{at}: {key}: must be a number, not {row[key]!r}" for key in numbers if not _is_number(row[key])]


def _row_problems(at, row, kinds, every):
    """Problems of one row; columns that it does not have are no problem."""
    if None in row or None in row.values():
        return [f"{at}: more or fewer cells than columns; a comma inside a cell needs quotation marks around it"]
    problems = []
    for name, cell in row.items():
        kind, wanted = kinds.get(name, (Text(), False))
        if cell or wanted:
            problems += kind.problems(cell, at.inside(name))
    problems += _number_problems(at, row)
    if not problems:
        ends = [float(row[key]) for key in ("low", "value", "high") if row.get(key)]
        if ends != sorted(ends):
            problems.append(f"{at}: low, value and high are not in order: {', '.join(map(str, ends))}")
        problems += _too_sure(at, row, every)
    return problems


def _too_sure(at, row, every):
    """The problem of a number that claims to be followed further than any source it stands on."""
    followed = [every.found[key].checked for key in split_keys(row.get("source")) if key in every.found]
    if not followed or row.get("checked") not in CHECKED:
        return []
    best = min(followed, key=CHECKED.index)
    if CHECKED.index(row["checked"]) >= CHECKED.index(best):
        return []
    return [f"{at}: checked is {row['checked']!r}, but data/sources.yml follows {row['source']} only to {best!r}"]


def _is_number(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
