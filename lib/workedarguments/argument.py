"""One argument: a model, its scenarios and its claims, opened for one scenario.

    case = argument("ten_to_two")
    case.solve().overall_speedup
    case.verdict("casado.tenx-to-2x")

An Argument is frozen: another scenario or other overrides are another Argument. Everything that it
returns is labelled pandas at full precision; `show` rounds. Nothing here knows a particular model.
"""

import ast
import importlib
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from . import exercises, quantities, scenarios, words
from . import verdict as verdicts
from .claims import claims
from .content import ContentError, check_choice, known, nearest, raise_if, root
from .sources import sources, split_keys
from .tables import Prose, digits, quantity

NOTEBOOK_PARAMETERS = ("scenario", "overrides", "language")


def stems():
    """Names of all arguments: the modules in models/, in the order of their notebooks."""
    modules = Path(__file__).parent.joinpath("models").glob("[!_]*.py")
    numbers = {path.stem.partition("_")[2]: path.stem for path in root().joinpath("notebooks").glob("*.ipynb")}
    return sorted((path.stem for path in modules), key=lambda stem: (numbers.get(stem, "~"), stem))


def argument(stem, scenario=scenarios.AS_TOLD, overrides="", language="en"):
    """The argument `stem` in one scenario, with overrides on top: {name: value} or "a=1, b=2".

    ContentError if any of the four names something that is not there; all problems at once.
    """
    known(stem, stems(), "argument", "models")
    problems = [
        f"parameters cell: no parameter {name!r}; {nearest(name, NOTEBOOK_PARAMETERS)}"
        for name in _injected_names()
        if name not in NOTEBOOK_PARAMETERS
    ]
    if language != "en":  # which languages are complete takes reading all content
        problems += check_choice("parameters cell", "language", language, words.languages())
    model = importlib.import_module(f"{__package__}.models.{stem}")
    chosen, given = None, {}
    try:
        chosen = scenarios.scenario(stem, scenario, model.Parameters)
    except ContentError as error:
        problems += error.problems
    try:
        given = quantities.parse_overrides(overrides)
        problems += quantities.value_problems(model.Parameters, given, "overrides")
    except ContentError as error:
        problems += error.problems
    raise_if(problems)
    return Argument(stem, model, chosen, given, language)


