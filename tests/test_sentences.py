"""Sentences of verdicts do what they say: every printed limit and every printed move is applied."""

import os
import re
from dataclasses import replace

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.ground import quantities
from workedarguments.ground.numbers import FRACTIONS, LARGE, limit
from workedarguments.models import stems
from workedarguments.reasoning import judging
from workedarguments.reasoning.sentences import the, words_of
from workedarguments.reasoning.turning import turning_points

NUMBERS = {word: value for value, word in FRACTIONS.items()}
SIZES = {word: size for size, word in LARGE.items()}
LEVER = re.compile(
    r"(?P<start>Holds as long as|Fails unless) (?P<label>.+?)(?P<fitted> \(implied: chosen to fit\))? (?:is|were) "
    r"(?P<side>at most|at least|between) (?P<first>.+?)(?: and (?P<last>.+?))? \(here (?P<here>.+)\)\."
)
LIMIT = re.compile(r"it (holds|fails) if (at most|at least) (.+) is asked\.")
STEP = re.compile(r"(the .+?|what .+?|how .+?) \(([^()]+?) to ([^()]+?)\)(?: and | alone)")


def number(words):
    """The number that words such as "44 in 100", "a third", "2.67×" or "6.8 trillion dollars" mean."""
    words = words.strip().replace("−", "-")
    if words in NUMBERS:
        return NUMBERS[words]
    value = float(words.split()[0].rstrip("×").replace(",", ""))
    for word, size in SIZES.items():
        value *= size if f" {word}" in words else 1
    return value / 100 if "in 100" in words else value


def every_sentence(stem):
    """(case, claim, test, parameters, Words) of every test in every scenario, or as told and in one other."""
    names = [one.name for one in wa.argument(stem).every_scenario()]
    for name in names if os.environ.get("ALL_SENTENCES") else (names[0], names[-1]):
        case = wa.argument(stem, name)
        for claim in case.every_claim().values():
            for says in judging.tests_of(case, claim):
                parameters = judging.read_as(says, case.parameters)
                turns = turning_points(case, says, parameters)
                yield case, claim, says, parameters, words_of(case, claim, says, "", turns, [])


def holds(case, says, parameters, **changes):
    """Whether a test holds with some inputs changed."""
    return bool(says.holds(judging.target_value(case, says, quantities.replace(parameters, **changes))))


@pytest.mark.parametrize("stem", stems())
def test_every_printed_limit_and_move_does_what_the_sentence_says(stem):
    tried = {"lever": 0, "limit": 0, "move": 0}
    for case, claim, says, parameters, words in every_sentence(stem):
        where = (claim.id, case.scenario.name, words)
        labels = {the(spec.label): name for name, spec in quantities.specs(parameters).items()}
        held = holds(case, says, parameters)
        if found := LEVER.fullmatch(words.hangs):
            tried["lever"] += 1
            name = labels[found["label"]]
            assert bool(found["fitted"]) == (case.basis(name)[0] == "implied"), where
            assert (found["start"] == "Holds as long as") == held, where
            for end in filter(None, (found["first"], found["last"])):
                assert holds(case, says, parameters, **{name: number(end)}), where
            assert _inside_holds(case, says, parameters, name, found), where
            assert _beyond_fails(case, says, parameters, name, found), where
        for label, line in words.lines:
            if label == "Limit":
                tried["limit"] += 1
                word, side, wanted = LIMIT.fullmatch(line).groups()
                other = replace(says, is_=side.replace(" ", "_"), value=number(wanted), tolerance=0.0)
                assert holds(case, other, parameters) == (word == "holds") != held, where
            if label == "Together" and " alone do" in line:
                tried["move"] += 1
                steps = {labels[label]: number(end) for label, _, end in STEP.findall(line.partition("; ")[2])}
                assert steps, where
                assert holds(case, says, parameters, **steps) != held, where
    assert min(tried.values()) > 3, tried


def _inside_holds(case, says, parameters, name, found):
    """Whether a test holds within the whole stretch that a sentence names."""
    spec, first = quantities.specs(parameters)[name], number(found["first"])
    low, high = {"at most": (spec.low, first), "at least": (first, spec.high)}.get(
        found["side"], (first, number(found["last"] or "0"))
    )
    inside = [low + part * (high - low) for part in (0.1, 0.5, 0.9)]
    return spec.kind == "count" or all(holds(case, says, parameters, **{name: at}) for at in inside)


def _beyond_fails(case, says, parameters, name, found):
    """Whether a step past a printed limit, of one in its last digit, leaves the stretch in which the test holds."""
    spec = quantities.specs(parameters)[name]
    sides = {"at most": [(found["first"], 1)], "at least": [(found["first"], -1)],
             "between": [(found["first"], -1), (found["last"], 1)]}  # fmt: skip
    for words, way in sides[found["side"]]:
        end = number(words)
        last = 10.0 ** (np.floor(np.log10(abs(end))) - (1 if spec.unit == "share" else 2)) if end else 2e-6
        step = 1 if spec.kind == "count" else 0.0051 if words in NUMBERS else 1.01 * max(last, 1e-6)
        if spec.low <= end + way * step <= spec.high and holds(case, says, parameters, **{name: end + way * step}):
            return False
    return True


@pytest.mark.parametrize("stem", stems())
def test_every_sentence_is_grammatical(stem):
    for _, claim, _, _, words in every_sentence(stem):
        for text in (words.hangs, words.fact, *(line for _, line in words.lines)):
            assert not re.search(r"\b[Tt]he (how|what|whether|who|the)\b", text), (claim.id, text)
            assert not re.search(r"\bis (all|none)\b", text), (claim.id, text)
            assert not re.search(r"between (a|an|half|two|three|nine) .*in 100", text), (claim.id, text)
            assert text[-1] == ".", text
            assert not re.search(r"  | \.|\bnan\b", text), text


@pytest.mark.parametrize(
    ("value", "unit", "towards", "beyond", "words"),
    [
        (0.8123, "share", 1, None, "82 in 100"),
        (0.8123, "share", -1, None, "81 in 100"),
        (0.248, "share", 1, None, "a quarter"),
        (0.252, "share", 1, None, "26 in 100"),
        (1.2349, "×", 1, None, "1.24×"),
        (1.2349, "×", -1, None, "1.23×"),
        (1.2349, "×", 1, 1.23495, "1.2349×"),
        (-0.05123, "", -1, None, "−0.0513"),
        (6.81e12, "dollars", 1, None, "6.81 trillion dollars"),
        (12_345.0, "dollars", -1, None, "12,300 dollars"),
        (0.0, "years", 1, None, "0 years"),
    ],
)
def test_a_limit_is_rounded_towards_its_side_and_never_past_what_lies_beyond(value, unit, towards, beyond, words):
    said, meant = limit(value, unit, towards, beyond)
    assert said == words
    assert (meant - value) * towards >= 0
    assert number(said) == pytest.approx(meant, rel=1e-12)
    assert beyond is None or (beyond - meant) * towards >= 0


def test_random_limits_mean_what_they_say():
    random = np.random.default_rng(5)
    for value in np.concatenate([random.uniform(0, 1, 300), 10 ** random.uniform(-4, 9, 300)]):
        unit = "share" if value <= 1 else "dollars"
        for towards in (1, -1):
            said, meant = limit(float(value), unit, towards)
            assert (meant - value) * towards >= 0
            assert number(said) == pytest.approx(meant, rel=1e-9), (value, said)
