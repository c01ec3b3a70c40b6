"""Joint moves against boxes that another tool finds: ema_workbench's PRIM, an oracle for this test only."""

import warnings

import numpy as np
import pandas as pd
import pytest
import workedarguments as wa
from workedarguments.ground import quantities
from workedarguments.reasoning import judging, moves

DRAWS = 2_000
# Claims whose verdict some of the ranges turn: (argument, claim).
BOXES = [("ten_to_two", "casado.knowledge-not-lines"), ("planning_horizons", "openai.yearly-plans-fail")]


@pytest.mark.parametrize(("stem", "key"), BOXES)
def test_a_box_from_prim_lies_beyond_the_joint_move_and_on_what_carries_it(stem, key):
    """PRIM (Friedman and Fisher 1999) finds where the verdict has turned; the joint move, how near that comes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it loads, for which this kit is not to blame
        prim = pytest.importorskip("ema_workbench.analysis.prim", reason="ema_workbench is missing, so no box is found")
    case = wa.argument(stem)
    (test, *_) = judging.tests_of(case, case.claim(key))
    here = judging.read_as(test, case.parameters)
    found, fields = moves.joint_move(case, test, here), quantities.specs(here)
    names = [name for name, one in case.movable.items() if one.low < one.high]
    held = bool(test.holds(judging.target_value(case, test, here)))

    def scaled(name, value):
        return np.log(value) if fields[name].scale == "log" else np.asarray(value, dtype=float)

    def turned(size):
        """Draws in a cube of a size around the case, within the ranges, in shares of them; and which turned."""
        generator, columns, values = np.random.default_rng(1), {}, {}
        for name in names:
            at, low, high = (scaled(name, one) for one in
                             (getattr(here, name), case.movable[name].low, case.movable[name].high))  # fmt: skip
            ends = [np.clip(at + side * size * (high - low), min(at, low), max(at, high)) for side in (-1, 1)]
            drawn = ends[0] + generator.random(DRAWS) * (ends[1] - ends[0])
            values[name] = np.exp(drawn) if fields[name].scale == "log" else drawn
            if fields[name].kind == "count":
                values[name] = np.round(values[name])
            columns[name] = (scaled(name, values[name]) - at) / (high - low)
        number = judging.target_value(case, test, quantities.moved(here, values))
        return pd.DataFrame(columns), test.holds(np.broadcast_to(number, DRAWS)) != held

    # Near the case, of which the joint move speaks: far from it other inputs may do the same.
    shares, away = turned(2 * found.size)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(shares, away.astype(int), threshold=0.8, peel_alpha=0.05).find_box()
    limits = box.box_lims[-1]
    assert box.mean > 0.8
    narrowed = {name for name in names
                if limits[name].iloc[0] > shares[name].min() or limits[name].iloc[1] < shares[name].max()}  # fmt: skip
    assert {*found.carriers} <= narrowed
    # The nearest point of the box to the case is farther than the move, and nothing nearer than the move has turned.
    farthest = max(max(limits[name].iloc[0], -limits[name].iloc[1], 0) for name in names)
    assert farthest >= 0.9 * found.size
    assert not turned(0.98 * found.size)[1].any()
    assert turned(1.5 * found.size)[1].any()
