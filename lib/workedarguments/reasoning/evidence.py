"""The evidence: tables of published numbers, each a CSV beside a sidecar that says whose it is.

data/evidence/<name>.csv with <name>.yml: title, producer, citation, url, licence, accessed, for each
column its unit and meaning, the words allowed in a column `unit`, and the SHA-256 of the table, so
that a number changes only on purpose. Some columns mean the same everywhere: `id` names the row,
`source` holds keys of the bibliography, `date` is 1849, 1849-06, 1849-06-30 or two of them with a
slash between, and `checked` says how far this number was followed, or that it was computed here.
"""

import hashlib
import re
from datetime import date

import pandas as pd

from ..ground.errors import ContentError, check_choice, check_keys, known, nearest
from ..ground.files import data, read_csv, relative
from ..ground.strict_yaml import load_yaml
from ..texts.sources import CHECKED, source_problems, sources, split_keys

REQUIRED = ("title", "producer", "citation", "licence", "accessed", "columns")
OPTIONAL = ("url", "units", "sha256")


def evidence(name):
    """One evidence table as a DataFrame, indexed by `id` where it has that column; dates stay text."""
    there = {path.stem: path for path in _tables()}
    frame = pd.read_csv(there[known(name, there, "evidence table", "data/evidence")], dtype={"date": str})
    return frame.set_index("id") if "id" in frame else frame


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
    every = sources()
    return [line for path in _tables() for line in _table_problems(path, every) or _change_problems(path)]


def accept_changes():
    """Write the SHA-256 of each table that has changed into its sidecar, and return a line for each.

    A table with other problems keeps its old one: what is wrong is not to be taken for meant.
    """
    changed, every = [], sources()
    for path in _tables():
        side = path.with_suffix(".yml")
        if _table_problems(path, every) or not _change_problems(path):
            continue
        kept = [line for line in side.read_text(encoding="utf-8").splitlines() if not line.startswith("sha256:")]
        side.write_text("\n".join([*kept, f'sha256: "{_sha256(path)}"', ""]), encoding="utf-8")
        changed.append(f"{relative(side)}, because {path.name} has changed: look at each changed number")
    return changed


def _tables():
    return sorted(data("evidence").glob("*.csv"))


def _sha256(path):
    # As text: a checkout on another system may end its lines in another way.
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def _change_problems(path):
    """The problem of a table that is not what its sidecar was written for."""
    written = load_yaml(path.with_suffix(".yml")).get("sha256")
    if written == _sha256(path):
        return []
    what = "has changed since its sidecar was written" if written else "has no sha256 in its sidecar yet"
    return [f"{relative(path)} {what}; if that is meant, worked check --fix"]


def _table_problems(path, every):
    """Problems of one table and its sidecar, other than that it has changed."""
    where, side = relative(path), path.with_suffix(".yml")
    if not side.exists():
        return [f"{where}: no sidecar {side.name} that says whose numbers these are"]
    about, rows = load_yaml(side), read_csv(path)
    if problems := check_keys(relative(side), about, REQUIRED, OPTIONAL):
        return problems
    for name, column in about["columns"].items():
        problems += check_keys(f"{relative(side)}: columns: {name}", column, ("unit", "meaning"))
    if not _is_date(about["accessed"]):
        problems.append(f"{relative(side)}: accessed is {about['accessed']!r}, not a date like 2026-11-21")
    header = [name for name in rows[0] if name is not None] if rows else []
    if list(about["columns"]) != header:
        described = ", ".join(about["columns"])
        problems.append(f"{where}: columns {', '.join(header)} differ from the sidecar's {described}")
    ids = [row["id"] for row in rows if "id" in row]
    problems += [f"{where}: id {key!r} stands twice" for key in sorted({key for key in ids if ids.count(key) > 1})]
    for line, row in enumerate(rows, 2):
        problems += _row_problems(f"{where} line {line}", row, about.get("units") or (), every)
    return problems


def _row_problems(where, row, units, every):
    """Problems of one row; columns that it does not have are no problem."""
    if None in row or None in row.values():
        return [f"{where}: more or fewer cells than columns; a comma inside a cell needs quotation marks around it"]
    problems = source_problems(where, row.get("source"), every)
    problems += [
        f"{where}: {key} is {row[key]!r}, not a number"
        for key in ("value", "low", "high", "error", "years")
        if row.get(key) and not _is_number(row[key])
    ]
    if row.get("date") and not _is_date(row["date"]):
        problems.append(f"{where}: date is {row['date']!r}; write 1849, 1849-06, 1849-06-30, or 1849/1850 for a time")
    if "unit" in row and row["unit"] not in units:
        problems.append(f"{where}: unit is {row['unit']!r}, not in the sidecar's units; {nearest(row['unit'], units)}")
    if "checked" in row:
        problems += check_choice(where, "checked", row["checked"], (*CHECKED, "computed"))
        problems += _too_sure(where, row, every)
    return problems


def _too_sure(where, row, every):
    """The problem of a number that claims to be followed further than any source it stands on."""
    followed = [every[key].checked for key in split_keys(row.get("source")) if key in every]
    if not followed or row["checked"] not in CHECKED:
        return []
    best = min(followed, key=CHECKED.index)
    if CHECKED.index(row["checked"]) >= CHECKED.index(best):
        return []
    return [f"{where}: checked is {row['checked']!r}, but data/sources.yml follows {row['source']} only to {best!r}"]


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_date(text):
    """Whether a text is a year, a month, a day, or a time from one to a later other."""
    parts = str(text).split("/")
    if len(parts) > 2 or not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", part) for part in parts):
        return False
    try:
        days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in parts]
    except ValueError:
        return False
    return days == sorted(days)
