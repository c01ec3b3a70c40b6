"""Growth and fall: how long until full, how deep a fall, what of it was out of the ordinary.

All functions broadcast over arrays. Rates are shares a year unless a docstring says otherwise.
"""

import numpy as np


def fill_time(share, growth):
    """Years until a stock of fixed size is full, when the used `share` of it grows by `growth` a year.

    Valid for 0 < share <= 1 and growth > 0; the stock itself must not grow meanwhile.

    >>> round(float(fill_time(0.027, 1.0)), 1)
    5.2
    """
    return np.log(1 / np.asarray(share)) / np.log1p(growth)


def yearly_growth(first, last, years):
    """Growth (per year) that turns `first` into `last` in `years`, compounded once a year.

    Valid for positive first and last. Negative is a fall.

    >>> round(float(yearly_growth(0.027, 0.15, 3)), 2)
    0.77
    """
    return (np.asarray(last) / first) ** (1 / np.asarray(years)) - 1


def drawdown(peak, trough):
    """Share (1) of a peak that is gone at the trough: 0 nothing, 1 everything.

    >>> round(float(drawdown(5048.62, 1114.11)), 4)
    0.7793
    """
    return 1 - np.asarray(trough) / peak


def abnormal_fall(rate, usual_rate, years):
    """Share (1) of a price lost beyond what such prices lose anyway, at most.

    `rate` is the fall seen over `years`, `usual_rate` that of comparable goods, both as rates of
    logarithms (per year); the whole difference is taken to have happened in the crash. Garber
    (1989), Journal of Political Economy 97, page 553.

    >>> round(float(abnormal_fall(0.32, 0.285, 5)), 2)
    0.16
    """
    return -np.expm1(-(np.asarray(rate) - usual_rate) * years)


def tail_exponent(lower, share_above_lower, higher, share_above_higher):
    """Exponent (1) of the Pareto tail through two shares of outcomes that reach a multiple.

    At most 1: no finite mean; at most 2: no finite variance. Two points always fit some exponent,
    so this is no test of whether the tail is one.

    >>> round(float(tail_exponent(5, 0.10, 10, 0.04)), 2)
    1.32
    """
    return np.log(np.asarray(share_above_lower) / share_above_higher) / np.log(np.asarray(higher) / lower)
