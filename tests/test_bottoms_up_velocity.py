"""The mathematics of bottoms_up_velocity: queues, screens and landscapes against their limits, and each
mechanism both ways."""

import itertools

import numpy as np
import pytest
import workedarguments as wa
from workedarguments import quantities, verdict
from workedarguments.maths import landscapes, queues, screening
from workedarguments.models import bottoms_up_velocity as model


@pytest.fixture
def case():
    return wa.argument("bottoms_up_velocity")


# Queues


def test_nineteen_in_a_hundred_more_is_four_times_the_wait():
    # Busy four fifths of the time: 1 / (1 - 0.8) = 5. With 0.8 x 19 / 16 = 0.95: 1 / 0.05 = 20.
    solved = model.solve(model.Parameters(writing_gain=19 / 16, review_load=0.8))
    assert solved.review_time_multiple == pytest.approx(4)


def test_a_line_lets_through_what_its_narrowest_stage_does():
    assert queues.throughput(3.0, 2.0, 1.25, 4.0) == 1.25
    assert queues.throughput(np.array([1.0, 9.0]), 2.0) == pytest.approx([1.0, 2.0])


def test_full_load_waits_for_ever():
    assert queues.time_in_system(1.0) == np.inf
    assert model.solve(model.Parameters()).review_time_multiple == np.inf


def test_load_for_inverts_the_wait():
    load = queues.load_for(1.91, 1.21)
    assert queues.time_in_system(load * 1.21) / queues.time_in_system(load) == pytest.approx(1.91)


def test_littles_law_runs_both_ways():
    assert queues.in_progress(queues.little_1961(5000, 20), 20) == pytest.approx(5000)


def test_simulated_queue_repeats_itself_with_its_seed():
    run = [queues.simulated_time_in_system(0.8, 500, 20, seed) for seed in (4, 4, 5)]
    assert run[0] == run[1] != run[2]


def test_lindleys_recursion_step_by_step():
    mean = queues.simulated_time_in_system(0.8, 300, 2, 11)[0]
    first = np.random.default_rng(11)
    both, all_gaps = first.exponential(1.0, (2, 300)), first.exponential(1 / 0.8, (2, 299))
    means = []
    for row in range(2):
        wait, total = 0.0, 0.0
        for k in range(300):
            total += wait + both[row, k]
            if k < 299:
                wait = max(0.0, wait + both[row, k] - all_gaps[row, k])
        means.append(total / 300)
    assert mean == pytest.approx(np.mean(means))


def test_machine_review_frees_the_reviewers_and_fills_the_repair():
    by_hand = model.solve(model.Parameters(release_load=0.2, incident_load=0.3))
    machine = model.solve(model.Parameters(release_load=0.2, incident_load=0.3, automated_review_share=0.8))
    assert machine.review_time_multiple < by_hand.review_time_multiple
    assert machine.incident_growth > 2 * by_hand.incident_growth
    assert machine.output_gain < by_hand.output_gain
    assert machine.output_gain * model.incidents_per_change(model.Parameters(automated_review_share=0.8)) * 0.3 == pytest.approx(1)


# Cheap failure


def test_no_cheap_trial_is_the_dear_trial():
    # A free trial that passes everything changes nothing.
    dear, staged = screening.cost_per_success(0.2, 100.0, 0.0, 1.0, 1.0)
    assert dear == pytest.approx(staged)


def test_a_cheap_trial_that_cannot_tell_good_from_bad_costs_successes():
    p = model.Parameters(power=0.3, false_pass=0.3)
    assert model.solve(p).staged_saving < 1.0
    assert model.solve(p).chance_gain < 0


def test_trials_that_share_one_fate_are_one_trial():
    assert screening.chance_of_success(0.1, 50, 1.0) == pytest.approx(0.1)
    assert screening.chance_of_success(0.1, 50, 0.0) == pytest.approx(1 - 0.9**50)
    p = model.Parameters(trial_correlation=1.0)
    assert model.solve(p).chance_gain < 0


def test_with_one_idea_in_fifty_five_of_six_wins_are_false():
    # 0.05 x 0.98 false passes to 0.5 x 0.02 true ones: 49 to 10.
    solved = model.solve(model.Parameters(good_share=0.02, power=0.5))
    assert solved.false_win_share == pytest.approx(49 / 59)
    assert solved.false_win_share == pytest.approx(5 / 6, abs=0.005)


def test_tails_turn_many_small_trials_from_best_to_worst():
    assert screening.azevedo_2020(50, 1.3) > 1 > screening.azevedo_2020(50, 4.0)
    assert screening.azevedo_2020(50, 3.0) == 1.0


