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
    world, moves = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    half, row, cells = decisions // 2, np.arange(landscapes), _cells(decisions, interdependence)
    shape = 2 ** (interdependence + 1), landscapes
    tables = [world.random(shape, dtype=np.float32) for _ in range(decisions)]
    state = np.tile(moves.integers(2**decisions, size=landscapes), (len(FORMS), 1))
    tried = moves.integers(half, size=(periods, 2, landscapes))
    below = moves.random((periods, landscapes)) < 0.5
    total = np.zeros(state.shape)
    for period in range(periods):
        since = period % shock_every if redrawn else period
        if since == 0:
            for decision in world.permutation(decisions)[: redrawn if period else 0]:
                tables[decision] = world.random(shape, dtype=np.float32)
            # In the two departments' shares of the whole, every configuration has its worth beforehand.
            lower = sum(tables[i][cells[i]] for i in range(half))
            upper = sum(tables[i][cells[i]] for i in range(half, decisions))
            best = (upper + lower).max(axis=0)
        first, second = 1 << tried[period, 0], 1 << tried[period, 1] + half
        one = state ^ np.where(below[period], first, second)
        low, high = lower[state, row], upper[state, row]
        central = np.where(lower[one, row] + upper[one, row] > low + high, one, state)
        keep_first, keep_second = lower[state ^ first, row] > low, upper[state ^ second, row] > high
        local = state ^ np.where(keep_first, first, 0) ^ np.where(keep_second, second, 0)
        divided = np.array([False, True, since < local_periods])[:, None]
        state = np.where(divided, local, central)
        now = (lower[state, row] + upper[state, row]) / best
        total += now
    return np.stack([total / periods, now])


LANDSCAPES, PERIODS, SHOCK_EVERY, LOCAL_PERIODS = 150, 100, 25, 15


@lru_cache(maxsize=1024)
def _leads(interdependence, redrawn, seed):
    mean, end = search(LANDSCAPES, interdependence, redrawn, PERIODS, SHOCK_EVERY, LOCAL_PERIODS, seed)
    return tuple(
        float(value)
        for ahead in (mean[1] - mean[0], end[2] - end[0])
        for value in (ahead.mean(), ahead.std(ddof=1) / np.sqrt(LANDSCAPES))
    )


class Later(np.lib.mixins.NDArrayOperatorsMixin):
    """An array that is simulated when somebody first looks at it: as a number or through numpy."""

    def __init__(self, simulate):
        self._simulate, self._found = simulate, None

    def __array__(self, dtype=None, copy=None):
        """The simulated values; numpy asks for them."""
        if self._found is None:
            self._found = self._simulate()
        return np.array(self._found, dtype=dtype) if copy or dtype else self._found

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        """Sums, comparisons and all the rest, of the simulated values."""
        plain = (np.asarray(one) if isinstance(one, Later) else one for one in inputs)
        return getattr(ufunc, method)(*plain, **options)

    def __float__(self):
        return float(np.asarray(self))

    def __format__(self, form):
        return format(float(self), form)

    def __repr__(self):
        return repr(np.asarray(self))


def leads(interdependence, redrawn, seed):
    """(lead of local over central firms over time, its standard error, lead of temporary over central firms
    at the end, its standard error), in shares of the best configuration; each simulated when looked at.

    Means over LANDSCAPES landscapes. Each combination of the three whole numbers is simulated once and kept.
    """
    def found(place):
        numbers = np.broadcast_arrays(interdependence, redrawn, seed)
        cases = zip(*(number.ravel().astype(int).tolist() for number in numbers), strict=True)
        return np.reshape([_leads(*case)[place] for case in cases], numbers[0].shape)

    return tuple(Later(lambda place=place: found(place)) for place in range(4))
