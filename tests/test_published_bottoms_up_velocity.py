"""Published values for bottoms_up_velocity, by id: a library function gets from rows in data/ what is printed."""

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.maths import landscapes, queues, screening
from workedarguments.models import bottoms_up_velocity as model

STUDIES = wa.evidence("studies")


def value(key, column="value"):
    """One number of data/evidence/studies.csv."""
    return float(STUDIES.loc[key, column])


def stated(claim, of):
    """One number of a claim's quantities, by what it is of."""
    return next(float(one["value"]) for one in wa.claim(claim).quantity if one["of"] == of)


@pytest.mark.parametrize(("row", "success", "exact"), [
    ("E05-33", 1 / 3, 0.0588), ("E05-15", 0.15, 0.1504), ("E05-10", 0.10, 0.2195), ("E05-8", 0.08, 0.2644),
])
def test_X17_false_positive_risk(row, success, exact):
    found = screening.false_win_share(success, value("E05-power"), value("E05-level"))
    assert found == pytest.approx(exact, abs=1e-4)
    assert found == pytest.approx(value(row), abs=0.001)


def test_X17_a_third_and_thirty_three_in_a_hundred_round_apart():
    assert screening.false_win_share(0.33, value("E05-power"), value("E05-level")) == pytest.approx(0.060, abs=0.001)


@pytest.mark.parametrize(("days", "expected"), [(14, 130_000), (28, 65_000)])
def test_X18_five_thousand_experiments_at_once(days, expected):
    at_once = stated("kaufman.amazon-5000", "experiments running at one time")
    assert queues.little_1961(at_once, days) == pytest.approx(expected, rel=0.01)
    assert queues.little_1961(at_once, days) > 2 * value("E02-high")


def test_X21_screening_by_one_by_both_and_by_either():
    single = screening.screened(0.33, 0.8, 0.2, 1.0)
    either, both = screening.sah_stiglitz_1986(0.33, 0.8, 1.0)
    assert [float(single), float(both), float(either)] == pytest.approx([0.130, 0.184, 0.076], abs=0.001)


@pytest.mark.parametrize("judgement", [0.51, 0.7, 0.8, 0.99])
def test_X22_both_and_either_tie_at_one_half(judgement):
    either, both = screening.sah_stiglitz_1986(0.5, judgement, 1.0)
    assert abs(either - both) < 1e-12


def test_X23_local_optima_of_the_most_rugged_landscape():
    rough = landscapes.contributions(np.random.default_rng(23), 1000, 9)
    found = landscapes.local_optima(landscapes.fitness(rough)).mean()
    assert value("O05-optima") == pytest.approx(2**10 / 11, abs=0.05)
    assert found == pytest.approx(value("O05-optima"), rel=0.05)


def test_X24_time_in_system():
    assert queues.time_in_system([0.8, 0.9, 0.95]) == pytest.approx([5, 10, 20], rel=1e-12)


@pytest.mark.parametrize(("load", "customers", "warm_up"), [(0.8, 20_000, 2_000), (0.9, 40_000, 5_000), (0.95, 60_000, 20_000)])
def test_X24_simulation_agrees_with_the_formula(load, customers, warm_up):
    mean, error = queues.simulated_time_in_system(load, customers, 40, seed=24, warm_up=warm_up)
    assert abs(mean - queues.time_in_system(load)) < 1.96 * error
    assert error < 0.05 * mean


@pytest.mark.parametrize(("days", "expected"), [(63, 210), (65, 217)])
def test_X27_cheap_against_dear_failure(days, expected):
    people, cheap = stated("kaufman.cheap-failure", "dear trial"), 3
    ratio = model.solve(model.Parameters(dear_trial=people * days, cheap_trial=cheap)).effort_ratio
    assert ratio == pytest.approx(expected, abs=0.5)


def test_K27_cost_of_an_experiment():
    ratio = model.solve(model.Parameters(dear_trial=10 * 3 * 21.7, cheap_trial=3)).effort_ratio
    assert ratio == pytest.approx(217, abs=1e-9)
    assert model.solve(model.Parameters()).effort_ratio == pytest.approx(ratio, abs=0.5)


def test_X31_effort_per_success():
    dear, staged = screening.cost_per_success(value("E01-bing"), 640, 3, 0.6, 0.05)
    assert (float(dear), float(staged)) == pytest.approx((4267, 976), abs=1)
    assert dear / staged == pytest.approx(4.4, abs=0.05)


