"""Parameter sets from all over a model's bounds, most of them at the edge: shared by tests of every model.

Three kinds, for every combination of a model's choices. Corners: the defaults with one input, or each pair of inputs,
at its bounds. Alike: every input at one value where formulas are known to break (a bound, 0, 1, a default, a figure of
a scenario, the number next to one). Mixtures: each input uniform on its scale, at a bound, beside one, at such a value or
at its default, in shares that differ from set to set, so that rare meetings occur; a quarter are bounds throughout.
Leaves out: inputs without finite bounds, and arrays of more than one dimension.
"""

import itertools
import warnings

import numpy as np
from workedarguments.ground import quantities

STEPS = 10.0 ** -np.arange(1, 17)  # parts of a range, from a tenth down to what rounding can still tell
ROUND = (0.0, 0.5, 1.0, 2.0)
TINY = (5e-324, 1e-300, 1e-100, 1e-30)


def numbers(parameters):
    """The inputs that are numbers: {name: Spec}; all must have finite bounds."""
    fields = {name: spec for name, spec in quantities.specs(parameters).items() if spec.kind != "choice"}
    endless = [name for name, spec in fields.items() if not np.isfinite([spec.low, spec.high]).all()]
    assert not endless, f"inputs that cannot be tried at their bounds, for they have none: {endless}"
    return fields


def option_sets(parameters):
    """Every combination of the options of every choice: [{name: option}]."""
    choices = {name: spec.options for name, spec in quantities.specs(parameters).items() if spec.kind == "choice"}
    return [dict(zip(choices, options, strict=True)) for options in itertools.product(*choices.values())]


def allowed(spec, values):
    """Values moved into a field's bounds, and to whole numbers if it counts."""
    values = np.clip(values, spec.low, spec.high)
    return np.round(values) if spec.kind == "count" else values


def uniform(spec, part):
    """Values at some parts (0 to 1) of the way from the lower bound to the upper, on the field's scale."""
    if spec.scale == "log":
        return allowed(spec, np.exp(np.log(spec.low) + part * (np.log(spec.high) - np.log(spec.low))))
    return allowed(spec, spec.low + part * (spec.high - spec.low))


def beside(spec):
    """Values beside a field's bounds: the next number, and steps of a tenth down to next to nothing of the range."""
    steps = [spec.low + (spec.high - spec.low) * STEPS, spec.high - (spec.high - spec.low) * STEPS]
    if spec.scale == "log":
        steps += [spec.low * (1 + STEPS), spec.high * (1 - STEPS)]
    steps.append(np.nextafter([spec.low, spec.high], [np.inf, -np.inf]))
    return allowed(spec, np.concatenate([*steps, TINY if spec.low == 0 else ()]))


def _ends(case, name):
    """Both ends of every range of an input, and the middle."""
    every = [ranges[name] for ranges in (case.ranges.measured, case.ranges.ours) if name in ranges]
    return [end for one in every for end in (one.low, one.central, one.high)]


def marks(name, spec, case):
    """Values at which a formula may break: a default, ends of ranges, scenarios' figures, round numbers, and those next to them."""
    told = [getattr(case.model.Parameters(), name), *_ends(case, name), *ROUND]
    told += [scenario.changes[name] for scenario in case.every_scenario() if name in scenario.changes]
    inside = np.array([float(value) for value in told if spec.low <= value <= spec.high])
    return allowed(spec, np.concatenate([inside, np.nextafter(inside, -np.inf), np.nextafter(inside, np.inf)]))


def corners(case):
    """The defaults with one input at each bound, and with each pair of inputs at all four corners: {name: array}."""
    fields, told = numbers(case.model.Parameters), case.model.Parameters()
    ends = {name: (spec.low, spec.high) for name, spec in fields.items()}
    moved = [{name: end} for name in fields for end in ends[name]]
    for pair in itertools.combinations(fields, 2):
        moved += [dict(zip(pair, both, strict=True)) for both in itertools.product(*(ends[name] for name in pair))]
    return {name: np.array([row.get(name, getattr(told, name)) for row in moved], dtype=float) for name in fields}


def alike(case):
    """Every input at one and the same value, as far as its bounds allow, for each bound and mark of any: {name: array}."""
    fields = numbers(case.model.Parameters)
    values = np.unique(np.concatenate([[*marks(name, s, case), s.low, s.high] for name, s in fields.items()]))
    return {name: allowed(spec, values) for name, spec in fields.items()}


def mixtures(case, size, seed):
    """Sets in which each input takes its value from one of six kinds, in shares that differ from set to set."""
    generator, told = np.random.default_rng(seed), case.model.Parameters()
    shares = generator.dirichlet([0.4] * 6, size)
    shares[: size // 4] = (0, 0.5, 0.5, 0, 0, 0)  # some limits need many inputs at one bound or the other at once
    upto, sets = shares.cumsum(axis=1)[:, :-1], {}
    for name, spec in numbers(told).items():
        columns = (
            uniform(spec, generator.random(size)),
            np.full(size, spec.low),
            np.full(size, spec.high),
            generator.choice(beside(spec), size),
            generator.choice(marks(name, spec, case), size),
            np.full(size, getattr(told, name)),
        )
        sets[name] = np.choose((generator.random((size, 1)) > upto).sum(axis=1), columns).astype(float)
    return sets


def sets(case, size, seed=1):
    """(options, {name: array}) for each combination of a model's choices: corners, alike and `size` mixtures."""
    for k, options in enumerate(option_sets(case.model.Parameters)):
        parts = corners(case), alike(case), mixtures(case, size, [seed, k])
        yield options, {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def solved(case, options, columns):
    """({headline: array}, what was warned of) of some sets; neither inputs nor results are checked."""
    parameters = quantities.moved(case.model.Parameters(), {**options, **columns})
    size = np.shape(next(iter(columns.values())))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        values = quantities.values(case.model.solve(parameters))
    return {name: np.broadcast_to(value, size) for name, value in values.items()}, [str(one.message) for one in caught]


def smallest(case, fails, columns):
    """Of some sets that fail, as `fails(columns)` finds, the inputs of one that it takes: all else is at its default."""
    kept = np.arange(len(next(iter(columns.values()))))
    while len(kept) > 1:
        first, second = np.array_split(kept, 2)
        kept = first if fails({name: column[first] for name, column in columns.items()}) else second
    told, found = case.model.Parameters(), {name: column[kept] for name, column in columns.items()}
    for name in columns:
        nearer = {**found, name: np.array([float(getattr(told, name))])}
        found = nearer if fails(nearer) else found
    return {name: float(column[0]) for name, column in found.items() if column[0] != getattr(told, name)}
