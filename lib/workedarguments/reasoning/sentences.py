"""The words of a verdict: what it hangs on, in units that a person can picture, what was judged, and lines below.

Printed limits are rounded towards the side on which the verdict is as the sentence says, so that whoever applies the
printed number finds what the sentence promises. Leaves out: how the words look (showing/verdicts.py).
"""

from dataclasses import dataclass

import numpy as np

from ..ground import quantities
from ..ground.numbers import digits, limit, quantity, rounded
from .judging import (
    WORDS,
    as_told,
    asked,
    judge,
    not_measured,
    own_figure,
    read_as,
    standard_error,
    target_spec,
    target_value,
)
from .moves import joint_move
from .turning import scaled

MOST_DIGITS = 6  # that anybody would read

# Labels that stand in a sentence without an article.
CLAUSES = ("what ", "how ", "whether ", "who ")


@dataclass(frozen=True)
class Words:
    """The words of one test: `name` of the reading, what it `hangs` on, the `fact` that was judged, and labelled
    `lines`, (label, text) pairs.
    """

    name: str
    hangs: str
    fact: str
    lines: tuple = ()

    @property
    def opening(self):
        """What it hangs on, after the name of the reading if there is one."""
        return f"{self.name[0].upper()}{self.name[1:]}: {self.hangs}" if self.name else self.hangs

    @property
    def text(self):
        """All in a row, without the lines."""
        return f"{self.opening} {self.fact}"


def words_of(argument, claim, says, name, turns, rivals):
    """The Words of one test; `turns` are its turning points, {input: values}, and `rivals` what became of each rival
    formula, (word, shares of draws).
    """
    parameters = read_as(says, argument.parameters)
    error = standard_error(argument, says, parameters)
    value = target_value(argument, says, parameters)
    word, value, _, _ = judge(says, value, error)
    spec = target_spec(argument, says)
    own = own_figure(argument, claim.text, says) and value == as_told(argument, says)
    fact = _fact(spec, says, value)
    lines = [] if own else _limit_line(spec, says, value, word)
    if own:
        hangs = f"Not computable: the figure is the text's own{_measured_figure(argument, spec, says)}."
    elif not argument.overrides and argument.scenario.name in not_measured(argument, says):
        hangs = "Not judged: it is about what this study did not measure."
    elif np.isnan(value):
        hangs = "Not computable."
    elif word == WORDS[None]:
        hangs = f"Not computable: {digits(2 * error)}, twice the simulation's standard error, hides it."
    else:
        hangs = hangs_on(argument, says, parameters, turns, word)
        lines += _together(argument, says, parameters)
    lines += _rivals(rivals) if not own else []
    lines += _how_much_measured(argument, says)
    return Words(name, hangs, fact, tuple(lines))


def _amount(value, unit):
    """A number with its unit as it goes with "the share is": none and all in hundredths."""
    return quantity(value, unit, 3 if unit == "share" and value in (0, 1) else None)


def _fact(spec, says, value):
    wanted = asked(says, lambda end: _amount(end, spec.unit))
    why = quantities.why_undefined(spec, value)
    fact = f"{the(spec.label)} is {_amount(value, spec.unit)}{why and f' ({why})'}; asked is {wanted}."
    return fact[0].upper() + fact[1:]


def _measured_figure(argument, spec, says):
    """How the text's own figure stands to what the kit holds of measurements, as the end of a sentence."""
    one = argument.ranges.measured.get(says.target)
    if one is None:
        return ", so only a measurement can speak to it"
    middle = quantity(one.central, spec.unit)
    ends = "" if one.low == one.high else f" ({digits(one.low)} to {digits(one.high)})"
    word = judge(says, one.central)[0]
    return f"; measured of {one.about}: {middle}{ends}, with which it {word}"


def _limit_line(spec, says, value, word):
    """At which limit the verdict would turn, as a labelled line."""
    if not np.isfinite(value) or not value or word == WORDS[None]:
        return []
    holds, low, high = word == WORDS[True], *says.limits()
    upper = abs(high - value) < abs(value - low)
    # The printed limit is one that turns the verdict: rounded away from the side on which it stays as it is.
    towards = (-1 if holds else 1) if upper else (1 if holds else -1)
    if holds:  # on the limit itself it still holds
        value += towards * 1e-9 * abs(value)
    said, number = limit(value, spec.unit, towards)
    if not spec.low <= number <= spec.high:
        return []
    side = "at most" if upper else "at least"
    return [("Limit", f"it {'fails' if holds else 'holds'} if {side} {said} is asked.")]


def hangs_on(argument, says, parameters, turns, word):
    """The sentence of the input that needs the smallest part of its range to turn the verdict `word`; `turns` are the
    turning points, {input: values}.
    """
    fields, ranges = quantities.specs(argument.model.Parameters), argument.movable
    near = {}
    for name, values in turns.items():
        if name in ranges and values:
            field, one, here = fields[name], ranges[name], float(getattr(parameters, name))
            width = scaled(field, one.high) - scaled(field, one.low)
            reach = [v for v in values if min(one.low, here) <= v <= max(one.high, here)]
            if width > 0 and reach:
                near[name] = min(abs(scaled(field, v) - scaled(field, here)) for v in reach) / width
    if not near:
        return f"{word.capitalize()}, whichever one assumption is changed as far as its range goes."
    name = min(near, key=near.get)
    field, here, holds = fields[name], float(getattr(parameters, name)), word == WORDS[True]
    ends = _stretch(field, here, turns[name], holds)

    def true(number):
        return bool(says.holds(target_value(argument, says, quantities.moved(parameters, {name: number}))))

    side = _side(field, here if holds else None, ends, true)
    start, verb = ("Holds as long as", "is") if holds else ("Fails unless", "were")
    fitted = " (implied: chosen to fit)" if argument.basis(name)[0] == "implied" else ""
    return f"{start} {the(field.label)}{fitted} {verb} {side} (here {_amount(here, field.unit)})."