def test_A23_load_that_the_review_queue_implies():
    growth, wait = 1 + value("A23-tasks"), 1 + value("A23-review")
    load = queues.load_for(wait, growth)
    assert (load, load * growth) == pytest.approx((0.694, 0.840), abs=0.001)
    scenario = wa.argument("bottoms_up_velocity", "faros_2025").solve()
    assert scenario.review_time_multiple == pytest.approx(wait, abs=0.005)


def test_A23_pull_requests_in_place_of_tasks_imply_another_load():
    assert queues.load_for(1 + value("A23-review"), 1 + value("A23-pulls")) == pytest.approx(0.327, abs=0.001)


def test_A14_the_same_queue_implies_idle_reviewers_elsewhere():
    scenario = wa.argument("bottoms_up_velocity", "he_2026")
    load, growth = scenario.parameters.review_load, scenario.parameters.writing_gain
    assert growth == value("A14")
    assert load == pytest.approx(queues.load_for(1 + value("A14-wait"), value("A14")), abs=5e-5)
    assert load == pytest.approx(1 / 8, abs=0.01)
    solved = scenario.solve()
    assert solved.review_time_multiple == pytest.approx(1 + value("A14-wait"), abs=0.005)
    assert solved.output_gain == pytest.approx(value("A14"))  # merges kept up, so nothing is stuck
    assert solved.incident_growth == pytest.approx(value("A14"))  # and reverts per change stayed flat
    # All that is written is reviewed by people, so a reviewer's load grows as writing does: about twice.
    assert growth == pytest.approx(value("A14-review"), rel=0.05)
    assert scenario.parameters.automated_review_share == 0
    held = scenario.verdicts()["verdict"]
    assert held["kaufman.hubspot-too-much"] == "fails"
    assert list(held.loc[["kaufman.bottleneck-first"]]) == ["fails", "fails"]


def test_A12_releases_that_the_line_lets_through():
    scenario = wa.argument("bottoms_up_velocity", "demirer_2026")
    assert scenario.parameters.writing_gain == value("A12-commits")
    assert scenario.solve().output_gain == pytest.approx(value("A12-releases"), abs=0.005)
    span = scenario.ranges.measured["writing_gain"]
    assert (span.low, span.central, span.high) == tuple(value(f"A12-commits{row}") for row in ("-autocomplete", "-sync", ""))


def test_success_rates_are_those_of_the_field():
    span = wa.argument("bottoms_up_velocity").ranges.measured["good_share"]
    assert (span.low, span.central, span.high) == tuple(value(row) for row in ("E01-airbnb", "E01-bing", "E01-microsoft"))


def test_O06_ties_between_losses_and_gains():
    # Either suffices if a failure costs less than the odds of a good idea.
    for row, tie in (("E01-airbnb", 0.087), ("E01-bing", 0.176), ("E01-microsoft", 0.515)):
        for cost, better in ((tie - 0.002, True), (tie + 0.002, False)):
            either, both = screening.sah_stiglitz_1986(value(row), 0.8, cost)
            assert (either > both) == better


def test_the_app_was_withdrawn_within_six_months():
    # The days in the table are those between the dates in its notes, and the text's.
    first, launched = np.datetime64("2025-10-08"), np.datetime64("2025-11-05")
    assert (launched - first).astype(int) == value("S01-days") == stated("openai.twentyeight-from-nothing", "nothing to first place")
    withdrawn = launched + np.timedelta64(int(value("S01-life")), "D")
    assert withdrawn == np.datetime64("2026-04-26") < np.datetime64("2026-05-05")
    assert "26 April 2026" in STUDIES.loc["S01-life", "note"]


@pytest.mark.parametrize("interdependence", [5, 6, 7, 8, 9])
def test_O05_apart_and_then_together_ranks_first_in_the_long_run_where_interactions_are_pervasive(interdependence):
    # Against a central firm and one that stays apart, all with the same number of tries.
    for seed in range(1, landscapes.SEEDS + 1):
        temporary, error = landscapes.leads(interdependence, 0, 2, 2, seed)["apart_end"]
        apart, apart_error = landscapes.leads(interdependence, 0, 2, landscapes.FIFTHS, seed)["apart_end"]
        assert 1 + (temporary < 2 * error) + (temporary < apart + 2 * np.hypot(error, apart_error)) == value("O05")
