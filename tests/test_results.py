"""Some results of a model against all of them."""

from types import SimpleNamespace

import numpy as np
import pytest
from workedarguments import models
from workedarguments.ground import quantities


@pytest.mark.parametrize("stem", models.stems())
def test_each_result_alone_is_what_it_is_among_all(stem):
    made = models.model(stem)
    case = made.Parameters()
    every = quantities.values(made.solve(case))
    for name, value in every.items():
        assert np.array_equal(models.results(made, case, [name])[name], value, equal_nan=True), name
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
