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
