"""Exercises as data: questions whose right and named wrong answers the model computes.

data/exercises/<stem>.yml is a list. An answer is an expression over headlines and inputs, such as
"1 / hard_share", evaluated with the exercise's `set`; each wrong answer has a name and a feedback
of its own. Texts may hold {answer} and names of headlines and inputs.
"""

import ast
import html
import math
import operator
import re
from dataclasses import dataclass

from . import quantities
from .content import ContentError, check_choice, check_keys, data, known, load_yaml, raise_if
from .tables import Prose, digits

KINDS = ("prediction", "choice", "fill-in", "trace", "argument", "transfer")
REQUIRED = ("id", "kind", "title", "minutes", "objective", "prompt", "hints", "solution")
OPTIONAL = ("set", "answer", "tolerance", "options", "wrong", "rubric")
LEAST_WRONG = 3
MOST_CHARACTERS, MOST_EXPONENT, MOST_VALUE = 200, 1000, 1e300
ALLOWED = re.compile(r"[\w\s.+\-*/()]*")
ARITHMETIC_ONLY = "only numbers, names and + - * / ** are allowed"
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}
_predictions = {}


def evaluate(expression, names):
    """The value of an arithmetic expression over `names`: a float, or as it is what a name alone stands for.

    Only what comes from a name may be infinite or nan. ContentError for anything but numbers, names and
    + - * / **, for a name of a text in arithmetic, and for what is too long, too large or no real number.
    """
    text = str(expression).strip()
    where = f"expression {text if len(text) <= MOST_CHARACTERS else text[:40] + '...'!r}"

    def walk(node):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return _within(where, node, node.value)
        if isinstance(node, ast.Name):
            return names[known(node.id, names, "headline or parameter", where)]
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return _combined(where, node, number(node.left), number(node.right))
        if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
            return _combined(where, node, number(node.operand))
        raise ContentError(f"{where}: {ARITHMETIC_ONLY}")

    def number(node):
        value = walk(node)
        try:
            # Before any arithmetic: a power of whole numbers may have more digits than fit the memory.
            return float(value if not isinstance(value, str) else "")
        except (TypeError, ValueError, OverflowError):
            raise ContentError(f"{where}: {ast.unparse(node)} is {value!r}, no number to compute with") from None

    try:
        tree = _parsed(where, text)
        return walk(tree) if isinstance(tree, ast.Name) else number(tree)
    except (RecursionError, MemoryError):
        raise ContentError(f"{where}: nested too deeply") from None


