"""A case: an argument with the short names that lessons use, for tables, sentences, sliders and exercises.

    case = open_case("ten_to_two")
    case.solve().overall_speedup
    case.verdict("casado.tenx-to-2x")

Everything labelled is pandas at full precision; `show` rounds. Leaves out: what an argument is, and what
follows from it (reasoning).
"""

import ast
import sys
from dataclasses import dataclass, fields

import pandas as pd

from ..ground import quantities, uses
from ..ground.errors import ContentError, Unread, known, nearest, raise_if, short, whole
from ..ground.escaping import in_markdown
from ..ground.files import root
from ..ground.numbers import digits, quantity
from ..ground.templates import filled
from ..models import stems
from ..reasoning import judging, scenarios, turning
from ..reasoning.argument import MOST_SIDE, Argument, argument
from ..reasoning.verdict import DRAWS, verdict
from ..texts import words
from ..texts.claims import checked, claims
from ..texts.sources import sources, split_keys
from . import exercises
from .tables import Prose
from .verdicts import shown

NOTEBOOK_PARAMETERS = ("scenario", "overrides", "language")


def open_case(stem, scenario=scenarios.AS_TOLD, overrides="", language="en"):
    """The argument `stem` in one scenario, with overrides on top: {name: value} or "a=1, b=2".

    ContentError if any of the four names something that is not there; all problems at once.
    """
    problems = [
        f"parameters cell: no parameter {name!r}; {nearest(name, NOTEBOOK_PARAMETERS)}"
        for name in _injected_names()
        if name not in NOTEBOOK_PARAMETERS
    ]
    try:
        made = argument(stem, scenario, overrides, language)
    except Unread:
        raise
    except ContentError as error:
        problems += error.problems
    raise_if(problems)
    return Case(*(getattr(made, field.name) for field in fields(made)))


def arguments():
    """All arguments: the question, whose claims it takes up, its scenarios and its notebook."""
    rows = {}
    uses.used("arguments")
    numbers = {path.stem.partition("_")[2]: path.name for path in root().joinpath("notebooks").glob("*.ipynb")}
    for stem in stems():
        case = open_case(stem)
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
        if cell.startswith("# Parameters\n") and _is_python(cell)
        for statement in ast.parse(cell).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]


def _is_python(cell):
    try:
        ast.parse(cell)
    except SyntaxError:  # a cell of somebody's own that begins alike and holds a magic
        return False
    return True


