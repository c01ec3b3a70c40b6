"""Turning points: the values of one input, or of two, at which a verdict turns, all else as it is."""

import numpy as np
import pandas as pd

from ..ground import quantities
from .judging import inputs_behind, read_as, target_value

BATCH, FINER = 12, 33


def turning_points(argument, says, parameters, points=129, rounds=5):
    """For each number among the inputs: every value within its bounds at which the verdict turns, in order.

    Found on a grid over the field's scale and refined inside the cells in which the verdict turns,
    to about 1 part in 100 million of the range; of a count, the midpoint between two neighbours. Two turns
    inside one cell of the grid go unseen.
    """
    fields, found, grids = quantities.specs(parameters), {}, []
    behind = inputs_behind(argument, says, parameters)
    for name, spec in fields.items():
        if spec.kind != "choice" and np.isfinite(spec.low) and np.isfinite(spec.high):
            found[name] = []
            if name in behind:
                here = float(getattr(parameters, name))
                grids.append((name, np.unique(np.append(quantities.grid(spec, points), here))))
    cells = _cells_that_turn(argument, says, parameters, grids)
    for _ in range(rounds - 1):
        whole = [cell for cell in cells if fields[cell[0]].kind == "count"]
        split = [cell for cell in cells if fields[cell[0]].kind != "count"]
        finer = [(name, _space(fields[name])(low, high, FINER)) for name, low, high in split]
        cells = whole + _cells_that_turn(argument, says, parameters, finer)
    for name, low, high in cells:
        found[name].append(float((low + high) / 2))
    return found


def _space(spec):
    return np.geomspace if spec.scale == "log" else np.linspace


def _cells_that_turn(argument, says, parameters, grids):
    """(name, low, high) of each cell of some grids, [(name, values)], in which the verdict turns.

    All inputs of one batch are solved at once, each moved in a stretch of its own: a model costs little
    more for many values than for one.
    """
    cells = []
    for start in range(0, len(grids), BATCH):
        batch = grids[start : start + BATCH]
        ends = np.cumsum([len(grid) for _, grid in batch])
        moved = {}
        for (name, grid), end in zip(batch, ends, strict=True):
            column = moved.setdefault(name, np.full(ends[-1], getattr(parameters, name), dtype=float))
            column[end - len(grid) : end] = grid
        outcome = np.broadcast_to(target_value(argument, says, quantities.moved(parameters, moved)), ends[-1])
        held = says.holds(outcome)
        for (name, grid), end in zip(batch, ends, strict=True):
            mine = held[end - len(grid) : end]
            cells += [(name, grid[k], grid[k + 1]) for k in np.flatnonzero(mine[1:] != mine[:-1])]
    return cells


def nearest(spec, values, here):
    """Of some values of an input the one that lies nearest on its field's scale; None if there are none."""
    return min(values, key=lambda value: abs(scaled(spec, value) - scaled(spec, here)), default=None)


def scaled(spec, value):
    """A value on the field's own scale, on which distances are compared."""
    return np.log(value) if spec.scale == "log" else np.asarray(value)


def region(argument, says, x, y, points=101):
    """Signed distance to the limit over two inputs: a frame indexed by `y`, columns `x`."""
    fields = quantities.specs(argument.model.Parameters)
    xs, ys = quantities.grid(fields[x], points), quantities.grid(fields[y], points)
    grid = {x: xs[None, :], y: ys[:, None]}
    parameters = quantities.moved(read_as(says, argument.parameters), grid)
    margin = np.broadcast_to(says.margin(target_value(argument, says, parameters)), (len(ys), len(xs)))
    return pd.DataFrame(margin, index=pd.Index(ys, name=y), columns=pd.Index(xs, name=x))
