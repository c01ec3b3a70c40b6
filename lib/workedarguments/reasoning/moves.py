"""Joint moves: how little all inputs together must move to turn a verdict, and which two carry it.

The measure is a share of each input's range, on its field's scale: with a move of 0.05 no input goes further than a
twentieth of what was measured of it, or of what we think plausible. Inputs without a range stay: nobody knows how far
they may go. The search goes from the case towards the corner that each input's own effect points to, for many sizes of
the move at once, and mends the corner while that helps; so what it finds does turn the verdict, and a smaller move in
some other direction may be missed. Leaves out: moves of one input (turning.py).
"""

from dataclasses import dataclass

import numpy as np

from ..ground import quantities
from .judging import target_value

LEAST, SIZES = 0.002, 28
FINER = 48
ROUNDS = 3


@dataclass(frozen=True)
class Move:
    """A move that turns a verdict: its size as a share of every range, where the inputs end, and the two that carry it.

    `pair` is the smallest move of these two alone, or None if none within their ranges turns the verdict.
    """

    size: float
    values: dict
    carriers: tuple = ()
    pair: "Move | None" = None


def joint_move(argument, says, parameters, names=None):
    """The smallest Move found that turns a test's verdict, or None; of all inputs with a range, or of `names`.

    The inputs stay within their bounds, and within their ranges or on the way there from where they are.
    """
    steps = _steps(argument, parameters, names)
    if not steps:
        return None
    search = _Search(argument, says, parameters, steps)
    found = search.run()
    if found is None:
        return None
    size, signs = found
    values = {name: float(value) for name, value in search.at(size, signs).items()}
    carriers = search.carriers(size, signs)
    alone = names is None and len(carriers) == 2
    pair = joint_move(argument, says, parameters, carriers) if alone else None
    return Move(float(size), values, carriers, pair)


def _steps(argument, parameters, names):
    """{input: (its place, its step for the whole range, lowest, highest)} on the fields' scales."""
    steps, fields = {}, quantities.specs(parameters)
    for name, one in argument.movable.items():
        spec = fields[name]
        if names is not None and name not in names:
            continue
        scale = np.log if spec.scale == "log" else float
        here, low, high = (scale(value) for value in (float(getattr(parameters, name)), one.low, one.high))
        if high > low and np.isfinite([here, low, high]).all():
            steps[name] = (here, high - low, min(here, low), max(here, high))
    return steps


