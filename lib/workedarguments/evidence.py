"""The evidence: tables of published numbers, each a CSV beside a sidecar that says whose it is.

data/evidence/<name>.csv with <name>.yml: title, producer, citation, url, licence, accessed, and for
each column its unit and meaning. Columns named `source` hold keys of the bibliography.
"""

import pandas as pd

from .content import ContentError, check_keys, data, known, load_yaml, read_csv
from .sources import source_problems, sources

REQUIRED = ("title", "producer", "citation", "licence", "accessed", "columns")


def evidence(name):
    """One evidence table as a DataFrame, indexed by `id` where it has that column."""
    there = {path.stem: path for path in sorted(data("evidence").glob("*.csv"))}
    frame = pd.read_csv(there[known(name, there, "evidence table", "data/evidence")])
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


def evidence_problems():
    """Problems of all evidence: sidecars, columns, repeated ids, numbers that are none, unknown sources."""
    problems, every = [], sources()
    for path in sorted(data("evidence").glob("*.csv")):
        where = f"data/evidence/{path.name}"
        side = path.with_suffix(".yml")
        if not side.exists():
            problems.append(f"{where}: no sidecar {side.name} that says whose numbers these are")
            continue
        about, rows = load_yaml(side), read_csv(path)
        wrong = check_keys(f"data/evidence/{side.name}", about, REQUIRED, ("url",))
        problems += wrong
        header = list(rows[0]) if rows else []
        if not wrong and list(about["columns"]) != header:
            described = ", ".join(about["columns"])
            problems.append(f"{where}: columns {', '.join(header)} differ from the sidecar's {described}")
        ids = [row["id"] for row in rows if "id" in row]
        problems += [f"{where}: id {key!r} stands twice" for key in sorted({key for key in ids if ids.count(key) > 1})]
        for line, row in enumerate(rows, 2):
            problems += source_problems(f"{where} line {line}", row.get("source"), every)
            problems += [
                f"{where} line {line}: {key} is {row[key]!r}, not a number"
                for key in ("value", "low", "high", "error")
                if row.get(key) and not _is_number(row[key])
            ]
    return problems


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


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
