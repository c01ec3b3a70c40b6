"""What an opened argument gives: sweeps, draws, comparisons, prose, exercises, results."""

import json

import numpy as np
import pandas as pd
import pytest
import workedarguments as wa
from workedarguments.__main__ import main
from workedarguments.ground import quantities
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data
from workedarguments.ground.numbers import digits, quantity
from workedarguments.pages import comparison
from workedarguments.reasoning import exercises, results


def test_scenario_then_overrides():
    case = wa.open("ten_to_two", "metr_2025", "tool_speedup=3")
    assert (case.parameters.hard_share, case.parameters.tool_speedup) == (0, 3)
    assert case.basis("tool_speedup") == ("reader", "override")
    assert case.basis("hard_share") == ("measured", "metr-2025")
    assert case.basis("chore_share") == ("stated", "casado")


def test_sweep_of_one_input_is_labelled(case):
    series = case.sweep("overall_speedup", hard_share=np.array([0.0, 0.5, 1.0]))
    assert isinstance(series, pd.Series)
    assert (series.name, series.index.name) == ("overall_speedup", "hard_share")
    assert series.tolist() == pytest.approx([10, 40 / 22, 1])


def test_sweep_of_two_inputs_is_a_grid(case):
    frame = case.sweep("overall_speedup", hard_share=np.array([0.0, 1.0]), tool_speedup=np.array([2.0, 4.0, 8.0]))
    assert frame.shape == (2, 3)
    assert frame.loc[0.0].tolist() == [2, 4, 8]
    assert frame.loc[1.0].tolist() == [1, 1, 1]


def test_sweep_across_rivals_has_a_column_each(case):
    frame = case.sweep("overall_speedup", tool_speedup=np.array([1.0, 10.0]), across="model")
    assert list(frame) == list(case.model.MODELS)


def test_sweep_and_scenarios_and_single_solves_agree(case):
    for name, value in case.compare("overall_speedup")["overall_speedup"].items():
        assert wa.argument("ten_to_two", name).solve().overall_speedup == pytest.approx(value)


def test_draw_holds_inputs_and_headlines(case):
    drawn = case.draw(50, seed=2)
    row = drawn.iloc[7]
    again = case.solve(hard_share=row["hard_share"], tool_speedup=row["tool_speedup"])
    assert again.overall_speedup == pytest.approx(row["overall_speedup"])


def test_assumed_share_counts_the_readers_own(case):
    more = wa.argument("ten_to_two", overrides={"chore_share": 0.5})
    assert more.assumed_share() > case.assumed_share() > 0


def test_say_binds_and_refuses(case):
    assert "half untouched" in repr(case.say("{hard_share} untouched, {tool_speedup_for_twofold}"))
    assert "out of reach" in repr(case.say("{tool_speedup_for_twofold}"))
    with pytest.raises(ContentError, match="did you mean 'hard_share'"):
        case.say("{hard_shar}")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.5, "share", "half"), (0.4444, "share", "44 in 100"), (1, "share", "all"), (0, "share", "none"), (0.9, "share", "nine tenths"),
     (1.8182, "×", "1.82×"), (np.inf, "×", "∞, out of reach"), (8, "hours", "8 hours"), (1, "hours", "1 hour"),
     (-0.2, "elasticity", "−0.2"), (np.nan, "share", "not computable")],
)
def test_quantities_in_words(value, unit, words):
    assert quantity(value, unit) == words


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (0.057123, "0.0571"), (0.00001234, "0.000012"), (np.nan, "not computable"), (-3.0, "−3"),
                        (True, "yes"), ("as is", "as is"), (None, "")],
)
def test_three_digits(value, text):
    assert digits(value) == text


def test_a_headline_without_a_number_says_why_wherever_it_is_shown(case, capsys):
    why = "the tool leaves everything untouched or nothing, so no middle stands apart from the rest"
    alone = wa.argument("ten_to_two", "metr_2025", {"hard_share": 1})
    assert repr(alone.say("{middle_gone}.")) == f"not computable ({why})."
    table = alone.headlines("hours_saved", "middle_gone")
    assert list(table["why no number"]) == ["", why]
    assert "why no number" not in case.headlines("hours_saved", "tool_speedup_for_twofold")  # infinite is an answer
    main(["solve", "ten_to_two", "--scenario", "metr_2025", "--set", "hard_share=1"])
    assert f"middle_gone: no number, for {why}" in capsys.readouterr().out
    main(["solve", "ten_to_two", "--scenario", "metr_2025", "--set", "hard_share=1", "--json"])
    headlines = json.loads(capsys.readouterr().out)["headlines"]
    assert headlines["middle_gone"]["undefined"] == why
    assert "undefined" not in headlines["hours_saved"]
    rows = {label: reason for label, *_, reason in comparison._headlines(alone)}
    assert rows[quantities.specs(case.model.Headlines)["middle_gone"].label] == why
    poor = wa.argument("industrial_bubble", "pessimistic_reader", language="zh-Hans")
    assert "征收再多也不够" in repr(poor.say("{levy_needed}"))


