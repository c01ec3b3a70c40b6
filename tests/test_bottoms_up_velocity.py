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
from workedarguments.maths import effects, landscapes, queues, screening
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
    measured = wa.argument("bottoms_up_velocity").ranges.measured
    tried, proposed = (
        np.array([measured[name].low, measured[name].central, measured[name].high])
        for name in ("good_share", "proposal_good_share")
    )
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
    periods, found = 20, landscapes.search(4000, 0, 0, 20, 20, 5, seed=2, central_tries=1)
    lacking = 0.5 * (1 - tries) ** periods * (1 / 3) / (2 / 3)
    error = found[1, form].std() / np.sqrt(4000)
    assert found[1, form].mean() == pytest.approx(1 - lacking, abs=4 * error + 0.002)


def performance_by_hand(seed, redrawn, early, central_tries):
    """Two stretches of four periods, one landscape of six decisions with two neighbours, each firm by itself."""
    world, moves = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    tables = [world.random((8, 1), dtype=np.float32) for _ in range(6)]
    start = int(moves.integers(64, size=1)[0])
    tried, below = moves.integers(3, size=(8, 2, 1))[..., 0], moves.random((8, 1))[:, 0] < 0.5
    firms, over_time, ends = dict.fromkeys(landscapes.FORMS, start), [], []

    def worth(state, decisions):
        cells = [sum((state >> (i + step) % 6 & 1) << step for step in range(3)) for i in decisions]
        return sum(float(tables[i][cell, 0]) for i, cell in zip(decisions, cells, strict=True))

    for period in range(8):
        if period in (0, 4):
            order = world.permutation(6).tolist()
            for decision in order[: redrawn if period else 0]:
                tables[decision] = world.random((8, 1), dtype=np.float32)
            plan = max(range(64), key=lambda state: worth(state, order[redrawn:])) if redrawn < 6 else None
            for firm in ("planned", "correcting", "both"):
                firms[firm] = firms[firm] if plan is None else plan
        lower, upper, whole = range(3), range(3, 6), range(6)
        low, high = 1 << int(tried[period, 0]), 1 << int(tried[period, 1]) + 3
        for firm, state in firms.items():
            if firm == "planned":
                continue
            is_early = period % 4 < early
            if firm == "local" or (firm == "temporary" and is_early):
                moved = state
                for change, half in ((low, lower), (high, upper)):
                    moved ^= change if worth(state ^ change, half) > worth(state, half) else 0
                firms[firm] = moved
                continue
            changes = [low, high] if below[period] else [high, low]
            if firm in ("leaping", "both") and is_early:
                changes[0] = low | high
            moved = state
            for change in changes[:central_tries]:
                moved ^= change if worth(moved ^ change, whole) > worth(moved, whole) else 0
            firms[firm] = moved
        best = max(worth(state, whole) for state in range(64))
        over_time.append([worth(state, whole) / best for state in firms.values()])
        if period in (3, 7):
            ends.append(over_time[-1])
    return np.mean(over_time, axis=0), np.mean(ends, axis=0)


@pytest.mark.parametrize("central_tries", [1, 2])
@pytest.mark.parametrize("redrawn", [4, 6])
def test_each_form_of_firm_step_by_step(central_tries, redrawn):
    for seed in range(12):
        found = landscapes.search(1, 2, redrawn, 8, 4, 2, seed, central_tries=central_tries, decisions=6)
        for one, by_hand in zip(found[..., 0], performance_by_hand(seed, redrawn, 2, central_tries), strict=True):
            assert one == pytest.approx(by_hand, rel=1e-5)


def leads(interdependence, redrawn, central_tries=2, fifths=2, count=1500, seed=9):
    """{(form, when): (mean lead over central, its error)}, over time and at the ends of stretches of 50 periods."""
    early = fifths * (50 if redrawn else 150) // 5
    mean, end = landscapes.search(count, interdependence, redrawn, 150, 50, early, seed, central_tries=central_tries)
    return {
        (form, when): (ahead.mean(), ahead.std() / np.sqrt(count))
        for k, form in enumerate(landscapes.FORMS)
        for when, found in (("mean", mean), ("end", end))
        for ahead in [found[k] - found[0]]
    }


def test_local_search_is_faster_where_decisions_are_apart_and_it_tries_twice_as_much():
    lead, error = leads(0, 0, central_tries=1)["local", "mean"]
    assert lead > 5 * error


