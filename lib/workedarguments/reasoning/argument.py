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
from ..models import question, results
from ..texts import words
from ..texts.claims import claims_about
from . import ranges, scenarios
from .cases import cases_of, ends_of
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
    def _filed(self):
        return cases_of(self.stem, self.model, self.every_scenario())

    @cached_property
    def _yours(self):
        return {}

    @property
    def name(self):
        """What the case is called among all `cases`."""
        return "yours" if self.overrides else self.scenario.name

    def cases(self):
        """All scenarios' inputs by name, and with overrides one more, "yours": {name: Parameters}."""
        return self._filed.parameters | ({"yours": self.parameters} if self.overrides else {})

    def solved(self, reading=None):
        """The results of all `cases` in one reading, each solved once: {name: Headlines}."""
        if not self.overrides:
            return self._filed.solved(reading)
        if reading not in self._yours:
            self._yours[reading] = self.solve(**({"reading": reading} if reading else {}))
        return self._filed.solved(reading) | {"yours": self._yours[reading]}

    def measured_alone(self, reading=None):
        """Inputs and results of each study without what it assumed; see reasoning/cases.py."""
        return self._filed.measured_alone(reading)

    @cached_property
    def _every_claim(self):
        found = claims_about(self.stem)
        tests = [(key, says) for key, one in found.items() for says in one.says if says.argument == self.stem]
        raise_if([line for key, says in tests for line in says_problems(f"claim {key}", says)])
        return found

    def every_claim(self):
        """Claims that say something about this argument, by id."""
        return self._every_claim

    @cached_property
    def ranges(self):
        """How far the inputs may go: the Ranges of this argument."""
        return ranges.ranges_of(self.stem)

    @property
    def about(self):
        """The populations that the case is about: the scenario's, or those of the argument as told."""
        return self.scenario.about or self.ranges.about

    @cached_property
    def movable(self):
        """How far each input may go: what was measured about the case, or else our own range: {name: Range}."""
        about = {name: one for name, one in self.ranges.measured.items() if one.about in self.about}
        every = {**self.ranges.ours, **{name: one for name, one in about.items() if one.low < one.high}}
        return {name: every[name] for name in quantities.specs(self.parameters) if name in every}

    @property
    def chosen(self):
        """Names of the inputs that the scenario or the reader sets."""
        return {*self.scenario.changes, *self.overrides}

    @cached_property
    def _ends(self):
        return ends_of(self.model, self.parameters) if self.chosen else self._filed.told_ends

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
        found = (self._filed.told_ends if told else self._ends).movers(headline)
        return [name for name in quantities.specs(self.parameters) if name in found]

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

    def _results(self, names, **changes):
        return results(self.model, quantities.replace(self.parameters, **changes), names)

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
            found = self._results(headlines, **{row: rows[:, None], column: columns[None, :]})
            array = np.broadcast_to(found[headlines[0]], (len(rows), len(columns)))
            return pd.DataFrame(array, index=pd.Index(rows, name=row), columns=pd.Index(columns, name=column))
        if len(values) != 1 or not headlines:
            raise ContentError("sweep takes headlines and one input, or one headline and two inputs")
        ((name, grid),) = values.items()
        if across:
            options = self.options(across)
            every = {option: self._results(headlines[:1], **values, **{across: option}) for option in options}
            columns = {option: np.broadcast_to(one[headlines[0]], grid.shape) for option, one in every.items()}
            return pd.DataFrame(columns, index=pd.Index(grid, name=name))
        found = self._results(headlines, **values)
        columns = {headline: np.broadcast_to(value, grid.shape) for headline, value in found.items()}
        frame = pd.DataFrame(columns, index=pd.Index(grid, name=name))
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
        """`n` draws of the inputs over what was measured about the case, and the headlines of each: one row a draw."""
        whole(n, 1, MOST_DRAWS, "n")
        whole(seed, 0, MOST_SEED, "seed")
        drawn = ranges.draw(quantities.specs(self.parameters), ranges.drawn_here(self)[0], n, seed)
        solved = quantities.values(self.solve(**drawn))
        return pd.DataFrame({**drawn, **{name: np.broadcast_to(value, n) for name, value in solved.items()}})

    def compare(self, *headlines, across="scenario"):
        """Headlines side by side: one row per scenario, or per option of a choice such as `model`."""
        fields = quantities.specs(self.model.Headlines)
        for name in headlines:
            self.headline(name)
        if across == "scenario":
            solved = self.solved()
        else:
            solved = {option: self.solve(**{across: option}) for option in self.options(across)}
        rows = {name: {key: float(getattr(one, key)) for key in headlines or fields} for name, one in solved.items()}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(across)

    def swing(self, headline):
        """A headline with each input that was measured about the case, and that the scenario leaves open, at both
        ends of what was measured, all else as set: widest first.
        """
        self.headline(headline)
        rows, fields = {}, quantities.specs(self.model.Parameters)
        for name, one in ranges.drawn_here(self)[0].items():
            found = self._results([headline], **{name: np.array([one.low, one.high])})[headline]
            ends = np.broadcast_to(found, 2).tolist()
            if ends[0] != ends[1]:
                rows[name] = (fields[name].label, one.low, one.high, *ends)
        columns = ["input", "low", "high", "headline at low", "headline at high"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")
        frame = frame.astype(dict.fromkeys(columns[3:], float))  # also where there are no rows
        width = (frame["headline at high"] - frame["headline at low"]).abs()
        return frame.loc[width.sort_values(ascending=False, kind="stable").index]
