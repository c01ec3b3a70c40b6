"""The sentence of a verdict: what it hangs on, in units that a person can picture, and what was judged."""

import numpy as np

from ..ground import quantities
from ..ground.numbers import digits, quantity
from .judging import WORDS, as_told, asked, judge, own_figure, read_as, standard_error, target_spec, target_value
from .turning import scaled


def sentence(argument, claim, says, weights, turns):
    """(what the verdict hangs on, what was judged), in units that a person can picture.

    The input named is the one that decides over the evidence, or the one that needs the smallest part
    of its range to turn the verdict; the range given is the whole stretch in which the word is true.
    """
    fields, parameters = quantities.specs(argument.model.Parameters), read_as(says, argument.parameters)
    error = standard_error(argument, says, parameters)
    word, value, _, _ = judge(says, target_value(argument, says, parameters), error)
    spec = target_spec(argument, says)
    wanted = asked(says, lambda limit: quantity(limit, spec.unit))
    why = quantities.why_undefined(spec, value)
    fact = f"{the(spec.label)} is {quantity(value, spec.unit)}{why and f' ({why})'}; asked is {wanted}."
    fact = fact[0].upper() + fact[1:]
    if own_figure(argument, claim.text, says) and value == as_told(argument, says):
        return "Not computable: the figure is the text's own, so only a measurement can speak to it.", fact
    if np.isnan(value):
        return "Not computable.", fact
    if word == WORDS[None] and error:
        return f"Not computable: {digits(2 * error)}, twice the simulation's standard error, hides it.", fact
    turns = {name: values for name, values in turns.items() if values}
    if word == WORDS[None] or not turns:
        return f"{word.capitalize()}, whichever one assumption is changed within its bounds.", fact

    def order(name):
        field, here = fields[name], float(getattr(parameters, name))
        steps = [abs(scaled(field, v) - scaled(field, here)) for v in turns[name]]
        return -weights.get(name, 0.0), min(steps) / (scaled(field, field.high) - scaled(field, field.low))

    name = min(turns, key=order)
    field, here, holds = fields[name], float(getattr(parameters, name)), word == WORDS[True]
    low, high = _stretch(field, here, turns[name], holds)
    if field.kind == "count":
        low, high = np.ceil(low), np.floor(high)
    ends = (quantity(end, field.unit) for end in (low, high))
    if low == field.low:
        side = f"at most {list(ends)[1]}"
    elif high == field.high:
        side = f"at least {next(ends)}"
    else:
        side = "between {} and {}".format(*ends)
    start, verb = ("Holds as long as", "is") if holds else ("Fails unless", "were")
    return f"{start} {the(field.label)} {verb} {side} (here {quantity(here, field.unit)}).", fact


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


def the(label):
    """A label as it goes on within a sentence, with its article."""
    small = label[0].lower() + label[1:]
    return small if small.startswith("what ") else f"the {small}"
