"""A chance that may come or not: go all in, take a small stake, wait until it is plain, or stay out.

Two states and two times, as in the first worked example of Dixit and Pindyck (1994, chapter 2): the choice is made
before anybody knows; who waited, or holds a small stake, may join when it is plain that it comes, for what is then left
of the gain. Regret is the distance to the best that could have been done in the state that came (Savage 1951).
All functions broadcast over arrays; gain and loss are at least 0, in one unit. Leaves out: signals that mislead,
more than one date at which to join, and dislike of risk.
"""

from functools import reduce
from typing import NamedTuple

import numpy as np

from ..ground.traced import floats
from .limits import ratio


class Ways(NamedTuple):
    """One number or array for each way to choose."""

    all_in: object
    small_stake: object
    wait: object
    stay_out: object


def sunk(stake, salvage_share):
    """Loss (unit of stake) of who went all in, if it does not come: the stake less the share of it (1) that can be
    sold or used elsewhere. Only what is sunk makes it worth while to wait (Dixit and Pindyck 1994, chapter 1).

    >>> float(sunk(2.0, 0.25))
    1.5
    """
    return floats(stake) * (1 - floats(salvage_share))


def if_it_comes(gain, late_share, small_share, foothold):
    """What each way gains if it comes (unit of gain).

    `late_share` (1) of the gain is left to who waited; `small_share` (1) is staked at once by who starts small, and
    of what waiting would lose of the rest such a `foothold` saves a share (1): 0 none, 1 all.

    >>> [float(one) for one in if_it_comes(8.0, 0.5, 0.25, 0.5)]
    [8.0, 6.5, 4.0, 0.0]
    """
    joined = late_share + (1 - floats(late_share)) * foothold
    small = gain * (small_share + (1 - floats(small_share)) * joined)
    return Ways(gain, small, gain * floats(late_share), 0.0 * floats(gain))


def if_it_does_not(loss, small_share):
    """What each way gains if it does not come (unit of loss): nothing, or less.

    >>> [float(one) for one in if_it_does_not(2.0, 0.25)]
    [-2.0, -0.5, 0.0, 0.0]
    """
    nothing = 0.0 * floats(loss)
    return Ways(-loss, -floats(small_share) * loss, nothing, nothing)


def expected_gain(chance, comes, does_not):
    """Mean (unit of gain) of each way over the two states, given the chance that it comes."""
    return Ways(*(chance * one + (1 - chance) * other for one, other in zip(comes, does_not, strict=True)))


def expected_regret(chance, gain, loss, late_share, small_share, foothold):
    """Mean regret (unit of gain) of each way: what it forgoes if it comes, what it loses if not.

    Differs from the mean gain by the same amount for all ways, so both name the same way as best. The amounts are
    written out, not subtracted, so that a regret of nothing is nothing to the last digit.
    """
    missed = 1 - floats(late_share)
    return Ways(
        (1 - chance) * loss,
        chance * gain * (1 - small_share) * missed * (1 - foothold) + (1 - chance) * loss * small_share,
        chance * gain * missed,
        chance * gain,
    )


def largest_regret(comes, does_not):
    """The worse of the two regrets of each way (unit of gain), for whom will not put a number on the chance.

    >>> [float(one) for one in largest_regret(if_it_comes(8.0, 0.5, 0.25, 0.5), if_it_does_not(2.0, 0.25))]
    [2.0, 1.5, 4.0, 8.0]
    """
    best, best_not = (reduce(np.maximum, state) for state in (comes, does_not))
    return Ways(*(np.maximum(best - one, best_not - other) for one, other in zip(comes, does_not, strict=True)))


def worth_of_choice(regret):
    """Worth (unit of gain) of being able to wait or to start small, beside all in and staying out."""
    return np.minimum(regret.all_in, regret.stay_out) - reduce(np.minimum, regret)


def even_chance(gain, loss, late_share):
    """Chance (1) at which going all in and waiting are worth the same; above it, all in is worth more.

    1 where waiting loses nothing; 0 where all in loses nothing, and where neither does.

    >>> round(float(even_chance(8.0, 2.0, 0.5)), 3)
    0.333
    """
    return ratio(loss, loss + gain * (1 - floats(late_share)), neither=0.0)
