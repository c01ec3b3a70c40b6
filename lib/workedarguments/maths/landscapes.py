"""NK landscapes, and firms that search them from above, from below, from below for a while, by leaps and by plan.

N decisions, each yes or no, each with a contribution that depends on itself and K neighbours on a ring
(Kauffman; Levinthal 1997). A landscape is a table of all 2**N configurations, an integer each: bit i is
decision i. Everything runs over many landscapes at once. Firms search as in Siggelkow and Levinthal 2003,
in a reduced form. What a model needs of it was simulated beforehand, with enough landscapes to tell the
firms apart, and lies in landscapes.csv; `python -m workedarguments.maths.landscapes` makes it again.
Leaves out: other patterns of interdependence, more than two departments, what a try costs.
"""

import itertools
import multiprocessing
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..ground.traced import lookup

DECISIONS = 10
FORMS = ("central", "local", "planned", "correcting", "temporary", "leaping", "both")


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
    landscapes, interdependence, redrawn, periods, shock_every, early_periods, seed, *,
    central_tries=2, decisions=DECISIONS,
):  # fmt: skip
    """Performance of each form of firm on each landscape, mean over time and over the ends of the stretches
    between two changes: (2, forms, landscapes). Forms as in FORMS, the last three once for each number in
    `early_periods`: first the four that do not depend on it, then all temporary ones, all leaping ones and so on.

    Each period a central firm tries `central_tries` changes (1 or 2) one after the other, the first in either
    half, the second in the other, and keeps one if the whole gains. A local firm has two departments; each
    tries one change in its own half, both at once, and keeps it if its own half gains: two tries a
    period. A temporary firm is local for some `early_periods` of each stretch, then central. A leaping one is
    central throughout, and in those early periods its first try is a change in both halves at once (the long
    jump of Levinthal 1997, shortened).

    Every `shock_every` periods `redrawn` contributions change, and these nobody knows beforehand, at the start
    neither. A planned firm takes at once the configuration that is best by all others, the highest mean that can
    be had without them, and keeps to it until the next change. A correcting firm takes the same one and goes on
    as a central firm, and one that does both as a leaping firm. Planning takes no time. Performance is in shares
    of the best configuration of its landscape at the time.
    """
    world, moves = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    half, row, cells = decisions // 2, np.arange(landscapes), _cells(decisions, interdependence)
    shape = 2 ** (interdependence + 1), landscapes
    tables = [world.random(shape, dtype=np.float32) for _ in range(decisions)]
    early = np.atleast_1d(early_periods)
    fixed, varied = len(FORMS) - 3, len(early)
    form = np.array([*FORMS[:fixed], *np.repeat(FORMS[fixed:], varied)])
    early = np.concatenate([np.zeros(fixed, dtype=int), np.tile(early, 3)])
    plans, leaper = np.isin(form, ("planned", "correcting", "both")), np.isin(form, ("leaping", "both"))
    state = np.tile(moves.integers(2**decisions, size=landscapes), (len(form), 1))
    tried = moves.integers(half, size=(periods, 2, landscapes))
    below = moves.random((periods, landscapes)) < 0.5
    total, ends, stretches = np.zeros(state.shape), np.zeros(state.shape), 0
    for period in range(periods):
        since = period % shock_every if redrawn else period
        if since == 0:
            order = world.permutation(decisions)
            for decision in order[: redrawn if period else 0]:
                tables[decision] = world.random(shape, dtype=np.float32)
            # In the two departments' shares of the whole, every configuration has its worth beforehand.
            lower = sum(tables[i][cells[i]] for i in range(half))
            upper = sum(tables[i][cells[i]] for i in range(half, decisions))
            whole = lower + upper
            best = whole.max(axis=0)
            if redrawn < decisions:  # who knows nothing stays where he is
                state[plans] = sum(tables[i][cells[i]] for i in order[redrawn:]).argmax(axis=0)
        first, second = 1 << tried[period, 0], 1 << tried[period, 1] + half
        divided = (form == "local") | (form == "temporary") & (since < early)
        together = ~divided & (form != "planned")
        leaps = (leaper & (since < early))[together, None]
        one, other = np.where(below[period], first, second), np.where(below[period], second, first)
        central, local = state[together], state[divided]
        for change in (np.where(leaps, first | second, one), other)[:central_tries]:
            changed = central ^ change
            central = np.where(whole[changed, row] > whole[central, row], changed, central)
        keep_first = lower[local ^ first, row] > lower[local, row]
        keep_second = upper[local ^ second, row] > upper[local, row]
        state[together] = central
        state[divided] = local ^ np.where(keep_first, first, 0) ^ np.where(keep_second, second, 0)
        now = whole[state, row] / best
        total += now
        if period == periods - 1 or (redrawn and since == shock_every - 1):
            ends, stretches = ends + now, stretches + 1
    return np.stack([total / periods, ends / stretches])


