"""Published values, by id: a library function gets from rows in data/ what a paper prints."""

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.maths import effects
from workedarguments.models import ten_to_two as model

STUDIES = wa.evidence("studies")


def value(key, column="value"):
    """One number of data/evidence/studies.csv."""
    return float(STUDIES.loc[key, column])


def test_X04_copilot_laboratory_effect():
    treated, control = value("A03-treated"), value("A03-control")
    assert effects.time_saved(treated, control) == pytest.approx(0.558, abs=0.001)
    assert effects.multiple_from_time(-effects.time_saved(treated, control)) == pytest.approx(2.26, abs=0.005)


def test_X05_google_trial_from_its_log_coefficient():
    ends = [effects.time_saved_from_log(value("A04-beta", column)) for column in ("value", "low", "high")]
    assert ends == pytest.approx([0.213, 0.400, -0.030], abs=0.001)


def test_X06_google_trial_raw_means():
    assert effects.time_saved(value("A04-treated"), value("A04-control")) == pytest.approx(0.158, abs=0.001)


def test_X07_pooling_of_three_field_trials():
    arms = STUDIES.loc[["A05a", "A05b", "A05c"]]
    assert effects.pool(arms["value"], arms["error"]) == pytest.approx((0.2608, 0.1030), abs=0.0001)


def test_X08_confidence_interval_of_the_pool():
    low, high = effects.confidence_interval(value("A05"), value("A05", "error"))
    assert (low, high) == pytest.approx((0.059, 0.463), abs=0.001)
    assert (value("A05", "low"), value("A05", "high")) == pytest.approx((low, high), abs=0.001)


def test_X11_share_that_turns_ten_into_two():
    assert 1 - model.hard_share_for(2, 10) == pytest.approx(0.5556, abs=1e-4)


def test_X12_nine_tenths_of_chores_need_two_and_a_quarter():
    assert model.tool_speedup_for(2, 1 - 0.9) == pytest.approx(2.25, abs=1e-4)
    assert model.solve(model.Parameters()).chore_speedup_for_twofold == pytest.approx(2.25, abs=1e-4)


def test_X13_weak_link_calibrated_to_the_shipping_study():
    weight, ceiling = model.tool_weight(value("A12-commits"), value("A12-releases"), value("A12-elasticity"))
    assert weight == pytest.approx(0.571, abs=0.001)
    assert ceiling == pytest.approx(1.326, abs=0.001)
    assert model.demirer_2026(1 - weight, value("A12-commits"), 0.25) == pytest.approx(value("A12-releases"))


def test_X13_misfit_at_the_middle_generation_is_stated():
    weight, _ = model.tool_weight(value("A12-commits"), value("A12-releases"), value("A12-elasticity"))
    predicted = model.demirer_2026(1 - weight, value("A12-commits-sync"), value("A12-elasticity"))
    assert predicted == pytest.approx(1.286, abs=0.001)
    assert predicted - value("A12-releases-sync") > 0.05


def test_X15_share_of_the_week_in_code():
    share = effects.code_time_share(value("T01"))
    assert share == pytest.approx(0.108, abs=0.002)
    assert share * 40 == pytest.approx(4 + 20 / 60, abs=0.02)


def test_X16_ceiling_if_only_typing_speeds_up(case):
    share = round(float(effects.code_time_share(value("T01"))), 2)
    assert model.amdahl_1967(1 - share, 1e12) == pytest.approx(1.124, abs=0.001)
    assert wa.argument("ten_to_two", "code_time_2022").parameters.hard_share == pytest.approx(1 - share)


def test_X26_sizes_of_ten_thousand_changes():
    sizes = wa.evidence("change_sizes").set_index(["repository", "period"])
    pooled = sizes.loc[("all ten", "all")]
    assert pooled["median_lines"] == 27
    assert pooled["share_at_most_2"] == pytest.approx(0.119, abs=0.0005)
    assert pooled["share_at_most_12"] == pytest.approx(0.355, abs=0.0006)
    each = sizes.drop("all ten", level="repository")
    assert np.average(each["share_at_most_2"], weights=each["changes"]) == pytest.approx(pooled["share_at_most_2"], abs=5e-4)


@pytest.mark.parametrize(
    ("low", "high", "published"),
    [("A06b", "A06b-most", 1.34), ("A08c-least", "A08c-most", 1.22), ("A08d-least", "A08d-most", 1.18)],
)
def test_X29_measured_compression_against_ten_to_two(low, high, published):
    measured = effects.relative_gain(value(low), value(high))
    assert measured == pytest.approx(published, abs=0.01)
    needed = 10 ** -model.slope_for(2, 10)
    assert needed == pytest.approx(5)
    assert measured < needed


