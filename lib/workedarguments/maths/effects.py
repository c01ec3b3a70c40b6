"""From what a study prints to what a model takes: multiples, log effects, pooling; and a whole shared among causes.

All functions broadcast over arrays. Leaves out: random-effects pooling, small-sample corrections.
"""

import itertools
from functools import cache
from math import factorial

import numpy as np


def time_saved(with_tool, without_tool):
    """Share of the time saved (1), from two times in the same unit.

    >>> round(float(time_saved(71.17, 160.89)), 3)
    0.558
    """
    return 1 - np.asarray(with_tool) / without_tool


def multiple_from_time(change):
    """How many times as fast (×), from a change in time as a share: -0.5 is twice as fast."""
    return 1 / (1 + np.asarray(change))


def time_saved_from_log(beta):
    """Share of the time saved (1), from a coefficient on log time; negative beta saves time."""
    return 1 - np.exp(np.asarray(beta))


def confidence_interval(estimate, error, z=1.96):
    """Lower and upper end of a normal interval: estimate -+ z standard errors, in its own unit."""
    return np.asarray(estimate) - z * np.asarray(error), np.asarray(estimate) + z * np.asarray(error)


def pool(estimates, errors):
    """Inverse-variance mean and its standard error of independent estimates in one unit."""
    weights = 1 / np.square(errors)
    return np.sum(weights * np.asarray(estimates)) / np.sum(weights), np.sum(weights) ** -0.5


def relative_gain(gain_low, gain_high):
    """Multiple of the weak over multiple of the strong (×); above 1 the gap closes."""
    return (1 + np.asarray(gain_low)) / (1 + np.asarray(gain_high))


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
    return np.asarray(minutes_per_day) * days / 60 / hours_per_week


def marginal_contributions(worth, causes):
    """What each of some causes adds to a worth: first of all, on average over all orders, and last of all, in
    the unit of the worth. Three lists, one entry a cause.

    `worth` takes an array of truth values, a row for each set of causes and a column for each cause, true for those
    that are present, and gives as many numbers or arrays along its first axis. The averages are the values of
    Shapley 1953; they add up to the worth of all less that of none, and no order is preferred. Valid for a few
    causes: there are 2**causes sets.

    >>> gloves = lambda present: present[:, 0] & (present[:, 1] | present[:, 2])
    >>> [[round(float(value), 3) for value in values] for values in marginal_contributions(gloves, 3)]
    [[0.0, 0.0, 0.0], [0.667, 0.167, 0.167], [1.0, 0.0, 0.0]]
    """
    sets, orders = _sets(causes)
    worths = np.asarray(worth(sets), dtype=float)
    # Sets that are alike but for the cause stand in the same order.
    added = [worths[sets[:, cause]] - worths[~sets[:, cause]] for cause in range(causes)]
    mean = [np.tensordot(orders[~sets[:, cause]], gains, axes=1) for cause, gains in enumerate(added)]
    return [gains[0] for gains in added], mean, [gains[-1] for gains in added]


@cache
def _sets(causes):
    """All sets of some causes, a row each, and the share of orders in which each comes just before one given cause."""
    sets = np.array([*itertools.product((False, True), repeat=causes)])
    before = sets.sum(axis=1).tolist()
    return sets, np.array([factorial(one) * factorial(max(0, causes - 1 - one)) / factorial(causes) for one in before])
