"""Forecasts of a quantity that grows by doublings: what a trend gives, and how wrong it goes.

Levels are in doublings (logarithms to base two), time in years where not said otherwise. All functions
broadcast. Leaves out: fat-tailed shocks, limits to growth, and what a forecast does to its object.
"""

from math import erf

import numpy as np

from ..ground.traced import floats
from .limits import exponential

DAYS_IN_YEAR = 365.25
_erf = np.frompyfunc(erf, 1, 1)  # an elementwise function of numpy's, unlike np.vectorize


def annual_factor(doubling_days, days=365):
    """Growth in a year of `days` (×), from a doubling time in days.

    >>> round(float(annual_factor(212)), 2)
    3.3
    """
    return 2.0 ** (days / floats(doubling_days))


def extrapolate(level, doubling_days, days=365):
    """Level after some days, in its own unit, if it goes on doubling at the same pace."""
    return level * annual_factor(doubling_days, days)


def implied_doubling_days(before, after, days=365):
    """Doubling time in days that turns one level into another within `days`; both above 0 and unequal."""
    return days / np.log2(floats(after) / before)


def overrun(actual, planned):
    """How much longer than planned (1): 0.64 is 64 per cent more."""
    return floats(actual) / planned - 1


def trend_variance(years, noise, history_years):
    """Variance (doublings²) of a forecast by a random walk with drift, the drift estimated from a history.

    Noise in doublings per root year. The form noise² (h + h²/m) is Farmer and Lafond's, 2016.
    """
    return np.square(noise) * floats(years) + drift_variance(years, noise, history_years)


def drift_variance(years, noise, history_years):
    """The part of that variance (doublings²) which comes from estimating the drift."""
    return np.square(noise) * np.square(years) / history_years


def change_variance(years, noise, spread, switch_years):
    """Variance (doublings²) of the change itself about its mean growth, when the slope is redrawn now and then.

    Noise and slopes as in the functions beside; this is the error of extending the mean slope, where that is known.
    """
    h, last = floats(years), floats(switch_years)
    x = h / last
    return np.square(noise) * h + np.square(spread) * 2 * last**2 * np.where(x < 1e-3, x**2 / 2, x + np.expm1(-x))


def slope_variance(years, spread, switch_years):
    """Variance (doublings²) that is added when the slope is redrawn now and then, and the forecaster extends today's.

    Slopes have a standard deviation `spread` (doublings per year) and last `switch_years` on average,
    whether they are redrawn at random moments or drift back to their mean: only their correlation counts.
    """
    h, last = floats(years), floats(switch_years)
    x = h / last
    gone = -np.expm1(-x)
    # For short horizons the three terms cancel to a cubic, and their difference would be noise.
    exact = 2 * last**2 * (x - gone) - 2 * h * last * gone + h**2
    return np.square(spread) * np.where(x < 1e-3, 2 / 3 * h**2 * x, exact)


def weighed_variance(years, spread, switch_years):
    """Variance (doublings²) that is left when the forecaster weighs today's slope by how long slopes last.

    He extends the mean slope, and of today's departure from it as much as is still expected to be there: the best
    forecast that is linear in today's slope. Slopes as in the function above.
    """
    h, last = floats(years), floats(switch_years)
    x = h / last
    gone = -np.expm1(-x)
    # At short horizons this is the error of extending today's slope, and its terms cancel in the same way.
    return np.square(spread) * np.where(x < 1e-3, 2 / 3 * h**2 * x, last**2 * (2 * (x - gone) - gone**2))


def error_factor(variance):
    """Typical factor (×) by which a level is missed: two to the power of one standard deviation, and infinite
    past the largest number that a float holds.
    """
    return exponential(np.log(2) * np.sqrt(variance))


def hit_rate(growth, variance):
    """Chance (1) that a call of "up" is right, for a normal change with mean `growth` and this variance of its own."""
    spread = np.sqrt(np.maximum(variance, 1e-300))
    return 0.5 * (1 + floats(_erf(np.clip(floats(growth) / spread, -40, 40) / 2**0.5)))


def simulated_errors(years, spread, switch_years, seed, replications=20_000, most_switches=60):
    """Errors (doublings) of extending today's slope where slopes are redrawn at random moments: one a replication.

    The change of the level itself about its mean growth is returned second. Deterministic given the seed.
    """
    generator = np.random.default_rng(seed)
    gaps = generator.exponential(switch_years, (replications, most_switches))
    ends = np.minimum(np.cumsum(gaps, axis=1), years)
    lengths = np.diff(ends, axis=1, prepend=0.0)
    slopes = generator.normal(0, spread, (replications, most_switches))
    change = (slopes * lengths).sum(axis=1)
    return change - slopes[:, 0] * years, change