@pytest.mark.parametrize(("tail", "more"), [(1.3, True), (4.0, False)])
def test_quadrature_finds_what_the_tail_formula_says(tail, more):
    users = np.array([1e-4, 1e-3])
    gains = [screening.trial_yield(one, tail) for one in users]
    slope = np.diff(np.log(gains))[0] / np.diff(np.log(users))[0]
    assert (slope < 1) == more
    if more:  # thinner tails come to their limit too slowly to compare the number
        assert slope == pytest.approx((tail - 1) / 2, abs=0.05)


# Who decides


@pytest.mark.parametrize("share", [0.08, 0.3, 0.6])
def test_talent_cancels_in_symmetric_screening(share):
    judgement = np.linspace(0.51, 0.99, 97)
    either, both = screening.sah_stiglitz_1986(share, judgement, 0.5)
    worth = share - (1 - share) * 0.5
    assert (np.sign(either - both) == np.sign(worth)).all()
    assert either - both == pytest.approx(2 * judgement * (1 - judgement) * worth)


def test_the_judgement_needed_is_where_the_two_lines_cross():
    p = model.Parameters()
    needed = float(model.solve(p).judgement_needed)
    assert 0.5 < needed < 1
    assert model.solve(quantities.replace(p, judgement=needed)).devolved_gain == pytest.approx(0, abs=1e-12)
    assert model.solve(quantities.replace(p, judgement=needed + 0.01)).devolved_gain > 0


def test_cheaper_failure_lowers_the_judgement_needed():
    p = quantities.replace(model.Parameters(), failure_cost=np.geomspace(0.2, 5, 60))
    assert (np.diff(model.solve(p).judgement_needed) > 0).all()
    assert model.solve(model.Parameters(failure_cost=0.001)).judgement_needed == 0.5


def test_no_judgement_is_enough_where_local_choices_do_not_fit():
    assert model.solve(model.Parameters(misfit=0.6)).judgement_needed == np.inf


def test_centre_that_is_at_once_and_always_right_is_never_beaten():
    p = model.Parameters(centre_judgement=1.0, weeks_upward=0.0, misfit=0.0, judgement=0.99)
    assert model.solve(p).devolved_gain <= 0


# Landscapes


def test_every_configuration_by_hand():
    generator = np.random.default_rng(3)
    contributed = landscapes.contributions(generator, 2, 2, decisions=5)
    tables = np.random.default_rng(3).random((5, 8, 2), dtype=np.float32)
    for configuration in (0, 6, 21, 31):
        for decision in range(5):
            bits = [configuration >> (decision + step) % 5 & 1 for step in range(3)]
            cell = bits[0] + 2 * bits[1] + 4 * bits[2]
            assert contributed[:, decision, configuration] == pytest.approx(tables[decision, cell])


