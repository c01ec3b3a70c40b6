"""Recorded results: every scenario's headlines, committed, so that a change of a number shows in review.

data/results/<stem>.csv is generated: scenario, headline, value (repr), unit. It is the published
table, the regression test (with each headline's tolerance) and the diff that a reviewer reads.
"""

import csv
import io
import math

from ..ground import quantities
from ..ground.files import data, read_csv, read_text, write_text
from ..models import model
from .scenarios import read_scenarios, scenarios

COLUMNS = ("scenario", "headline", "value", "unit")


def record(stem):
    """The rows of an argument's results, computed now for every scenario that can be read."""
    made = model(stem)
    fields = quantities.specs(made.Headlines)
    return [
        (name, headline, repr(float(value)), fields[headline].unit)
        for name, scenario in read_scenarios(stem, made.Parameters).found.items()
        for headline, value in quantities.values(made.solve(made.Parameters(**scenario.changes))).items()
    ]


def write(stem):
    """Rewrite data/results/<stem>.csv; True if that changed it. ContentError if a scenario is broken."""
    scenarios(stem, model(stem).Parameters)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(record(stem))
    path, text = data("results", f"{stem}.csv"), buffer.getvalue()
    changed = not path.exists() or read_text(path) != text
    if changed:
        write_text(path, text)
    return changed


def differences(stem):
    """How the recorded results differ from those computed now, beyond each headline's tolerance."""
    where = f"data/results/{stem}.csv"
    tolerance = {name: spec.rtol for name, spec in quantities.specs(model(stem).Headlines).items()}
    now = {(row[0], row[1]): (float(row[2]), row[3]) for row in record(stem)}
    rows = read_csv(data("results", f"{stem}.csv"))
    if any(set(row) != set(COLUMNS) or None in row.values() for row in rows):
        columns = ", ".join(COLUMNS)
        return [f"{where}: must have the columns {columns} in every row; `worked results {stem}` writes it again"]
    keys = [(row["scenario"], row["headline"]) for row in rows]
    twice = [f"{where}: {' '.join(key)}: stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    old = {(row["scenario"], row["headline"]): (row["value"], row["unit"]) for row in rows}
    problems = twice + [f"{where}: {' '.join(key)}: not recorded" for key in now.keys() - old.keys()]
    broken = read_scenarios(stem, model(stem).Parameters).broken
    gone = [key for key in old.keys() - now.keys() if key[0] not in broken]
    problems += [f"{where}: {' '.join(key)}: recorded, but no longer computed" for key in gone]
    for key in now.keys() & old.keys():
        value, unit = now[key]
        try:
            recorded = float(old[key][0])
        except ValueError:
            recorded = math.inf if math.isnan(value) else math.nan
        same = recorded == value or (math.isnan(recorded) and math.isnan(value))
        same = same or math.isclose(recorded, value, rel_tol=tolerance[key[1]])
        if not same or old[key][1] != unit:
            problems.append(f"{where}: {' '.join(key)}: recorded {' '.join(old[key])}, computed {value!r} {unit}")
    return sorted(problems)
