"""NK landscapes, and firms that search them from above, from below, and from below for a while.

N decisions, each yes or no, each with a contribution that depends on itself and K neighbours on a ring
(Kauffman; Levinthal 1997). A landscape is a table of all 2**N configurations, an integer each: bit i is
decision i. Everything runs over many landscapes at once. Firms search as in Siggelkow and Levinthal 2003,
in a reduced form. Leaves out: other patterns of interdependence, more than two departments, budgets.
"""

from functools import lru_cache

import numpy as np

DECISIONS = 10
FORMS = ("central", "local", "temporary")


@lru_cache
def _cells(decisions, interdependence):
    """For each decision and configuration, the cell of the decision's own table: (decisions, 2**decisions)."""
    configurations = np.arange(2**decisions)
    doubled = configurations | configurations << decisions  # the ring, laid out twice
    return np.stack([doubled >> i & (1 << interdependence + 1) - 1 for i in range(decisions)])


def contributions(generator, landscapes, interdependence, decisions=DECISIONS, columns=None):
    """Contributions of decisions (0 to 1) in every configuration: (landscapes, decisions, 2**decisions).

    `columns` draws those decisions only.
    """
    cells = _cells(decisions, interdependence)
    chosen = range(decisions) if columns is None else columns
    # Whole rows of a table are taken at once, so its landscapes stand in the last axis.
    tables = generator.random((len(chosen), 2 ** (interdependence + 1), landscapes), dtype=np.float32)
    drawn = np.stack([table[cells[i]] for i, table in zip(chosen, tables, strict=True)])
    return drawn.transpose(2, 0, 1)


def fitness(contributed):
    """Performance (0 to 1) of every configuration: the mean contribution. (landscapes, 2**decisions)."""
    return contributed.mean(axis=1)


def local_optima(performance):
    """Number of configurations of each landscape that no single change betters: (landscapes,)."""
    size = performance.shape[1]
    best = np.ones(performance.shape, dtype=bool)
    for bit in range(size.bit_length() - 1):
        best &= performance >= performance[:, np.arange(size) ^ (1 << bit)]
    return best.sum(axis=1)


def search(landscapes, interdependence, redrawn, periods, shock_every, local_periods, seed, decisions=DECISIONS):
    """Performance of each form of firm on each landscape, mean over time and at the end: (2, 3, landscapes),
    forms as in FORMS.

    Each period a central firm tries one change out of all and keeps it if the whole gains. A local
    firm has two departments; each tries one change in its own half, both at once, and keeps it if its own
    half gains. A temporary firm is local for `local_periods` after each change of the landscape, then
    central. Every `shock_every` periods `redrawn` contributions change. Performance is in shares of the
    best configuration of its landscape at the time.
    """
    generator = np.random.default_rng(seed)
    half, row = decisions // 2, np.arange(landscapes)
    contributed = contributions(generator, landscapes, interdependence, decisions).copy()
    state = np.repeat(generator.integers(2**decisions, size=(1, landscapes)), len(FORMS), axis=0)
    total = np.zeros((len(FORMS), landscapes))
    for period in range(periods):
        if period % shock_every == 0:
            if period and redrawn:
                columns = generator.permutation(decisions)[:redrawn]
                contributed[:, columns] = contributions(generator, landscapes, interdependence, decisions, columns)
            upper, lower = contributed[:, half:].sum(axis=1), contributed[:, :half].sum(axis=1)
            best = (upper + lower).max(axis=1)
        tried = generator.integers(half, size=(2, landscapes))
        first, second = 1 << tried[0], 1 << tried[1] + half
        one = np.where(generator.random(landscapes) < 0.5, first, second)
        whole_now, whole_then = (upper[row, s] + lower[row, s] for s in (state, state ^ one))
        central = np.where(whole_then > whole_now, state ^ one, state)
        keep_first = lower[row, state ^ first] > lower[row, state]
        keep_second = upper[row, state ^ second] > upper[row, state]
        local = state ^ np.where(keep_first, first, 0) ^ np.where(keep_second, second, 0)
        since = period % shock_every if redrawn else period
        divided = np.array([False, True, since < local_periods])[:, None]
        state = np.where(divided, local, central)
        now = (upper[row, state] + lower[row, state]) / best
        total += now
    return np.stack([total / periods, now])


LANDSCAPES, PERIODS, SHOCK_EVERY, LOCAL_PERIODS = 200, 100, 25, 15


@lru_cache(maxsize=1024)
def _leads(interdependence, redrawn, seed):
    mean, end = search(LANDSCAPES, interdependence, redrawn, PERIODS, SHOCK_EVERY, LOCAL_PERIODS, seed)
    found = []
    for ahead in (mean[1] - mean[0], end[2] - end[0]):
        found += [ahead.mean(), ahead.std(ddof=1) / np.sqrt(LANDSCAPES)]
    return tuple(map(float, found))


def leads(interdependence, redrawn, seed):
    """(lead of local over central firms over time, its standard error, lead of temporary over central firms
    at the end, its standard error), in shares of the best configuration.

    Means over LANDSCAPES landscapes. Each combination of the three whole numbers is simulated once and kept.
    """
    numbers = np.broadcast_arrays(interdependence, redrawn, seed)
    found = [_leads(int(k), int(r), int(s)) for k, r, s in zip(*(n.ravel() for n in numbers), strict=True)]
    return tuple(np.reshape(column, numbers[0].shape) for column in zip(*found, strict=True))
