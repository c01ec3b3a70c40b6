"""Growth and fall: how long until full, how deep a fall, what of it was out of the ordinary.

All functions broadcast over arrays. Rates are shares a year unless a docstring says otherwise.
"""

import numpy as np

from ..ground.traced import floats

STEPS = 12  # of Newton's: enough for every digit over the bounds of the lessons' inputs
LASTING = ((1.0, np.inf),)  # a stock of which nothing wears out


def still_standing(parts, years):
    """Share (1) of a stock that has not worn out after some years, at least 0: each of its `parts`, pairs of (share of
    the stock, mean life in years), loses a constant part a year.

    >>> round(float(still_standing(((0.5, 10), (0.5, np.inf)), 10)), 2)
    0.68
    """
    return sum(part * np.exp(-floats(years) / life) for part, life in parts)


def fill_time(share, growth, parts=LASTING):
    """Years until what still stands of a stock is all in use, when use begins at a `share` of it and grows by `growth`
    a year, while its `parts` wear out as in `still_standing`.

    Valid for 0 < share <= 1 and growth > 0; nothing may be added to the stock meanwhile, and its parts make up 1.

    >>> round(float(fill_time(0.027, 1.0)), 1), round(float(fill_time(0.027, 1.0, ((1.0, 3.0),))), 1)
    (5.2, 3.5)
    """
    grows, years = np.log1p(growth), 0.0
    # Newton's steps on logarithms: that of what stands is convex, so each step falls short of the year sought.
    for _ in range(STEPS):
        stands = still_standing(parts, years)
        wears = sum(part * np.exp(-floats(years) / life) / life for part, life in parts) / stands
        years = years + (np.log(stands / share) - grows * years) / (grows + wears)
    return years


def yearly_growth(first, last, years):
    """Growth (per year) that turns `first` into `last` in `years`, compounded once a year.

    Valid for positive first and last. Negative is a fall.

    >>> round(float(yearly_growth(0.027, 0.15, 3)), 2)
    0.77
    """
    return (floats(last) / first) ** (1 / floats(years)) - 1


def drawdown(peak, trough):
    """Share (1) of a peak that is gone at the trough: 0 nothing, 1 everything.

    >>> round(float(drawdown(5048.62, 1114.11)), 4)
    0.7793
    """
    return 1 - floats(trough) / peak


def abnormal_fall(rate, usual_rate, years):
    """Share (1) of a price lost beyond what such prices lose anyway, at most.

    `rate` is the fall seen over `years`, `usual_rate` that of comparable goods, both as rates of
    logarithms (per year); the whole difference is taken to have happened in the crash. Garber
    (1989), Journal of Political Economy 97, page 553.

    >>> round(float(abnormal_fall(0.32, 0.285, 5)), 2)
    0.16
    """
    return -np.expm1(-(floats(rate) - usual_rate) * years)


def tail_exponent(lower, share_above_lower, higher, share_above_higher):
    """Exponent (1) of the Pareto tail through two shares of outcomes that reach a multiple.

    At most 1: no finite mean; at most 2: no finite variance. Two points always fit some exponent,
    so this is no test of whether the tail is one.

    >>> round(float(tail_exponent(5, 0.10, 10, 0.04)), 2)
    1.32
    """
    return np.log(floats(share_above_lower) / share_above_higher) / np.log(floats(higher) / lower)


def held_by_the_top(share, tail):
    """Part (1) of a total that the largest `share` (1) of those who make it up hold, if their sizes follow a Pareto
    law of exponent `tail`: nearly all of it near an exponent of 1, `share` itself where all are alike (Gastwirth 1971).

    Valid for 0 <= share <= 1 and tail >= 1.

    >>> round(float(held_by_the_top(0.2, 1.16)), 2), round(float(held_by_the_top(0.2, 1e9)), 2)
    (0.8, 0.2)
    """
    return floats(share) ** (1 - 1 / floats(tail))
