"""The mathematics of ten_to_two: limits, inverses, one case by hand, and each mechanism both ways."""

import numpy as np
import pytest
from extremes import sets
from mechanisms import verdicts_of
from workedarguments.ground import quantities
from workedarguments.models import ten_to_two as model


def test_by_hand():
    # 40 hours, half untouched: 20 stay, 20 / 10 = 2 are left of the rest; 40 / 22 is the multiple.
    assert model.amdahl_1967(0.5, 10) == pytest.approx(40 / 22)


def test_half_untouched_is_at_most_two_whatever_the_tool():
    tools = np.geomspace(1, 1e12, 1001)
    multiple = model.amdahl_1967(0.5, tools)
    assert (multiple <= 2).all()
    assert multiple[-1] == pytest.approx(2)


@pytest.mark.parametrize("name", model.MODELS)
def test_a_tool_that_does_nothing_changes_nothing(name):
    still = {"tool_speedup": 1.0, "hard_slowdown": 1.0}
    assert model.solve(model.Parameters(model=name, **still)).overall_speedup == pytest.approx(1)


@pytest.mark.parametrize("name", model.MODELS)
def test_a_faster_tool_never_slows_the_work(name):
    p = quantities.replace(model.Parameters(model=name), tool_speedup=np.geomspace(0.5, 100, 301))
    assert (np.diff(model.solve(p).overall_speedup) >= 0).all()


def test_more_untouched_work_means_a_smaller_multiple():
    p = quantities.replace(model.Parameters(), hard_share=np.linspace(0, 1, 301))
    assert (np.diff(model.solve(p).overall_speedup) < 0).all()


def test_amdahl_is_the_weak_link_at_an_elasticity_of_one_half():
    h, s = np.meshgrid(np.linspace(0.05, 0.95, 19), np.geomspace(0.6, 90, 21))
    assert model.demirer_2026(h, s, 0.5, 0.8) == pytest.approx(model.amdahl_1967(h, s, 0.8))


def test_weak_link_runs_through_cobb_douglas_at_one():
    around = model.demirer_2026(0.4, 5.0, np.array([1 - 1e-5, 1.0, 1 + 1e-5]))
    assert around == pytest.approx(5.0**0.6, rel=1e-4)


def test_inverses_of_amdahl():
    tools = np.array([2.5, 10.0, 80.0])
    assert model.amdahl_1967(model.hard_share_for(2, tools), tools) == pytest.approx(2)
    shares = np.array([0.0, 0.1, 0.4])
    assert model.amdahl_1967(shares, model.tool_speedup_for(2, shares)) == pytest.approx(2)
    assert model.tool_speedup_for(2, 0.5) == np.inf


def test_what_cannot_be_reached_is_nan_or_infinite():
    p = quantities.replace(model.Parameters(), tool_speedup=np.array([0.5, 1.0, 2.0, 4.0]))
    assert np.isnan(model.solve(p).hard_share_for_twofold[:2]).all()
    assert model.solve(p).hard_share_for_twofold[2:] == pytest.approx([0, 1 / 3])
    assert model.solve(model.Parameters()).tool_speedup_for_twofold == np.inf


@pytest.mark.parametrize("name", model.MODELS)
def test_what_is_needed_for_twofold_gives_twofold(name):
    p = model.Parameters(model=name, hard_share=0.12, tool_speedup=6.0, gain_half_life_months=40, hard_slowdown=1.3)
    hard, tool = (float(value) for value in model.needed_for(2, p))
    assert model.multiple_of_the_work(quantities.replace(p, hard_share=hard)) == pytest.approx(2)
    assert model.multiple_of_the_work(quantities.replace(p, tool_speedup=tool)) == pytest.approx(2)


def extremes(case):
    """Parameters all over the bounds, one object per combination of choices, warnings being errors."""
    return [quantities.replace(case.parameters, **options, **columns) for options, columns in sets(case, 2000)]


def test_no_share_is_twofold_exactly_where_all_and_nothing_untouched_are_on_one_side_of_it(case):
    without = 0
    for p in extremes(case):
        found = np.asarray(model.solve(p).hard_share_for_twofold)
        ends = [model.multiple_of_the_work(quantities.replace(p, hard_share=end)) for end in (0.0, 1.0)]
        above, below = np.minimum(*ends) > 2 * (1 + 1e-9), np.maximum(*ends) < 2 * (1 - 1e-9)
        between = (np.minimum(*ends) < 2 * (1 - 1e-9)) & (np.maximum(*ends) > 2 * (1 + 1e-9))
        assert np.isnan(found[above | below]).all()
        assert not np.isnan(found[between]).any()
        without += (above | below).sum()
        # Next to no substitution the share can lie so near 0 that no float between shows it.
        reached = model.multiple_of_the_work(quantities.replace(p, hard_share=np.where(between, found, 0.0)))
        clear = between & (np.asarray(found) > 1e-6) & (np.asarray(found) < 1 - 1e-6)
        assert reached[clear] == pytest.approx(2, rel=1e-6)
    assert without


