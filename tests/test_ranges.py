"""Ranges: rows of evidence behind them, whom they are about, what is drawn together."""

import re

import numpy as np
import pytest
import workedarguments as wa
from copies_of_content import content_in
from workedarguments.ground import quantities, uses
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data
from workedarguments.models import stems
from workedarguments.reasoning import judging, ranges
from workedarguments.reasoning.ranges import Range, Study


@pytest.mark.parametrize("stem", stems())
def test_every_measured_range_is_made_of_rows_and_lies_about_them(stem):
    for name, one in ranges.ranges_of(stem).measured.items():
        assert one.studies, name
        assert one.sources, name
        assert one.low <= one.central <= one.high, name


def test_a_range_is_recomputed_from_its_rows():
    studies = wa.evidence("studies")["value"]
    span = ranges.ranges_of("ten_to_two").measured["hard_share"]
    values = sorted(1 - studies[row] for row in ("T01-share", "T02", "T03", "T08", "T06"))
    assert (span.low, span.central, span.high) == pytest.approx((values[0], values[2], values[4]))
    slope = ranges.ranges_of("ten_to_two").measured["skill_slope"]
    assert slope.low == pytest.approx(np.log(1 / 1.34) / np.log(2.5))  # the weak gain a third, the strong nothing
    assert slope.high == pytest.approx(np.log(1.15 / 0.92) / np.log(2.5))
    # Measured in 2025 by the published paper: the working paper of 2023 had a wider gap.
    assert ranges.ranges_of("industrial_bubble").measured["output_gap_change"].low == pytest.approx(np.log(1 / 1.3))


def test_one_row_gives_its_interval():
    span = ranges.ranges_of("ten_to_two").measured["hard_slowdown"]
    assert (span.low, span.central, span.high) == pytest.approx((1.013, 1.188, 1.395))


def test_a_case_draws_only_what_is_about_it():
    fibre, chips = wa.argument("industrial_bubble"), wa.argument("industrial_bubble", "gpu_short_life")
    for case in (fibre, chips):
        measured, ours = ranges.drawn_here(case)
        assert all(one.about in case.about and one.studies for one in measured.values())
        assert not any(one.studies for one in ours.values())
        assert not {*measured, *ours} & case.chosen
    about = {one.about for one in ranges.drawn_here(fibre)[0].values()}
    assert "AI data centres" not in about
    assert "optical fibre" in about
    assert "lit_share" not in ranges.drawn_here(chips)[0]  # set there, and measured of fibre only
    shell = wa.argument("industrial_bubble", "datacentre_shell")
    assert "optical fibre" not in {one.about for one in ranges.drawn_here(shell)[0].values()}


def test_what_is_not_measured_of_a_case_has_our_own_range_there():
    fibre, chips = wa.argument("industrial_bubble"), wa.argument("industrial_bubble", "datacentre_shell")
    assert fibre.movable["content_life_years"].studies == ()
    assert chips.movable["content_life_years"].studies != ()


class Inputs(quantities.Quantities):
    """Inputs of a made-up model."""

    one: float = quantities.number(1.0, label="One", unit="×")
    two: float = quantities.number(1.0, label="Two", unit="×")
    three: float = quantities.number(1.0, label="Three", unit="×", low=0.1, high=100, scale="log")


def point(source, value):
    return Study(source, value, value, value)


def test_inputs_of_the_same_studies_are_drawn_study_by_study():
    here = {
        "one": Range(1, 2, 3, (point("a", 1), point("b", 2), point("c", 3)), "people"),
        "two": Range(10, 20, 30, (point("a", 10), point("b", 20), point("c", 30)), "people"),
        "three": Range(1, 5, 20, (point("d", 5),), "people"),
    }
    assert ranges.together(here) == [["one", "two"], ["three"]]
    drawn = ranges.draw(quantities.specs(Inputs), here, 6_000, seed=1)
    assert (drawn["two"] == 10 * drawn["one"]).all()
    assert np.bincount(drawn["one"].astype(int))[1:] == pytest.approx(2_000, rel=0.1)
    assert abs(np.corrcoef(drawn["one"], drawn["three"])[0, 1]) < 0.05


def test_a_study_that_measured_one_input_only_takes_its_turn():
    here = {
        "one": Range(1, 2, 2, (point("a", 1), point("b", 2)), "people"),
        "two": Range(10, 20, 30, (point("a", 10), point("c", 30)), "people"),
    }
    drawn = ranges.draw(quantities.specs(Inputs), here, 9_000, seed=2)
    both = (drawn["one"] == 1) & (drawn["two"] == 10)
    # Each study comes first in a third of the draws; where it is neither's own, the next is.
    assert both.mean() == pytest.approx(1 / 3, abs=0.03)
    assert (drawn["one"] == 1).mean() == pytest.approx(1 / 2, abs=0.03)


def test_our_own_ranges_are_drawn_evenly_on_the_fields_scale():
    drawn = ranges.draw(quantities.specs(Inputs), {"three": Range(1, 10, 100)}, 20_000, seed=3)["three"]
    assert (drawn >= 1).all()
    assert (drawn <= 100).all()
    assert (drawn < 10).mean() == pytest.approx(0.5, abs=0.02)