def test_tables_escape_what_they_show():
    shown = wa.show(pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}), caption="<i>")._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;i&gt;" in shown


def test_prediction_is_kept_until_the_answer(case):
    assert "No prediction yet" in repr(case.predict("half-in-no-time"))
    assert "You said" not in repr(case.reveal("half-in-no-time"))
    case.predict("half-in-no-time", "1,5x")
    told = repr(case.reveal("half-in-no-time"))
    assert told.startswith("You said 1.5. The model says 2.")
    assert "A usual slip: half as much again." in told
    case.predict("half-in-no-time", None)
    assert "You said" not in repr(case.reveal("half-in-no-time"))
    with pytest.raises(ContentError, match="must be a number"):
        case.predict("half-in-no-time", "fast")


def answered():
    """Every exercise of every argument that has an answer."""
    every = [one for stem in wa.stems() for one in exercises.exercises(stem).values()]
    return [one for one in every if one.right is not None]


@pytest.mark.parametrize("one", answered(), ids=lambda one: one.id)
def test_right_answer_and_each_named_wrong_answer_get_their_own_words(one):
    assert one.feedback(one.right).startswith("Yes.")
    said = {one.feedback(value) for _, value, _ in one.wrong}
    assert len(said) == len(one.wrong) >= 3
    assert all(text.startswith("Not yet:") for text in said)
    assert one.feedback(None).startswith("No answer yet")
    if isinstance(one.right, str):
        assert one.feedback("z") == f"Choose one of {', '.join(one.options)}."
        assert one.feedback(f" {one.right.upper()})").startswith("Yes.")
    else:
        assert "not one of the usual slips" in one.feedback(987654.3)
        assert one.feedback(f"{one.right:.6g}x".replace(".", ",")).startswith("Yes.")


def test_answers_do_not_depend_on_the_scenario_on_screen():
    keys = ("enough-for-twofold", "commits-to-releases")
    here, there = (wa.argument("ten_to_two", name) for name in ("as_told", "agents_learn"))
    assert [here.exercise(k).exercise.right for k in keys] == [there.exercise(k).exercise.right for k in keys]


def test_expressions_are_arithmetic_only():
    from workedarguments.reasoning.expressions import evaluate

    assert evaluate("1 / (a + 2 * b) ** 2", {"a": 1, "b": 2}) == pytest.approx(0.04)
    for text in ("__import__('os')", "a.b", "a if b else 1", "[1]", "f(1)", "a b", "1 / 0"):
        with pytest.raises(ContentError):
            evaluate(text, {"a": 1, "b": 0})


def test_results_notice_a_changed_number(tmp_path, monkeypatch):
    path = data("results", "ten_to_two.csv")
    text = path.read_text(encoding="utf-8")
    changed = tmp_path / "changed.csv"
    changed.write_text(text.replace("1.8181818181818181", "1.8181818181818190", 1), encoding="utf-8")
    monkeypatch.setattr(results, "data", lambda *_: changed)
    assert results.differences("ten_to_two") == []
    changed.write_text(text.replace("1.8181818181818181", "1.8191", 1), encoding="utf-8")
    assert "recorded 1.8191 ×, computed 1.818" in results.differences("ten_to_two")[0]
    changed.write_text("\n".join(text.splitlines()[:-1]) + "\n", encoding="utf-8")
    assert "not recorded" in results.differences("ten_to_two")[0]


def test_answers_in_cents_and_per_cent_are_understood():
    boom = wa.argument("industrial_bubble")
    assert "Yes" in repr(boom.exercise("left-of-chips", "8 cents"))
    levy = boom.exercise("levy", None).exercise
    assert "per cent for a share" in levy.feedback(100 * levy.right)
    assert "Yes" in levy.feedback(levy.right)


def test_the_answer_is_folded_away_until_somebody_has_predicted(case):
    case.predict("half-in-no-time", None)
    page = case.reveal("half-in-no-time")._repr_html_()
    assert "<details>" in page
    assert page.index("not written down") < page.index("The model says")


def test_what_a_scenario_sets_is_neither_drawn_nor_swung():
    told, mix = (wa.argument("industrial_bubble", name) for name in ("as_told", "ai_2026_mix"))
    assert "lit_share" in told.swing("idle_share").index
    assert mix.chosen.isdisjoint(mix.swing("idle_share").index)
    decided = set(" + ".join(mix.verdict("bubble.bubble-is-ticket").indices["inputs"]).split(" + "))
    assert decided
    assert decided.isdisjoint(mix.chosen)
