"""Draws over ranges: in which share of the assumptions tried a test holds, per rival formula, and what decides.

A share of draws is of the assumptions tried, not a probability. The index of an input is the total index of its draw
on the margin, the signed distance to the limit: half the mean square by which the margin moves when only this input is
drawn again, over the margin's variance (Jansen 1999). It says something where the verdict never turns, too. Inputs that
are drawn together have one index. Where no number comes out a draw does not hold, and takes no part in the indices.
"""

import itertools

import numpy as np

from ..ground import quantities
from . import ranges
from .judging import read_as, target_value

PILOT = 64
REDRAWN = 1_000  # at most this many of the draws are drawn again for an input's index


def rivals(argument, says):
    """Parameter sets, one per rival formula that matters to a test: [(label, parameters)].

    Every option of every choice but the reading is tried; of options that always say the same one is a row, the
    chosen one where it is among them.
    """
    base = read_as(says, argument.parameters)
    choices = {
        name: spec.options
        for name, spec in quantities.specs(base).items()
        if spec.kind == "choice" and name != "reading"
    }
    pilot = ranges.draw(quantities.specs(base), argument.movable, PILOT, seed=0)
    sets, outcomes = [], []
    for options in itertools.product(*choices.values()):
        sets.append((", ".join(options), quantities.replace(base, **dict(zip(choices, options, strict=True)))))
        outcomes.append(np.broadcast_to(target_value(argument, says, quantities.moved(sets[-1][1], pilot)), PILOT))
    rows, chosen = {}, ", ".join(getattr(base, name) for name in choices)
    for (label, parameters), outcome in zip(sets, outcomes, strict=True):
        alike = (outcome + 0.0).tobytes()  # a zero is a zero, whatever its sign
        if alike not in rows or label == chosen:
            rows[alike] = label, parameters
    if len(rows) == 1:
        return [("all" if len(sets) > 1 else "", base)]
    return [*rows.values()]


def twice(fields, here, draws, seed):
    """Two independent samples over the ranges `here`, each {input: array of `draws`}, for `over`."""
    return [ranges.draw(fields, here, draws, [seed, part]) for part in (0, 1)]


def over(argument, says, parameters, here, samples, decides=True):
    """Share of draws over the ranges `here` in which a test holds, its standard error, and what decides; of two
    `samples` the first, in which an input is taken from the second to be drawn again.

    Returns (share, error, [(names, total, half-width)], inputs that move the number); the half-width is of 95 %. Only
    inputs that move the number in a pilot are drawn again, one by one or as many as are drawn together, and only if
    asked what `decides`.
    """
    first, second = samples
    if not first:
        held = bool(says.holds(target_value(argument, says, parameters)))
        return float(held), 0.0, [], []
    draws = len(next(iter(first.values())))

    def numbers(samples):
        """The number in each of some samples of draws, solved at once: a model costs little more for many."""
        sizes = [len(next(iter(sample.values()))) for sample in samples]
        drawn = {name: np.concatenate([sample[name] for sample in samples]) for name in first}
        values = target_value(argument, says, quantities.moved(parameters, drawn))
        return np.split(np.broadcast_to(values, sum(sizes)), np.cumsum(sizes)[:-1])

    def again(names, size):
        return {name: (second if name in names else first)[name][:size] for name in first}

    still, *others = numbers([again([], PILOT), *(again([name], PILOT) for name in first)])
    same = [np.array_equal(still, other, equal_nan=True) for other in others]
    moving = [name for name, alike in zip(first, same, strict=True) if not alike]
    size = min(draws, REDRAWN)
    groups = [[name for name in group if name in moving] for group in ranges.together(here)] if decides else []
    groups = [tuple(names) for names in groups if names]
    value, *redrawn = numbers([first, *(again(names, size) for names in groups)])
    share = float(says.holds(value).mean())
    error = float(np.sqrt(share * (1 - share) / draws))
    margin = says.margin(value[:size])
    indices = [(names, *jansen(margin, says.margin(other))) for names, other in zip(groups, redrawn, strict=True)]
    return share, error, indices, moving


def jansen(first, second):
    """(total index, 95 % half-width) of what differs between two samples of one number, drawn alike but for it.

    Infinite values stand at the farthest finite one, pairs with nan are left out; 0 where the number never moves.
    """
    there = ~(np.isnan(first) | np.isnan(second))
    first, second = first[there], second[there]
    finite = np.concatenate([first[np.isfinite(first)], second[np.isfinite(second)]])
    if not len(finite):
        return 0.0, 0.0
    first, second = (np.clip(one, finite.min(), finite.max()) for one in (first, second))
    variance = float(np.var(first))
    if variance <= (1e-12 * np.abs(finite).max()) ** 2:
        return 0.0, 0.0
    squares = (first - second) ** 2 / (2 * variance)
    return float(squares.mean()), float(1.96 * squares.std() / np.sqrt(len(squares)))
