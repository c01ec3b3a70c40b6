"""The mathematics of bottoms_up_velocity: queues, screens and landscapes against their limits, and each
mechanism both ways."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import workedarguments as wa
from extremes import sets
from mechanisms import verdicts_of
from workedarguments.ground import quantities
from workedarguments.maths import landscapes, queues, screening
from workedarguments.models import bottoms_up_velocity as model
from workedarguments.reasoning import judging, verdict


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


def test_machine_review_frees_the_reviewers_and_releases_stop_at_what_repair_can_carry():
    # Four fifths reviewed by machine, with 3.25 times the incidents: 1 + 0.8 x 2.25 = 2.8 per change.
    machines = {"release_load": 0.2, "incident_load": 0.3125, "automated_incidents": 3.25}
    by_hand = model.solve(model.Parameters(**machines))
    machine = model.solve(model.Parameters(**machines, automated_review_share=0.8))
    assert (by_hand.output_gain, by_hand.incident_growth) == pytest.approx((1.25, 1.25))
    assert machine.output_gain == pytest.approx(1 / (0.3125 * 2.8))
    assert machine.incident_growth == pytest.approx(1 / 0.3125)
    assert machine.review_time_multiple == pytest.approx((1 - 0.8) / (1 - 0.8 * 3 * 0.2))


def test_a_fifth_more_of_one_stage():
    # Reviewers let 1 / 0.8 = 1.25 through, release 1 / 0.7: with a fifth more reviewers release is the narrowest.
    p = model.Parameters(writing_gain=3, review_load=0.8, release_load=0.7, incident_load=0.3)
    gains = {stage: float(gain) for stage, gain in model.widening_gains(p).items()}
    assert gains == pytest.approx({"writing": 0, "review": 1 / 0.7 - 1.25, "release": 0, "repair": 0})
    solved = model.solve(p)
    assert (solved.bottleneck_lead, solved.release_gain) == pytest.approx((1 / 0.7 - 1.25, 0))
    tight = model.solve(quantities.replace(p, release_load=0.9))
    assert (tight.bottleneck_lead, tight.release_gain) == pytest.approx((1.25 - 1 / 0.9, 1.25 - 1 / 0.9))
    repair = model.widening_gains(quantities.replace(p, incident_load=1 / 1.1))
    assert float(repair["repair"]) == pytest.approx(0.15)
    alone = model.widening_gains(quantities.replace(p, release_load=0.5))
    assert float(alone["review"]) == pytest.approx(0.2 * 1.25)


def test_where_writing_is_the_narrowest_stage_more_of_a_later_one_loses_to_it():
    solved = model.solve(model.Parameters(writing_gain=1.1))
    assert solved.bottleneck_lead == pytest.approx(1.1 - 1.25)
    assert solved.stuck_share == pytest.approx(0)


def test_what_is_stuck_is_what_is_written_and_not_released():
    assert model.solve(model.Parameters()).stuck_share == pytest.approx(1 - 1.25 / 3)


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
    # A hundred small trials at a tail of 2 yield as many times as much as the root of their number.
    assert model.solve(model.Parameters(small_trials=100, tail_index=2.0)).splitting_gain == pytest.approx(10)


def test_chances_for_the_effort_of_one_dear_trial_by_hand():
    # One idea in ten is good; half of those pass and no other, so a trial of 4 and a twentieth of 100 make 9 each.
    p = model.Parameters(good_share=0.1, power=0.5, false_pass=0.001, dear_trial=100.0, cheap_trial=4.0)
    tried = 100 / (4 + (0.05 + 0.0009) * 100)
    dear, staged = model.chances(p)
    assert float(dear) == pytest.approx(0.1)
    assert float(staged) == pytest.approx(1 - 0.95**tried)
    assert model.solve(p).chance_gain == pytest.approx(0.9 - 0.95**tried)


def test_experiments_that_run_at_one_time_are_rate_times_duration():
    assert model.solve(model.Parameters(tests_per_year=3650, test_days=20)).tests_running == pytest.approx(200)


@pytest.mark.parametrize(("tail", "more"), [(1.3, True), (4.0, False)])
def test_quadrature_finds_what_the_tail_formula_says(tail, more):
    users = np.array([1e-4, 1e-3])
    gains = [screening.trial_yield(one, tail) for one in users]
    slope = np.diff(np.log(gains))[0] / np.diff(np.log(users))[0]
    assert (slope < 1) == more
    if more:  # thinner tails come to their limit too slowly to compare the number
        assert slope == pytest.approx((tail - 1) / 2, abs=0.05)


# Who decides


def test_worth_of_an_idea_decided_here_and_above_by_hand():
    p = model.Parameters(proposal_good_share=0.2, failure_cost=0.5, centre_judgement=0.75, weeks_upward=2,
                         loss_per_week=0.1, misfit=0.1)
    alone, above = model.decided(p, 0.8)
    assert float(alone) == pytest.approx(0.2 * 0.8 * 0.9 - 0.8 * 0.2 * 0.5)
    assert float(above) == pytest.approx(0.2 * 0.8 * 0.75 * 0.81 - 0.8 * 0.2 * 0.25 * 0.5)
    solved = model.solve(quantities.replace(p, judgement=0.8, ordinary_judgement=0.7))
    assert solved.devolved_gain == pytest.approx(float(alone - above))
    assert solved.ordinary_value == pytest.approx(0.2 * 0.7 * 0.9 - 0.8 * 0.3 * 0.5)
    assert solved.ordinary_gain == pytest.approx(solved.ordinary_value - (0.2 * 0.7 * 0.75 * 0.81 - 0.8 * 0.3 * 0.25 * 0.5))


def test_judgement_needed_by_hand_in_both_models():
    # Odds 0.5 x 4 x 0.75 / (0.9 - 0.75 x 0.81) = 5.13.
    p = model.Parameters(proposal_good_share=0.2, failure_cost=0.5, centre_judgement=0.75, weeks_upward=2,
                         loss_per_week=0.1, misfit=0.1)
    odds = 0.5 * 4 * 0.75 / (0.9 - 0.75 * 0.81)
    assert float(model.judgement_needed(p)) == pytest.approx(odds / (1 + odds))
    older = [quantities.replace(p, model="sah_stiglitz_1986", failure_cost=cost) for cost in (0.24, 0.26)]
    assert [float(model.judgement_needed(one)) for one in older] == [0.5, np.inf]


def test_ideas_are_judged_once():
    # What was tried was chosen by somebody; proposals were not. Odds of the one over the other are that judge's.
    fields = quantities.specs(model.Parameters)
    tried, proposed = (np.array(fields[name].evidence) for name in ("good_share", "proposal_good_share"))
    assert tried / (1 - tried) * 3 / 7 == pytest.approx(proposed / (1 - proposed), rel=0.01)
    p = model.Parameters()
    moved = model.solve(quantities.replace(p, good_share=0.5))
    assert (moved.devolved_gain, moved.judgement_needed) == (model.solve(p).devolved_gain, model.solve(p).judgement_needed)
    assert model.solve(quantities.replace(p, proposal_good_share=0.5)).staged_chance == model.solve(p).staged_chance


def test_talent_cancels_in_delegation_too_if_the_centre_has_it_and_nothing_is_lost():
    judgement = np.linspace(0.51, 0.99, 49)
    for share, cost in ((0.07, 0.05), (0.07, 0.1), (0.4, 0.5)):
        alone, checked = screening.delegation(share, judgement, cost, judgement, 1.0, 0.0)
        assert alone - checked == pytest.approx(judgement * (1 - judgement) * (share - (1 - share) * cost))


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


def test_no_judgement_is_enough_exactly_where_none_gains(case):
    judgements, seen = np.linspace(0.5, 1, 101)[:, None], set()
    for options, columns in sets(case, 1000):
        p = quantities.replace(case.parameters, **options, **columns)
        gone = np.isinf(model.solve(p).judgement_needed)
        alone, above = model.decided(p, judgements)
        best = (alone - above).max(axis=0)
        assert (best[gone] <= 1e-12).all()
        assert (best[~gone] >= -1e-12).all()
        seen |= set(gone)
    assert seen == {True, False}


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


def leads(interdependence, redrawn, count=1500, seed=9, central_tries=1):
    """(mean lead over time, error, lead at the end, error) of local and of temporary over central."""
    mean, end = landscapes.search(count, interdependence, redrawn, 100, 25, 15, seed, central_tries=central_tries)
    return {
        (form, when): (ahead.mean(), ahead.std() / np.sqrt(count))
        for k, form in ((1, "local"), (2, "temporary"))
        for when, found in (("mean", mean), ("end", end))
        for ahead in [found[k] - found[0]]
    }


def test_local_search_is_faster_where_decisions_are_apart_and_it_tries_twice_as_much():
    lead, error = leads(0, 0)["local", "mean"]
    assert lead > 5 * error


@pytest.mark.parametrize("redrawn", [0, 8])
def test_with_equal_tries_and_decisions_apart_local_and_central_are_one(redrawn):
    assert leads(0, redrawn, central_tries=2)["local", "mean"] == (0, 0)


@pytest.mark.parametrize(("interdependence", "redrawn"), [(1, 8), (2, 8), (2, 0), (7, 0)])
def test_with_equal_tries_local_falls_behind(interdependence, redrawn):
    lead, error = leads(interdependence, redrawn, central_tries=2)["local", "mean"]
    assert lead < -5 * error


def test_in_no_stored_case_is_local_ahead_with_equal_tries():
    found = [landscapes.leads(k, redrawn, 2, seed)[:2] for k in range(10) for redrawn in range(11) for seed in (1, 2, 3)]
    assert max(lead - 2 * error for lead, error in found) <= 0


def test_central_search_wins_where_decisions_hang_together():
    for redrawn in (0, 8):
        lead, error = leads(6, redrawn)["local", "mean"]
        assert lead < -5 * error


@pytest.mark.parametrize("central_tries", [1, 2])
@pytest.mark.parametrize("interdependence", [7, 9])
def test_apart_for_a_while_and_then_together_wins_in_the_long_run_on_rugged_landscapes(interdependence, central_tries):
    found = leads(interdependence, 0, central_tries=central_tries)
    lead, error = found["temporary", "end"]
    assert lead > 3 * error
    assert lead - found["local", "end"][0] > 0


def test_turbulence_helps_those_who_try_more():
    # With twice the tries local gains by shocks; with equal tries there is nothing in them for it.
    still, shaken = leads(2, 0)["local", "mean"], leads(2, 8)["local", "mean"]
    assert still[0] < 0 < shaken[0]
    assert shaken[0] - still[0] > 3 * np.hypot(still[1], shaken[1])
    still, shaken = (leads(2, redrawn, central_tries=2)["local", "mean"] for redrawn in (0, 8))
    assert abs(shaken[0] - still[0]) < 3 * np.hypot(still[1], shaken[1])


@pytest.mark.parametrize("numbers", [(1, 4, 1, 2), (2, 8, 2, 1), (7, 0, 1, 3)])
def test_stored_leads_are_the_search_and_carry_their_error(numbers):
    interdependence, redrawn, central_tries, seed = numbers
    found = [float(one) for one in landscapes.leads(*numbers)]
    assert found == pytest.approx(landscapes.simulated_leads(*numbers), abs=1e-6)
    mean, end = landscapes.search(landscapes.LANDSCAPES, interdependence, redrawn, landscapes.PERIODS,
                                  landscapes.SHOCK_EVERY, landscapes.LOCAL_PERIODS, seed, central_tries=central_tries)
    for ahead, (lead, error) in ((mean[1] - mean[0], found[:2]), (end[2] - end[0], found[2:])):
        assert (lead, error) == pytest.approx((ahead.mean(), ahead.std(ddof=1) / len(ahead) ** 0.5), abs=1e-6)


def test_stored_leads_of_arrays_are_those_of_their_numbers():
    lead, error, *_ = landscapes.leads(np.array([0.0, 6.0]), 4, 1, np.array([[1], [2]]))
    assert lead.shape == error.shape == (2, 2)
    assert lead[1, 1] == landscapes.leads(6, 4, 1, 2)[0]
    assert lead[0, 0] > 0 > lead[0, 1]


def test_seeds_agree_within_their_errors():
    for k, redrawn, tries in itertools.product((0, 2, 5, 9), (0, 5, 10), (1, 2)):
        found = np.array([landscapes.leads(k, redrawn, tries, seed)[:2] for seed in (1, 2, 3)])
        assert np.ptp(found[:, 0]) <= 5 * found[:, 1].max()


def test_a_lead_within_two_errors_of_its_limit_decides_nothing(case):
    claim = case.every_claim()["openai.cannot-align"]
    (says,) = judging.tests_of(case, claim)
    assert judging.standard_error(case, says, case.parameters) == case.solve().local_error > 0
    near = replace(says, value=float(case.solve().local_lead - 1.9 * case.solve().local_error))
    far = replace(says, value=float(case.solve().local_lead - 2.1 * case.solve().local_error))
    for test, word in ((near, "not computable"), (far, "holds")):
        assert judging.in_scenarios(case, replace(claim, says=(test,)))["verdict"][0] == word
    found = verdict.verdict(case, replace(claim, says=(near,)), draws=10)
    assert "twice the simulation's standard error" in found.sentence


def test_deciding_below_leads_by_its_second_try_only(case):
    found = case.verdict("openai.cannot-align", draws=10)
    flips = found.flips.set_index("parameter")["flips_at"]
    assert flips["central_tries"] == 1.5
    assert wa.argument("bottoms_up_velocity", overrides={"central_tries": 2}).solve().local_lead < 0


# Velocity and the system


def test_progress_is_speed_times_the_cosine():
    assert model.progress(3.0, np.array([0.0, 60.0, 90.0, 180.0])) == pytest.approx([3.0, 1.5, 0.0, -3.0])


def test_corrections_turn_a_wrong_start_around():
    legs = [3 * np.cos(np.radians(100 * 0.5**k)) for k in range(4)]
    assert model.progress(3.0, 100.0, 3, 0.5) == pytest.approx(np.mean(legs))
    assert model.progress(3.0, 100.0, 3, 0.5) > 0 > model.progress(3.0, 100.0)


def test_leads_of_the_fast_team_and_where_they_end():
    p = model.Parameters(speed=2.0, first_error=60.0, aim_error=60.0, corrections=1, correction_share=1.0, rework_share=0.25)
    solved = model.solve(p)
    assert solved.blind_lead == pytest.approx(1.5 * 0.5 - 0.5)
    assert solved.corrected_lead == pytest.approx(1.5 * (0.5 + 1) / 2 - 0.5)
    told = model.Parameters()
    never = np.degrees(np.arccos(np.cos(np.radians(30)) / (3 * 0.8)))
    assert never == pytest.approx(68.8, abs=0.1)
    assert model.solve(quantities.replace(told, first_error=never)).blind_lead == pytest.approx(0)
    for changes, ahead in (({"first_error": 135}, True), ({"first_error": 137}, False), ({"speed": 1.52}, True),
                           ({"speed": 1.5}, False), ({"aim_error": 0}, True)):
        assert (model.solve(quantities.replace(told, **changes)).corrected_lead > 0) == ahead


def test_shares_of_the_whole_gain_by_hand():
    # Product 2 x 2 x 2 x 2 x 1.5 = 24: one part brings 1 of the 23, effort half. Sum 1 + 4 + 0.5 = 5.5: 1 and 0.5 of 4.5.
    product, total = (model.solve(model.Parameters(additivity=a)) for a in (0.0, 1.0))
    assert (product.one_part_share, product.effort_share) == pytest.approx((1 / 23, 0.5 / 23))
    assert (total.one_part_share, total.effort_share) == pytest.approx((1 / 4.5, 0.5 / 4.5))


def test_product_and_sum_are_the_ends_of_one_form():
    for parts in itertools.product((1.0, 2.0, 3.5), repeat=3):
        assert model.system_speed(0.0, *parts) == pytest.approx(np.prod(parts))
        assert model.system_speed(1e-6, *parts) == pytest.approx(np.prod(parts), rel=1e-4)
        assert model.system_speed(1.0, *parts) == pytest.approx(1 + sum(part - 1 for part in parts))


def test_next_to_nothing_additive_is_the_product_and_next_to_no_gain_is_shared_in_full():
    parts = (4.0, 1.5, 2.0, 3.0, 1.2)
    assert model.system_speed(np.array([5e-324, 1e-12, 1e-9]), *parts) == pytest.approx(np.prod(parts), rel=1e-7)
    hardly = 1 + 1e-13
    for additivity in (0.0, 1e-9, 0.3, 1.0):
        p = model.Parameters(talent=1.0, devolution=hardly, tolerance=1.0, feedback=1.0, effort=1.0, additivity=additivity)
        assert model.solve(p).one_part_share == pytest.approx(1)
        assert model.solve(p).effort_share == 0


def test_a_gain_has_no_parts_exactly_where_no_part_is_better_than_ordinary(case):
    without = 0
    for options, columns in sets(case, 5000):
        p = quantities.replace(case.parameters, **options, **columns)
        solved = model.solve(p)
        ordinary = np.maximum.reduce([p.talent, p.devolution, p.tolerance, p.feedback, p.effort]) == 1
        for shares in (solved.one_part_share, solved.effort_share):
            assert (np.isnan(shares) == ordinary).all()
        without += ordinary.sum()
    assert without


MECHANISMS = {
    "M20": ("as_told", "small_team", "bottleneck_lead"),
    "M21": ("as_told", "hospital", "chance_gain"),
    "M82": ("as_told", "siggelkow_2003", "local_lead"),
    "M87": ("as_told", "platform", "ordinary_gain"),
    "M19": ("as_told", "small_team", "blind_lead"),
    "M90": ("as_told", "small_team", "one_part_share"),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_reaches_its_texts_result(case, mechanism):
    reached, _, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[reached] == "holds"


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_fails_in_another_scenario(case, mechanism):
    _, failed, headline = MECHANISMS[mechanism]
    assert verdicts_of(case, mechanism, headline)[failed] == "fails"


def test_one_texts_cheap_failure_is_the_others_missing_premise(case):
    # Whoever takes failing to be as cheap as the founder has it needs no talent for bottoms-up, by either model.
    needed = {}
    for name in model.MODELS:
        cheap = wa.argument("bottoms_up_velocity", "kaufman", {"model": name})
        assert cheap.solve().ordinary_gain > 0
        needed[name] = float(cheap.solve().judgement_needed)
        assert needed[name] < cheap.parameters.ordinary_judgement
    assert needed["sah_stiglitz_1986"] == 0.5
    assert case.solve(model="sah_stiglitz_1986").judgement_needed == np.inf
    assert case.solve().judgement_needed > case.parameters.ordinary_judgement


def test_a_failure_that_is_tried_cheaply_first_costs_what_the_founders_figures_say():
    told, cheap = model.Parameters(), wa.argument("bottoms_up_velocity", "kaufman").parameters
    spent = told.cheap_trial + told.false_pass * told.dear_trial
    assert spent == pytest.approx(35.5)
    assert cheap.failure_cost == pytest.approx(spent / told.dear_trial, abs=5e-4)


def test_who_looks_for_the_narrow_place_and_who_says_that_it_is_release(case):
    table = case.verdicts().loc["kaufman.bottleneck-first"].set_index("asked", append=True)["verdict"]
    assert list(table) == ["holds", "fails"]
    assert list(wa.argument("bottoms_up_velocity", "kaufman").verdicts().loc["kaufman.bottleneck-first", "verdict"]) == ["holds"] * 2


def test_five_thousand_at_once_takes_more_tests_than_are_reported(case):
    found = verdicts_of(case, "M21", "tests_running")
    assert (found["as_told"], found["platform"], found["more_tests"]) == ("fails", "fails", "holds")
