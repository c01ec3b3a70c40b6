"""Following what moves and noticing what changes: noisy answers, delays, false alarms.

Squared distances are in units of the need's own spread, so that 1 is no better than not listening.
All functions broadcast. Leaves out: answers that depend on what is asked, and more than one dimension.
"""

import numpy as np

from ..ground.traced import floats


def steady_variance(step, life, noise):
    """Squared error (1) just after an answer, once many have come, for a need that wanders about its mean.

    The need forgets itself over `life` (in the unit of `step`), answers come every `step` with a
    standard deviation of `noise` need spreads. Steady state of the Kalman filter (Kalman 1960).
    """
    moved = -np.expm1(-2 * floats(step) / life)
    answer = np.square(noise)
    half = moved * (answer - 1)
    before = (-half + np.sqrt(half**2 + 4 * moved * answer)) / 2
    total = before + answer
    return np.where(total > 0, before * answer / np.where(total > 0, total, 1), 0.0)


def tracking_error(latency, life, noise):
    """Root mean square distance (1) between what users need and what they have, when a change takes `latency`.

    What is heard in one cycle ships in the next and stays until the one after, so that it is between one
    and two latencies old.
    """
    latency = floats(latency)
    first, second = np.exp(-2 * latency / life), np.exp(-4 * latency / life)
    still_true = life / (2 * latency) * (first - second)
    return np.sqrt(1 - (1 - steady_variance(latency, life, noise)) * still_true)


def corrected_squares(start, cycles, rate, noise):
    """(mean, sum) of squared distances over the shots of a marksman who corrects a share of each miss seen.

    The first shot misses by `start`; each later one has corrected `rate` of the miss, seen with `noise`.
    `cycles` corrections follow the first shot; it need not be whole. The mean is over the time shots stand.
    """
    kept = np.square(1 - floats(rate))
    cycles = floats(cycles)
    floor = np.square(rate * noise) / (1 - kept)
    excess = np.square(start) - floor
    shots = cycles + 1
    total = shots * floor + excess * (1 - kept**shots) / (1 - kept)
    return total / shots, total


def pooled_noise(first, second):
    """Standard deviation of the best mean of two unbiased readings, weighted by inverse variance."""
    return (floats(first) ** -2 + floats(second) ** -2) ** -0.5


def detection_time(drop, noise, between_false_alarms):
    """Readings until a running sum (CUSUM, Page 1954) notices a drop, with one false alarm in so many readings.

    Siegmund's approximation of 1985, its threshold found by Newton's steps; infinite where the drop is 0.
    """
    signal = floats(drop) / noise
    square = np.maximum(np.square(signal), 1e-12)
    quiet = between_false_alarms * square / 2
    bound = np.minimum(np.sqrt(2 * quiet), 1.5 + np.log1p(quiet))  # above the root, so that Newton's steps go down
    for _ in range(6):
        bound = bound - (np.expm1(bound) - bound - quiet) / np.expm1(bound)
    delay = 2 * (np.expm1(-bound) + bound) / square
    return np.where(signal > 1e-6, np.maximum(1.0, delay), np.inf)
