"""Exercises on the page: question, hints, feedback on an answer; predictions kept until they are met."""

from dataclasses import dataclass

from ..ground.escaping import in_html
from ..ground.numbers import digits
from ..reasoning.exercises import Exercise, exercise, number_in, same
from .tables import Prose

_predictions = {}


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
        options = "".join(f"<li>{in_html(f'{key}) {text}')}</li>" for key, text in (one.options or {}).items())
        folds = [(f"Hint {k}", hint) for k, hint in enumerate(one.hints, 1)]
        folds.append(("Solution", "\n".join([one.solution, *one.rubric])))
        return (
            f'<div class="exercise"><p><strong>{in_html(one.title)}</strong> '
            f"{in_html(f'({one.kind}, {one.minutes} minutes)')}</p><p>{in_html(one.prompt)}</p>"
            f"{f'<ul>{options}</ul>' if options else ''}"
            f"<p><em>{in_html(one.feedback(self.answer))}</em></p>"
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
        return f"<p>{in_html(self.line)}</p>{_fold(self.summary, self.text)}"


def _fold(summary, text):
    body = "".join(f"<p>{in_html(part)}</p>" for part in text.split("\n"))
    return f"<details><summary>{in_html(summary)}</summary>{body}</details>"


def ask(case, key, answer=None):
    """An exercise on the page, with feedback on `answer`."""
    return Asked(exercise(case.stem, key), answer)


def predict(case, key, value=None):
    """Keep a prediction until `reveal`, for this session of the notebook only; None forgets it."""
    one = exercise(case.stem, key)
    _predictions.pop((case.stem, key), None)
    if value is None:
        return Prose(f"{one.prompt} No prediction yet: put your number in place of None and run the cell.")
    _predictions[case.stem, key] = number_in(value)
    return Prose(f"{one.prompt} Stored: {digits(number_in(value))}.")


def reveal(case, key):
    """The stored prediction beside the model's answer, and what may lie between them."""
    one, mine = exercise(case.stem, key), _predictions.get((case.stem, key))
    start = f"The model says {digits(one.right)}. {one.solution}"
    if mine is None:
        return Folded("You have not written down a number yet. Do it first.", "What the model says", start)
    if same(mine, one.right, one.tolerance):
        return Prose(f"You said {digits(mine)}, and so does the model. {one.solution}")
    slips = [f" A usual slip: {name}. {words}" for name, v, words in one.wrong if same(mine, v, one.tolerance)]
    return Prose(f"You said {digits(mine)}. {start}{''.join(slips[:1])}")