def _side(field, here, ends, true):
    """The stretch between two ends in words, each rounded into it so far that it is `true`, but not past `here`."""
    low, high = ends
    if field.kind == "count":
        low, high = np.ceil(low), np.floor(high)
    words, middle = low == field.low or high == field.high, (low + high) / 2 if here is None else here

    def said(end, towards):
        last = here if words else middle
        for further in (0.0, 0.002, 0.01, 0.05):  # where the limit itself is no longer in it
            text, number = limit(end + towards * further * abs(end), field.unit, towards, last, words)
            if true(number):
                break
        return text

    if low == field.low:
        return f"at most {said(high, -1)}"
    if high == field.high:
        return f"at least {said(low, 1)}"
    return f"between {said(low, 1)} and {said(high, -1)}"


def _stretch(field, here, turns, holds):
    """The ends of the stretch of an input in which a claim holds: around `here`, or the nearest one."""
    edges = [field.low, *turns, field.high]
    inside = next(k for k in range(len(edges) - 1) if edges[k] <= here <= edges[k + 1])
    if holds:
        return edges[inside], edges[inside + 1]
    steps = {
        k: abs(scaled(field, edges[k + 1] if k < inside else edges[k]) - scaled(field, here))
        for k in (inside - 1, inside + 1)
        if 0 <= k < len(edges) - 1
    }
    k = min(steps, key=steps.get)
    return edges[k], edges[k + 1]


def _together(argument, says, parameters):
    """The smallest joint move that turns the verdict, as a labelled line."""
    found = joint_move(argument, says, parameters)
    if found is None:
        return [("Together", "no move of all inputs within their ranges turns it.")]
    fields = quantities.specs(parameters)
    size = limit(100 * found.size, "", 1)[0]
    line = f"all inputs moved by {size} in 100 of their ranges turn it"
    ends = found.pair and printed_move(argument, says, parameters, found.pair)
    if ends:
        steps = [
            f"{the(fields[name].label)} ({_amount(float(getattr(parameters, name)), fields[name].unit)} to {said})"
            for name, (said, _) in ends.items()
        ]
        line += f"; {' and '.join(steps)} alone {'do' if len(steps) > 1 else 'does'}"
    elif found.carriers:
        line += f"; {' and '.join(the(fields[name].label) for name in found.carriers)} carry most of it"
    return [("Together", f"{line}.")]


def printed_move(argument, says, parameters, move):
    """{input: (words, number)} of a move as it is printed, with as few digits as still turn the verdict; None if that
    takes more than MOST_DIGITS, as where the verdict turns only on a narrow ridge.
    """
    fields = quantities.specs(parameters)
    held = bool(says.holds(target_value(argument, says, parameters)))
    here = {name: float(getattr(parameters, name)) for name in move.values}
    for significant in range(2, MOST_DIGITS + 1):
        ends = {}
        for name, value in move.values.items():
            spec, towards = fields[name], 1 if value > here[name] else -1
            if value != here[name]:  # rounded on in the direction of the move, but not out of its bounds
                number = float(np.clip(rounded(value, significant, towards), spec.low, spec.high))
                ends[name] = quantity(number, spec.unit, max(significant, 3)), number
        numbers = {name: number for name, (_, number) in ends.items()}
        if bool(says.holds(target_value(argument, says, quantities.moved(parameters, numbers)))) != held:
            return ends
    return None


def _rivals(rivals):
    """What the rival formulas say where they disagree, as a labelled line."""
    if len(rivals) < 2:
        return []
    words = [word for word, _ in rivals]
    shares = [share for _, mine in rivals for share in mine]
    disagree = len(set(words)) > 1 or (shares and max(shares) - min(shares) > 0.1)
    if not disagree:
        return []
    line = f"by {words.count(WORDS[True])} of {len(words)} it holds as things are set here"
    if shares and max(shares) > min(shares):
        low, high = (digits(100 * share, 2) for share in (min(shares), max(shares)))
        line += f"; over the ranges, in {low} to {high} in 100 of the assumptions tried"
    return [("Rival formulas", f"{line}.")]


def _how_much_measured(argument, says):
    """How many of the inputs behind a number anybody measured, as a labelled line."""
    fields = quantities.specs(argument.model.Parameters)
    names = [says.target] if says.target in fields else argument.movers(says.target)
    names = [name for name in names if fields[name].kind != "choice"]
    if not names:
        return []
    ranges = {name: argument.movable[name] for name in names if name in argument.movable}
    counted = {name for name in names if argument.basis(name)[0] == "measured"}
    counted |= {name for name, one in ranges.items() if one.studies}
    ours = [name for name in ranges if name not in counted]
    if len(names) > 1:
        line = f"{len(counted)} of the {len(names)} inputs behind it"
    else:
        line = "the input behind it" if counted else "not the input behind it"
    ranged = f"; for {len(ours)} there is a range of our own" if ours else ""
    return [("Measured", f"{line}{ranged}.")]


def the(label):
    """A label as it goes on within a sentence, with its article."""
    small = label[0].lower() + label[1:]
    return small if small.startswith(CLAUSES) else f"the {small}"
