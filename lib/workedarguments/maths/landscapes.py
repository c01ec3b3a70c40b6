"""NK landscapes, and firms that search them from above, from below, and from below for a while.

N decisions, each yes or no, each with a contribution that depends on itself and K neighbours on a ring
(Kauffman; Levinthal 1997). A landscape is a table of all 2**N configurations, an integer each: bit i is
decision i. Everything runs over many landscapes at once. Firms search as in Siggelkow and Levinthal 2003,
in a reduced form. What a model needs of it was simulated beforehand, with enough landscapes to tell the
firms apart, and lies in landscapes.csv; `python -m workedarguments.maths.landscapes` makes it again.
Leaves out: other patterns of interdependence, more than two departments, what a try costs.
"""

import itertools
from functools import lru_cache
from pathlib import Path

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


def search(
    landscapes, interdependence, redrawn, periods, shock_every, local_periods, seed, *,
    central_tries=1, decisions=DECISIONS,
):  # fmt: skip
    """Performance of each form of firm on each landscape, mean over time and at the end: (2, 3, landscapes),
    forms as in FORMS.

    Each period a central firm tries `central_tries` changes (1 or 2) one after the other, the first in either
    half, the second in the other, and keeps one if the whole gains. A local firm has two departments; each
    tries one change in its own half, both at once, and keeps it if its own half gains: two tries a
    period. A temporary firm is local for `local_periods` after each change of the landscape, then central.
    Every `shock_every` periods `redrawn` contributions change. Performance is in shares of the best
    configuration of its landscape at the time.
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
        central = state
        for change in (np.where(below[period], first, second), np.where(below[period], second, first))[:central_tries]:
            other = central ^ change
            gains = lower[other, row] + upper[other, row] > lower[central, row] + upper[central, row]
            central = np.where(gains, other, central)
        keep_first = lower[state ^ first, row] > lower[state, row]
        keep_second = upper[state ^ second, row] > upper[state, row]
        local = state ^ np.where(keep_first, first, 0) ^ np.where(keep_second, second, 0)
        divided = np.array([False, True, since < local_periods])[:, None]
        state = np.where(divided, local, central)
        now = (lower[state, row] + upper[state, row]) / best
        total += now
    return np.stack([total / periods, now])


LANDSCAPES, PERIODS, SHOCK_EVERY, LOCAL_PERIODS = 2_000, 100, 25, 15
SEEDS, TRIES = 3, 2
STORED = Path(__file__).with_name("landscapes.csv")
HEADER = "seed,interdependence,redrawn,central_tries,local_lead,local_error,temporary_lead,temporary_error"


def simulated_leads(interdependence, redrawn, central_tries, seed):
    """(lead of local over central firms over time, its standard error, lead of temporary over central firms
    at the end, its standard error), in shares of the best configuration: means over LANDSCAPES landscapes.
    """
    mean, end = search(
        LANDSCAPES, interdependence, redrawn, PERIODS, SHOCK_EVERY, LOCAL_PERIODS, seed, central_tries=central_tries
    )
    both = (mean[1] - mean[0], end[2] - end[0])
    return tuple(float(v) for ahead in both for v in (ahead.mean(), ahead.std(ddof=1) / np.sqrt(LANDSCAPES)))


def store():
    """Simulate every combination of the four whole numbers and write them to STORED; some minutes."""
    cases = itertools.product(range(1, SEEDS + 1), range(DECISIONS), range(DECISIONS + 1), range(1, TRIES + 1))
    rows = [(*case, *simulated_leads(*case[1:], case[0])) for case in cases]
    np.savetxt(STORED, rows, fmt=["%d"] * 4 + ["%.6f"] * 4, delimiter=",", header=HEADER, comments="")


@lru_cache
def _stored():
    """The stored leads and errors: (seeds, interdependence, redrawn, tries, 4)."""
    table = np.loadtxt(STORED, delimiter=",", skiprows=1, encoding="utf-8")[:, 4:]
    return table.reshape(SEEDS, DECISIONS, DECISIONS + 1, TRIES, 4)


def leads(interdependence, redrawn, central_tries, seed):
    """What `simulated_leads` gives, out of the store: four numbers, or arrays if the whole numbers are."""
    numbers = (np.asarray(n).astype(int) for n in (seed, interdependence, redrawn, central_tries))
    seed, interdependence, redrawn, central_tries = numbers
    return tuple(np.moveaxis(_stored()[seed - 1, interdependence, redrawn, central_tries - 1], -1, 0))


if __name__ == "__main__":
    store()
