"""From what a study prints to what a model takes: multiples, log effects, pooling.

All functions broadcast over arrays. Leaves out: random-effects pooling, small-sample corrections.
"""

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


def code_time_share(minutes_per_day, days=5, hours_per_week=40):
    """Share of the working week (1) that a daily number of minutes fills."""
    return np.asarray(minutes_per_day) * days / 60 / hours_per_week