def arguments():
    """All arguments: the question, whose claims it takes up, its scenarios and its notebook."""
    rows = {}
    numbers = {path.stem.partition("_")[2]: path.name for path in root().joinpath("notebooks").glob("*.ipynb")}
    for stem in stems():
        case = argument(stem)
        said_in = ", ".join(dict.fromkeys(one.text for one in case.every_claim().values()))
        counts = len(case.every_claim()), len(case.every_scenario())
        rows[stem] = (case.question, said_in, *counts, numbers.get(stem, ""))
    columns = ["question", "texts", "claims", "scenarios", "notebook"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("argument")


def _injected_names():
    """Names that papermill injected into this notebook: it only warns about those nobody reads."""
    if "IPython" not in sys.modules:
        return []
    shell = sys.modules["IPython"].get_ipython()
    cells = shell.user_ns.get("In", ()) if shell else ()
    return [
        target.id
        for cell in cells
        if cell.startswith("# Parameters\n")
        for statement in ast.parse(cell).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]


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
        return words.word(f"argument.{self.stem}", self.language, self.model.__doc__.strip().splitlines()[0])

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
        return {key: one for key, one in claims().items() if any(s.argument == self.stem for s in one.says)}

    def every_claim(self):
        """Claims that say something about this argument, by id."""
        return self._every_claim

    def claims(self, *ids):
        """What the texts say: claim by speaker, voice and hedge, with what the fact check found.

        Without ids the claims that this argument tests; an id may be any claim's.
        """
        every = claims() if ids else self.every_claim()
        rows = {
            one.id: (
                one.paraphrase.get(self.language, one.paraphrase["en"]), one.speaker, one.voice, one.hedge, one.passage,
                _checked(one),
            )
            for one in (every[known(key, every, "claim", self.stem)] for key in ids or every)
        }
        columns = ["says", "speaker", "voice", "hedge", "where", "fact check"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("claim")

    def scenarios(self):
        """The scenarios: who stands behind each, what it changes, and why."""
        rows = {
            s.name: (s.title, s.who, s.role, ", ".join(f"{k} = {digits(v)}" for k, v in s.changes.items()), s.why)
            for s in self.every_scenario()
        }
        columns = ["title", "who", "role", "changes", "why"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("scenario")

    @property
    def chosen(self):
        """Names of the inputs that the scenario or the reader sets."""
        return {*self.scenario.changes, *self.overrides}

    @cached_property
    def _told_ends(self):
        return _at_ends(self.model, self.model.Parameters())

    def movers(self, headline, told=False):
        """Names of the inputs of which a bound or an option moves a headline: from the case, or as told."""
        names, still, moved = self._told_ends if told else _at_ends(self.model, self.parameters)
        value = float(getattr(still, headline))
        found = {}
        for name, solved in zip(names, moved, strict=True):
            ends = np.atleast_1d(getattr(solved, headline))
            found[name] = found.get(name, False) or not np.array_equal(ends, np.full_like(ends, value), equal_nan=True)
        return [name for name in quantities.specs(self.parameters) if found.get(name)]

    def basis(self, name):
        """(basis, source) of a parameter's value here: field, scenario or the reader's override."""
        if name in self.overrides:
            return "reader", "override"
        if name in self.scenario.changes:
            return self.scenario.basis[name], self.scenario.sources[name]
        spec = quantities.specs(self.model.Parameters)[name]
        return spec.basis, spec.source

    def table(self, *names):
        """Assumptions: value, unit, basis and source of each input, and its range in the evidence."""
        fields = quantities.specs(self.model.Parameters)
        rows = {}
        for name in names or fields:
            spec = fields[known(name, fields, "parameter", self.stem)]
            span = " – ".join(map(digits, spec.evidence)) if spec.evidence else ""
            label = words.word(f"{self.stem}.{name}", self.language, spec.label)
            unit = words.word(f"unit.{spec.unit}", self.language, spec.unit)
            rows[name] = (label, getattr(self.parameters, name), unit, *self.basis(name), span)
        columns = ["assumption", "value", "unit", "basis", "source", "evidence: low – central – high"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")

    def assumed_share(self):
        """Share of the inputs (1) that nobody measured and no text states: assumed or the reader's own."""
        bases = [self.basis(name)[0] for name in quantities.specs(self.model.Parameters)]
        return sum(basis in ("assumed", "reader") for basis in bases) / len(bases)

    def solve(self, **changes):
        """The model's Headlines, with some inputs changed; changes may be arrays."""
        return self.model.solve(quantities.replace(self.parameters, **changes) if changes else self.parameters)

    def headlines(self, *names, **changes):
        """Headlines as a table: label, value, unit, and, if one of them is no number, why."""
        fields, solved = quantities.specs(self.model.Headlines), quantities.values(self.solve(**changes))
        rows = {}
        for name in names or fields:
            spec = fields[known(name, fields, "headline", self.stem)]
            label = words.word(f"{self.stem}.{name}", self.language, spec.label)
            unit = words.word(f"unit.{spec.unit}", self.language, spec.unit)
            rows[name] = (label, float(solved[name]), unit, self.why_undefined(name, solved[name]))
        columns = ["headline", "value", "unit", "why no number"]
        table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")
        return table if table["why no number"].any() else table.drop(columns="why no number")

    def why_undefined(self, headline, value):
        """Why one value of a headline is no number, in the case's language; empty where it is one."""
        spec = quantities.specs(self.model.Headlines)[headline]
        why = quantities.why_undefined(spec, value)
        return words.word(f"{self.stem}.{headline}.undefined", self.language, why) if why else ""

    def sweep(self, *headlines, points=201, across=None, **grids):
        """Headlines over one input or two. A grid is an array, or None for the field's whole range.

        One input: a Series (or one column per headline; with `across`, per option of that choice).
        Two inputs and one headline: a frame with the first input in the index, the second in the columns.
        """
        fields = quantities.specs(self.model.Parameters)
        for name in headlines:
            known(name, quantities.specs(self.model.Headlines), "headline", self.stem)
        values = {}
        for name, grid in grids.items():
            known(name, fields, "parameter", self.stem)
            values[name] = quantities.grid(fields[name], points) if grid is None else np.asarray(grid)
        if len(values) == 2 and len(headlines) == 1:
            (row, rows), (column, columns) = values.items()
            solved = self.solve(**{row: rows[:, None], column: columns[None, :]})
            array = np.broadcast_to(getattr(solved, headlines[0]), (len(rows), len(columns)))
            return pd.DataFrame(array, index=pd.Index(rows, name=row), columns=pd.Index(columns, name=column))
        if len(values) != 1 or not headlines:
            raise ContentError("sweep takes headlines and one input, or one headline and two inputs")
        ((name, grid),) = values.items()
        if across:
            options = fields[known(across, fields, "parameter", self.stem)].options
            every = {option: getattr(self.solve(**values, **{across: option}), headlines[0]) for option in options}
            columns = {option: np.broadcast_to(column, grid.shape) for option, column in every.items()}
            return pd.DataFrame(columns, index=pd.Index(grid, name=name))
        solved = self.solve(**values)
        frame = pd.DataFrame(
            {headline: np.broadcast_to(getattr(solved, headline), grid.shape) for headline in headlines},
            index=pd.Index(grid, name=name),
        )
        return frame[headlines[0]] if len(headlines) == 1 else frame

    def draw(self, n=10_000, seed=1):
        """`n` draws of the inputs over their evidence, and the headlines of each: one row a draw."""
        drawn = quantities.draw(self.model.Parameters, n, seed)
        solved = quantities.values(self.solve(**drawn))
        return pd.DataFrame({**drawn, **{name: np.broadcast_to(value, n) for name, value in solved.items()}})

    def compare(self, *headlines, across="scenario"):
        """Headlines side by side: one row per scenario, or per option of a choice such as `model`."""
        fields = quantities.specs(self.model.Headlines)
        for name in headlines:
            known(name, fields, "headline", self.stem)
        if across == "scenario":
            cases = self.cases()
        else:
            inputs = quantities.specs(self.model.Parameters)
            options = inputs[known(across, inputs, "parameter", self.stem)].options
            cases = {option: quantities.replace(self.parameters, **{across: option}) for option in options}
        rows = {
            name: {key: float(getattr(solved, key)) for key in headlines or fields}
            for name, solved in ((name, self.model.solve(p)) for name, p in cases.items())
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(across)

    def verdict(self, claim, draws=verdicts.DRAWS, seed=1):
        """The computed Verdict of one claim; see verdict.py for what each part means."""
        every = self.every_claim()
        return verdicts.verdict(self, every[known(claim, every, "claim", self.stem)], draws, seed)

    def tests(self, claim):
        """What would count: for each reading of a claim, the number that is judged and what is asked of it."""
        every = self.every_claim()
        rows = [
            (says.reading or "", verdicts.target_spec(self, says).label, verdicts.asked(says))
            for says in verdicts.tests_of(self, every[known(claim, every, "claim", self.stem)])
        ]
        return pd.DataFrame(rows, columns=["reading", "number", "asked"]).set_index("reading")

    def verdicts(self):
        """Every claim here, in this scenario: the number, what is asked of it, and the verdict."""
        rows = []
        for one in self.every_claim().values():
            for says in one.says:
                if says.argument == self.stem:
                    parameters = verdicts.read_as(says, self.parameters)
                    error = verdicts.standard_error(self, says, parameters)
                    word, value, _, _ = verdicts.judge(says, verdicts.target_value(self, says, parameters), error)
                    if verdicts.own_figure(self, one.text, says) and value == verdicts.as_told(self, says):
                        word = verdicts.WORDS[None]
                    label = verdicts.target_spec(self, says).label
                    mechanism = says.mechanism or one.mechanism
                    rows.append((one.id, mechanism, says.reading or "", label, value, verdicts.asked(says), word))
        columns = ["claim", "mechanism", "reading", "what is judged", "value", "asked", "verdict"]
        return pd.DataFrame(rows, columns=columns).set_index("claim")

    def mechanisms(self):
        """Each mechanism of the argument: what a claim asks of a number, and in which scenarios it gets it."""
        rows = []
        for one in self.every_claim().values():
            table = verdicts.in_scenarios(self, one)
            table = table[~verdicts.same_as_told(table)]
            for says in verdicts.tests_of(self, one):
                mine = table[table["reading"] == (says.reading or says.target)].set_index("scenario")["verdict"]
                first = {word: [name for name, found in mine.items() if found == word] for word in ("holds", "fails")}
                shown = [_some(names) for names in first.values()]
                label, found = verdicts.target_spec(self, says).label, one.check["verdict"] if one.check else ""
                mechanism, short = says.mechanism or one.mechanism, one.short["en"]
                rows.append((mechanism, short, says.reading or "", label, *shown, found))
        columns = ["mechanism", "claim", "reading", "number", "holds in", "fails in", "fact check"]
        return pd.DataFrame(rows, columns=columns).sort_values("mechanism", kind="stable").set_index("mechanism")

    def swing(self, headline):
        """A headline with each measured input that the scenario leaves open at the ends of its evidence, all
        else as set: widest first.
        """
        known(headline, quantities.specs(self.model.Headlines), "headline", self.stem)
        rows = {}
        for name, spec in quantities.specs(self.model.Parameters).items():
            if spec.evidence and name not in self.chosen:
                ends = [float(getattr(self.solve(**{name: spec.evidence[k]}), headline)) for k in (0, 2)]
                if ends[0] != ends[1]:
                    rows[name] = (spec.label, spec.evidence[0], spec.evidence[2], *ends)
        columns = ["input", "low", "high", "headline at low", "headline at high"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")
        width = (frame["headline at high"] - frame["headline at low"]).abs()
        return frame.loc[width.sort_values(ascending=False, kind="stable").index]

    def sources(self):
        """Every source behind this case: citation, how far the kit followed it, and who gains."""
        keys = {key for name in quantities.specs(self.model.Parameters) for key in split_keys(self.basis(name)[1])}
        for spec in quantities.specs(self.model.Parameters).values():
            keys |= set(split_keys(spec.evidence_source))
        for one in self.every_claim().values():
            keys |= set(split_keys((one.check or {}).get("source"))) | {one.text}
        every = sources()
        cited = [every[key] for key in sorted(keys & set(every))]
        rows = {one.key: (one.citation, one.seen, one.interest or "") for one in cited}
        columns = ["citation", "seen", "interest"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("source")

    def region(self, claim, x, y, reading=None, points=101):
        """Where a claim holds over two inputs: signed distance to its limit, at least 0 where it holds."""
        every = self.every_claim()
        tests = [s for s in every[known(claim, every, "claim", self.stem)].says if s.argument == self.stem]
        says = next((s for s in tests if reading in (None, s.reading)), None)
        if says is None:
            raise ContentError(f"claim {claim}: no reading {reading!r}; {nearest(reading, [s.reading for s in tests])}")
        return verdicts.region(self, says, x, y, points)

    def say(self, template, **more):
        """A paragraph with the case's numbers in it: "{tool_speedup} on part gives {overall_speedup}".

        Names are parameters, headlines, or keywords given here; each is shown with its unit. An
        unknown name is an error, so that a sentence cannot outlive the number it speaks of.
        """
        texts = {}
        for source in (self.parameters, self.solve()):
            fields = quantities.specs(source)
            for name, value in quantities.values(source).items():
                texts[name] = value if isinstance(value, str) else quantity(float(value), fields[name].unit)
                if source is not self.parameters and (why := self.why_undefined(name, value)):
                    texts[name] += f" ({why})"
        texts |= {name: value if isinstance(value, str) else digits(value) for name, value in more.items()}
        try:
            return Prose(template.format_map(texts))
        except KeyError as error:
            raise ContentError(f"say: no value {error.args[0]!r}; {nearest(error.args[0], texts)}") from None

    def explore(self, *names, x=None, headline=None):
        """A living figure with sliders for some inputs; see controls.explore."""
        from .controls import explore

        return explore(self, *names, x=x, headline=headline)

    def exercise(self, key, answer=None):
        """One exercise: prompt, hints, feedback on an answer, and the folded solution."""
        return exercises.ask(self, key, answer)

    def predict(self, key, value=None):
        """Keep a prediction for later."""
        return exercises.predict(self, key, value)

    def reveal(self, key):
        """The stored prediction beside the model's answer."""
        return exercises.reveal(self, key)

    def log_scaled(self, name):
        """Whether a parameter's own scale is logarithmic."""
        return quantities.specs(self.model.Parameters)[name].scale == "log"

    def label(self, name):
        """The axis label of a parameter or headline: what it is and its unit."""
        fields = {**quantities.specs(self.model.Parameters), **quantities.specs(self.model.Headlines)}
        spec = fields[known(name, fields, "parameter or headline", self.stem)]
        label = words.word(f"{self.stem}.{name}", self.language, spec.label)
        unit = words.word(f"unit.{spec.unit}", self.language, spec.unit)
        return f"{label} ({unit})" if unit else label


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


def _some(names):
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return names[0] + more if names else "none"


def _checked(claim):
    if not claim.check:
        return ""
    value = f": {claim.check['value']}" if claim.check.get("value") else ""
    return f"{claim.check['verdict']}{value} ({claim.check['source']}, {claim.check['date']})"