@pytest.mark.parametrize("redrawn", [0, 8])
def test_with_equal_tries_and_decisions_apart_all_who_try_single_changes_are_one(redrawn):
    found = leads(0, redrawn)
    for form, when in itertools.product(("local", "temporary"), ("mean", "end")):
        assert found[form, when] == (0, 0)


@pytest.mark.parametrize(("interdependence", "redrawn"), [(1, 8), (2, 8), (2, 0), (7, 0)])
def test_with_equal_tries_local_falls_behind(interdependence, redrawn):
    lead, error = leads(interdependence, redrawn)["local", "mean"]
    assert lead < -5 * error


def stored(name, fifths=2, tries=2, seeds=(1, 2, 3)):
    """Stored leads and errors of one name over all landscapes: (seeds, interdependence, redrawn)."""
    return landscapes.leads(np.arange(10)[:, None], np.arange(11), tries, fifths, np.array(seeds)[:, None, None])[name]


def test_in_no_stored_case_is_local_ahead_with_equal_tries():
    lead, error = stored("local")
    assert (lead - 2 * error).max() <= 0


def test_central_search_wins_where_decisions_hang_together():
    for redrawn in (0, 8):
        lead, error = leads(6, redrawn, central_tries=1)["local", "mean"]
        assert lead < -5 * error


@pytest.mark.parametrize("redrawn", [0, 8])
@pytest.mark.parametrize("interdependence", [5, 7, 9])
def test_apart_for_a_while_and_then_together_wins_with_equal_tries_where_much_hangs_together(interdependence, redrawn):
    found = leads(interdependence, redrawn)
    lead, error = found["temporary", "end"]
    assert lead > 3 * error
    assert lead > found["local", "end"][0]


def test_apart_then_together_wins_by_interdependence_and_only_if_joined_again():
    lead, error = stored("apart_end")
    assert (lead[:, 5:] > 2 * error[:, 5:]).all()  # in all shocks and all seeds
    assert lead[:, 0].max() == 0
    assert lead[:, 1].max() < 0.005 < lead[:, 5:].mean()
    never, error = stored("apart_end", fifths=5)
    assert (never <= 2 * error)[:, :, 1:].all()
    assert (never <= 2 * error)[:, :8].all()
    assert never[:, 1:8].max() < 0
    # Where nearly all is tied and nothing ever shaken, restless departments end ahead though nobody joins them.
    assert (never > 2 * error)[:, 9, 0].all()


def test_time_apart_is_paid_for_and_the_way_counts():
    # Counted over all the time, a central firm of as many tries is ahead wherever the landscape is shaken.
    lead, error = stored("apart_mean")
    assert (lead[:, 1:, 1:] < 2 * error[:, 1:, 1:]).all()
    assert lead[:, 3:, 1:].max() < 0


def test_a_centre_that_leaps_does_better_than_departments_that_part():
    # What is won is won by exploring: where much hangs together, leaps of the centre explore more, and cost less on the way.
    apart, leap = stored("apart_mean"), stored("leap_mean")
    assert (leap[0] - apart[0])[:, 5:].min() > 0
    assert leap[0][:, 0].max() <= 0
    assert (leap[0] > 2 * leap[1])[:, 6:].all()


def test_whoever_knows_all_plans_the_best_and_whoever_knows_nothing_stands_anywhere():
    mean, _ = landscapes.search(400, 5, 0, 20, 10, 4, seed=3)
    planned, correcting = landscapes.FORMS.index("planned"), landscapes.FORMS.index("correcting")
    assert mean[[planned, correcting]] == pytest.approx(1)
    mean, _ = landscapes.search(4000, 9, 10, 1, 10, 4, seed=3)
    # Nobody's start is any better than the mean of all configurations.
    world = np.random.default_rng(5)
    whole = landscapes.fitness(landscapes.contributions(world, 4000, 9))
    usual = whole.mean(axis=1) / whole.max(axis=1)
    assert mean[planned].mean() == pytest.approx(usual.mean(), abs=4 * mean[planned].std() / np.sqrt(4000) + 0.002)


def test_a_plan_that_is_kept_loses_to_trying_by_what_nobody_knows():
    # One input for both: what a shock changes is what the plan does not know.
    lead, error = stored("plan")
    for ties, known in ((2, 2), (5, 5)):
        assert (lead[:, ties:, : known + 1] < -2 * error[:, ties:, : known + 1]).all()
    assert (lead[:, :, 8:] > 2 * error[:, :, 8:]).all()
    assert (np.diff(lead, axis=2) > 0).all()
    assert lead[:, :, 10].min() > 0.15


