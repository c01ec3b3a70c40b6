"""Survival: the yearly risk of closing behind a share of survivors, and counts of firms over years.

All functions work on arrays. Leaves out: left truncation, competing risks (sold is not closed).
"""

import numpy as np

from ..ground.traced import floats


def hazard(surviving, years):
    """Constant risk of closing (per year) that leaves the share `surviving` (1) after `years`.

    Valid for 0 < surviving <= 1 and years > 0. Real cohorts close faster when young: use it to put
    shares after different times on one scale, never to extrapolate.

    >>> round(float(hazard(0.48, 5)), 3)
    0.147
    """
    return -np.log(floats(surviving)) / years


def survival(counts):
    """Shares (1) of a cohort still alive, from the counts at its start and at each later date.

    The last axis is time. Nobody joins a cohort late: counts that rise are an error of the data.
    """
    counts = floats(counts)
    return counts / counts[..., :1]


def yearly_hazards(counts):
    """Risk of closing (per year) in each interval between counts of a cohort that are one year apart."""
    counts = floats(counts)
    return -np.diff(np.log(counts), axis=-1)


def firms(first, entries, exits):
    """Number of firms at each date: the first, and then N(t) = N(t-1) + entries - exits.

    Entries and exits are those since the date before; the last axis is time.

    >>> firms(9, [46, 35], [5, 37])
    array([ 9., 50., 48.])
    """
    change = floats(entries) - floats(exits)
    start = np.broadcast_to(floats(first)[..., None], (*change.shape[:-1], 1))
    return np.cumsum(np.concatenate([start, change], axis=-1), axis=-1)
