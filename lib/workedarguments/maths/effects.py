"""From what a study prints to what a model takes: multiples, log effects, pooling; and a whole shared among causes.

All functions broadcast over arrays. Leaves out: random-effects pooling, small-sample corrections.
"""

import itertools
from math import factorial

import numpy as np

from ..ground.traced import floats


def time_saved(with_tool, without_tool):
    """Share of the time saved (1), from two times in the same unit.

    >>> round(float(time_saved(71.17, 160.89)), 3)
    0.558
    """
    return 1 - floats(with_tool) / without_tool


def multiple_from_time(change):
    """How many times as fast (×), from a change in time as a share: -0.5 is twice as fast."""
    return 1 / (1 + floats(change))


def time_saved_from_log(beta):
    """Share of the time saved (1), from a coefficient on log time; negative beta saves time."""
    return 1 - np.exp(floats(beta))


def confidence_interval(estimate, error, z=1.96):
    """Lower and upper end of a normal interval: estimate -+ z standard errors, in its own unit."""
    return floats(estimate) - z * floats(error), floats(estimate) + z * floats(error)


def pool(estimates, errors):
    """Inverse-variance mean and its standard error of independent estimates in one unit."""
    weights = 1 / np.square(errors)
    return np.sum(weights * floats(estimates)) / np.sum(weights), np.sum(weights) ** -0.5


def relative_gain(gain_low, gain_high):
    """Multiple of the weak over multiple of the strong (×); above 1 the gap closes."""
    return (1 + floats(gain_low)) / (1 + floats(gain_high))


def log_gap_change(gain_low, gain_high):
    """Change in the log gap between strong and weak (1); below 0 the gap closes."""
    return -np.log(relative_gain(gain_low, gain_high))


def gain_slope(gain_low, gain_high, skill_ratio):
    """Slope of the gain on skill (elasticity) between two groups: the change of their log gap, over that gap.

    From two gains as shares and the ratio of the strong to the weak before (×), which few studies print.
    """
    return log_gap_change(gain_low, gain_high) / np.log(skill_ratio)


def code_time_share(minutes_per_day, days=5, hours_per_week=40):
    """Share of the working week (1) that a daily number of minutes fills."""
    return floats(minutes_per_day) * days / 60 / hours_per_week


def marginal_contributions(worth, causes):
    """What each of some causes adds to a worth: first of all, on average over all orders, and last of all, in
    the unit of the worth. Three lists, one entry a cause.

    `worth` takes truth values, one a cause, true for those that are present, and gives a number or an array. The
    averages are the values of Shapley 1953; they add up to the worth of all less that of none, and no order is
    preferred. Valid for a few causes: there are 2**causes sets.

    >>> gloves = lambda present: float(present[0] and (present[1] or present[2]))
    >>> [[round(float(value), 3) for value in values] for values in marginal_contributions(gloves, 3)]
    [[0.0, 0.0, 0.0], [0.667, 0.167, 0.167], [1.0, 0.0, 0.0]]
    """
    worths = {present: worth(present) for present in itertools.product((False, True), repeat=causes)}
    first, mean, last = [], [], []
    for cause in range(causes):
        without = [present for present in worths if not present[cause]]  # the empty set first, all others last
        gains = [worths[*one[:cause], True, *one[cause + 1 :]] - worths[one] for one in without]
        first.append(gains[0])
        mean.append(sum(_orders(sum(one), causes) * gain for one, gain in zip(without, gains, strict=True)))
        last.append(gains[-1])
    return first, mean, last


def _orders(before, causes):
    """Share (1) of all orders of some causes in which just these, so many, come before one given cause."""
    return factorial(before) * factorial(causes - 1 - before) / factorial(causes)
