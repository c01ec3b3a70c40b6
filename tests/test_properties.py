"""Every model, found by listing, over all of its bounds: a number or a reason, nothing out of bounds, no warning."""

import numpy as np
import pytest
import workedarguments as wa
from extremes import allowed, numbers, sets, smallest, solved
from workedarguments.ground import quantities

SETS = 20_000  # mixtures for each combination of a model's choices, besides corners
ALONE = 150  # of these, solved one by one as Python's own numbers


@pytest.fixture(params=wa.stems())
def argued(request):
    return wa.argument(request.param)


def faults(case, options, columns):
    """What is wrong with the results of some sets, in words."""
    values, warned = solved(case, options, columns)
    found = {f"warns: {message}" for message in warned}
    for name, spec in quantities.specs(case.model.Headlines).items():
        value, gone = values[name], quantities.undefined(spec, values[name])
        if value.dtype.kind not in "fiu":
            found.add(f"{name} is no real number but {value.dtype}")
        if gone.any() and not spec.undefined:
            found.add(f"{name} is {value[gone][0]} and does not say why")
        if (~gone & ((value < spec.low) | (value > spec.high))).any():
            found.add(f"{name} is not between {spec.low} and {spec.high}")
    return found


def test_every_result_is_a_number_within_its_bounds_or_says_why_not_and_nothing_warns(argued):
    found = {}
    for options, columns in sets(argued, SETS):
        for one in sorted(faults(argued, options, columns) - set(found)):
            found[one] = smallest(argued, lambda columns, o=options, one=one: one in faults(argued, o, columns), columns)
            found[one] |= options
    assert not found, "\n".join(f"{one}, as with {inputs}" for one, inputs in found.items())


def test_every_reason_why_there_is_no_number_is_a_clause_and_comes_up(argued):
    why = {name: spec for name, spec in quantities.specs(argued.model.Headlines).items() if spec.undefined}
    assert not [spec.undefined for spec in why.values() if spec.undefined[0].isupper() or spec.undefined.endswith(".")]
    assert not [name for name, spec in quantities.specs(argued.model.Parameters).items() if spec.undefined]
    seen = set()
    for options, columns in sets(argued, SETS):
        values, _ = solved(argued, options, columns)
        seen |= {name for name, spec in why.items() if quantities.undefined(spec, values[name]).any()}
    assert seen == set(why)


def test_pythons_own_numbers_give_what_arrays_give(argued):
    fields = numbers(argued.model.Parameters)
    for options, every in sets(argued, ALONE):
        some = np.linspace(0, len(next(iter(every.values()))) - 1, 2 * ALONE).astype(int)
        columns = {name: column[some] for name, column in every.items()}
        together, _ = solved(argued, options, columns)
        # Where the last digits of the inputs decide, as beside a limit, so may those of a processor's powers.
        moved, _ = solved(argued, options, {name: allowed(fields[name], c * (1 + 1e-13)) for name, c in columns.items()})
        for k in range(len(some)):
            one = {name: (int if fields[name].kind == "count" else float)(c[k]) for name, c in columns.items()}
            alone, warned = solved(argued, options, one)
            assert not warned, one
            for name, value in alone.items():
                if same(together[name][k], moved[name][k], 1e-6):
                    assert same(together[name][k], value, 1e-9), (name, options | one)


def same(first, second, tolerance):
    return np.isclose(first, second, rtol=tolerance, atol=tolerance, equal_nan=True)


def test_sets_stay_inside_the_bounds_and_reach_both_ends_of_every_input_by_every_option(argued):
    parameters, options_seen = argued.model.Parameters, set()
    for options, columns in sets(argued, 200):
        assert not quantities.value_problems(parameters, {**options, **columns}, "sets", arrays=True)
        for name, spec in numbers(parameters).items():
            assert (columns[name].min(), columns[name].max()) == (spec.low, spec.high), name
        options_seen |= set(options.items())
    choices = {name: spec.options for name, spec in quantities.specs(parameters).items() if spec.kind == "choice"}
    assert options_seen == {(name, option) for name, every in choices.items() for option in every}
