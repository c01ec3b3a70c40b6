"""The comparison page of an argument: scenarios, claims, headlines and rival formulas side by side.

Everything is computed by the library; no notebook is run for it.
"""

import base64

import numpy as np
from markupsafe import Markup

from ..ground import quantities, uses
from ..ground.errors import Unread
from ..ground.numbers import digits, quantity
from ..models import model
from ..reasoning.scenarios import scenarios as readable
from ..showing.case import open_case
from ..showing.figures import dots
from ..showing.tables import show
from ..showing.verdicts import SIGNS
from ..texts.claims import claims
from ..texts.texts import texts
from .shells import render


def comparison(stem):
    """Inner HTML of the comparison page of an argument."""
    case = _first(stem)
    scenarios = case.every_scenario()
    return render(
        "comparison.html.j2",
        case=case,
        scenarios=scenarios,
        changes={s.name: _changes(case, s) for s in scenarios},
        matrix=_matrix(case, scenarios),
        marks=SIGNS,
        unread=uses.unread_below("scenarios"),
        headlines=_headlines(case),
        figure=_figure(case, scenarios),
        verdicts=[_behind(case, one) for one in case.every_claim().values()],
        rivals=_rivals(case),
    )


def _first(stem):
    """The case as told, or if that cannot be read, the first that can."""
    try:
        return open_case(stem)
    except Unread:
        names = [one.name for one in readable(stem, model(stem).Parameters)]
        if not names:
            raise
        return open_case(stem, names[0])


def _changes(case, scenario):
    fields = quantities.specs(case.model.Parameters)
    units = {name: "" if spec.unit == "share" else spec.unit for name, spec in fields.items()}
    return [
        (fields[name].label, value if isinstance(value, str) else quantity(value, units[name]))
        for name, value in scenario.changes.items()
    ]


def _matrix(case, scenarios):
    """One row a test of a claim: (claim, what is judged, [(verdict, value) by scenario])."""
    tables = [open_case(case.stem, scenario.name).verdicts().reset_index() for scenario in scenarios]
    every = claims()
    rows = []
    for at, first in enumerate(tables[0].to_dict("records")):
        cells = [(table.loc[at, "verdict"], digits(table.loc[at, "value"])) for table in tables]
        reading = f", read as {first['reading']}" if first["reading"] else ""
        rows.append((every[first["claim"]], first["what is judged"] + reading, cells))
    return rows


def _headlines(case):
    """One row a headline: (label, unit, [value by scenario], why some value is no number)."""
    fields = quantities.specs(case.model.Headlines)
    table = case.compare()
    return [
        (spec.label, spec.unit, [digits(v) for v in table[name]], max(case.why_undefined(name, v) for v in table[name]))
        for name, spec in fields.items()
    ]


def _figure(case, scenarios):
    """(figure, PNG in base64) of the first headline in every scenario; None if too few are finite."""
    name, spec = next(iter(quantities.specs(case.model.Headlines).items()))
    every = case.compare(name)[name]
    series = every[np.isfinite(every)].sort_values(ascending=False)
    if len(series) < 2:
        return None
    label = f"{spec.label} ({spec.unit})" if spec.unit else spec.label
    alt = (
        f"One dot for each of {len(series)} scenarios. Lowest is {series.index[-1]} with {digits(series.iloc[-1])}, "
        f"highest {series.index[0]} with {digits(series.iloc[0])}."
    )
    beyond = ", ".join(every.index[~np.isfinite(every)])
    made = dots(
        series,
        title=spec.label,
        label=label,
        alt=alt,
        caption=f"{spec.label}, in every scenario{f'; infinite, and so without a dot, in {beyond}' if beyond else ''}.",
        reference=(1, "as before") if spec.unit == "×" else None,
        groups={s.name: s.role for s in scenarios},
        log=bool(series.min() > 0 and series.max() > 20 * series.min()),
    )
    return made, base64.b64encode(made.png).decode()


def _behind(case, claim):
    """A claim with its speaker, its computed verdict and the tables behind it."""
    verdict = case.verdict(claim.id)
    _, *tables = verdict.tables()
    html = Markup("".join(table._repr_html_() for table in tables))
    return claim, texts()[claim.text].speaker(claim.speaker), verdict.sentence, html


def _rivals(case):
    """For each choice but the reading: (label, table of the headlines that differ, as HTML)."""
    fields, found = quantities.specs(case.model.Headlines), []
    for name, spec in quantities.specs(case.model.Parameters).items():
        if spec.kind != "choice" or name == "reading":
            continue
        table = case.compare(across=name)
        table = table.loc[:, table.nunique(dropna=False) > 1]
        table = table.rename(columns={key: f"{fields[key].label} ({fields[key].unit})" for key in table}).T
        html = show(table.rename_axis("headline"), spec.label)._repr_html_()
        found.append((spec.label, Markup(html)))
    return found
