"""Draws over the evidence: in which share of the assumptions tried a test holds, per rival formula, and what decides.

Draws are independent and triangular: a share of draws is of the assumptions tried, not a probability.
The index of an input is the total index of its draw on the 0/1 verdict: how often the verdict turns
when only this input is drawn again, over how often two independent draws differ (Jansen's estimator).
"""

import itertools

import numpy as np

from ..ground import quantities
from .judging import read_as, target_value

PILOT = 64


def rivals(argument, says):
    """Parameter sets, one per rival formula that matters to a test: [(label, parameters)].

    Every option of every choice but the reading is tried; options that change nothing are one row.
    """
    base = read_as(says, argument.parameters)
    choices = {
        name: spec.options
        for name, spec in quantities.specs(base).items()
        if spec.kind == "choice" and name != "reading"
    }
    pilot = quantities.draw(type(base), PILOT, seed=0)
    sets, outcomes = [], []
    for options in itertools.product(*choices.values()):
        chosen = quantities.replace(base, **dict(zip(choices, options, strict=True)))
        sets.append((", ".join(options), chosen))
        outcomes.append(np.broadcast_to(target_value(argument, says, quantities.moved(chosen, pilot)), PILOT))
    if all(np.array_equal(outcomes[0], other, equal_nan=True) for other in outcomes):
        return [("all" if len(sets) > 1 else "", base)]
    return sets


def over_evidence(argument, says, parameters, draws, seed):
    """Share of draws in which a test holds, its standard error, and each input's index.

    Returns (share, error, [(parameter, total, half-width)], evaluations). What the scenario or the reader sets
    is not drawn: it is what the case is about. Only inputs that move the verdict's number in a pilot are drawn
    again one by one. If the verdict never turns, every index is 0: that is a result, not a failure of the method.
    """
    both = (quantities.draw(type(parameters), draws, [seed, part]) for part in (0, 1))
    first, second = ({name: one[name] for name in one if name not in argument.chosen} for one in both)
    if not first:
        held = bool(says.holds(target_value(argument, says, parameters)))
        return float(held), 0.0, [], 1

    def number(drawn):
        size = len(next(iter(drawn.values())))
        return np.broadcast_to(target_value(argument, says, quantities.moved(parameters, drawn)), size)

    pilot = {name: column[:PILOT] for name, column in first.items()}
    still = number(pilot)
    moves = [
        name
        for name in first
        if not np.array_equal(still, number({**pilot, name: second[name][:PILOT]}), equal_nan=True)
    ]
    held = says.holds(number(first))
    share = float(held.mean())
    error = float(np.sqrt(share * (1 - share) / draws))
    apart = 2 * share * (1 - share)
    indices = []
    for name in moves:
        turned = float((held != says.holds(number({**first, name: second[name]}))).mean())
        total = turned / apart if apart else 0.0
        half_width = 1.96 * np.sqrt(turned * (1 - turned) / draws) / apart if apart else 0.0
        indices.append((name, total, float(half_width)))
    return share, error, indices, draws * (len(moves) + 1) + PILOT * (len(first) + 1)