def test_draws_repeat_by_seed_and_stay_within_what_was_measured(case):
    fields, here = quantities.specs(case.parameters), ranges.drawn_here(case)[0]
    one, two = (ranges.draw(fields, here, 1000, 7) for _ in range(2))
    for name, column in one.items():
        assert np.array_equal(column, two[name])
        assert (column >= here[name].low - 1e-12).all(), name
        assert (column <= here[name].high + 1e-12).all(), name


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_triangular_quantiles_meet_their_three_points(scale):
    u = np.linspace(0, 1, 100_001)
    drawn = ranges.triangular(u, 2, 4, 50, scale=scale)
    assert (drawn[0], drawn[-1]) == pytest.approx((2, 50))
    assert (np.diff(drawn) > 0).all()
    density, edges = np.histogram(np.log(drawn) if scale == "log" else drawn, bins=60)
    top = (edges[density.argmax()] + edges[density.argmax() + 1]) / 2
    assert top == pytest.approx(np.log(4) if scale == "log" else 4, abs=(edges[-1] - edges[0]) / 25)


def test_triangular_without_width_is_a_constant():
    assert (ranges.triangular(np.random.default_rng(0).random(5), 3, 3, 3) == 3).all()


WRONG = {
    '["1 - [T0X]"]': r"chore_share: data/evidence/studies.csv: no row 'T0X'.*did you mean 'T08'",
    '["1 - [studys/T02]"]': r"chore_share: no evidence table 'studys'.*did you mean 'studies'",
    '["1 + [T02]"]': r"chore_share: from 1\.16 to 1\.16; allowed from 0 to 1",
    '["0.5"]': r"chore_share: '0\.5' names no row",
    '["log([T02])"]': r"chore_share: from -1\.83258 to -1\.83258; allowed from 0 to 1",
    '["log(0 - [T02])"]': r"log\(0 - r0\) has no value",
}


@pytest.mark.parametrize("rows", WRONG)
def test_a_range_that_its_rows_do_not_bear_is_refused(elsewhere, rows):
    path = elsewhere / "data" / "ranges" / "ten_to_two.yml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("rows:", text.index("  chore_share:"))
    end = text.index("\n", begin)
    path.write_text(f"{text[:begin]}rows: {rows}{text[end:]}", encoding="utf-8")
    assert any(re.search(WRONG[rows], line) for line in ranges.range_problems("ten_to_two"))
    with pytest.raises(ContentError):
        wa.argument("ten_to_two").verdict("casado.tenx-to-2x", draws=20)


def test_nearly_every_test_of_a_claim_has_an_input_that_is_drawn_and_moves_its_number():
    moved = {"measured": 0, "ours": 0, "either": 0}
    tests = [
        (case, says)
        for case in map(wa.argument, stems())
        for claim in case.every_claim().values()
        for says in judging.tests_of(case, claim)
    ]
    for case, says in tests:
        parameters, found = judging.read_as(says, case.parameters), []
        for here in ranges.drawn_here(case):
            drawn = ranges.draw(quantities.specs(parameters), here, 32, seed=0)
            value = judging.target_value(case, says, quantities.moved(parameters, drawn))
            found.append(len(set(np.ravel(value)[~np.isnan(np.ravel(value))])) > 1)
        for key, here in zip(moved, (*found, any(found)), strict=True):
            moved[key] += here
    assert moved["either"] >= 0.9 * len(tests), moved
    assert min(moved["measured"], moved["ours"]) >= 0.6 * len(tests), moved


@pytest.mark.parametrize("stem", stems())
def test_every_number_has_a_range_or_a_reason_why_not(stem):
    case = wa.argument(stem)
    numbers = {name for name, spec in quantities.specs(case.parameters).items() if spec.kind != "choice"}
    assert numbers == {*case.ranges.measured, *case.ranges.ours, *case.ranges.without}


def test_a_reason_against_a_range_that_is_there_is_refused(elsewhere):
    path = ranges.path("ten_to_two")
    with path.open("a", encoding="utf-8") as file:
        file.write("without:\n  hard_share: Nobody knows.\n  hard_shar: Nobody knows.\n")
    found = "\n".join(ranges.range_problems("ten_to_two"))
    assert "'hard_share' has a range in this file" in found
    assert "no input 'hard_shar'" in found


def test_ranges_whose_rows_cannot_be_read_are_computed_once_and_missed_by_each_page(tmp_path, monkeypatch):
    calls, compute = [], ranges._computed
    monkeypatch.setattr(ranges, "_computed", lambda stem: calls.append(stem) or compute(stem))
    with content_in(tmp_path / "kit"):
        data("evidence/studies.csv").write_bytes(b"\xff\xfe")
        for _ in range(2):
            with uses.collects() as noted:
                for _ in range(3):
                    ranges.read_ranges("ten_to_two")
            assert "data/evidence/studies.csv" in noted.unread
    assert calls == ["ten_to_two"]