BATCHES, LANDSCAPES, PERIODS, SHOCK_EVERY, FIFTHS = 5, 500, 150, 50, 5  # a batch fits into a cache
SEEDS, TRIES = 3, 2
STORED = Path(__file__).with_name("landscapes.csv")
BY_FIFTHS = ("plan", "strongest", "apart_mean", "apart_end", "leap_mean")
LEADS = ("local", *BY_FIFTHS)
# Which decisions a shock changes is drawn once for all landscapes of a batch, and a plan that is kept hangs on it: as a
# factor, the root of what Kish 1965 calls the design effect, from the spread over seeds.
SHARED = 1.6


def simulated_leads(interdependence, redrawn, central_tries, seed):
    """Leads of one firm over another, in shares of the best configuration, each with its standard error: means
    over BATCHES times LANDSCAPES landscapes, firm by firm on the same one. (1 + 5 * (FIFTHS + 1), 2).

    First that of a local firm over a central one, over time. Then, by the fifths of each stretch for which a
    temporary firm stays apart and a leaping one leaps, from none to all: that of the temporary firm over a planned
    one and over the strongest centre (of those that leap, correct a plan, do both or neither, the one that does
    best), both over time; that over a central firm, over time and at the ends of the stretches; and that of a
    leaping firm over a central one, over time.
    """
    stretch = SHOCK_EVERY if redrawn else PERIODS
    early = [stretch * fifths // FIFTHS for fifths in range(FIFTHS + 1)]
    batches = [
        search(LANDSCAPES, interdependence, redrawn, PERIODS, SHOCK_EVERY, early, BATCHES * seed + batch,
               central_tries=central_tries)
        for batch in range(BATCHES)
    ]  # fmt: skip
    mean, end = np.concatenate(batches, axis=-1)
    central, local, planned, correcting = mean[:4]
    ahead = [local - central]
    for temporary, leaping, both, at_end in zip(*np.split(mean[4:], 3), np.split(end[4:], 3)[0], strict=True):
        strongest = max((central, correcting, leaping, both), key=np.mean)
        ahead += [temporary - planned, temporary - strongest, temporary - central, at_end - end[0],
                  leaping - central]  # fmt: skip
    ahead = np.stack(ahead)
    return np.stack([ahead.mean(axis=1), ahead.std(axis=1, ddof=1) / np.sqrt(ahead.shape[1])], axis=1)


def _row(case):
    """One row of STORED."""
    return [*case, *simulated_leads(*case[1:], case[0]).ravel()]


def store():
    """Simulate every combination of the four whole numbers and write them to STORED; half an hour."""
    cases = itertools.product(range(1, SEEDS + 1), range(DECISIONS), range(DECISIONS + 1), range(1, TRIES + 1))
    with multiprocessing.Pool() as pool:
        rows = pool.map(_row, cases, chunksize=4)
    leads = ["local", *(f"{lead}_{fifths}" for fifths in range(FIFTHS + 1) for lead in BY_FIFTHS)]
    names = [f"{lead}{kind}" for lead in leads for kind in ("", "_error")]
    header = ",".join(["seed", "interdependence", "redrawn", "central_tries", *names])
    shown = [*["%d"] * 4, *["%.4f"] * len(names)]
    np.savetxt(STORED, rows, fmt=shown, delimiter=",", header=header, comments="")


@lru_cache
def _stored():
    """The stored leads and errors: (seeds, interdependence, redrawn, tries, fifths, leads, 2)."""
    table = np.loadtxt(STORED, delimiter=",", skiprows=1, encoding="utf-8")[:, 4:]
    table = table.reshape(SEEDS, DECISIONS, DECISIONS + 1, TRIES, 1 + len(BY_FIFTHS) * (FIFTHS + 1), 2)
    found = np.empty((*table.shape[:4], FIFTHS + 1, len(LEADS), 2))
    found[..., 1:, :] = table[..., 1:, :].reshape(*table.shape[:4], FIFTHS + 1, len(BY_FIFTHS), 2)
    found[..., 0, :] = table[..., None, 0, :]
    found[..., LEADS.index("plan"), 1] *= SHARED
    return found


def leads(interdependence, redrawn, central_tries, fifths, seed):
    """One case of what `simulated_leads` gives, out of the store: {lead: (lead, its standard error)}, names as
    in LEADS, the error of the lead over a plan with its design effect; arrays if the whole numbers are.
    """
    places, found = (seed - 1, interdependence, redrawn, central_tries - 1, fifths), _stored()
    return {
        lead: tuple(lookup(found[..., k, what], *places) for what in (0, 1)) for k, lead in enumerate(LEADS)
    }


if __name__ == "__main__":
    store()
