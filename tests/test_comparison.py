"""Pages that put scenarios and arguments side by side: their figures, their names, and numbers that are the same on all."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from report_fixture import pages  # noqa: F401 - a fixture
from workedarguments.ground import quantities
from workedarguments.models import stems
from workedarguments.pages import across, comparison
from workedarguments.pages.page import make
from workedarguments.pages.plan import ACROSS, plan, state
from workedarguments.reasoning import judging
from workedarguments.reasoning.argument import argument
from workedarguments.showing.case import open_case


def identifiers(stem):
    """Names that people never see: of scenarios, inputs and results, as far as they are no plain words."""
    case = open_case(stem)
    names = [one.name for one in case.every_scenario()]
    names += [name for part in (case.model.Parameters, case.model.Headlines) for name in quantities.specs(part)]
    return {name for name in names if "_" in name}


def page_of(kind, stem, folder):
    """The committed page of a kind, parsed: main text only, without what all pages have."""
    (page,) = [page for page in plan() if page.kind == kind and page.stem == stem]
    return BeautifulSoup((folder / page.path).read_text(encoding="utf-8"), "html.parser").main


@pytest.mark.parametrize("stem", stems())
def test_a_comparison_shows_titles_and_labels_and_no_identifiers(stem, pages):  # noqa: F811
    words = page_of("comparison", stem, pages)
    shown = words.get_text(" ") + " ".join(image["alt"] for image in words("img"))
    assert [name for name in identifiers(stem) if name in shown] == []
    for scenario in open_case(stem).every_scenario():
        assert scenario.title in shown


@pytest.mark.parametrize("stem", stems())
def test_a_comparison_says_how_far_each_input_may_go_and_why(stem, pages):  # noqa: F811
    words, case = page_of("comparison", stem, pages).get_text(" ", strip=True), open_case(stem)
    reasons = [one.why for one in case.ranges.ours.values()] + [*case.ranges.without.values()]
    assert len(reasons) > 10
    assert [why for why in reasons if " ".join(why.split()) not in " ".join(words.split())] == []


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


# Across arguments


@pytest.fixture(scope="module")
def every():
    html, message = across.across()
    assert message == ""
    return html


def numbers_of(row):
    return [item("span")[1].get_text(strip=True) for group in row("ul") for item in group("li")]


@pytest.mark.parametrize("stem", stems())
def test_the_page_across_has_the_verdicts_and_numbers_of_each_comparison(stem, every, pages):  # noqa: F811
    case = open_case(stem)
    heading = BeautifulSoup(every, "html.parser").find("h2", string=case.question)
    rows = heading.find_next(class_="across")("details")
    table = page_of("comparison", stem, pages).find(class_="matrix").tbody("tr")
    assert len(rows) == len(table) == sum(len(judging.tests_of(case, claim)) for claim in case.every_claim().values())
    for row, other in zip(rows, table, strict=True):
        assert row.summary.b.get_text() == other.a.get_text()
        cells = [cell.get_text(" ", strip=True).split(" ", 1)[1] for cell in other("td")]
        assert numbers_of(row) == cells
        held = sum(cell.startswith("holds") for cell in cells)
        assert f"{held} of {sum(cell != 'not computable' for cell in cells)}" in row.find(class_="k").get_text()


def test_what_a_verdict_hangs_on_is_what_the_verdict_says():
    case = open_case("ten_to_two")
    verdict = case.verdict("casado.releases-not-faster", draws=10)
    hangs = [row.hangs for row in across.rows_of(case) if row.claim.id == verdict.claim.id]
    assert hangs == [f"As told: {verdict.words[0].hangs}"]
    assert "at least" in hangs[0]


def test_the_page_across_says_what_it_is_not_and_stays_small(every, tmp_path):
    assert "not a vote" in every
    page = next(page for page in plan() if page.kind == "across")
    assert make(page, tmp_path).message == ""
    made = tmp_path / page.path
    assert state(made).word == "done"
    cells = sum(sum(len(judging.tests_of(one, claim)) for claim in one.every_claim().values()) * len(one.every_scenario())
                for one in map(argument, stems()))  # fmt: skip
    assert made.stat().st_size < 300 * cells
    assert BeautifulSoup(made.read_text(encoding="utf-8"), "html.parser").h1.get_text() == ACROSS


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "parts"), [("kaufman", len(stems())), ("as_told", len(stems()) - 1)])
def test_a_scenario_that_cannot_be_read_costs_its_column_and_the_figures_as_told_their_argument(
    name, parts, elsewhere, tmp_path
):
    (elsewhere / f"data/scenarios/ten_to_two/{name}.yml").write_text("title: half a file\n", encoding="utf-8")
    page = next(page for page in plan() if page.kind == "across")
    assert make(page, tmp_path / "reports").message == ""
    made = BeautifulSoup((tmp_path / "reports" / page.path).read_text(encoding="utf-8"), "html.parser")
    assert len(made(class_="across")) == parts
    assert f"{name}.yml" in made.find(id="not-read").parent.get_text()
    assert bool(made.find("p", class_="failure")) == (parts < len(stems()))