@pytest.mark.parametrize(
    ("low", "high", "published"),
    [
        ("A06b", "A06b-most", -0.293),
        ("A06-least", "A06-most", -0.262),
        ("A08c-least", "A08c-most", -0.201),
        ("E005-low", "E005-high", 0.223),
    ],
)
def test_K03_change_of_the_log_gap(low, high, published):
    assert effects.log_gap_change(value(low), value(high)) == pytest.approx(published, abs=0.001)


SLOPES = {  # ln((1 + strong) / (1 + weak)) / ln 2.5, from the two printed gains
    "support, 2025": -0.2863, "support, 2023": -0.3194, "consultants, 2026": -0.1808, "consultants, 2023": -0.2190,
    "pull requests, upper ends": -0.2260, "pull requests, lower ends": -0.1768, "owners in Kenya": 0.2435,
}


def test_slope_of_the_gain_on_skill_as_each_study_gives_it():
    slopes = model.study_slopes(STUDIES["value"], 2.5)
    assert slopes == pytest.approx(SLOPES, abs=0.0002)
    for name, (weak, strong) in model.GAIN_PAIRS.items():
        after = model.skill_ratio(2.5, slopes[name])
        assert after == pytest.approx(2.5 / effects.relative_gain(value(weak), value(strong)))


ALIKE = {"support, 2025": 0.200, "support, 2023": 0.227, "consultants, 2026": 0.120, "consultants, 2023": 0.148,
         "pull requests, upper ends": 0.153, "pull requests, lower ends": 0.117}


@pytest.mark.parametrize("study", ALIKE)
def test_a_share_alike_for_all_gives_both_printed_gains(study):
    weak, strong = (1 + value(row) for row in model.GAIN_PAIRS[study])
    solved = model.solve(model.Parameters(
        hard_share=0.0, tool_speedup=weak, strong_skill=2.5, skill_free_share=ALIKE[study]))
    assert (solved.overall_speedup, solved.task_strong_speedup) == pytest.approx((weak, strong), abs=0.001)


@pytest.mark.parametrize(("study", "strong"), [("consultants, 2023", 0.17), ("consultants, 2026", 0.12), ("support, 2023", 0.14)])
def test_a_tool_that_adds_what_the_weak_gained_gives_the_strong(study, strong):
    """In shares of their own work. The best consultants gained that, within 2 in 100; the best support agents did not."""
    weak, best = (value(row) for row in model.GAIN_PAIRS[study])
    ratio = model.solve(model.Parameters(strong_skill=2.5, tool_adds=weak)).added_ratio
    assert ratio * (1 + weak) / 2.5 - 1 == pytest.approx(strong, abs=0.005)
    assert (abs(best - strong) < 0.02) == study.startswith("consultants")


def test_what_is_done_again_until_it_is_right_takes_so_many_times_as_long():
    with_tool = value("A08b-base") + value("A08b") / 100
    assert value("A08b-base") / with_tool == pytest.approx(1.29, abs=0.001)


def test_no_pair_of_gains_reaches_the_slope_of_ten_to_two_whatever_programmers_differ_by():
    for ratio in (value("D02-low"), value("D02-high")):
        slopes = model.study_slopes(STUDIES["value"], ratio).values()
        assert model.slope_for(2, 10) == pytest.approx(-0.699, abs=0.001)
        assert min(slopes) > model.slope_for(2, 10)
        assert min(slopes) < 0 < max(slopes)


def test_K28_ten_to_two_by_amdahl():
    assert model.amdahl_1967(0.5, np.inf) == 2.0
    assert model.amdahl_1967(0.3, 10) == pytest.approx(2.70, abs=0.005)


def test_A15_mean_gain_of_the_adoption_panel():
    # Two printed months fix first gain and half-life; the printed mean over the year follows.
    half_life = np.log(2) / np.log(value("A15-month0") / value("A15-month1"))
    assert half_life == pytest.approx(model.Parameters().gain_half_life_months, abs=0.01)
    mean = model.he_2026(1 + value("A15-month0"), half_life, 0.4, 0.0, 1) - 1
    assert mean == pytest.approx(value("A15-mean"), abs=0.01)


SCENARIO_NUMBERS = [
    ("metr_2025", "A01"), ("metr_2026", "A02"), ("paradis_2024", "A04"), ("peng_2023", "A03"), ("cui_2026", "A05"),
]


@pytest.mark.parametrize(("scenario", "row"), SCENARIO_NUMBERS)
def test_a_studys_scenario_carries_the_studys_number(scenario, row):
    printed = float(wa.multiples(row)["value"].iloc[0])
    assert wa.argument("ten_to_two", scenario).solve().overall_speedup == pytest.approx(printed, abs=0.005)


def test_the_shipping_scenario_carries_its_releases():
    assert wa.argument("ten_to_two", "demirer_2026").solve().release_speedup == pytest.approx(value("A12-releases"), abs=0.001)


def test_the_survey_scenario_carries_its_throughput():
    throughput = 1 + value("A26-throughput")
    assert wa.argument("ten_to_two", "dora_2024").solve().release_speedup == pytest.approx(throughput, abs=0.001)
