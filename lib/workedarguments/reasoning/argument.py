"""One argument: a model, its scenarios and its claims, opened for one scenario.

An Argument is frozen: another scenario or other overrides are another Argument. What it returns holds
full precision. Nothing here knows a particular model. Leaves out: words and tables (showing/case.py).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from ..ground import quantities
from ..ground.errors import ContentError, Unread, check_choice, known, raise_if, whole
from ..models import model as model_of
from ..models import question
from ..texts import words
from ..texts.claims import claims_about
from . import scenarios
from .judging import says_problems

MOST_POINTS, MOST_SIDE, MOST_DRAWS, MOST_SEED = 100_000, 2_000, 10_000_000, 2**32 - 1


def argument(stem, scenario=scenarios.AS_TOLD, overrides="", language="en"):
    """The argument `stem` in one scenario, with overrides on top: {name: value} or "a=1, b=2".

    ContentError if any of the four names something that is not there; all problems at once.
    """
    problems = []
    if language != "en":  # which languages are complete takes reading all content
        problems += check_choice("parameters cell", "language", language, words.languages())
    model = model_of(stem)
    chosen, given = None, {}
    try:
        chosen = scenarios.scenario(stem, scenario, model.Parameters)
    except Unread:  # whoever makes something of it wants to know which file it is
        raise
    except ContentError as error:
        problems += error.problems
    try:
        given = quantities.parse_overrides(overrides)
        problems += quantities.value_problems(model.Parameters, given, "overrides")
    except ContentError as error:
        problems += error.problems
    raise_if(problems)
    return Argument(stem, model, chosen, given, language)


@dataclass(frozen=True)
class Argument:
    """An argument opened for one scenario; made by `argument`, which checks."""

    stem: str
    model: object
    scenario: scenarios.Scenario
    overrides: dict = field(default_factory=dict)
    language: str = "en"

    @property
    def question(self):
        """The question the argument answers: the first line of the model's docstring."""
        return words.word(f"argument.{self.stem}", self.language, question(self.stem))

    @cached_property
    def parameters(self):
        """The inputs in force: defaults, then the scenario's differences, then the overrides."""
        return self.model.Parameters(**{**self.scenario.changes, **self.overrides})

    @cached_property
    def _every_scenario(self):
        return tuple(scenarios.scenarios(self.stem, self.model.Parameters))

    def every_scenario(self):
        """All scenarios of this argument, as told first."""
        return self._every_scenario

    def parameters_of(self, scenario):
        """The inputs of a scenario as its file has them: a reader's overrides do not rewrite others' figures."""
        return self.model.Parameters(**scenario.changes)

    @cached_property
    def _cases(self):
        every = {scenario.name: self.parameters_of(scenario) for scenario in self.every_scenario()}
        return every | ({"yours": self.parameters} if self.overrides else {})

    def cases(self):
        """All scenarios' inputs by name, and with overrides one more, "yours": {name: Parameters}."""
        return self._cases

    @cached_property
    def _solved(self):
        return {}

    def solved(self, reading=None):
        """The results of all `cases` in one reading, each solved once: {name: Headlines}."""
        if reading not in self._solved:
            change = {"reading": reading} if reading else {}
            self._solved[reading] = {
                name: self.model.solve(quantities.replace(one, **change)) for name, one in self.cases().items()
            }
        return self._solved[reading]

    @cached_property
    def _every_claim(self):
        found = claims_about(self.stem)
        tests = [(key, says) for key, one in found.items() for says in one.says if says.argument == self.stem]
        raise_if([line for key, says in tests for line in says_problems(f"claim {key}", says)])
        return found

    def every_claim(self):
        """Claims that say something about this argument, by id."""
        return self._every_claim

    @property
    def chosen(self):
        """Names of the inputs that the scenario or the reader sets."""
        return {*self.scenario.changes, *self.overrides}

    @cached_property
    def _told_ends(self):
        return _at_ends(self.model, self.model.Parameters())

    def parameter(self, name):
        """The Spec of one input; ContentError with the nearest name if there is none."""
        fields = quantities.specs(self.model.Parameters)
        return fields[known(name, fields, "parameter", self.stem)]

    def headline(self, name):
        """The Spec of one result; ContentError with the nearest name if there is none."""
        fields = quantities.specs(self.model.Headlines)
        return fields[known(name, fields, "headline", self.stem)]

    def options(self, name):
        """The options of a choice among the inputs; ContentError if it is none."""
        fields = quantities.specs(self.model.Parameters)
        choices = [field for field, spec in fields.items() if spec.kind == "choice"]
        return fields[known(name, choices, "choice", self.stem)].options

    def claim(self, key):
        """One claim that says something about this argument; ContentError with the nearest id if there is none."""
        every = self.every_claim()
        return every[known(key, every, "claim", self.stem)]

    def movers(self, headline, told=False):
        """Names of the inputs of which a bound or an option moves a headline: from the case, or as told."""
        self.headline(headline)
        names, still, moved = self._told_ends if told else _at_ends(self.model, self.parameters)
        value = float(getattr(still, headline))
        found = {}
        for name, solved in zip(names, moved, strict=True):
            ends = np.atleast_1d(getattr(solved, headline))
            found[name] = found.get(name, False) or not np.array_equal(ends, np.full_like(ends, value), equal_nan=True)
        return [name for name in quantities.specs(self.parameters) if found.get(name)]

    def basis(self, name):
        """(basis, source) of a parameter's value here: field, scenario or the reader's override."""
        spec = self.parameter(name)
        if name in self.overrides:
            return "reader", "override"
        if name in self.scenario.changes:
            return self.scenario.basis[name], self.scenario.sources[name]
        return spec.basis, spec.source

    def assumed_share(self):
        """Share of the inputs (1) that nobody measured and no text states: assumed or the reader's own."""
        bases = [self.basis(name)[0] for name in quantities.specs(self.model.Parameters)]
        return sum(basis in ("assumed", "reader") for basis in bases) / len(bases)

    def solve(self, **changes):
        """The model's Headlines, with some inputs changed; changes may be arrays."""
        return self.model.solve(quantities.replace(self.parameters, **changes) if changes else self.parameters)

    def sweep(self, *headlines, points=201, across=None, **grids):
        """Headlines over one input or two. A grid is an array, or None for the field's whole range.

        One input: a Series (or one column per headline; with `across`, per option of that choice).
        Two inputs and one headline: a frame with the first input in the index, the second in the columns.
        """
        whole(points, 2, MOST_SIDE if len(grids) > 1 else MOST_POINTS, "points")
        for name in headlines:
            self.headline(name)
        values = {name: self._grid(name, grid, points) for name, grid in grids.items()}
        if len(values) == 2 and len(headlines) == 1:
            (row, rows), (column, columns) = values.items()
            solved = self.solve(**{row: rows[:, None], column: columns[None, :]})
            array = np.broadcast_to(getattr(solved, headlines[0]), (len(rows), len(columns)))
            return pd.DataFrame(array, index=pd.Index(rows, name=row), columns=pd.Index(columns, name=column))
        if len(values) != 1 or not headlines:
            raise ContentError("sweep takes headlines and one input, or one headline and two inputs")
        ((name, grid),) = values.items()
        if across:
            options = self.options(across)
            every = {option: getattr(self.solve(**values, **{across: option}), headlines[0]) for option in options}
            columns = {option: np.broadcast_to(column, grid.shape) for option, column in every.items()}
            return pd.DataFrame(columns, index=pd.Index(grid, name=name))
        solved = self.solve(**values)
        frame = pd.DataFrame(
            {headline: np.broadcast_to(getattr(solved, headline), grid.shape) for headline in headlines},
            index=pd.Index(grid, name=name),
        )
        return frame[headlines[0]] if len(headlines) == 1 else frame

    def _grid(self, name, grid, points):
        """The values of one input in a sweep: given, or the whole range of its field."""
        spec = self.parameter(name)
        if spec.kind == "choice":
            raise ContentError(f"{self.stem}: {name} is a choice; sweep(..., across={name!r}) shows its options")
        if grid is None:
            return quantities.grid(spec, points)
        values = np.atleast_1d(np.asarray(grid))
        raise_if(quantities.value_problems(self.model.Parameters, {name: values}, self.stem, arrays=True))
        return values

    def draw(self, n=10_000, seed=1):
        """`n` draws of the inputs over their evidence, and the headlines of each: one row a draw."""
        whole(n, 1, MOST_DRAWS, "n")
        whole(seed, 0, MOST_SEED, "seed")
        drawn = quantities.draw(self.model.Parameters, n, seed)
        solved = quantities.values(self.solve(**drawn))
        return pd.DataFrame({**drawn, **{name: np.broadcast_to(value, n) for name, value in solved.items()}})

    def compare(self, *headlines, across="scenario"):
        """Headlines side by side: one row per scenario, or per option of a choice such as `model`."""
        fields = quantities.specs(self.model.Headlines)
        for name in headlines:
            self.headline(name)
        if across == "scenario":
            cases = self.cases()
        else:
            cases = {option: quantities.replace(self.parameters, **{across: option}) for option in self.options(across)}
        rows = {
            name: {key: float(getattr(solved, key)) for key in headlines or fields}
            for name, solved in ((name, self.model.solve(p)) for name, p in cases.items())
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(across)

    def swing(self, headline):
        """A headline with each measured input that the scenario leaves open at the ends of its evidence, all
        else as set: widest first.
        """
        self.headline(headline)
        rows = {}
        for name, spec in quantities.specs(self.model.Parameters).items():
            if spec.evidence and name not in self.chosen:
                ends = [float(getattr(self.solve(**{name: spec.evidence[k]}), headline)) for k in (0, 2)]
                if ends[0] != ends[1]:
                    rows[name] = (spec.label, spec.evidence[0], spec.evidence[2], *ends)
        columns = ["input", "low", "high", "headline at low", "headline at high"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")
        frame = frame.astype(dict.fromkeys(columns[3:], float))  # also where there are no rows
        width = (frame["headline at high"] - frame["headline at low"]).abs()
        return frame.loc[width.sort_values(ascending=False, kind="stable").index]


def _at_ends(model, here):
    """Names of inputs, the Headlines as they are, and those with each input in turn at its bounds or options."""
    fields = quantities.specs(here)
    names, moved = [], []
    for name, spec in fields.items():
        bounds = np.array([end for end in (spec.low, spec.high) if spec.kind != "choice" and np.isfinite(end)])
        for value in (*(spec.options or ()), *([bounds] if len(bounds) else ())):
            names.append(name)
            moved.append(model.solve(quantities.moved(here, {name: value})))
    return names, model.solve(here), moved
