"""Some results of a model against all of them."""

from types import SimpleNamespace

import numpy as np
import pytest
import workedarguments as wa
from extremes import sets
from workedarguments import models
from workedarguments.ground import quantities
from workedarguments.ground.quantities import Quantities, number


@pytest.mark.parametrize("stem", models.stems())
def test_each_result_alone_is_what_it_is_among_all(stem):
    made = models.model(stem)
    case = made.Parameters()
    every = quantities.values(made.solve(case))
    for name, value in every.items():
        np.testing.assert_allclose(models.results(made, case, [name])[name], value, rtol=1e-12, atol=1e-12, err_msg=name)
    assert [*models.results(made, case, [*every])] == [*every]


@pytest.mark.parametrize("stem", [stem for stem in models.stems() if hasattr(models.model(stem), "SOLVERS")])
def test_each_result_comes_from_one_solver(stem):
    made = models.model(stem)
    given = [name for solver in made.SOLVERS for name in solver(made.Parameters())]
    assert sorted(given) == sorted(quantities.specs(made.Headlines))


def test_only_what_is_asked_is_solved():
    inputs = SimpleNamespace(part=3.0)
    made = SimpleNamespace(Parameters=lambda: inputs, SOLVERS=(lambda p: {"twice": 2 * p.part},))
    assert models.results(made, SimpleNamespace(part=4.0), ["twice"]) == {"twice": 8.0}
    calls = []
    made.SOLVERS = (lambda p: {"twice": 2 * p.part}, lambda p: calls.append(p) or {"half": p.part / 2})
    models.results(made, inputs, ["half"])  # who gives what is found out once, by calling each
    calls.clear()
    assert models.results(made, inputs, ["twice"]) == {"twice": 6.0}
    assert not calls


@pytest.mark.parametrize("stem", models.stems())
def test_what_is_worked_out_again_is_the_same_and_hangs_on_what_it_says(stem):
    case = wa.argument(stem)
    for options, columns in sets(case, 100):
        p = quantities.moved(case.parameters, options | columns)
        every = quantities.values(case.model.solve(p))
        still = quantities.moved(case.parameters, options)
        for name, value in every.items():
            work, needed = models.recorded(case.model, p, [name])
            assert work, name
            found = models.results(case.model, p, [name])[name]
            np.testing.assert_allclose(np.broadcast_to(found, np.shape(value)), value, rtol=1e-12, atol=1e-12, err_msg=name)
            rest = {one: column for one, column in columns.items() if one not in needed}
            moved = models.results(case.model, quantities.moved(still, rest), [name])[name]
            assert np.array_equal(moved, models.results(case.model, still, [name])[name], equal_nan=True), name


class Inputs(Quantities):
    """Two inputs of a made-up model."""

    one: float = number(1.0, label="One", unit="×", low=0, high=2, basis="assumed", source="from-memory")
    other: float = number(1.0, label="Other", unit="×", low=0, high=2, basis="assumed", source="from-memory")


@pytest.mark.parametrize("looks", [
    lambda p: {"sum": p.one + p.other if p.one > 0 else 0.0},  # refused: the truth of what is to come
    lambda p: {"sum": p.one + p.other if isinstance(p.one, float) else 0.0},  # not refused, and found out by a case
])  # fmt: skip
def test_a_model_that_looks_at_its_values_is_asked_itself(looks):
    made = SimpleNamespace(Parameters=Inputs, SOLVERS=(looks,))
    assert models.recorded(made, Inputs(), ["sum"]) == (None, {"one", "other"})
    assert models.results(made, Inputs(one=0.5), ["sum"]) == {"sum": 1.5}
