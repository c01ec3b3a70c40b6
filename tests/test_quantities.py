"""Quantities: checks, copies, draws, text overrides."""

import numpy as np
import pytest
from workedarguments.ground.errors import ContentError
from workedarguments.ground.quantities import (
    Quantities,
    choice,
    count,
    draw,
    grid,
    number,
    parse_overrides,
    replace,
    share,
    specs,
    triangular,
    values,
)


class Inputs(Quantities):
    """Inputs of a made-up model."""

    part: float = share(0.5, label="Part", basis="assumed", source="x", evidence=(0.2, 0.5, 0.9))
    speed: float = number(3.0, label="Speed", unit="×", low=1, high=100, scale="log", evidence=(2, 4, 50))
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


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_triangular_quantiles_meet_their_three_points(scale):
    u = np.linspace(0, 1, 100_001)
    drawn = triangular(u, 2, 4, 50, scale=scale)
    assert (drawn[0], drawn[-1]) == pytest.approx((2, 50))
    assert (np.diff(drawn) > 0).all()
    density, edges = np.histogram(np.log(drawn) if scale == "log" else drawn, bins=60)
    top = (edges[density.argmax()] + edges[density.argmax() + 1]) / 2
    assert top == pytest.approx(np.log(4) if scale == "log" else 4, abs=(edges[-1] - edges[0]) / 25)


def test_triangular_without_width_is_a_constant():
    assert (triangular(np.random.default_rng(0).random(5), 3, 3, 3) == 3).all()


def test_draws_stay_in_the_evidence_and_repeat_by_seed():
    one, two = draw(Inputs, 1000, 7), draw(Inputs, 1000, 7)
    assert set(one) == {"part", "speed"}
    assert all(np.array_equal(one[name], two[name]) for name in one)
    assert ((one["speed"] >= 2) & (one["speed"] <= 50)).all()
    assert abs(np.corrcoef(one["part"], one["speed"])[0, 1]) < 0.1


def test_grid_follows_the_fields_scale():
    steps = grid(specs(Inputs)["speed"], 5)
    assert np.allclose(steps[1:] / steps[:-1], steps[1] / steps[0])


def test_grid_and_draws_of_a_count_are_whole():
    class Whole(Quantities):
        people: int = count(3, label="People", high=9, basis="assumed", source="own", evidence=(1, 3, 9))

    assert list(grid(specs(Whole)["people"], 101)) == list(range(10))
    assert set(draw(Whole, 2000, 1)["people"]) == set(range(1, 10))


def test_overrides_as_text_and_as_mapping():
    assert parse_overrides("part=0.3, kind=b") == {"part": 0.3, "kind": "b"} == parse_overrides({"part": 0.3, "kind": "b"})
    assert parse_overrides("") == parse_overrides(None) == {}
