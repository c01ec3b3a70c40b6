"""Quantities: checks, copies, text overrides."""

import numpy as np
import pytest
from workedarguments.ground.errors import ContentError
from workedarguments.ground.quantities import (
    Quantities,
    choice,
    count,
    grid,
    number,
    parse_overrides,
    replace,
    share,
    specs,
    values,
)


class Inputs(Quantities):
    """Inputs of a made-up model."""

    part: float = share(0.5, label="Part", basis="assumed", source="x")
    speed: float = number(3.0, label="Speed", unit="×", low=1, high=100, scale="log")
    people: int = count(4, label="People", unit="people", high=9)
    kind: str = choice("a", label="Kind", options=("a", "b"))


class Outcome(Quantities):
    """A result of a made-up model."""

    gain: float = number(label="Gain", unit="×")


def test_inputs_are_checked_and_results_are_not():
    with pytest.raises(ContentError, match="speed must be a number between 1 and 100"):
        Inputs(speed=0.5)
    assert Outcome(gain=-np.inf).gain == -np.inf


def test_everything_is_keyword_only_and_frozen():
    with pytest.raises(TypeError):
        Inputs(0.3)
    with pytest.raises(AttributeError):
        Inputs().part = 0.3


def test_two_sets_are_equal_only_if_they_are_one():
    one = Inputs()
    assert one not in (Inputs(), Inputs(part=0.3))
    assert one in (Inputs(), one)


def test_a_whole_number_must_be_whole():
    assert Inputs(people=5).people == 5
    with pytest.raises(ContentError, match="people must be a whole number between 0 and 9"):
        Inputs(people=2.5)


def test_arrays_are_checked_element_by_element():
    assert replace(Inputs(), part=np.array([0.0, 1.0])).part.shape == (2,)
    with pytest.raises(ContentError, match=r"not values from 0\.5 to 1\.5"):
        replace(Inputs(), part=np.array([0.5, 1.5]))


def test_replace_reports_everything_and_leaves_the_original():
    before = Inputs()
    with pytest.raises(ContentError) as caught:
        replace(before, part=2, sped=1, kind="c")
    assert len(caught.value.problems) == 3
    assert values(before) == values(Inputs())


def test_grid_follows_the_fields_scale():
    steps = grid(specs(Inputs)["speed"], 5)
    assert np.allclose(steps[1:] / steps[:-1], steps[1] / steps[0])


def test_grid_of_a_count_is_whole():
    class Whole(Quantities):
        people: int = count(3, label="People", high=9, basis="assumed", source="own")

    assert list(grid(specs(Whole)["people"], 101)) == list(range(10))


def test_overrides_as_text_and_as_mapping():
    assert parse_overrides("part=0.3, kind=b") == {"part": 0.3, "kind": "b"} == parse_overrides({"part": 0.3, "kind": "b"})
    assert parse_overrides("") == parse_overrides(None) == {}