def test_where_every_share_is_twofold_no_one_is_singled_out():
    assert np.isnan(model.hard_share_for(2, 2.0, 0.5))
    assert model.hard_share_for(2, 2.0, 1.0) == 0
    assert model.hard_share_for(2, 4.0, 0.5) == 1


def test_the_middle_has_no_part_in_saved_hours_exactly_where_none_are_saved(case):
    for p in extremes(case):
        left = model.hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
        saved = 1 - 1 / model.amdahl_1967(p.hard_share, p.tool_speedup, left)
        part = np.asarray(model.solve(p).saved_from_middle)
        assert np.isnan(part[saved < -1e-12]).all()
        assert not np.isnan(part[saved > 1e-12]).any()


def test_what_the_untouched_half_loses_is_not_saved_in_the_middle():
    # Half of the time falls to a tenth: 0.45 saved. The other half takes a quarter more: 0.125 lost, 0.325 left.
    slower = model.solve(model.Parameters(frontier_of_hard=0.5, frontier_speedup=1 / 1.5))
    assert slower.hours_saved == pytest.approx(40 * (0.45 - 0.125) / 1)
    assert slower.saved_from_middle == 1
    # A tool that slows its part loses there; what is saved comes from the frontier alone.
    assert model.solve(model.Parameters(tool_speedup=0.9, frontier_speedup=10)).saved_from_middle == 0


def test_with_stages_that_replace_each_other_no_tool_is_needed_for_what_people_do_alone():
    p = model.Parameters(model="demirer_2026", substitution=2.0, hard_share=0.9, frontier_speedup=20, business_speedup=20)
    assert model.multiple_of_the_work(quantities.replace(p, tool_speedup=0.5)) > 2
    assert model.needed_for(2, p)[1] == 0
    assert model.needed_for(2, quantities.replace(p, substitution=0.25, frontier_speedup=1.0))[1] == np.inf


def test_what_is_needed_runs_through_cobb_douglas_at_one():
    p = model.Parameters(model="demirer_2026", hard_share=0.4, tool_speedup=5.0)
    hard, tool = model.needed_for(2, quantities.replace(p, substitution=np.array([1 - 1e-7, np.nextafter(1, 0), 1.0, 1 + 1e-7])))
    assert hard == pytest.approx(1 - np.log(2) / np.log(5), rel=1e-6)
    assert tool == pytest.approx(2 ** (1 / 0.6), rel=1e-6)


def test_fading_gain_keeps_all_of_it_without_decay():
    assert model.he_2026(3.0, 1e9, 0.4, 0.0, 5) == pytest.approx(3, rel=1e-6)
    assert model.he_2026(3.0, 0.39, 0.4, 0.3, 5) < 1.1


def test_in_the_long_run_speed_drops_out_and_upkeep_decides():
    assert model.delivered(1.0, 0.3, 1e4) == pytest.approx(model.delivered(5.0, 0.3, 1e4))
    assert model.delivered(2.0, 0.3, 0.01) == pytest.approx(2 * model.delivered(1.0, 0.3, 0.01), rel=0.01)


def test_slope_for_inverts_the_skill_ratio():
    assert model.skill_ratio(10.0, model.slope_for(2, 10)) == pytest.approx(2)


def test_three_readings_are_three_models():
    p = model.Parameters(skill_slope=-0.2)
    became = {r: model.solve(quantities.replace(p, reading=r)).ten_becomes for r in model.READINGS}
    assert became["deflation"] == pytest.approx(40 / 22)
    assert became["level"] == pytest.approx(40 / 22 * 10**-0.2)
    assert became["squeeze"] == pytest.approx(10**0.8)


def test_the_gap_changes_by_the_slope_alone():
    for before in (2.0, 10.0):
        p = model.Parameters(strong_skill=before, skill_slope=-0.3)
        solved = model.solve(p)
        assert solved.skill_ratio / before == pytest.approx(float(solved.gap_change))


MECHANISMS = {
    "M49": ("as_told", "routine_product", "program_speedup"),
    "M50": ("as_told", "chores_ninety", "ten_becomes"),
    "M51": ("headline", "kaufman", "gap_change"),
    "M22": ("kaufman", "headline", "gap_change"),
    "M52": ("as_told", "routine_product", "quality_over_speed"),
    "M53": ("as_told", "own_models", "application_speedup"),
    "M54": ("as_told", "routine_product", "change_speedup"),
    "M55": ("as_told", "agents_learn", "saved_from_middle"),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_reaches_its_texts_result(case, mechanism):
    reached, _, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[reached] == "holds"


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_fails_in_another_scenario(case, mechanism):
    _, failed, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[failed] == "fails"
