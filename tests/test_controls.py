"""Sliders without a browser: bounds from the fields, one picture a step, verdicts in words."""

import io

import pytest
import workedarguments as wa
from PIL import Image
from workedarguments.ground import quantities
from workedarguments.ground.errors import ContentError
from workedarguments.ground.numbers import quantity
from workedarguments.showing.controls import LivingFigure


@pytest.fixture
def box(case):
    return case.explore("reading", "model", "hard_share", "tool_speedup")


def part(box, label):
    """The control with a description."""
    return next(child for child in box.children if getattr(child, "description", "") == label)


def labels(case):
    return {name: spec.label for name, spec in quantities.specs(case.parameters).items()}


def test_bounds_are_the_fields_own(case, box):
    share = part(box, labels(case)["hard_share"])
    assert (share.min, share.max, share.value) == (0, 1, 0.5)
    tool = part(box, labels(case)["tool_speedup"])
    assert (tool.base**tool.min, tool.base**tool.max) == pytest.approx((0.5, 100))


def test_a_step_changes_number_and_picture(case, box):
    words, picture = box.children[-2], box.children[-1]
    before = words.value, picture.value
    part(box, labels(case)["hard_share"]).value = 0.25
    assert "3.08×" in words.value
    assert words.value != before[0]
    assert picture.value != before[1]
    assert Image.open(io.BytesIO(picture.value)).size == (640, 360)


def test_the_reading_switch_chooses_the_verdict_shown(case, box):
    assert "holds" in box.children[-2].value
    part(box, labels(case)["reading"]).value = "squeeze"
    assert "fails" in box.children[-2].value


def test_a_preset_loads_a_scenario_and_reset_brings_it_back(case, box):
    preset, reset = box.children[0].children
    preset.value = "chores_ninety"
    share = part(box, labels(case)["hard_share"])
    assert share.value == pytest.approx(0.1)
    share.value = 0.9
    reset.click()
    assert share.value == pytest.approx(0.1)


def test_the_number_shown_is_the_models(case, box):
    part(box, labels(case)["tool_speedup"]).value = 4.0
    solved = wa.argument("ten_to_two", overrides={"tool_speedup": 4.0}).solve()
    assert quantity(solved.ten_becomes, "×") in box.children[-2].value


def test_a_number_that_is_not_there_is_said_to_be_so_and_why():
    alone = wa.argument("ten_to_two", overrides={"hard_share": 1})
    box = alone.explore("tool_speedup", headline="middle_gone")
    assert "</b> (the tool leaves everything untouched or nothing, so no middle stands apart from the rest)<br>" in box.children[-2].value
    assert "from not computable" not in box.children[-2].value


def test_a_slider_that_snaps_keeps_the_scenarios_own_number(case, box):
    words, share = box.children[-2], part(box, labels(case)["hard_share"])
    before = words.value
    share.value = 0.5 + 0.4 * share.step  # what a browser sends back for a value between two steps
    assert words.value == before
    share.value = 0.5 + share.step
    assert words.value != before


def ends(case):
    """Every slider of an argument in a figure of all its inputs: (name, control, its ends as the field has them)."""
    numbers = {name: spec for name, spec in quantities.specs(case.parameters).items() if spec.kind != "choice"}
    box = case.explore(*numbers)
    for (name, spec), control in zip(numbers.items(), box.children[1:-2], strict=True):
        if hasattr(control, "max"):
            yield box, name, control, (spec.low, spec.high)


@pytest.mark.parametrize("stem", wa.stems())
def test_every_slider_reaches_both_ends_and_the_number_shown_is_the_models(stem):
    case, moves, failed = wa.argument(stem), 0, []
    headline = next(iter(quantities.specs(case.model.Headlines)))
    unit = quantities.specs(case.model.Headlines)[headline].unit
    for box, name, control, bounds in ends(case):
        for end, bound in zip((control.min, control.max), bounds, strict=True):
            moves += 1
            try:
                control.value = control.base**end if hasattr(control, "base") else end
            except ContentError as error:
                failed.append(str(error))
            shown = quantity(float(getattr(case.solve(**{name: bound}), headline)), unit)
            if f": {shown}</b>" not in box.children[-2].value:
                failed.append(f"{name} at {bound}: {shown} is not shown")
        box.children[0].children[1].click()  # reset
    assert moves > 20
    assert not failed, "\n".join(failed)


def test_a_curve_below_nothing_stays_inside_the_axes():
    boom = wa.argument("industrial_bubble")
    living = LivingFigure(boom, "net_gain", "wait_years")
    for loss in (0.2, 5.0):
        _, value = living.png(quantities.replace(boom.parameters, crisis_loss=loss, debt_share=1.0))
        assert living.bottom < min(value, living.curve.get_ydata().min())
        assert value < living.top


def test_without_names_every_input_that_moves_the_headline(case):
    assert set(case.movers("program_speedup")) == {"chore_share", "chore_speedup", "new_overhead_share"}


def test_unknown_names_are_refused(case):
    with pytest.raises(ContentError, match="did you mean 'hard_share'"):
        case.explore("hard_shar")
