"""All cases of an argument as their files have them, solved once for all who open it.

Nothing here hangs on which case is open: one process may open many, one after the other. Leaves out: a reader's
overrides (argument.py).
"""

from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace

import numpy as np

from ..ground import quantities
from .scenarios import AS_TOLD

_latest = {}  # {argument: its Cases, of the files as they were when somebody last asked}


@dataclass(frozen=True)
class Cases:
    """A model and all scenarios of an argument; what is made of them is kept as long as both are the same."""

    model: object
    solve: object
    scenarios: tuple
    _solved: dict = field(default_factory=dict)
    _measured_alone: dict = field(default_factory=dict)

    def same(self, other):
        """Whether another is made of the very same objects."""
        mine, others = ((one.model, one.solve, *one.scenarios) for one in (self, other))
        return len(mine) == len(others) and all(one is two for one, two in zip(mine, others, strict=True))

    @cached_property
    def parameters(self):
        """The inputs of each scenario: {name: Parameters}."""
        return {one.name: self.model.Parameters(**one.changes) for one in self.scenarios}

    def solved(self, reading=None):
        """The results of all scenarios in one reading: {name: Headlines}."""
        if reading not in self._solved:
            change = {"reading": reading} if reading else {}
            self._solved[reading] = {
                name: self.solve(quantities.replace(one, **change)) for name, one in self.parameters.items()
            }
        return self._solved[reading]

    def measured_alone(self, reading=None):
        """Inputs and results of each study with nothing changed but what it measured or what follows from it, or with
        all that it changes if that is the lesser part; and as told: {name: values}.
        """
        if reading not in self._measured_alone:
            chosen = {"reading": reading} if reading else {}
            every = {AS_TOLD: {}}
            for one in self.scenarios:
                mine = {key: value for key, value in one.changes.items() if one.basis[key] in ("measured", "implied")}
                if one.role == "study":
                    every[one.name] = mine if 2 * len(mine) > len(one.changes) else one.changes
            found = {}
            for name, changes in every.items():
                case = self.model.Parameters(**{**changes, **chosen})
                found[name] = SimpleNamespace(**quantities.values(case), **quantities.values(self.solve(case)))
            self._measured_alone[reading] = found
        return self._measured_alone[reading]

    @cached_property
    def told_ends(self):
        """The Ends as told."""
        return ends_of(self.model, self.model.Parameters())


def cases_of(stem, model, scenarios):
    """The Cases of an argument; `scenarios` are all that it has, the same objects until their files change."""
    kept = _latest.get(stem)
    made = Cases(model, model.solve, tuple(scenarios))
    if kept is None or not kept.same(made):
        _latest[stem] = kept = made
    return kept


@dataclass(frozen=True)
class Ends:
    """The results with each input in turn at its bounds or options, all else as it is.

    Of the arrays in `moved` the first place is the case itself, and `places` says of each number where its bounds are;
    `options` has the Headlines of each option of each choice, `still` the case's own.
    """

    places: dict
    moved: object
    options: dict
    still: object
    _movers: dict = field(default_factory=dict)

    def movers(self, headline):
        """Names of the inputs of which a bound or an option moves a headline."""
        if headline not in self._movers:
            column, value = np.atleast_1d(getattr(self.moved, headline)), getattr(self.still, headline)
            same = (column == column[0]) | (np.isnan(column) & np.isnan(column[0]))
            found = {name for name, place in self.places.items() if not same[place].all()}
            for name, every in self.options.items():
                values = [getattr(one, headline) for one in every]
                if not np.array_equal(values, np.full(len(values), value), equal_nan=True):
                    found.add(name)
            self._movers[headline] = found
        return self._movers[headline]


def ends_of(model, here):
    """The Ends of one case."""
    fields, places, columns = quantities.specs(here), {}, {}
    for name, spec in fields.items():
        bounds = [end for end in (spec.low, spec.high) if spec.kind != "choice" and np.isfinite(end)]
        if bounds:
            first = places[next(reversed(places))].stop if places else 1
            places[name], columns[name] = slice(first, first + len(bounds)), bounds
    size = 1 + sum(map(len, columns.values()))
    for name, bounds in columns.items():
        columns[name] = np.full(size, getattr(here, name), dtype=float)
        columns[name][places[name]] = bounds
    options = {
        name: [model.solve(quantities.moved(here, {name: option})) for option in spec.options]
        for name, spec in fields.items() if spec.kind == "choice"
    }  # fmt: skip
    return Ends(places, model.solve(quantities.moved(here, columns)), options, model.solve(here))