@dataclass(frozen=True)
class Case(Argument):
    """An argument in one scenario, as a lesson uses it; made by `open_case`, which checks."""

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

    def scenarios(self, *names, why=True):
        """The scenarios, or those named: who stands behind each, what it changes, and unless `why` is False, why."""
        chosen = [scenarios.scenario(self.stem, name, self.model.Parameters) for name in names]
        rows = {
            s.name: (
                s.title, s.who, s.role, ", ".join(f"{k} = {digits(v)}" for k, v in s.changes.items()),
                *([s.why] if why else []),
            )
            for s in chosen or self.every_scenario()
        }
        columns = ["title", "who", "role", "changes", *(["why"] if why else [])]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("scenario")

    def table(self, *names):
        """Assumptions: value, unit, basis and source of each input, how far it may go, and who says so."""
        fields = quantities.specs(self.model.Parameters)
        rows = {}
        for name in names or fields:
            spec = self.parameter(name)
            one = self.movable.get(name)
            span = f"{digits(one.low)} – {digits(one.high)}, {one.about or 'our own'}" if one else ""
            label = words.word(f"{self.stem}.{name}", self.language, spec.label)
            unit = words.word(f"unit.{spec.unit}", self.language, spec.unit)
            rows[name] = (label, getattr(self.parameters, name), unit, *self.basis(name), span)
        columns = ["assumption", "value", "unit", "basis", "source", "range, and of what"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("name")

    def how_far(self):
        """How far each number among the inputs may go: what was measured, of whom; ranges of our own; and why."""
        rows = []
        for name, spec in quantities.specs(self.model.Parameters).items():
            label = words.word(f"{self.stem}.{name}", self.language, spec.label)
            for one in (self.ranges.measured.get(name), self.ranges.ours.get(name)):
                if one is not None:
                    whose = f"measured: {one.about}" if one.studies else "our own"
                    rows.append((label, one.low, one.high, spec.unit, whose, one.why))
            if name in self.ranges.without:
                rows.append((label, "", "", spec.unit, "none", self.ranges.without[name]))
        columns = ["input", "from", "to", "unit", "whose range", "why"]
        return pd.DataFrame(rows, columns=columns).set_index("input")

    def headlines(self, *names, **changes):
        """Headlines as a table: label, value, unit, and, if one of them is no number, why."""
        fields, solved = quantities.specs(self.model.Headlines), quantities.values(self.solve(**changes))
        rows = {}
        for name in names or fields:
            spec = self.headline(name)
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

    def verdict(self, claim, draws=DRAWS, seed=1):
        """The computed Verdict of one claim; see reasoning/verdict.py for what each part means."""
        return shown(verdict(self, self.claim(claim), draws, seed))

    def tests(self, claim):
        """What would count: for each reading of a claim, the number that is judged and what is asked of it."""
        rows = [
            (says.reading or "", judging.target_spec(self, says).label, judging.asked(says))
            for says in judging.tests_of(self, self.claim(claim))
        ]
        return pd.DataFrame(rows, columns=["reading", "number", "asked"]).set_index("reading")

    def verdicts(self):
        """Every claim here, in this scenario: the number, what is asked of it, and the verdict."""
        rows = []
        for one in self.every_claim().values():
            for says in one.says:
                if says.argument == self.stem:
                    word, value, _, _ = judging.judged(self, one.text, says, self.name)[self.name]
                    label = judging.target_spec(self, says).label
                    mechanism = says.mechanism or one.mechanism
                    rows.append((one.id, mechanism, says.reading or "", label, value, judging.asked(says), word))
        columns = ["claim", "mechanism", "reading", "what is judged", "value", "asked", "verdict"]
        return pd.DataFrame(rows, columns=columns).set_index("claim")

    def mechanisms(self):
        """Each mechanism of the argument: what a claim asks of a number, and in which scenarios it gets it."""
        rows = []
        for one in self.every_claim().values():
            table = judging.in_scenarios(self, one)
            table = table[~judging.same_as_told(table)]
            for says in judging.tests_of(self, one):
                mine = table[table["reading"] == (says.reading or says.target)].set_index("scenario")["verdict"]
                first = {word: [name for name, found in mine.items() if found == word] for word in ("holds", "fails")}
                some = [_some(names) for names in first.values()]
                label, found = judging.target_spec(self, says).label, checked(one)
                mechanism, short = says.mechanism or one.mechanism, one.short["en"]
                rows.append((mechanism, short, says.reading or "", label, *some, found))
        columns = ["mechanism", "claim", "reading", "number", "holds in", "fails in", "fact check"]
        return pd.DataFrame(rows, columns=columns).sort_values("mechanism", kind="stable").set_index("mechanism")

    def sources(self):
        """Every source behind this case: citation, how far the kit followed it, and who gains."""
        keys = {key for name in quantities.specs(self.model.Parameters) for key in split_keys(self.basis(name)[1])}
        keys |= {key for one in self.ranges.measured.values() for key in one.sources}
        for one in self.every_claim().values():
            keys |= set(split_keys((one.check or {}).get("source"))) | {one.text}
        every = sources()
        cited = uses.of_those(every, sorted(keys))
        rows = {one.key: (one.citation, one.seen, one.interest or "") for one in cited}
        columns = ["citation", "seen", "interest"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("source")

    def region(self, claim, x, y, reading=None, points=101):
        """Where a claim holds over two inputs: signed distance to its limit, at least 0 where it holds."""
        tests = judging.tests_of(self, self.claim(claim))
        readings = [says.reading or "" for says in tests]
        whole(points, 2, MOST_SIDE, "points")
        if x == y:
            raise ContentError(f"{self.stem}: region takes two inputs, not {short(x)} twice")
        for name in (x, y):
            if self.parameter(name).kind == "choice":
                raise ContentError(f"{self.stem}: {name} is a choice and has no axis")
        chosen = readings[0] if reading is None else known(reading, readings, "reading", claim)
        return turning.region(self, tests[readings.index(chosen)], x, y, points)

    def say(self, template, **more):
        """A paragraph with the case's numbers in it: "{tool_speedup} on part gives {overall_speedup}".

        Names are parameters, headlines, or keywords given here; each is shown with its unit. An
        unknown name is an error, so that a sentence cannot outlive the number it speaks of. The template is
        Markdown; what is put in is not, and shows as it is.
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
            marked = {name: in_markdown(text) for name, text in texts.items()}
            return Prose(filled(template, texts), filled(template, marked))
        except ContentError as error:
            raise ContentError([problem.replace("text: ", "say: ", 1) for problem in error.problems]) from None

    def explore(self, *names, x=None, headline=None):
        """A living figure with sliders for some inputs; see controls.explore."""
        from .controls import explore  # loads matplotlib and ipywidgets, which not every session needs

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
        return self.parameter(name).scale == "log"

    def label(self, name):
        """The axis label of a parameter or headline: what it is and its unit."""
        fields = {**quantities.specs(self.model.Parameters), **quantities.specs(self.model.Headlines)}
        spec = fields[known(name, fields, "parameter or headline", self.stem)]
        label = words.word(f"{self.stem}.{name}", self.language, spec.label)
        unit = words.word(f"unit.{spec.unit}", self.language, spec.unit)
        return f"{label} ({unit})" if unit else label


def _some(names):
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return names[0] + more if names else "none"


def _checked(claim):
    if not claim.check:
        return ""
    value = f": {claim.check['value']}" if claim.check.get("value") else ""
    return f"{checked(claim)}{value} ({claim.check['source']}, {claim.check['date']})"
