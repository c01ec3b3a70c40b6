"""What a Traced records is what the model does, in every branch of every model; what it cannot record it refuses by line."""

import itertools
import math

import numpy as np
import pytest
import workedarguments as wa
from extremes import sets
from workedarguments.ground import quantities
from workedarguments.ground.traced import OPERATIONS, Traced, Untraceable, floats, lookup
from workedarguments.models import model

# A player of the tests' own: numpy's functions by their names on a tape.
PLAYED = {name: getattr(np, ufunc) for ufunc, name in OPERATIONS.items() if hasattr(np, ufunc)}
PLAYED |= {
    "where": np.where,
    "interp": np.interp,
    "take": lambda row, table: np.asarray(table)[np.asarray(row).astype(int)],
    "erf": np.vectorize(math.erf, otypes=[float]),
}


def played(value, inputs, kept):
    """A Traced with numbers or arrays in place of its inputs; each part is worked out once."""
    if not isinstance(value, Traced):
        return value
    if value.operation == "input":
        return inputs[value.operands[0]]
    if id(value) not in kept:
        kept[id(value)] = PLAYED[value.operation](*(played(one, inputs, kept) for one in value.operands))
    return kept[id(value)]


def branches():
    """(argument, {choice: option}) of every branch of every model."""
    for stem in wa.stems():
        specs = quantities.specs(model(stem).Parameters)
        options = {name: spec.options for name, spec in specs.items() if spec.kind == "choice"}
        yield from ((stem, dict(zip(options, one, strict=True))) for one in itertools.product(*options.values()))


@pytest.mark.parametrize(("stem", "options"), branches(), ids=lambda one: one if isinstance(one, str) else "-".join(one.values()))
def test_what_is_recorded_is_what_the_model_does(stem, options):
    case = wa.argument(stem)
    names = [name for name, spec in quantities.specs(case.parameters).items() if spec.kind != "choice"]
    recorded = quantities.moved(case.parameters, {name: Traced("input", name) for name in names} | options)
    (columns,) = [columns for given, columns in sets(case, 400) if given == options]
    with np.errstate(all="ignore"):
        solved = case.model.solve(quantities.replace(case.parameters, **options, **columns))
        inputs = {name: columns.get(name, getattr(case.parameters, name)) for name in names}
        for results in [solver(recorded) for solver in case.model.SOLVERS]:
            kept = {}  # by their addresses, which are theirs for as long as `results` lives
            for name, value in results.items():
                assert isinstance(value, Traced | float | int), name
                found, wanted = np.broadcast_arrays(played(value, inputs, kept), getattr(solved, name))
                np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12, err_msg=name)


one, other = Traced("input", "one"), Traced("input", "other")


@pytest.mark.parametrize(
    ("work", "what"),
    [
        (lambda: 1 if one > 0 else 2, "the truth of a traced value"),
        (lambda: 0 < one < 1, "the truth of a traced value"),
        (lambda: max(one, other), "the truth of a traced value"),
        (lambda: float(one), "a plain number of a traced value"),
        (lambda: range(one), "a plain number of a traced value"),
        (lambda: math.exp(one), "a plain number of a traced value"),
        (lambda: np.asarray(one), "a plain array of a traced value"),
        (lambda: np.array([one, other]), "a plain array of a traced value"),
        (lambda: np.maximum.reduce([one, other]), "a plain array of a traced value"),
        (lambda: np.arange(3) * one, "np.multiply of a traced value and an array"),
        (lambda: np.stack([one, other]), "np.stack"),
        (lambda: np.gcd(one, 2), "np.gcd"),
        (lambda: np.exp(one, out=np.zeros(())), "np.exp"),
        (lambda: one[0], "an index into a traced value"),
        (lambda: one.clip(0, 1), "a method of a traced value"),
        (lambda: one.astype(int), "a method of a traced value"),
    ],
)
def test_what_cannot_be_recorded_is_refused(work, what):
    with pytest.raises(Untraceable, match=what):
        work()


def test_a_refusal_names_the_line_of_the_model(monkeypatch):
    made = compile("def solver(p):\n    return float(p)\n", "kit/models/mine.py", "exec")
    space = {}
    exec(made, space)
    with pytest.raises(Untraceable, match=r"models/mine\.py:2"):
        space["solver"](one)


def test_a_table_is_looked_up_at_whole_numbers_known_and_to_come():
    table = np.arange(24.0).reshape(2, 3, 4)
    assert lookup(table, 1, np.array([0, 2]), 3).tolist() == [15, 23]
    to_come = lookup(table, 1, one, other)
    assert len(to_come.operands[1]) == 12
    assert played(to_come, {"one": np.array([0, 2]), "other": 3}, {}).tolist() == [15, 23]


def test_floats_leaves_alone_what_is_to_come():
    assert floats(one) is one
    assert floats([1, 2]).dtype == float
