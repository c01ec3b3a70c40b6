"""All in, a small stake, waiting, staying out: by hand, and as the mean gain and the regrets must agree."""

import numpy as np
import pytest
from workedarguments.maths import options


def drawn(n=2000):
    generator = np.random.default_rng(5)
    gain, loss = generator.uniform(0, 5, (2, n))
    return generator.random(n), gain, loss, *generator.random((3, n))


def test_regret_is_what_the_best_in_each_state_has_more_than_a_way():
    chance, gain, loss, late, small, foothold = drawn()
    comes, not_ = options.if_it_comes(gain, late, small, foothold), options.if_it_does_not(loss, small)
    regrets = options.expected_regret(chance, gain, loss, late, small, foothold)
    for one, other, regret in zip(comes, not_, regrets, strict=True):
        assert chance * (np.max(comes, axis=0) - one) + (1 - chance) * (np.max(not_, axis=0) - other) == pytest.approx(
            regret
        )


def test_the_least_regret_is_the_largest_mean_gain():
    chance, gain, loss, late, small, foothold = drawn()
    mean = options.expected_gain(
        chance, options.if_it_comes(gain, late, small, foothold), options.if_it_does_not(loss, small)
    )
    regret = options.expected_regret(chance, gain, loss, late, small, foothold)
    assert (np.argmax(mean, axis=0) == np.argmin(regret, axis=0)).mean() > 0.999  # but for draws in which two are alike


def test_a_side_project_by_hand():
    # A job left for good gains 100 or loses 40; evenings lose a tenth and keep three quarters of what waiting would miss.
    regret = options.expected_regret(0.3, 100.0, 40.0, 0.2, 0.1, 0.75)
    assert regret.all_in == pytest.approx(28)
    assert regret.wait == pytest.approx(24)
    assert regret.stay_out == pytest.approx(30)
    assert regret.small_stake == pytest.approx(0.3 * 0.9 * 80 * 0.25 + 0.7 * 4)
    assert options.worth_of_choice(regret) == pytest.approx(28 - 8.2)
    assert options.even_chance(100.0, 40.0, 0.2) == pytest.approx(1 / 3)


def test_at_the_even_chance_all_in_and_waiting_are_alike():
    _, gain, loss, late, small, foothold = drawn()
    regret = options.expected_regret(options.even_chance(gain, loss, late), gain, loss, late, small, foothold)
    assert regret.all_in == pytest.approx(regret.wait)


def test_without_a_number_for_the_chance_the_larger_regret_counts():
    largest = options.largest_regret(options.if_it_comes(10.0, 0.9, 0.1, 0.0), options.if_it_does_not(4.0, 0.1))
    assert [float(one) for one in largest] == pytest.approx([4, 0.9, 1, 10])
