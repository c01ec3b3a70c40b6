"""Exercises as data: questions whose right and named wrong answers the model computes.

data/exercises/<stem>.yml is a list. An answer is an expression over headlines and inputs, such as
"1 / hard_share", evaluated with the exercise's `set`; each wrong answer has a name and a feedback
of its own. Texts may hold {answer} and names of headlines and inputs.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..ground import quantities, uses
from ..ground.declared import (
    SHORT,
    Either,
    ListOf,
    MappingOf,
    Name,
    Number,
    OneOf,
    Pattern,
    Place,
    Plain,
    Record,
    Text,
    declare,
    may,
    need,
)
from ..ground.errors import ContentError, known, short
from ..ground.files import Read, data, relative
from ..ground.numbers import digits
from ..ground.strict_yaml import load_entries
from ..ground.templates import filled
from ..models import model
from .expressions import evaluate

KINDS = ("prediction", "choice", "fill-in", "trace", "argument", "transfer")
LEAST_WRONG = 3
EXPRESSION = Either(Number(), Text(SHORT))
ENTRY = Record({
    "id": need(Name("-"), "by which the notebook asks for it"),
    "kind": need(OneOf(KINDS), "what sort of exercise it is"),
    "title": need(Text(SHORT), "a few words"),
    "minutes": need(Number(1, 60, whole=True), "how long a class takes"),
    "objective": need(Number(1, 9, whole=True), "the number of the lesson's objective that it serves"),
    "prompt": need(Text(), "the question"),
    "hints": need(ListOf(Text(), least=1), "one at a time, each a step further"),
    "solution": need(Text(), "the reasoning; {answer} and names of headlines and inputs are filled in"),
    "set": may(MappingOf(Plain(), Name()), "inputs that differ from the defaults"),
    "answer": may(EXPRESSION, "an expression over headlines and inputs, or the letter of an option"),
    "tolerance": may(Number(0, 1), "by which share of it an answer may miss the right one"),
    "options": may(MappingOf(Text(), Pattern("[a-z]", "one small letter")), "what there is to choose from"),
    "wrong": may(ListOf(Record({
        "name": need(Text(SHORT), "the slip in a few words"),
        "answer": need(EXPRESSION, "what somebody who makes it gets"),
        "feedback": need(Text(), "what to tell this person"),
    })), "named wrong answers, three or more"),
    "rubric": may(ListOf(Text(SHORT)), "what an open answer is judged by, a level a line"),
})
FILE = declare("data/exercises/<argument>.yml", "The exercises of an argument.", ListOf(ENTRY))


@dataclass(frozen=True)
class Exercise:
    """One exercise with its answers computed: `right` and the values in `wrong`."""

    id: str
    kind: str
    title: str
    minutes: int
    objective: int
    prompt: str
    hints: tuple
    solution: str
    right: object = None
    tolerance: float = 0.02
    options: dict = None
    wrong: tuple = ()
    rubric: tuple = ()

    def feedback(self, answer):
        """What to tell somebody who gives this answer; why it is wrong before what is right."""
        if answer is None:
            return "No answer yet. In the notebook, put yours in place of None; on a page, write it down before a hint."
        if self.options and str(answer).strip(" ).").lower() not in self.options:
            return f"Choose one of {', '.join(self.options)}."
        if self.right is None:
            return "This one is for discussion: compare yours with the solution and the rubric."
        if same(answer, self.right, self.tolerance):
            return f"Yes. {self.solution}"
        if _is_per_cent(answer, self.right, self.tolerance):
            return "Not yet: per cent for a share. Write 0.25 for 25 in 100."
        slips = [slip for slip in self.wrong if same(answer, slip[1], self.tolerance)]
        if slips:
            name, _, feedback = min(slips, key=lambda slip: _distance(answer, slip[1]))
            return f"Not yet: {name}. {feedback}"
        return f"Not yet, and not one of the usual slips. Hint: {self.hints[0]}"


def same(answer, value, tolerance):
    """Whether two answers are the same: letters without case or bracket, numbers within the tolerance."""
    if isinstance(value, str):
        return str(answer).strip(" ).").lower() == value.strip().lower()
    return abs(number_in(answer) - float(value)) <= tolerance * max(1e-9, abs(float(value)))


def _is_per_cent(answer, right, tolerance):
    """Whether a right share was given in per cent."""
    return not isinstance(right, str) and 0 < float(right) < 1 and same(answer, 100 * float(right), tolerance)


def _distance(answer, value):
    """How far an answer is from a slip: two slips may lie within one tolerance."""
    return 0.0 if isinstance(value, str) else abs(number_in(answer) - float(value))


def number_in(answer):
    """The number a person meant by 2.25, "2,25", "2.25x" or "30 cents"; ContentError for anything else."""
    try:
        text = re.sub(r"(×|x|%|¢|cents?|years?|dollars?)$", "", str(answer).strip().lower())
        return float(text.replace(",", "."))
    except ValueError:
        raise ContentError(f"answer {short(answer)}: must be a number with a point, such as 2.5") from None


def read_exercises(stem):
    """What the exercises of an argument say, answers computed, good and broken: a Read by id."""
    path = data("exercises", f"{stem}.yml")
    return _read(stem, path, path.stat().st_mtime_ns if path.is_file() else None)


@lru_cache(maxsize=64)
def _read(stem, path, _changed):
    found, problems, broken = {}, [], set()
    at = Place(relative(path))
    entries, unread = load_entries(path, FILE.kind)
    if entries is None:
        return Read({}, tuple(unread), unreadable=frozenset([stem]))
    for n, entry in enumerate(entries, 1):
        key = str(entry.get("id") or n) if isinstance(entry, dict) else n
        here = at.inside(key)
        wrong = ENTRY.problems(entry, here) or _entry_problems(stem, entry, here)
        if key in found or key in broken:
            wrong.append(f"{here}: id stands twice")
        if not wrong:
            try:
                found[key] = _compute(stem, entry)
            except ContentError as error:
                wrong += [f"{here}: {problem}" for problem in error.problems]
        problems += wrong
        broken |= {key} if wrong else set()
    return Read(found, tuple(problems), frozenset(broken))


def _entry_problems(stem, entry, at):
    """What takes several keys of an entry, or the model, to see."""
    wrong = quantities.value_problems(model(stem).Parameters, entry.get("set") or {}, str(at.inside("set", entry)))
    if entry.get("answer") is not None and len(entry.get("wrong") or ()) < LEAST_WRONG:
        wrong.append(f"{at}: needs {LEAST_WRONG} or more named wrong answers")
    if entry.get("answer") is None and not entry.get("rubric"):
        wrong.append(f"{at}: needs an answer or a rubric")
    options = entry.get("options")
    if options:
        for one in (entry, *(entry.get("wrong") or ())):
            if one.get("answer") is not None and str(one["answer"]).strip().lower() not in options:
                wrong.append(f"{at}: answer {one['answer']!r} is none of the options {', '.join(options)}")
    return wrong


def exercises(stem):
    """The exercises of an argument by id, answers computed; ContentError lists every broken entry."""
    read = read_exercises(stem)
    if not uses.is_collecting():
        return read.whole()
    return uses.Noted(read.found, uses.by_file(read.problems), lambda _: [_file(stem)])


def _file(stem):
    return f"data/exercises/{stem}.yml"


@uses.kind("exercise", "the exercise {}")
def _today(name):
    stem, _, key = name.partition("/")
    return uses.today(read_exercises(stem), key, lambda _: [_file(stem)])


def _compute(stem, entry):
    set_here = entry.get("set") or {}
    # From the defaults and not from the case: an answer key must not depend on the scenario on screen.
    parameters = model(stem).Parameters(**set_here)
    solved = quantities.values(model(stem).solve(parameters))
    names = quantities.values(parameters) | {name: float(value) for name, value in solved.items()}
    options = entry.get("options")

    def value(expression):
        return expression if options else evaluate(expression, names)

    right = value(entry["answer"]) if entry.get("answer") is not None else None
    wrong = tuple((one["name"], value(one["answer"]), one["feedback"]) for one in entry.get("wrong") or ())
    shown = {name: v if isinstance(v, str) else digits(v) for name, v in names.items()}
    shown["answer"] = right if isinstance(right, str) else digits(right)
    plain = {key: entry[key] for key in ("id", "kind", "title", "minutes", "objective")}
    texts = {key: filled(entry[key], shown) for key in ("prompt", "solution")}
    hints = tuple(filled(hint, shown) for hint in entry["hints"])
    wrong = tuple((name, v, filled(feedback, shown)) for name, v, feedback in wrong)
    tolerance = 0.02 if entry.get("tolerance") is None else entry["tolerance"]
    for name, v, _ in wrong:
        if right is not None and same(v, right, tolerance):
            raise ContentError(f"the wrong answer {name!r} is right")
    return Exercise(**plain, **texts, hints=hints, right=right, tolerance=tolerance, options=options, wrong=wrong,
                    rubric=tuple(entry.get("rubric") or ()))


def exercise(stem, key):
    """One exercise by its id; ContentError with the nearest id if there is none."""
    every = exercises(stem)
    uses.used("exercise", f"{stem}/{key}")
    return every[known(key, every, "exercise", stem)]