class _Search:
    """Corners of a box around the case: each input up, down or still, for sizes of the move."""

    def __init__(self, argument, says, parameters, steps):
        self.argument, self.says, self.parameters = argument, says, parameters
        self.fields, self.names = quantities.specs(parameters), list(steps)
        self.here, self.width, self.low, self.high = np.array(list(steps.values())).T
        self.still = np.array([float(getattr(parameters, name)) for name in self.names])
        value = target_value(argument, says, parameters)
        self.held = bool(says.holds(value))
        self.undecided = bool(np.isnan(value))
        # A case that lies outside a range has farther to go to its other end than the range is wide.
        farthest = np.maximum(self.high - self.here, self.here - self.low) / self.width
        self.sizes = np.geomspace(LEAST, max(1.0, farthest.max()), SIZES)
        counts = [self.fields[name].kind == "count" for name in self.names]
        self.counts, self.logs = np.array(counts), np.array([self.fields[n].scale == "log" for n in self.names])

    def at(self, sizes, signs):
        """The inputs' values, {name: array}, for sizes (n) and signs (n, inputs) or (inputs)."""
        scaled = np.clip(self.here + np.asarray(sizes)[..., None] * self.width * signs, self.low, self.high)
        moved = np.where(self.logs, np.exp(np.where(self.logs, scaled, 0.0)), scaled)
        # As it was where it has not moved: the way to a logarithm and back is not exact.
        moved = np.where(scaled == self.here, self.still, moved)
        moved = np.where(self.counts, np.round(moved), moved)
        bounds = [(self.fields[name].low, self.fields[name].high) for name in self.names]
        return {name: np.clip(moved[..., k], *bounds[k]) for k, name in enumerate(self.names)}

    def gain(self, sizes, signs):
        """How far towards turning each point is: at least 0 where the verdict has turned."""
        moved = quantities.moved(self.parameters, self.at(sizes, signs))
        value = np.broadcast_to(target_value(self.argument, self.says, moved), np.broadcast_shapes(
            np.shape(sizes), np.shape(signs)[:-1]))
        margin = np.where(np.isnan(value), np.nan, self.says.margin(value))
        gain = -margin if self.held else margin
        turned = self.says.holds(value) != self.held
        # A draw without a number turns nothing, and a limit belongs to the side that holds.
        return np.where(np.isnan(value), -np.inf, np.where(turned, np.maximum(gain, 0), np.minimum(gain, -1e-300)))

    def run(self):
        """(size, signs) of the smallest move found, or None."""
        if self.undecided:
            return None
        count = len(self.names)
        each = np.concatenate([np.eye(count), -np.eye(count), np.zeros((1, count))])
        gains = self.gain(self.sizes[:, None], each[None, :, :])  # sizes by (ups, downs, still)
        up, down, still = gains[:, :count], gains[:, count:-1], gains[:, -1:]
        signs = np.where((up > still) & (up >= down), 1.0, np.where(down > still, -1.0, 0.0))
        best = None
        for _ in range(ROUNDS):
            turned = np.flatnonzero(self.gain(self.sizes, signs) >= 0)
            if len(turned):
                best = self._finer(int(turned[0]), signs[turned[0]], best)
            at = int(turned[0]) if len(turned) else len(self.sizes) - 1
            mended = self._mended(self.sizes[max(at - 1, 0)] if len(turned) else self.sizes[at], signs[at])
            if mended is None:
                break
            signs = np.broadcast_to(mended, signs.shape)
        return best

    def _finer(self, at, signs, best):
        """The smallest size with these signs, between the size that turns the verdict and the one before."""
        low, high = self.sizes[at - 1] if at else 0.0, self.sizes[at]
        for _ in range(3):
            sizes = np.linspace(low, high, FINER)
            first = int(np.flatnonzero(self.gain(sizes, signs) >= 0)[0])
            low, high = sizes[max(first - 1, 0)], sizes[first]
        return (high, signs) if best is None or high < best[0] else best

    def _mended(self, size, signs):
        """Signs with those changed of which the change alone helps at this size; None if none does.

        Where changes that help each by itself undo one another, as where the best of several alike must stand out, they
        are made one by one, the best first.
        """
        now, best, gains = self._changes(size, signs)
        if not np.isfinite(now) or not (gains > now).any():
            return None
        mended = np.where(gains > now, best, signs)
        if float(self.gain(size, mended)) > now + 1e-12 * abs(now):
            return mended
        for _ in self.names:
            at = gains.argmax()
            if gains[at] <= now:
                break
            signs = np.where(np.arange(len(signs)) == at, best, signs)
            now, best, gains = self._changes(size, signs)
        return signs

    def _changes(self, size, signs):
        """(gain as it is and a little, for each input its best sign, the gain with that one changed) at a size."""
        count = len(self.names)
        tries = np.concatenate([np.where(np.eye(count, dtype=bool), other, signs) for other in (1.0, -1.0, 0.0)])
        gains, now = self.gain(size, tries).reshape(3, count), float(self.gain(size, signs))
        return now + 1e-12 * abs(now), np.array([1.0, -1.0, 0.0])[gains.argmax(axis=0)], gains.max(axis=0)

    def carriers(self, size, signs):
        """Names of the two inputs without which the move falls back farthest."""
        moved = np.flatnonzero(signs)
        without = np.where(np.eye(len(signs), dtype=bool)[moved], 0.0, signs)
        return tuple(self.names[moved[k]] for k in np.argsort(self.gain(size, without), kind="stable")[:2])