def test_local_optima_by_hand():
    performance = np.array([[3.0, 1.0, 2.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
    assert list(landscapes.local_optima(performance)) == [2, 1]


def test_without_interdependence_there_is_one_peak():
    smooth = landscapes.contributions(np.random.default_rng(1), 50, 0)
    assert (landscapes.local_optima(landscapes.fitness(smooth)) == 1).all()


@pytest.mark.parametrize(("form", "tries"), [(0, 1 / 10), (1, 1 / 5)])
def test_search_meets_its_formula_where_decisions_are_apart(form, tries):
    # A wrong decision (half of them) is righted when it is tried. Of its best worth of 2/3 it lacks 1/3.
    periods, found = 20, landscapes.search(4000, 0, 0, 20, 20, 5, seed=2)
    lacking = 0.5 * (1 - tries) ** periods * (1 / 3) / (2 / 3)
    error = found[1, form].std() / np.sqrt(4000)
    assert found[1, form].mean() == pytest.approx(1 - lacking, abs=4 * error + 0.002)


def leads(interdependence, redrawn, count=1500, seed=9):
    """(mean lead over time, error, lead at the end, error) of local and of temporary over central."""
    mean, end = landscapes.search(count, interdependence, redrawn, 100, 25, 15, seed)
    return {
        (form, when): (ahead.mean(), ahead.std() / np.sqrt(count))
        for k, form in ((1, "local"), (2, "temporary"))
        for when, found in (("mean", mean), ("end", end))
        for ahead in [found[k] - found[0]]
    }


def test_local_search_is_faster_where_decisions_are_apart():
    lead, error = leads(0, 0)["local", "mean"]
    assert lead > 5 * error


def test_central_search_wins_where_decisions_hang_together():
    for redrawn in (0, 8):
        lead, error = leads(6, redrawn)["local", "mean"]
        assert lead < -5 * error


@pytest.mark.parametrize("interdependence", [7, 9])
def test_apart_for_a_while_and_then_together_wins_in_the_long_run_on_rugged_landscapes(interdependence):
    found = leads(interdependence, 0)
    lead, error = found["temporary", "end"]
    assert lead > 3 * error
    assert lead - found["local", "end"][0] > 0


def test_turbulence_helps_those_who_are_local():
    still, shaken = leads(2, 0)["local", "mean"], leads(2, 8)["local", "mean"]
    assert still[0] < 0 < shaken[0]
    assert shaken[0] - still[0] > 3 * np.hypot(still[1], shaken[1])


def test_a_simulation_is_run_when_looked_at_and_once_for_what_it_depends_on(case):
    landscapes._leads.cache_clear()
    solved = case.solve(failure_cost=np.geomspace(0.1, 1, 50), seed=3)
    assert solved.devolved_gain.shape == (50,)
    assert landscapes._leads.cache_info().misses == 0
    assert float(solved.local_lead) > 0
    assert 1 > solved.local_error > 0
    case.solve(failure_cost=0.7, seed=3).temporary_lead + 1
    assert landscapes._leads.cache_info().misses == 1


def test_what_is_simulated_later_behaves_as_the_array_it_will_be():
    lead = landscapes.leads(np.array([0, 6]), 4, 1)[0]
    now = np.array([landscapes._leads(0, 4, 1)[0], landscapes._leads(6, 4, 1)[0]])
    assert (lead == now).all()
    assert (now * 2 == lead * 2).all()
    assert (lead > 0).tolist() == [True, False]
    assert f"{landscapes.leads(0, 4, 1)[0]:.3f}" == f"{now[0]:.3f}"
    assert repr(lead) == repr(now)


def test_headline_leads_are_the_search_and_carry_their_error():
    lead, error, *_ = map(float, landscapes.leads(1, 4, 2))
    again = landscapes.search(landscapes.LANDSCAPES, 1, 4, landscapes.PERIODS, landscapes.SHOCK_EVERY,
                              landscapes.LOCAL_PERIODS, 2)[0]
    ahead = again[1] - again[0]
    assert (lead, error) == pytest.approx((ahead.mean(), ahead.std(ddof=1) / np.sqrt(len(ahead))))
    others = [float(landscapes.leads(1, 4, seed)[0]) for seed in (1, 3, 4, 5)]
    assert all(abs(other - lead) < 5 * error for other in others)


# Velocity and the system


def test_progress_is_speed_times_the_cosine():
    assert model.progress(3.0, np.array([0.0, 60.0, 90.0, 180.0])) == pytest.approx([3.0, 1.5, 0.0, -3.0])


def test_corrections_turn_a_wrong_start_around():
    legs = [3 * np.cos(np.radians(100 * 0.5**k)) for k in range(4)]
    assert model.progress(3.0, 100.0, 3, 0.5) == pytest.approx(np.mean(legs))
    assert model.progress(3.0, 100.0, 3, 0.5) > 0 > model.progress(3.0, 100.0)


def test_product_and_sum_are_the_ends_of_one_form():
    for parts in itertools.product((1.0, 2.0, 3.5), repeat=3):
        assert model.system_speed(0.0, *parts) == pytest.approx(np.prod(parts))
        assert model.system_speed(1e-6, *parts) == pytest.approx(np.prod(parts), rel=1e-4)
        assert model.system_speed(1.0, *parts) == pytest.approx(1 + sum(part - 1 for part in parts))


MECHANISMS = {
    "M20": ("as_told", "small_team", "bottleneck_lead"),
    "M21": ("as_told", "hospital", "chance_gain"),
    "M82": ("as_told", "siggelkow_2003", "local_lead"),
    "M87": ("as_told", "platform", "ordinary_gain"),
    "M19": ("as_told", "aghion_2021", "blind_lead"),
    "M90": ("as_told", "small_team", "one_part_share"),
}


def verdicts_of(case, mechanism, headline):
    """{scenario: verdict} of the test of one mechanism on one headline."""
    for claim in case.every_claim().values():
        for says in verdict.tests_of(case, claim):
            if (says.mechanism or claim.mechanism) == mechanism and says.target == headline:
                table = verdict.in_scenarios(case, claim)
                return dict(zip(table["scenario"], table["verdict"], strict=True))
    raise AssertionError(f"no claim tests {mechanism} on {headline}")


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_reaches_its_texts_result(case, mechanism):
    reached, _, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[reached] == "holds"


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_fails_in_another_scenario(case, mechanism):
    _, failed, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[failed] == "fails"


def test_one_texts_cheap_failure_is_the_others_missing_premise(case):
    # Whoever takes failing to be cheap needs no talent for bottoms-up, by either model.
    for name in model.MODELS:
        cheap = wa.argument("bottoms_up_velocity", "kaufman", {"model": name}).solve()
        assert cheap.judgement_needed == 0.5
        assert cheap.ordinary_gain > 0
    assert case.solve(model="sah_stiglitz_1986").judgement_needed == np.inf
