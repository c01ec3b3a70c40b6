"""Exercises as data: questions whose right and named wrong answers the model computes.

data/exercises/<stem>.yml is a list. An answer is an expression over headlines and inputs, such as
"1 / hard_share", evaluated with the exercise's `set`; each wrong answer has a name and a feedback
of its own. Texts may hold {answer} and names of headlines and inputs.
"""

import ast
import operator
import re
from dataclasses import dataclass

from ..ground import quantities
from ..ground.errors import ContentError, check_choice, check_keys, known, raise_if
from ..ground.files import data
from ..ground.numbers import digits
from ..ground.strict_yaml import load_yaml

KINDS = ("prediction", "choice", "fill-in", "trace", "argument", "transfer")
REQUIRED = ("id", "kind", "title", "minutes", "objective", "prompt", "hints", "solution")
OPTIONAL = ("set", "answer", "tolerance", "options", "wrong", "rubric")
LEAST_WRONG = 3
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def evaluate(expression, names):
    """The value of an arithmetic expression over `names`; ContentError for anything else."""
    def walk(node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        if isinstance(node, ast.Name):
            return names[known(node.id, names, "headline or parameter", f"expression {expression!r}")]
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.left), walk(node.right))
        if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.operand))
        raise ContentError(f"expression {expression!r}: only numbers, names and + - * / ** are allowed")

    try:
        return walk(ast.parse(str(expression), mode="eval").body)
    except (SyntaxError, ZeroDivisionError) as error:
        raise ContentError(f"expression {expression!r}: {error}") from None


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
        text = re.sub(r"\s*(×|x|%|¢|cents?|years?|dollars?)$", "", str(answer).strip().lower())
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
        if right is not None and same(v, right, tolerance):
            raise ContentError(f"the wrong answer {name!r} is right")
    return Exercise(**plain, **texts, hints=hints, right=right, tolerance=tolerance, options=options, wrong=wrong,
                    rubric=tuple(entry.get("rubric") or ()))


def exercise(case, key):
    """One exercise by its id; ContentError with the nearest id if there is none."""
    every = exercises(case)
    return every[known(key, every, "exercise", case.stem)]