def _parsed(where, text):
    """The syntax tree of an expression; ContentError if it is too long, and so too deep, or cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise ContentError(f"{where}: {len(text):,} characters; {MOST_CHARACTERS} at most")
    # Before Python reads it: other brackets, nested, keep its parser busy for long.
    if not ALLOWED.fullmatch(text):
        raise ContentError(f"{where}: {ARITHMETIC_ONLY}")
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ContentError(f"{where}: {error.msg}") from None
    except ValueError as error:
        raise ContentError(f"{where}: {error}") from None


def _combined(where, node, *operands):
    """One operation on floats; ContentError if it gives no real number, or too large a one from finite ones."""
    finite = all(map(math.isfinite, operands))
    if isinstance(node.op, ast.Pow) and finite and abs(operands[1]) > MOST_EXPONENT:
        raise ContentError(f"{where}: {operands[1]:g} as an exponent; {MOST_EXPONENT} at most")
    try:
        value = OPERATORS[type(node.op)](*operands)
    except OverflowError:
        value = math.inf
    except ZeroDivisionError:
        raise ContentError(f"{where}: {ast.unparse(node)} divides by zero") from None
    if isinstance(value, complex) or (math.isnan(value) and not any(map(math.isnan, operands))):
        raise ContentError(f"{where}: {ast.unparse(node)} is no real number")
    return _within(where, node, value) if finite else value


def _within(where, node, value):
    """A number that is not too large; ContentError if it is."""
    if abs(value) > MOST_VALUE:
        raise ContentError(f"{where}: {ast.unparse(node)} is larger than {MOST_VALUE:g}")
    return value


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
        if _same(answer, self.right, self.tolerance):
            return f"Yes. {self.solution}"
        if _is_per_cent(answer, self.right, self.tolerance):
            return "Not yet: per cent for a share. Write 0.25 for 25 in 100."
        slips = [slip for slip in self.wrong if _same(answer, slip[1], self.tolerance)]
        if slips:
            name, _, feedback = min(slips, key=lambda slip: _distance(answer, slip[1]))
            return f"Not yet: {name}. {feedback}"
        return f"Not yet, and not one of the usual slips. Hint: {self.hints[0]}"


@dataclass(frozen=True)
class Asked:
    """An exercise on the page, with the feedback on one answer."""

    exercise: Exercise
    answer: object = None

    def __repr__(self):
        one = self.exercise
        lines = [f"{one.title} ({one.kind}, {one.minutes} minutes)", one.prompt]
        lines += [f"  {key}) {text}" for key, text in (one.options or {}).items()]
        lines += [f"Hint {k}: {hint}" for k, hint in enumerate(one.hints, 1)]
        return "\n".join([*lines, one.feedback(self.answer)])

    def _repr_html_(self):
        one = self.exercise
        options = "".join(f"<li>{html.escape(f'{key}) {text}')}</li>" for key, text in (one.options or {}).items())
        folds = [(f"Hint {k}", hint) for k, hint in enumerate(one.hints, 1)]
        folds.append(("Solution", "\n".join([one.solution, *one.rubric])))
        return (
            f'<div class="exercise"><p><strong>{html.escape(one.title)}</strong> '
            f"({one.kind}, {one.minutes} minutes)</p><p>{html.escape(one.prompt)}</p>"
            f"{f'<ul>{options}</ul>' if options else ''}"
            f"<p><em>{html.escape(one.feedback(self.answer))}</em></p>"
            f"{''.join(_fold(summary, text) for summary, text in folds)}</div>"
        )


@dataclass(frozen=True)
class Folded:
    """A line, and a text that shows when somebody unfolds it."""

    line: str
    summary: str
    text: str

    def __repr__(self):
        return f"{self.line}\n[{self.summary}: {self.text}]"

    def _repr_html_(self):
        return f"<p>{html.escape(self.line)}</p>{_fold(self.summary, self.text)}"


def _fold(summary, text):
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n"))
    return f"<details><summary>{html.escape(summary)}</summary>{body}</details>"


def _same(answer, value, tolerance):
    """Whether two answers are the same: letters without case or bracket, numbers within the tolerance."""
    if isinstance(value, str):
        return str(answer).strip(" ).").lower() == value.strip().lower()
    return abs(_number(answer) - float(value)) <= tolerance * max(1e-9, abs(float(value)))


def _is_per_cent(answer, right, tolerance):
    """Whether a right share was given in per cent."""
    return not isinstance(right, str) and 0 < float(right) < 1 and _same(answer, 100 * float(right), tolerance)


def _distance(answer, value):
    """How far an answer is from a slip: two slips may lie within one tolerance."""
    return 0.0 if isinstance(value, str) else abs(_number(answer) - float(value))


def _number(answer):
    """The number a person meant by 2.25, "2,25", "2.25x" or "30 cents"; ContentError for anything else."""
    try:
        text = re.sub(r"(×|x|%|¢|cents?|years?|dollars?)$", "", str(answer).strip().lower())
        return float(text.replace(",", "."))
    except ValueError:
        raise ContentError(f"answer {answer!r}: must be a number with a point, such as 2.5") from None


def exercises(case):
    """The exercises of an argument by id, answers computed; ContentError lists every broken entry."""
    where, problems, found = f"data/exercises/{case.stem}.yml", [], {}
    for entry in load_yaml(data("exercises", f"{case.stem}.yml")) or []:
        at = f"{where}: {entry.get('id', '?') if isinstance(entry, dict) else entry}"
        wrong = check_keys(at, entry, REQUIRED, OPTIONAL)
        if not wrong:
            wrong += check_choice(at, "kind", entry["kind"], KINDS)
            wrong += quantities.value_problems(case.model.Parameters, entry.get("set") or {}, at)
            if entry["id"] in found:
                wrong.append(f"{at}: id stands twice")
            if "answer" in entry and len(entry.get("wrong") or ()) < LEAST_WRONG:
                wrong.append(f"{at}: needs {LEAST_WRONG} or more named wrong answers")
            if "answer" not in entry and not entry.get("rubric"):
                wrong.append(f"{at}: needs an answer or a rubric")
            for one in entry.get("wrong") or ():
                wrong += check_keys(f"{at}: wrong", one, ("name", "answer", "feedback"))
        if not wrong:
            try:
                found[entry["id"]] = _compute(case, entry)
            except ContentError as error:
                wrong += [f"{at}: {problem}" for problem in error.problems]
        problems += wrong
    raise_if(problems)
    return found


def _compute(case, entry):
    set_here = entry.get("set") or {}
    # From the defaults and not from the case: an answer key must not depend on the scenario on screen.
    parameters = case.model.Parameters(**set_here)
    solved = quantities.values(case.model.solve(parameters))
    names = quantities.values(parameters) | {name: float(value) for name, value in solved.items()}
    options = entry.get("options")

    def value(expression):
        return expression if options else evaluate(expression, names)

    right = value(entry["answer"]) if "answer" in entry else None
    wrong = tuple((one["name"], value(one["answer"]), one["feedback"]) for one in entry.get("wrong") or ())
    shown = {name: v if isinstance(v, str) else digits(v) for name, v in names.items()}
    shown["answer"] = right if isinstance(right, str) else digits(right)
    plain = {key: entry[key] for key in ("id", "kind", "title", "minutes", "objective")}
    try:
        texts = {key: entry[key].format_map(shown) for key in ("prompt", "solution")}
        hints = tuple(hint.format_map(shown) for hint in entry["hints"])
        wrong = tuple((name, v, feedback.format_map(shown)) for name, v, feedback in wrong)
    except KeyError as error:
        raise ContentError(f"text names {error.args[0]!r}, which is no headline or parameter") from None
    tolerance = entry.get("tolerance", 0.02)
    for name, v, _ in wrong:
        if right is not None and _same(v, right, tolerance):
            raise ContentError(f"the wrong answer {name!r} is right")
    return Exercise(**plain, **texts, hints=hints, right=right, tolerance=tolerance, options=options, wrong=wrong,
                    rubric=tuple(entry.get("rubric") or ()))


def exercise(case, key):
    """One exercise by its id; ContentError with the nearest id if there is none."""
    every = exercises(case)
    return every[known(key, every, "exercise", case.stem)]


def ask(case, key, answer=None):
    """An exercise on the page, with feedback on `answer`."""
    return Asked(exercise(case, key), answer)


def predict(case, key, value=None):
    """Keep a prediction until `reveal`, for this session of the notebook only; None forgets it."""
    one = exercise(case, key)
    _predictions.pop((case.stem, key), None)
    if value is None:
        return Prose(f"{one.prompt} No prediction yet: put your number in place of None and run the cell.")
    _predictions[case.stem, key] = _number(value)
    return Prose(f"{one.prompt} Stored: {digits(_number(value))}.")


def reveal(case, key):
    """The stored prediction beside the model's answer, and what may lie between them."""
    one, mine = exercise(case, key), _predictions.get((case.stem, key))
    start = f"The model says {digits(one.right)}. {one.solution}"
    if mine is None:
        return Folded("You have not written down a number yet. Do it first.", "What the model says", start)
    if _same(mine, one.right, one.tolerance):
        return Prose(f"You said {digits(mine)}, and so does the model. {one.solution}")
    slips = [f" A usual slip: {name}. {words}" for name, v, words in one.wrong if _same(mine, v, one.tolerance)]
    return Prose(f"You said {digits(mine)}. {start}{''.join(slips[:1])}")
