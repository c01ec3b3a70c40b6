"""Rules for every argument, found by listing: four files that fit, fields that say whose they are,
a model that takes arrays. Their names are the style guide."""

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.authoring import notebooks
from workedarguments.ground import quantities
from workedarguments.ground.files import data, root
from workedarguments.reasoning import ranges, results, scenarios
from workedarguments.texts.claims import Claim, entry_kind

STEMS = wa.stems()
MODELS = Path(wa.__file__).parent / "models"


@pytest.fixture(params=STEMS)
def argued(request):
    return wa.argument(request.param)


def test_model_notebook_scenarios_results_and_tests_share_a_stem(argued):
    assert [path for path in notebooks.paths() if notebooks.stem(path) == argued.stem]
    assert data("results", f"{argued.stem}.csv").exists()
    assert root().joinpath("tests", f"test_{argued.stem}.py").exists()
    assert len(argued.every_scenario()) >= 2


def test_as_told_changes_nothing(argued):
    assert scenarios.scenario(argued.stem, "as_told").changes == {}


def test_module_docstring_is_a_question_with_text_model_valid_leaves(argued):
    lines = argued.model.__doc__.strip().splitlines()
    assert lines[0].endswith("?")
    heads = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    assert [word for word in heads if word in ("Text", "Model", "Valid", "Leaves")] == ["Text", "Model", "Valid", "Leaves"]


def test_parameters_and_headlines_are_frozen_and_have_no_methods(argued):
    for cls in (argued.model.Parameters, argued.model.Headlines):
        assert cls.__dataclass_params__.frozen
        names = {field.name for field in dataclasses.fields(cls)}
        assert not [name for name in vars(cls) if not name.startswith("_") and name not in names]


def test_every_input_says_what_it_is_and_whose(argued):
    for name, spec in quantities.specs(argued.model.Parameters).items():
        assert spec.label, name
        assert spec.basis in quantities.BASES, name
        assert spec.source, name


def test_solve_takes_arrays_as_it_takes_numbers(argued):
    draws = ranges.draw(quantities.specs(argued.model.Parameters), argued.movable, 7, seed=3)
    together = quantities.values(argued.solve(**draws))
    for k in range(7):
        alone = quantities.values(argued.solve(**{name: float(column[k]) for name, column in draws.items()}))
        for name, value in alone.items():
            assert np.broadcast_to(together[name], 7)[k] == pytest.approx(float(value), nan_ok=True), name


def test_every_choice_and_every_bound_can_be_solved(argued):
    for name, spec in quantities.specs(argued.model.Parameters).items():
        ends = spec.options if spec.kind == "choice" else [end for end in (spec.low, spec.high) if np.isfinite(end)]
        for end in ends:
            argued.solve(**{name: end})


def test_every_input_moves_some_headline_somewhere(argued):
    fields = quantities.specs(argued.model.Parameters)
    choices = [{name: option} for name, spec in fields.items() if spec.kind == "choice" for option in spec.options]
    bases = [argued.parameters_of(scenario) for scenario in argued.every_scenario()]
    bases += [quantities.replace(argued.parameters, **chosen) for chosen in choices]
    for name, spec in fields.items():
        ends = (spec.options or (spec.low, spec.high))[:: max(1, len(spec.options) - 1)]
        solved = [
            [quantities.values(argued.model.solve(quantities.replace(base, **{name: end}))) for end in ends] for base in bases
        ]
        moved = any(not np.array_equal(one[key], other[key], equal_nan=True) for one, other in solved for key in one)
        assert moved, f"{name} changes nothing in any scenario or choice"


def test_recorded_results_are_those_computed_now(argued):
    assert results.differences(argued.stem) == []


def test_a_model_imports_only_numpy_quantities_what_can_be_recorded_and_maths(argued):
    tree = ast.parse((MODELS / f"{argued.stem}.py").read_text(encoding="utf-8"))
    modules = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    modules += ["." * node.level + (node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert all(name in {"numpy", "functools", "..ground.quantities", "..ground.traced"} or name.startswith("..maths") for name in modules)


def test_every_mechanism_holds_somewhere_and_fails_somewhere(argued):
    table = argued.mechanisms()
    for mechanism, rows in table.groupby(level=0):
        both = rows[(rows["holds in"] != "none") & (rows["fails in"] != "none")]
        assert len(both), f"{mechanism} cannot be told apart from a model that only confirms its text"


def test_every_claim_test_names_a_mechanism(argued):
    for claim in argued.every_claim().values():
        for says in claim.says:
            assert says.mechanism or claim.mechanism, claim.id


def test_every_scenario_says_who_and_why(argued):
    for scenario in argued.every_scenario():
        assert len(scenario.why.split()) >= 8, scenario.name
        assert scenario.who


def test_every_key_of_a_claim_has_a_field_and_every_field_a_key():
    made = {"id", "text"}
    assert {field.name for field in dataclasses.fields(Claim)} - made == set(entry_kind().keys)
