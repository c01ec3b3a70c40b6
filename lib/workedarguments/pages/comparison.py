"""The comparison page of an argument: scenarios, claims, headlines and rival formulas side by side.

Everything is computed by the library; no notebook is run for it.
"""

import base64
import textwrap
from dataclasses import replace

import numpy as np
from markupsafe import Markup

from ..ground import quantities, uses
from ..ground.errors import Unread
from ..ground.numbers import digits, quantity
from ..models import model
from ..reasoning.scenarios import scenarios as readable
from ..showing.case import open_case
from ..showing.figures import dots, tornado
from ..showing.tables import show
from ..showing.verdicts import SIGNS
from ..texts.claims import claims
from ..texts.texts import texts
from .naming import GROUPS, in_words
from .shells import render

WRAPPED = 30  # characters of a line of a scenario's title beside a figure


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
        figures=[made for made in (_figure(case, scenarios), _tornado(case)) if made],
        verdicts=[_behind(case, one) for one in case.every_claim().values()],
        rivals=_rivals(case),
        ranges=Markup(show(case.how_far(), "Inputs, and how far each may go")._repr_html_()),
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
        (fields[name].label, in_words(value) if isinstance(value, str) else quantity(value, units[name]))
        for name, value in scenario.changes.items()
    ]


def _matrix(case, scenarios):
    """One row a test of a claim: (claim, what is judged, [(verdict, value) by scenario])."""
    tables = [open_case(case.stem, scenario.name).verdicts().reset_index() for scenario in scenarios]
    every = claims()
    rows = []
    for at, first in enumerate(tables[0].to_dict("records")):
        cells = [(table.loc[at, "verdict"], digits(table.loc[at, "value"])) for table in tables]
        reading = f", read as {in_words(first['reading'])}" if first["reading"] else ""
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


def _main(case):
    """(name, specification, axis label) of the first headline, which is the main one."""
    name, spec = next(iter(quantities.specs(case.model.Headlines).items()))
    return name, spec, f"{spec.label} ({spec.unit})" if spec.unit else spec.label


def _encoded(made):
    return made, base64.b64encode(made.png).decode()


def _figure(case, scenarios):
    """(figure, PNG in base64) of the main headline in every scenario; None if too few are finite."""
    name, spec, label = _main(case)
    every = case.compare(name)[name]
    every.index = [title_beside(scenarios, s) for s in scenarios]
    series = every[np.isfinite(every)].sort_values(ascending=False)
    if len(series) < 2:
        return None
    highest, lowest = (_on_one_line(series.index[at]) for at in (0, -1))
    alt = (
        f"One dot for each of {len(series)} scenarios. Lowest is “{lowest}” with {digits(series.iloc[-1])}, "
        f"highest “{highest}” with {digits(series.iloc[0])}."
    )
    beyond = ", ".join(map(_on_one_line, every.index[~np.isfinite(every)]))
    return _encoded(dots(
        series,
        title=spec.label,
        label=label,
        alt=alt,
        caption=f"{spec.label}, in every scenario{f'; infinite, and so without a dot: {beyond}' if beyond else ''}.",
        reference=(1, "as before") if spec.unit == "×" else None,
        groups={title: GROUPS[s.role][0] for title, s in zip(every.index, scenarios, strict=True)},
        log=bool(series.min() > 0 and series.max() > 20 * series.min()),
    ))


def title_beside(scenarios, scenario):
    """A scenario's title in lines, as it stands beside a figure; two that share a title get their names."""
    twice = [one.title for one in scenarios].count(scenario.title) > 1
    words = f"{scenario.title} ({in_words(scenario.name)})" if twice else scenario.title
    return "\n".join(textwrap.wrap(words, WRAPPED))


def _on_one_line(words):
    return words.replace("\n", " ")


def _tornado(case):
    """(figure, PNG in base64) of the main headline with each input at both ends of its evidence; None without bars."""
    name, spec, label = _main(case)
    told, every = float(getattr(case.solve(), name)), case.swing(name)
    ends = ["headline at low", "headline at high"]
    finite = np.isfinite(every[ends]).all(axis=1)
    swing = every[finite]
    if swing.empty or not np.isfinite(told):
        return None
    first = swing.iloc[0]
    beyond = ", ".join(every[~finite]["input"])
    return _encoded(tornado(
        swing,
        told=told,
        title=f"{spec.label}: what moves it?",
        label=label,
        alt=(
            f"{_counted(len(swing))}, the widest on top, about a line at {digits(told)}, the value as told. "
            f"The widest: {first['input']}, from {digits(first['low'])} to {digits(first['high'])}, "
            f"takes the result from {digits(first[ends[0]])} to {digits(first[ends[1]])}."
        ),
        caption=(
            f"{spec.label}, with one input at a time at the two ends of its range in the evidence and all else as "
            f"told; the numbers at the bars are those of the input. A grey bar does not reach the value as told, as "
            f"where an input was told outside its range. Inputs without a range have no bar"
            f"{f'; no finite result at an end of: {beyond}' if beyond else ''}."
        ),
    ))


def _counted(bars):
    return "One bar" if bars == 1 else f"{bars} bars"


def _behind(case, claim):
    """A claim with its speaker, its computed verdict and the tables behind it."""
    verdict = case.verdict(claim.id)
    _, *tables = verdict.tables()
    html = Markup("".join(_labelled(case, table)._repr_html_() for table in tables))
    return claim, texts()[claim.text].speaker(claim.speaker), verdict.sentence, html


def _labelled(case, table):
    """A table behind a verdict with labels of inputs in place of their names."""
    fields, frame = quantities.specs(case.model.Parameters), table.frame
    names = {name: spec.label for name, spec in fields.items()}
    if "parameter" in frame.index.names:
        frame = frame.rename(index=names, level="parameter")
    if "inputs" in frame.index.names:
        several = {key: " and ".join(names[name] for name in key.split(" + ")) for key in frame.index.unique("inputs")}
        frame = frame.rename(index=several, level="inputs")
    for level in {"reading", "model"} & {*frame.index.names}:
        frame = frame.rename(index=in_words, level=level)
    return replace(table, frame=frame.rename_axis(index={"parameter": "input"}))


def _rivals(case):
    """For each choice but the reading: (label, table of the headlines that differ, as HTML)."""
    fields, found = quantities.specs(case.model.Headlines), []
    for name, spec in quantities.specs(case.model.Parameters).items():
        if spec.kind != "choice" or name == "reading":
            continue
        table = case.compare(across=name)
        table = table.loc[:, table.nunique(dropna=False) > 1]
        table = table.rename(columns={key: f"{fields[key].label} ({fields[key].unit})" for key in table}).T
        table = table.rename(columns=in_words)
        html = show(table.rename_axis("headline"), spec.label)._repr_html_()
        found.append((spec.label, Markup(html)))
    return found
