"""Judging: one operational test of a claim against one number, in a case and in every scenario.

Leaves out: draws over the evidence (draws.py), where a verdict turns (turning.py), words (sentences.py).
"""

import numpy as np
import pandas as pd

from ..ground import quantities
from ..ground.errors import nearest
from ..ground.numbers import digits
from ..models import model, recorded, results, stems
from ..texts.sources import split_keys
from .scenarios import AS_TOLD

WORDS = {True: "holds", False: "fails", None: "not computable"}


def target_value(argument, says, parameters):
    """The value that a test is about: a headline of the solved model, or a parameter itself."""
    if says.target in quantities.specs(argument.model.Headlines):
        return results(argument.model, parameters, [says.target])[says.target]
    return getattr(parameters, says.target)


def inputs_behind(argument, says, parameters):
    """Names of inputs on which the value of a test hangs, with these options; all of them where nobody can tell."""
    if says.target in quantities.specs(argument.model.Headlines):
        return recorded(argument.model, parameters, [says.target])[1]
    return {says.target}


def target_spec(argument, says):
    """The specification of the headline or parameter that a test is about."""
    return {**quantities.specs(argument.model.Parameters), **quantities.specs(argument.model.Headlines)}[says.target]


def says_problems(where, says):
    """Problems of one test: an argument, headline, parameter or reading that is not there, or is no number."""
    if says.argument not in stems():
        return [f"{where}: no argument {says.argument!r}; {nearest(says.argument, stems())}"]
    made = model(says.argument)
    inputs, results = quantities.specs(made.Parameters), quantities.specs(made.Headlines)
    numbers = {name for name, spec in inputs.items() if spec.kind != "choice"}
    known = {"headline": {*results}, "parameter": numbers}.get(says.of, numbers | {*results})
    problems = []
    if says.target not in known:
        problems.append(f"{where}: {says.argument} has no {says.target!r}; {nearest(says.target, known)}")
    if says.reading is not None:
        readings = inputs["reading"].options if "reading" in inputs else ()
        if says.reading not in readings:
            problems.append(f"{where}: no reading {says.reading!r}; {nearest(says.reading, readings)}")
    return problems


def asked(says, show=digits):
    """What a test asks of its number, in words: at least 0.1, at most 2, 1.5 to 2.5."""
    low, high = (show(limit) for limit in says.limits())
    return {"at_most": f"at most {high}", "at_least": f"at least {low}"}.get(says.is_, f"{low} to {high}")


def read_as(says, parameters):
    """The parameters with the reading of a test switched on, if it has one."""
    return quantities.replace(parameters, reading=says.reading) if says.reading else parameters


def standard_error(argument, says, parameters=None, solved=None):
    """Standard error of the value that a test is about: of a simulated headline, which names it; else 0.

    Read from the results `solved`, or from those of `parameters`.
    """
    name = target_spec(argument, says).error
    if not name:
        return 0.0
    return float(getattr(solved, name) if solved else results(argument.model, parameters, [name])[name])


def judge(says, value, error=None):
    """(verdict word, value, limit that counts, signed distance to it) of one number.

    A simulated value no further from the limit than twice its standard error decides nothing.
    """
    value = float(value)
    if np.isnan(value):
        return WORDS[None], value, np.nan, np.nan
    low, high = says.limits()
    limit = low if abs(value - low) <= abs(high - value) else high
    distance = float(says.margin(value))
    near = bool(error) and abs(distance) <= 2 * error
    return WORDS[None if near else bool(says.holds(value))], value, limit, distance


def own_figure(argument, text_id, says):
    """Whether a test is of what its own text says: of an input whose value the text states, or of a result
    that moves with such inputs only. Then nothing is computed until a scenario brings another's number.
    """
    fields = quantities.specs(argument.model.Parameters)
    inputs = [says.target] if says.target in fields else argument.movers(says.target, told=True)
    return bool(inputs) and all(
        fields[name].basis in ("stated", "implied") and text_id in split_keys(fields[name].source) for name in inputs
    )


def judged(argument, text_id, says, only=None):
    """{case: (verdict word, value, limit that counts, distance)} of one test in all cases, or `only` in one.

    Where a test is of the text's own figure, and a scenario leaves it as it is, nothing is computable; nor in a study
    that did not measure what the test is about.
    """
    own, of_inputs = own_figure(argument, text_id, says), says.target in quantities.specs(argument.parameters)
    told, silent, found = as_told(argument, says), not_measured(argument, says), {}
    solved = argument.solved(says.reading)
    cases = argument.cases() if of_inputs else solved
    for name in cases if only is None else (only,):
        value = float(getattr(cases[name], says.target))
        if (own and value == told) or name in silent:
            found[name] = WORDS[None], value, np.nan, np.nan
        else:
            found[name] = judge(says, value, standard_error(argument, says, solved=solved[name]))
    return found


def in_scenarios(argument, claim):
    """One row per test of a claim and scenario: verdict, value, threshold, distance (at least 0 where it holds)."""
    rows = [
        (name, says.reading or says.target, *outcome)
        for says in tests_of(argument, claim)
        for name, outcome in judged(argument, claim.text, says).items()
    ]
    columns = ["scenario", "reading", "verdict", "value", "threshold", "distance"]
    return pd.DataFrame(rows, columns=columns)


def not_measured(argument, says):
    """Names of the scenarios of studies that say nothing of a test's number: nothing moves it, or only assumptions that
    were made beside what the study measured.
    """
    alone = {name: float(getattr(one, says.target)) for name, one in argument.measured_alone(says.reading).items()}
    told = alone.pop(AS_TOLD)
    return {name for name, value in alone.items() if value == told or (np.isnan(value) and np.isnan(told))}


def same_as_told(table):
    """Which rows of `in_scenarios` only repeat as_told: their scenarios change nothing that the test is about."""
    told = table[table["scenario"] == AS_TOLD].set_index("reading")["value"]
    return (table["scenario"] != AS_TOLD) & (table["value"] == table["reading"].map(told))


def as_told(argument, says):
    """The value that a test is about, with the defaults of the model: the text's own story."""
    return getattr(argument.measured_alone(says.reading)[AS_TOLD], says.target)


def tests_of(argument, claim):
    """The operational tests of a claim that are about an argument."""
    return [says for says in claim.says if says.argument == argument.stem]
