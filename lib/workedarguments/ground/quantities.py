"""Quantities: what a number means, where it comes from, and between which bounds it may lie.

A model declares its inputs and results once, as fields of two frozen dataclasses:

    class Parameters(Quantities):
        hard_share: float = share(0.5, label="...", basis="implied", source="casado")
    class Headlines(Quantities):
        overall_speedup: float = number(label="...", unit="×")

Sliders, scenario checks, tables and axis labels are derived from these fields.
A field with a default is an input and is checked; one without is a result and is not, because an
infinite or negative result can be an answer. A result that may be nan, or a share that may be infinite, says why:
`undefined="on balance no hours are saved"`. Values may be arrays: bounds hold element by element.
Leaves out: conversion between units, and what was measured of an input (reasoning/ranges.py).
"""

import dataclasses
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from .errors import ContentError, check_choice, nearest, raise_if, short
from .strict_yaml import parse_yaml

BASES = MappingProxyType(
    {
        "stated": "the text gives the number",
        "measured": "a study measured it",
        "implied": "solved backwards from an outcome that the text states",
        "assumed": "nobody measured it",
    }
)


@dataclass(frozen=True)
class Spec:
    """What is known about one quantity; the fields' only home."""

    kind: str
    label: str
    unit: str = ""
    low: float = -np.inf
    high: float = np.inf
    basis: str | None = None
    source: str | None = None
    scale: str = "linear"
    options: tuple = ()
    rtol: float = 1e-9
    error: str | None = None  # of a simulated result: the headline with its standard error
    undefined: str | None = None  # of a result: why it is nan, or infinite though a share; a clause in small letters


def _field(default, spec):
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata={"spec": spec})
    return dataclasses.field(default=default, metadata={"spec": spec})


def number(default=dataclasses.MISSING, *, label, unit="", **about):
    """A field for a real number with a unit; `about` are further attributes of Spec."""
    return _field(default, Spec("number", label, unit, **about))


def share(default=dataclasses.MISSING, *, label, low=0.0, high=1.0, **about):
    """A field for a share between 0 and 1 (never per cent)."""
    return _field(default, Spec("share", label, "share", low, high, **about))


def count(default=dataclasses.MISSING, *, label, unit="", low=0, **about):
    """A field for a whole number."""
    return _field(default, Spec("count", label, unit, low, **about))


def choice(default, *, label, options, **about):
    """A field for one of a few named possibilities: a reading, a rival formula."""
    return _field(default, Spec("choice", label, options=tuple(options), **about))


@dataclass(frozen=True, kw_only=True, eq=False)
class Quantities:
    """Base of Parameters and Headlines. Has no public methods, so that any field name is free.

    Two sets are equal only if they are one: of arrays no single answer says whether they are alike.
    """

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True, kw_only=True, eq=False)(cls)

    def __post_init__(self):
        raise_if(value_problems(type(self), values(self), type(self).__name__, arrays=True))


@cache
def _specs(cls):
    return {field.name: field.metadata["spec"] for field in dataclasses.fields(cls)}


@cache
def _inputs(cls):
    return {field.name for field in dataclasses.fields(cls) if field.default is not dataclasses.MISSING}


def specs(quantities):
    """The specifications of a Quantities class or object: {name: Spec}, in declared order."""
    return _specs(quantities if isinstance(quantities, type) else type(quantities))


def values(quantities):
    """The values of a Quantities object: {name: value}, in declared order, not copied."""
    return {name: getattr(quantities, name) for name in specs(quantities)}


def undefined(spec, values):
    """Where values of a result are no answer: nan, and infinite shares; another infinite result is one."""
    return np.isnan(values) | (np.isinf(values) & (spec.kind == "share"))


def why_undefined(spec, value):
    """Why one value of a result is no answer, in the field's own words; empty where it is one."""
    return (spec.undefined or "") if undefined(spec, value) else ""


def replace(quantities, **changes):
    """A changed copy; unknown names and bad values are reported together."""
    raise_if(value_problems(type(quantities), changes, type(quantities).__name__, arrays=True))
    return moved(quantities, changes)


def moved(quantities, changes):
    """A changed copy, unchecked: for values that were made from the fields' own bounds and ranges."""
    changed = object.__new__(type(quantities))  # what is kept was checked when it was made
    changed.__dict__.update(quantities.__dict__, **changes)
    return changed


def _allowed(spec):
    what = {"share": "a share", "count": "a whole number", "number": "a number"}[spec.kind]
    unit = f" ({spec.unit})" if spec.unit and spec.kind != "share" else ""
    if np.isinf(spec.low) and np.isinf(spec.high):
        return what + unit
    return f"{what} between {spec.low:g} and {spec.high:g}{unit}"


def value_problems(cls, given, where, arrays=False):
    """Problems of values for a class's fields, all at once: unknown names, types, bounds.

    `given` is {name: value}; a value may be an array only with `arrays`, which files and options are
    not allowed. Fields without a default (results) pass.
    """
    known, inputs, problems = specs(cls), _inputs(cls), []
    for name, value in given.items():
        if name not in known:
            problems.append(f"{where}: no parameter {short(name)}; {nearest(name, known)}")
            continue
        spec = known[name]
        if name not in inputs:
            continue
        if spec.kind == "choice":
            problems += check_choice(where, name, value if isinstance(value, str) else short(value), spec.options)
            continue
        if type(value) in (int, float) and spec.kind != "count" and spec.low <= value <= spec.high:
            continue
        try:
            array = np.asarray(value)
        except ValueError:  # lists of different lengths
            array = np.asarray(None)
        bad = (
            array.dtype.kind not in "iuf"
            or not array.size
            or (array.ndim and not arrays)
            or np.isnan(array).any()
            or (array < spec.low).any()
            or (array > spec.high).any()
            or (spec.kind == "count" and (array % 1 != 0).any())
        )
        if bad:
            many = array.ndim and array.size and array.dtype.kind in "iuf" and arrays
            shown = f"values from {array.min()} to {array.max()}" if many else short(value)
            problems.append(f"{where}: {name} must be {_allowed(spec)}, not {shown}")
    return problems


def parse_overrides(overrides, where="overrides"):
    """Overrides as a mapping: from a mapping, or from text such as "hard_share=0.3, reading=level".

    Values in text are read as YAML 1.2 scalars, so `5%` and `nan` stay text and are refused later.
    """
    if overrides is None or overrides == "":
        return {}
    if isinstance(overrides, dict):
        return dict(overrides)
    if not isinstance(overrides, str):
        raise ContentError(f'{where}: must be a mapping or text like "a=1, b=2", not {short(overrides)}')
    pairs, problems = {}, []
    for part in filter(None, (piece.strip() for piece in overrides.split(","))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name or not value:
            problems.append(f"{where}: {short(part)} is not of the form name=value")
        elif name in pairs:
            problems.append(f"{where}: {name!r} is given twice")
        else:
            pairs[name] = parse_yaml(value, where)
    raise_if(problems)
    return pairs


def grid(spec, points):
    """At most `points` values from a field's lower to its upper bound, even on its scale; whole for a count."""
    space = np.geomspace if spec.scale == "log" else np.linspace
    values = np.clip(space(spec.low, spec.high, points), spec.low, spec.high)
    return np.unique(np.round(values)) if spec.kind == "count" else values
