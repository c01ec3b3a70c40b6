"""Joint moves against cases known in closed form, and every one of the committed arguments applied."""

import os
from types import SimpleNamespace

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.ground import quantities
from workedarguments.models import stems
from workedarguments.reasoning import judging, moves
from workedarguments.reasoning.ranges import Range
from workedarguments.reasoning.sentences import printed_move
from workedarguments.texts.claims import Says


class Inputs(quantities.Quantities):
    """Inputs of a made-up model."""

    one: float = quantities.number(0.0, label="One", low=-10, high=10)
    two: float = quantities.number(0.0, label="Two", low=-10, high=10)
    still: float = quantities.number(0.0, label="Still", low=-10, high=10)


class Results(quantities.Quantities):
    """A result of a made-up model."""

    number: float = quantities.number(label="Number")


def made(solve, **movable):
    """A made-up argument, and a test of its number to be at most 1."""
    model = SimpleNamespace(Parameters=Inputs, Headlines=Results, solve=lambda p: Results(number=solve(p)))
    argument = SimpleNamespace(stem="made", model=model, movable=movable, chosen=())
    return argument, Says("made", "number", "at_most", 1.0, 0.0, None)


def test_a_plane_turns_where_its_slopes_say():
    # one + two reaches 1 when each has moved by a share t of its width, 2 t + 3 t = 1.
    argument, test = made(lambda p: p.one + p.two, one=Range(0, 1, 2), two=Range(-3, -1, 0))
    found = moves.joint_move(argument, test, Inputs())
    # The second may only go down from where it is: its range ends there.
    assert found.size == pytest.approx(0.5, rel=1e-3)
    argument, test = made(lambda p: p.one + p.two, one=Range(0, 1, 2), two=Range(0, 1, 3))
    found = moves.joint_move(argument, test, Inputs())
    assert found.size == pytest.approx(0.2, rel=1e-3)
    assert set(found.carriers) == {"one", "two"}


def test_inputs_of_opposite_effect_move_apart():
    argument, test = made(lambda p: p.one - p.two, one=Range(-1, 0, 1), two=Range(-1, 0, 1))
    found = moves.joint_move(argument, test, Inputs())
    assert found.size == pytest.approx(0.25, rel=1e-3)
    assert found.values["one"] == pytest.approx(-found.values["two"])


def test_a_case_outside_its_range_may_move_farther_than_the_range_is_wide():
    argument, test = made(lambda p: p.one, one=Range(-1, 0, 1))
    found = moves.joint_move(argument, test, Inputs(one=7.0))
    assert found.size == pytest.approx(3.0, rel=1e-3)
    assert found.values["one"] == pytest.approx(1.0, rel=1e-3)


def test_what_only_works_together_is_found_by_mending_the_corner():
    # Alone neither moves the number; together their product does.
    argument, test = made(lambda p: 4 * p.one * p.two, one=Range(-1, 0, 1), two=Range(-1, 0, 1))
    start = Inputs(one=0.01, two=0.01)
    assert moves.joint_move(argument, test, start).size == pytest.approx(0.245, abs=0.01)


def test_where_one_of_two_alike_must_stand_out_they_part():
    # Each by itself may rise, and both together change nothing: |one - two| reaches 1 when they are half a width apart each.
    argument, test = made(lambda p: np.abs(p.one - p.two), one=Range(-1, 0, 1), two=Range(-1, 0, 1))
    found = moves.joint_move(argument, test, Inputs())
    assert found.size == pytest.approx(0.25, rel=1e-3)
    assert found.values["one"] == pytest.approx(-found.values["two"])


def test_what_nothing_turns_has_no_move_and_what_has_no_range_stays():
    argument, test = made(lambda p: p.one + 100 * p.still, one=Range(-1, 0, 0.5))
    assert moves.joint_move(argument, test, Inputs()) is None
    argument, test = made(lambda p: np.nan * p.one, one=Range(-1, 0, 0.5))
    assert moves.joint_move(argument, test, Inputs()) is None


@pytest.mark.parametrize("stem", stems())
def test_every_joint_move_turns_its_verdict(stem):
    """As found, and of two inputs as printed: for every test, as told and in one other scenario, or in all."""
    every, tried = [one.name for one in wa.argument(stem).every_scenario()], 0
    for scenario in every if os.environ.get("ALL_SENTENCES") else (every[0], every[-1]):
        case = wa.argument(stem, scenario)
        for claim in case.every_claim().values():
            for says in judging.tests_of(case, claim):
                parameters = judging.read_as(says, case.parameters)
                found = moves.joint_move(case, says, parameters)
                if found is None:
                    continue
                held = bool(says.holds(judging.target_value(case, says, parameters)))
                ends = [found.values]
                if found.pair:
                    printed = printed_move(case, says, parameters, found.pair)
                    ends += [found.pair.values]
                    ends += [{name: number for name, (_, number) in printed.items()}] if printed else []
                for values in ends:
                    tried += 1
                    moved = quantities.replace(parameters, **values)
                    assert bool(says.holds(judging.target_value(case, says, moved))) != held, (claim.id, case.scenario.name)
                widths = {name: case.movable[name] for name in found.values}
                for name, value in found.values.items():
                    spec = quantities.specs(parameters)[name]
                    scale = np.log if spec.scale == "log" else float
                    step = abs(scale(value) - scale(float(getattr(parameters, name))))
                    whole = scale(widths[name].high) - scale(widths[name].low)
                    slack = 0.5 if spec.kind == "count" else 1e-9
                    assert step <= found.size * whole + slack, (claim.id, name)
    assert tried > 10