def test_with_equal_tries_no_department_leads_the_strongest_centre():
    for fifths in (0, 1, 2, 5):
        lead, error = stored("strongest", fifths)
        assert (lead <= 2 * error).all()
        assert (lead <= stored("apart_mean", fifths)[0] + 1e-9).all()


def test_departments_lead_the_strongest_centre_where_it_tries_half_as_often_little_is_tied_and_all_is_shaken():
    lead, error = stored("strongest", 5, tries=1)
    assert (lead[:, :2, 9:] > 2 * error[:, :2, 9:]).all()
    assert (lead[:, 5:] < 0).all()
    assert (lead[:, :, :3] < 0).all()


def test_turbulence_helps_those_who_try_more():
    # With twice the tries local gains by shocks; with equal tries there is nothing in them for it.
    still, shaken = leads(2, 0, central_tries=1)["local", "mean"], leads(2, 8, central_tries=1)["local", "mean"]
    assert still[0] < shaken[0]
    assert shaken[0] - still[0] > 3 * np.hypot(still[1], shaken[1])
    still, shaken = (leads(2, redrawn)["local", "mean"] for redrawn in (0, 8))
    assert abs(shaken[0] - still[0]) < 3 * np.hypot(still[1], shaken[1])


@pytest.mark.parametrize("numbers", [(1, 4, 1, 2), (2, 8, 2, 1), (7, 0, 1, 3)])
def test_stored_leads_are_the_search_and_carry_their_error(numbers):
    interdependence, redrawn, central_tries, seed = numbers
    stretch = landscapes.SHOCK_EVERY if redrawn else landscapes.PERIODS
    for fifths in (1, 5):
        mean, end = np.concatenate([
            landscapes.search(landscapes.LANDSCAPES, interdependence, redrawn, landscapes.PERIODS, landscapes.SHOCK_EVERY,
                              stretch * fifths // 5, landscapes.BATCHES * seed + batch, central_tries=central_tries)
            for batch in range(landscapes.BATCHES)
        ], axis=-1)
        found = landscapes.leads(interdependence, redrawn, central_tries, fifths, seed)
        by_form = dict(zip(landscapes.FORMS, mean, strict=True))
        centres = [by_form[form] for form in ("central", "correcting", "leaping", "both")]
        ahead = {"local": by_form["local"] - mean[0], "plan": by_form["temporary"] - by_form["planned"],
                 "strongest": by_form["temporary"] - max(centres, key=np.mean), "apart_mean": by_form["temporary"] - mean[0],
                 "apart_end": (end - end[0])[landscapes.FORMS.index("temporary")], "leap_mean": by_form["leaping"] - mean[0]}
        for name, lead in ahead.items():
            here, shared = [float(one) for one in found[name]], landscapes.SHARED if name == "plan" else 1
            assert here == pytest.approx((lead.mean(), shared * lead.std(ddof=1) / len(lead) ** 0.5), abs=9e-5)
    never = landscapes.leads(interdependence, redrawn, central_tries, 0, seed)
    assert {name for name, lead in never.items() if float(lead[0]) == 0} == {"apart_mean", "apart_end", "leap_mean"}


def test_stored_leads_of_arrays_are_those_of_their_numbers():
    lead, error = landscapes.leads(np.array([0.0, 6.0]), 4, 1, 2, np.array([[1], [2]]))["local"]
    assert lead.shape == error.shape == (2, 2)
    assert lead[1, 1] == landscapes.leads(6, 4, 1, 2, 2)["local"][0]
    assert lead[0, 0] > 0 > lead[0, 1]


def test_seeds_agree_within_their_errors():
    for name, tries, fifths in itertools.product(landscapes.LEADS, (1, 2), (1, 2, 5)):
        lead, error = stored(name, fifths, tries)
        assert (np.ptp(lead, axis=0) <= 6 * error.max(axis=0) + 1e-4).all()
        simulated = error.mean(axis=0) > 2e-4  # below that, the four places that are stored
        spread = lead.std(axis=0, ddof=1)[simulated] / error.mean(axis=0)[simulated]
        assert np.sqrt(np.mean(np.square(spread))) < 1.3


def test_a_lead_within_two_errors_of_its_limit_decides_nothing(case):
    claim = case.every_claim()["openai.cannot-align"]
    says = judging.tests_of(case, claim)[0]
    assert judging.standard_error(case, says, case.parameters) == case.solve().plan_error > 0
    near = replace(says, value=float(case.solve().plan_lead - 1.9 * case.solve().plan_error))
    far = replace(says, value=float(case.solve().plan_lead - 2.1 * case.solve().plan_error))
    for test, word in ((near, "not computable"), (far, "holds")):
        assert judging.in_scenarios(case, replace(claim, says=(test,)))["verdict"][0] == word
    found = verdict.verdict(case, replace(claim, says=(near,)), draws=10)
    assert "twice the simulation's standard error" in found.sentence


def test_trying_beats_a_plan_that_is_kept_and_not_the_strongest_centre(case):
    plan, strongest = (verdicts_of(case, "M82", headline) for headline in ("plan_lead", "strongest_lead"))
    assert (plan["as_told"], strongest["as_told"]) == ("holds", "fails")
    assert plan["sora_app"] == plan["casado"] == plan["hospital"] == "fails"
    for scenario in ("sora_app", "casado", "hospital"):  # for that reason alone: where all is shaken they hold
        assert wa.argument(case.stem, scenario, {"redrawn": 10}).solve().plan_lead > 0.005
    aghion = wa.argument(case.stem, "aghion_2021").verdicts().loc["openai.cannot-align", "verdict"]
    assert list(aghion) == ["holds", "holds"]
    for changes in ({"central_tries": 2}, {"interdependence": 5}, {"redrawn": 2}):
        assert wa.argument(case.stem, "aghion_2021", changes).solve().strongest_lead < 0


# Velocity and the system


def test_progress_is_speed_times_the_cosine():
    assert model.progress(3.0, np.array([0.0, 60.0, 90.0, 180.0])) == pytest.approx([3.0, 1.5, 0.0, -3.0])


def test_corrections_turn_a_wrong_start_around():
    legs = [3 * np.cos(np.radians(100 * 0.5**k)) for k in range(4)]
    assert model.progress(3.0, 100.0, 3, 0.5) == pytest.approx(np.mean(legs))
    assert model.progress(3.0, 100.0, 3, 0.5) > 0 > model.progress(3.0, 100.0)


def test_leads_of_the_fast_team_and_where_they_end():
    p = model.Parameters(speed=2.0, first_error=60.0, aim_error=60.0, corrections=1, correction_share=1.0, rework_share=0.25,
                         correction_cost=0.2, aim_cost=0.3)
    solved = model.solve(p)
    assert solved.blind_lead == pytest.approx(1.5 * 0.5 - 0.5 * 0.7)
    assert solved.corrected_lead == pytest.approx(1.5 * (0.5 + 1) / 2 * 0.8 - 0.5 * 0.7)
    told = model.Parameters()
    never = np.degrees(np.arccos(0.9 * np.cos(np.radians(30)) / (3 * 0.8)))
    assert never == pytest.approx(71.0, abs=0.1)
    assert model.solve(quantities.replace(told, first_error=never)).blind_lead == pytest.approx(0, abs=1e-12)
    for changes, ahead in (({"first_error": 130}, True), ({"first_error": 133}, False), ({"speed": 1.61}, True),
                           ({"speed": 1.59}, False), ({"aim_error": 0}, True), ({"correction_cost": 0.2}, False)):
        assert (model.solve(quantities.replace(told, **changes)).corrected_lead > 0) == ahead


def test_there_is_a_best_number_of_corrections_and_it_falls_with_their_cost():
    # Legs at 80, 40, 20, 10, 5 degrees: cosines 0.1736, 0.7660, 0.9397, 0.9848, 0.9962.
    told = model.Parameters()
    legs = np.array([0.1736, 0.7660, 0.9397, 0.9848, 0.9962, 0.9990])
    by_hand = 2.4 * np.cumsum(legs) / np.arange(1, 7) * (1 - 0.05 * np.arange(6))
    assert [float(model.corrected(told, number)) for number in range(6)] == pytest.approx(by_hand, abs=1e-3)
    solved = model.solve(told)
    assert (solved.best_corrections, solved.best_progress) == (4, pytest.approx(by_hand[4], abs=1e-3))
    costs = np.array([0.0, 0.02, 0.05, 0.15, 0.3, 1.0])
    assert model.solve(quantities.replace(told, correction_cost=costs)).best_corrections.tolist() == [12, 7, 4, 2, 1, 0]
    assert model.solve(quantities.replace(told, first_error=0.0)).best_corrections == 0


def test_corrections_that_take_all_the_time_leave_none_to_go_on():
    assert model.progress(3.0, 80.0, 4, 0.5, 0.0, 0.25) == 0
    assert model.progress(3.0, 80.0, 8, 0.5, 0.0, 0.25) == 0


def test_first_fast_or_first_careful_each_has_its_ground():
    # Where no aim can be taken beforehand, go and correct; where aiming is easy and turning dear, aim.
    unknown = model.Parameters(aim_error=80.0)
    assert model.solve(unknown).corrected_lead > 1
    assert model.solve(quantities.replace(unknown, speed=0.7)).corrected_lead > 0
    dear = model.Parameters(aim_error=10.0, correction_cost=0.25)
    assert model.solve(dear).corrected_lead < 0
    assert model.solve(dear).best_progress < model.solve(quantities.replace(dear, correction_cost=0.05)).best_progress


def test_shares_of_the_whole_gain_by_hand():
    # Product 2 x 2 x 2 x 2 x 1.5 = 24: first a part brings 1 of the 23, last 12; effort 0.5, last 8. In a sum
    # 1 + 4 + 0.5 = 5.5 each brings what it is, 1 and 0.5 of 4.5, whenever it comes.
    product, total = (model.solve(model.Parameters(effort=1.5, additivity=a)) for a in (0.0, 1.0))
    assert (product.one_part_first, product.one_part_last) == pytest.approx((1 / 23, 12 / 23))
    assert (product.effort_first, product.effort_last) == pytest.approx((0.5 / 23, 8 / 23))
    assert product.together_share == pytest.approx(1 - 4.5 / 23)
    assert (total.one_part_first, total.one_part_last) == pytest.approx([1 / 4.5] * 2)
    for solved in (product, total):
        assert (solved.alone_in_product, solved.alone_in_sum) == pytest.approx((np.log(2) / np.log(24), 1 / 4.5))
    assert (total.effort_first, total.effort_last, total.effort_share) == pytest.approx([0.5 / 4.5] * 3)
    assert total.together_share == pytest.approx(0, abs=1e-12)
    # Effort comes before the system, which makes 16 of 1, or after it: half of 0.5 and 8.
    assert product.effort_share == pytest.approx(4.25 / 23)


def test_effort_in_a_chain_by_hand():
    # The others halve each stage, so the chain is twice as fast without effort, and effort of 3 brings 2 alone and 4 in
    # the end, of 5 in all. Where the longest stage alone is cut, to a third, the others save 1/3 of half of the time.
    assert model.solve(model.Parameters(effort=3.0)).effort_in_chain == pytest.approx(3 / 5)
    long = model.Parameters(talent=1.0, devolution=3.0, tolerance=1.0, feedback=1.0, longest_stage=0.5)
    faster = 1 / (0.5 + 0.5 / 3)
    expected = ((2 - 1) + (2 * faster - faster)) / 2 / (2 * faster - 1)
    assert model.solve(long).effort_in_chain == pytest.approx(expected)


def test_effort_against_the_system_does_not_hang_on_how_many_parts_are_named(case):
    # A system of 16, by one part or by four; effort of 3. Alone 2 and last 32 of 47. Effort counts as much as the rest
    # together where it is as large.
    one, four = (model.Parameters(effort=3.0, **dict(zip(model.PARTS[:4], sizes, strict=True))) for sizes in ((4.0, 4.0, 1.0, 1.0), (2.0,) * 4))
    assert [model.solve(p).effort_share for p in (one, four)] == pytest.approx([17 / 47] * 2)
    assert case.solve(talent=4.0, devolution=1.0, tolerance=1.0, feedback=1.0, effort=4.0).effort_share == pytest.approx(0.5)
    generator = np.random.default_rng(5)
    for parts in generator.uniform(1, 5, (20, 5)):
        solved = model.solve(model.Parameters(**dict(zip(model.PARTS, parts, strict=True))))
        rest = parts[:4].prod()
        assert solved.effort_share == pytest.approx(((parts[4] - 1) + (parts[4] * rest - rest)) / 2 / (parts[4] * rest - 1))
        assert (solved.effort_share > 0.5) == (parts[4] > rest)


def test_in_a_product_a_part_has_one_share_whenever_it_comes_and_the_best_can_bring_more_than_half(case):
    # 3 x 1.05^4 at the ends of the ranges.
    ends = case.ranges.ours
    assert {ends[part].low for part in model.PARTS} == {1.05}
    at_ends = case.solve(**{**dict.fromkeys(model.PARTS, 1.05), "talent": ends["talent"].high})
    assert at_ends.alone_in_product == pytest.approx(np.log(3) / (np.log(3) + 4 * np.log(1.05)))
    assert at_ends.alone_in_product > 0.5
    for feedback in (1.0, 1.5, 5.0):
        shares = np.log([2.0, 2.0, 2.0, feedback, 2.0]) / np.log(16 * feedback)
        assert case.solve(feedback=feedback).alone_in_product == pytest.approx(shares.max())


def test_of_five_parts_that_are_raised_alike_each_brings_a_fifth_of_a_product_and_of_a_sum(case):
    # Effort is a part as any other: 2 to the power of 5 is 32, of whose 31 each alone brings 1.
    parts = [getattr(case.parameters, part) for part in model.PARTS]
    assert len(set(parts)) == 1
    solved = case.solve()
    assert (solved.alone_in_product, solved.alone_in_sum) == pytest.approx((1 / 5, 1 / 5))
    assert solved.effort_first == pytest.approx(solved.one_part_first) == pytest.approx(1 / 31)
    assert case.solve(additivity=1.0).effort_first == pytest.approx(1 / 5)
    assert case.solve(feedback=4.0).alone_in_product == pytest.approx(2 / 6)
    # The best brings a fifth or more, whatever the parts are, and never less of a sum than of a product.
    grid = np.meshgrid(*[[1.0, 1.5, 3.0, 5.0]] * 5)
    every = quantities.replace(case.parameters, **dict(zip(model.PARTS, grid, strict=True)))
    sums = model.solve(every).alone_in_sum
    assert np.nanmin(sums) == pytest.approx(0.2)
    assert (np.nan_to_num(model.solve(every).alone_in_product) <= np.nan_to_num(sums) + 1e-12).all()


def speed_of_a_chain(longest, effort, *others):
    """Of four stages whose longest is that of the best part: how many times as fast they are gone through."""
    best, *rest = sorted(others, reverse=True)
    return effort / (longest / best + sum((1 - longest) / 3 / one for one in rest))


def test_best_part_in_a_chain_over_all_orders_by_hand():
    # Stages of 70, 10, 10 and 10 in 100 of the time; the first at three and a half times: 20 for 70. With two parts that
    # are better there are two orders. Effort of 2 first brings 1, last 100 / 25 - 100 / 50 = 2.
    p = model.Parameters(feedback=3.5, talent=1.0, devolution=1.0, tolerance=1.0, longest_stage=0.7)
    assert model.solve(p).alone_in_chain == pytest.approx((1 + 2) / 2 / 3)
    assert model.solve(quantities.replace(p, effort=1.0)).alone_in_chain == 1
    for parts, longest in itertools.product(itertools.product((1.0, 1.5, 4.0), repeat=5), (0.25, 0.4, 1.0)):
        best = parts.index(max(parts[:4]))
        if parts[:4].count(parts[best]) == 1:
            whole, shares = speed_of_a_chain(longest, parts[4], *parts[:4]) - 1, [0.0] * 5
            stages = [longest if at == best else (1 - longest) / 3 for at in range(4)]
            for order in itertools.permutations(range(5)):
                now, before = [1.0] * 5, 1.0
                for part in order:
                    now[part] = parts[part]
                    after = now[4] / sum(stage / one for stage, one in zip(stages, now[:4], strict=True))
                    shares[part] += (after - before) / 120
                    before = after
            p = model.Parameters(**dict(zip(model.PARTS, parts, strict=True)), longest_stage=longest)
            assert float(model.best_in_chain(p)) == pytest.approx(max(shares) / whole if whole else np.nan, nan_ok=True)


def test_in_an_even_chain_effort_brings_more_than_a_stage_for_it_shortens_all(case):
    # Doubled: 4 for 1 by all, a gain of 3. After n of the four stages hours add 1 / (1 - n / 8): on average over n 1.415.
    assert case.parameters.longest_stage == 1 / 4
    assert case.solve().alone_in_chain == pytest.approx(sum(1 / (1 - n / 8) for n in range(5)) / 5 / 3)
    assert case.solve(effort=1.0).alone_in_chain == pytest.approx(1 / 4)


@pytest.mark.parametrize("form", ["alone_in_product", "alone_in_sum", "alone_in_chain"])
def test_sizes_and_not_the_form_decide_whether_one_part_brings_more_than_half(case, form):
    grid = np.meshgrid(*[[1.1, 2.0, 3.0]] * 5)
    every = quantities.replace(case.parameters, **dict(zip(model.PARTS, grid, strict=True)))
    found = getattr(model.solve(every), form)
    assert found.min() < 0.25
    assert found.max() > 0.55


def test_marginal_contributions_over_all_orders_and_their_axioms():
    generator = np.random.default_rng(4)
    worths = {present: generator.random(7) for present in itertools.product((False, True), repeat=4)}
    first, mean, last = effects.marginal_contributions(worths.__getitem__, 4)
    by_order = np.zeros((4, 7))
    for order in itertools.permutations(range(4)):
        for place, cause in enumerate(order):
            before = tuple(one in order[:place] for one in range(4))
            after = tuple(one in order[: place + 1] for one in range(4))
            by_order[cause] += (worths[after] - worths[before]) / 24
    assert np.array(mean) == pytest.approx(by_order)
    assert sum(mean) == pytest.approx(worths[True, True, True, True] - worths[False, False, False, False])
    assert first[2] == pytest.approx(worths[False, False, True, False] - worths[False, False, False, False])
    assert last[2] == pytest.approx(worths[True, True, True, True] - worths[True, True, False, True])


def test_shapley_of_voting_and_of_an_airport():
    # Four shareholders of 4, 3, 2 and 1 votes and a majority of 6: 5, 3, 3 and 1 twelfths. Three airlines whose runways
    # cost 6, 10 and 16: each section is shared by those who need it, 2, 2 + 2 and 2 + 2 + 6.
    votes, runways = (4, 3, 2, 1), (6, 10, 16)
    _, power, _ = effects.marginal_contributions(lambda present: float(np.dot(present, votes) >= 6), 4)
    assert power == pytest.approx([5 / 12, 3 / 12, 3 / 12, 1 / 12])
    _, dues, _ = effects.marginal_contributions(lambda present: max(np.multiply(present, runways)), 3)
    assert dues == pytest.approx([2, 4, 10])


def test_whether_effort_is_the_cause_hangs_on_how_much_harder_they_work():
    # It is as much as the rest where it is as large: four of 1.4 make 1.4 to the power of 4, or 1 + 4 x 0.4.
    for additivity, bound in ((0.0, 1.4**4), (1.0, 2.6)):
        same = model.Parameters(**dict.fromkeys(model.PARTS, 1.4), additivity=additivity)
        at, below = (model.solve(quantities.replace(same, effort=effort)) for effort in (bound, bound - 0.1))
        assert at.effort_share == pytest.approx(0.5)
        assert below.effort_share < 0.5


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
        solved = model.solve(p)
        assert (solved.one_part_first, solved.one_part_last) == pytest.approx((1, 1))
        assert (solved.alone_in_product, solved.alone_in_sum, solved.alone_in_chain) == pytest.approx((1, 1, 1))
        assert (solved.effort_share, solved.together_share) == (0, 0)


def test_a_gain_has_no_parts_exactly_where_no_part_is_better_than_ordinary(case):
    without = 0
    for options, columns in sets(case, 5000):
        p = quantities.replace(case.parameters, **options, **columns)
        solved = model.solve(p)
        ordinary = np.maximum.reduce([p.talent, p.devolution, p.tolerance, p.feedback, p.effort]) == 1
        for name in ("one_part_first", "one_part_last", "alone_in_product", "alone_in_sum", "alone_in_chain", "together_share",
                     "effort_first", "effort_last", "effort_share"):
            assert (np.isnan(getattr(solved, name)) == ordinary).all()
        without += ordinary.sum()
    assert without


MECHANISMS = {
    "M20": ("as_told", "small_team", "bottleneck_lead"),
    "M21": ("as_told", "hospital", "chance_gain"),
    "M82": ("as_told", "sora_app", "plan_lead"),
    "M87": ("as_told", "platform", "ordinary_gain"),
    "M19": ("as_told", "small_team", "blind_lead"),
    "M90": ("as_told", "long_hours", "alone_in_product"),
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


def test_correcting_on_the_way_has_its_result_and_loses_it_where_turning_is_dear(case):
    found = verdicts_of(case, "M19", "corrected_lead")
    assert (found["as_told"], found["hospital"]) == ("holds", "fails")


def test_one_cause_too_large_and_hours_too_long(case):
    many, added, chain, effort = (
        verdicts_of(case, "M90", name) for name in ("alone_in_product", "alone_in_sum", "alone_in_chain", "effort_share")
    )
    failed = {scenario: [found[scenario] == "fails" for found in (many, added, chain, effort)] for scenario in many}
    assert {scenario: fails for scenario, fails in failed.items() if any(fails)} == {
        "long_hours": [True, True, True, True],  # hours, in every form
        "small_team": [False, True, True, False],  # feedback, whose gain is most of a sum, and hours in the chain
        "one_signature": [False, False, True, False],  # the stage in which all else waits
    }
    assert {many["as_told"], added["as_told"], chain["as_told"], effort["as_told"]} == {"holds"}
    # In a chain it is a tie as told, which is no support.
    tied = verdicts_of(case, "M90", "effort_in_chain")
    assert (tied["as_told"], tied["one_signature"], tied["long_hours"]) == ("fails", "holds", "fails")
    assert case.solve().effort_in_chain == pytest.approx(0.5)
    # Only where parts need each other is there a system, and turns it effort into more speed.
    multiplied = verdicts_of(case, "M90", "effort_multiplied")
    assert (multiplied["as_told"], multiplied["parts_add"], multiplied["long_hours"]) == ("holds", "fails", "fails")
    assert case.solve().effort_multiplied == pytest.approx(2**4)
    assert case.solve(additivity=1).effort_multiplied == pytest.approx(1)
    assert case.solve().effort_multiplied_in_chain == pytest.approx(2)  # all stages take half of the time
    assert (case.solve().together_share, case.solve(additivity=1).together_share) == pytest.approx((26 / 31, 0))
    # Taken at his word, with hours a fifth longer, the blogger's firm passes every test.
    for headline in ("alone_in_product", "alone_in_sum", "alone_in_chain", "effort_share", "effort_in_chain",
                     "effort_multiplied", "effort_multiplied_in_chain"):
        assert verdicts_of(case, "M90", headline)["same_hours"] == "holds", headline
    # Effort is judged alike in all forms: by how much harder people work. Long hours fail with room to spare.
    for additivity in (0, 0.5, 1):
        assert case.solve(additivity=additivity).effort_share < 0.3
        hours = wa.argument(case.stem, "long_hours", {"additivity": additivity}).solve()
        assert min(hours.alone_in_product, hours.alone_in_sum, hours.alone_in_chain, hours.effort_share) > 0.75


def test_cheaper_trials_let_more_be_tried_until_what_passes_is_all_that_costs(case):
    # 650 / (3 + 0.1325 x 650) = 7.29; at half the cost 7.42. At a trial of 100 it is 3.49 and 4.77.
    solved = case.solve()
    assert solved.ideas_tried == pytest.approx(650 / 89.125)
    assert solved.halving_gain == pytest.approx(89.125 / 87.625)
    dear = case.solve(cheap_trial=100.0)
    assert (dear.ideas_tried, dear.halving_gain) == pytest.approx((650 / 186.125, 186.125 / 136.125))
    tried, halved = (verdicts_of(case, "M21", headline)["as_told"] for headline in ("ideas_tried", "halving_gain"))
    assert (tried, halved) == ("holds", "fails")
    kept_on = wa.argument(case.stem, overrides={"cheap_trial": 100.0}).verdicts().loc["kaufman.lower-cost-of-failure"]
    assert list(kept_on["verdict"]) == ["holds", "holds"]


def test_a_dear_trial_that_passes_much_leaves_little_to_try_and_more_to_save(case):
    # 650 / (200 + (0.09 + 0.255) x 650) = 1.53; at a trial of 100 it would be 2.00.
    solved = wa.argument(case.stem, "metal_prototype").solve()
    assert solved.ideas_tried == pytest.approx(650 / 424.25)
    assert solved.halving_gain == pytest.approx(424.25 / 324.25)
    tried, halved = (verdicts_of(case, "M21", headline)["metal_prototype"] for headline in ("ideas_tried", "halving_gain"))
    assert (tried, halved) == ("fails", "holds")


def test_speed_of_a_system_by_hand():
    # Five parts that each double: 32 in a product; one plus five gains of one in a sum.
    assert model.solve(model.Parameters()).system_speed == pytest.approx(32)
    assert model.solve(model.Parameters(additivity=1.0)).system_speed == pytest.approx(6)
