"""Survival: the yearly risk of closing behind a share of survivors, and counts of firms over years.

All functions work on arrays. Leaves out: left truncation, competing risks (sold is not closed).
"""

import numpy as np


def hazard(surviving, years):
    """Constant risk of closing (per year) that leaves the share `surviving` (1) after `years`.

    Valid for 0 < surviving <= 1 and years > 0. Real cohorts close faster when young: use it to put
    shares after different times on one scale, never to extrapolate.

    >>> round(float(hazard(0.48, 5)), 3)
    0.147
    """
    return -np.log(np.asarray(surviving)) / years
