"""Formulas at the ends of their range: quotients of nothing, powers past the largest number, chances next to 0 and 1.

All functions broadcast over arrays and never warn. Leaves out: limits that hang on the way by which they are reached;
there a headline is nan and says why.
"""

import numpy as np

from ..ground.traced import floats

LARGEST = np.finfo(float).max
LARGEST_EXPONENT = np.log(LARGEST)


def ratio(over, under, neither=np.nan):
    """One number over another, both at least 0: infinite where only the second is 0, `neither` where both are.

    >>> ratio([3.0, 3.0, 0.0], [2.0, 0.0, 0.0]).tolist()
    [1.5, inf, nan]
    """
    over, under = floats(over), floats(under)
    fits = under > over / LARGEST
    return np.where(fits, over / np.where(fits, under, 1.0), np.where(over > 0, np.inf, neither))


def exponential(x):
    """Exponential function of x (1), infinite past the largest number that a float holds.

    >>> exponential([0.0, 1e4]).tolist()
    [1.0, inf]
    """
    x = floats(x)
    fits = x <= LARGEST_EXPONENT
    return np.where(fits, np.exp(np.where(fits, x, 0.0)), np.inf)


def log_of_rest(x):
    """Logarithm of 1 - exp(-x) for x above 0, to full precision near 0 and far out.

    >>> round(float(log_of_rest(np.log(4))), 6), float(log_of_rest(800.0))
    (-0.287682, -0.0)
    """
    x = floats(x)
    near = x < np.log(2)
    return np.where(near, np.log(-np.expm1(-x)), np.log1p(-np.exp(-np.where(near, 1.0, x))))
