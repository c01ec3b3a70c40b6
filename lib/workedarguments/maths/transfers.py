"""Money paid to people without work for it: what it costs, who can pay it, what it does to earnings.

All functions broadcast over arrays; amounts are in one currency and, where yearly, a year. Leaves
out: how taxes change the base they are raised on, and what existing benefits would be dropped.
"""

import numpy as np

from ..ground.traced import floats


def gross_cost(people, benefit):
    """Cost (money a year) of a benefit paid to everybody, before anything is taken back."""
    return floats(people) * benefit


def flat_rate(cost, base):
    """Share (1) of a base, such as GDP or personal income, that pays for a cost."""
    return floats(cost) / base


def base_of(cost, share):
    """The base (money a year) of which a cost is the given share: the inverse of `flat_rate`."""
    return floats(cost) / share


def returned_share(net_cost, gross_cost):
    """Share (1) of the gross cost that people in effect pay to themselves.

    >>> round(float(returned_share(539, 3415)), 2)
    0.84
    """
    return 1 - floats(net_cost) / gross_cost


def net_benefit(benefit, income, withdrawal):
    """What a person keeps of a benefit (money a year) when a share of other income is withdrawn.

    Zero from the income benefit / withdrawal on; those above pay, and are not counted here. The mean
    over people times their number is the net cost (Widerquist 2017, Basic Income Studies 12).

    >>> net_benefit(12000, np.array([0, 12000, 30000]), 0.5)
    array([12000.,  6000.,     0.])
    """
    return np.maximum(0.0, benefit - floats(withdrawal) * income)


def per_adult(wealth, adults, yearly_yield=None):
    """Sum for each adult if a wealth is handed out once, or (money a year) if only its yield is."""
    return floats(wealth) * (1 if yearly_yield is None else floats(yearly_yield)) / adults


def income_response(change_in_earnings, transfer):
    """Change in earnings for each unit of money received without work (1); below 0 people earn less.

    The marginal propensity to earn out of unearned income.

    >>> income_response(-1500, 12000).item()
    -0.125
    """
    return floats(change_in_earnings) / transfer
