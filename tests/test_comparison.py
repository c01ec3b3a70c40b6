"""Pages that put scenarios and arguments side by side: their figures, their names, and numbers that are the same on all."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from workedarguments.ground import quantities
from workedarguments.models import stems
from workedarguments.pages import comparison
from workedarguments.showing.case import open_case


def identifiers(stem):
    """Names that people never see: of scenarios, inputs and results, as far as they are no plain words."""
    case = open_case(stem)
    names = [one.name for one in case.every_scenario()]
    names += [name for part in (case.model.Parameters, case.model.Headlines) for name in quantities.specs(part)]
    return {name for name in names if "_" in name}


@pytest.mark.parametrize("stem", stems())
def test_a_comparison_shows_titles_and_labels_and_no_identifiers(stem):
    words = BeautifulSoup(comparison.comparison(stem), "html.parser")
    shown = words.get_text(" ") + " ".join(image["alt"] for image in words("img"))
    assert [name for name in identifiers(stem) if name in shown] == []
    for scenario in open_case(stem).every_scenario():
        assert scenario.title in shown


def test_a_tornado_has_the_numbers_of_the_swing_and_no_bars_are_no_figure(case, monkeypatch):
    made, png = comparison._tornado(open_case(case.stem))
    widest = case.swing("overall_speedup").iloc[0]
    assert widest["input"] in made.alt
    assert all(f"{widest[f'headline at {end}']:.3g}" in made.alt for end in ("low", "high"))
    assert png
    every = case.swing("overall_speedup")
    monkeypatch.setattr("workedarguments.showing.case.Case.swing", lambda *_: every.iloc[:0])
    assert comparison._tornado(open_case(case.stem)) is None
    endless = every.assign(**{"headline at low": np.inf})
    monkeypatch.setattr("workedarguments.showing.case.Case.swing", lambda *_: pd.concat([every.iloc[:1], endless.iloc[1:]]))
    assert endless["input"].iloc[1] in comparison._tornado(open_case(case.stem))[0].caption
