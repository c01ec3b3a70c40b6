"""The verdict engine against cases known in closed form, and against SALib where it is installed."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.ground import quantities
from workedarguments.ground.errors import ContentError
from workedarguments.reasoning import draws, judging, turning
from workedarguments.showing.verdicts import NOT_DRAWN
from workedarguments.texts.claims import Says


def says(is_, value, tolerance=0.0, target="overall_speedup", reading=None):
    return Says("ten_to_two", target, is_, value, tolerance, reading)


@pytest.mark.parametrize(
    ("test", "inside", "outside", "margin"),
    [
        (says("at_most", 2), 1.5, 2.5, 0.5),
        (says("at_least", 2), 2.5, 1.5, 0.5),
        (says("about", 2, 0.25), 2.4, 2.6, 0.1),
        (says("between", (1, 3)), 2.8, 3.2, 0.2),
    ],
)
def test_margin_is_signed_distance_to_the_nearest_limit(test, inside, outside, margin):
    assert test.holds(inside)
    assert not test.holds(outside)
    assert float(test.margin(inside)) == pytest.approx(margin)
    assert float(test.margin(outside)) < 0


def test_a_value_on_the_limit_holds():
    assert says("at_most", 2).holds(2.0)
    assert float(says("at_most", 2).margin(2.0)) == 0


def test_infinity_is_an_answer_and_nan_is_not_computable():
    assert judging.judge(says("at_most", 2), math.inf)[0] == "fails"
    assert judging.judge(says("at_least", 2), math.inf)[0] == "holds"
    assert judging.judge(says("at_most", 2), math.nan)[0] == "not computable"


def test_a_verdict_on_no_number_says_why_and_promises_no_lever():
    sentence = wa.argument("ten_to_two", "metr_2025").verdict("casado.middle-goes", draws=50).sentence
    assert "Not computable. The share of the saved hours" in sentence
    assert "is not computable (on balance no hours are saved); asked is" in sentence
    assert "Not computable, whichever" not in sentence


def test_a_simulated_value_within_two_errors_of_its_limit_decides_nothing():
    test = says("at_least", 2)
    assert judging.judge(test, 2.3, 0.1)[0] == "holds"
    assert judging.judge(test, 1.7, 0.1)[0] == "fails"
    for value in (1.9, 2.1):
        word, shown, limit, distance = judging.judge(test, value, 0.1)
        assert (word, shown, limit) == ("not computable", value, 2)
        assert distance == pytest.approx(value - 2)
    assert judging.judge(test, 2.0)[0] == "holds"


def test_only_a_simulated_headline_has_a_standard_error(case):
    assert judging.standard_error(case, says("at_most", 2), case.parameters) == 0
    other = wa.argument("bottoms_up_velocity")
    lead = Says("bottoms_up_velocity", "local_lead", "at_least", 0.0)
    assert judging.standard_error(other, lead, other.parameters) == float(other.solve().local_error) > 0


def test_where_no_input_that_moves_the_number_is_drawn_the_verdict_says_so():
    other = wa.argument("bottoms_up_velocity")
    found = other.verdict("openai.cannot-align", draws=50)
    assert found.to_dict()["evidence"][0]["n"] == 0
    assert NOT_DRAWN in repr(found)
    assert NOT_DRAWN in found._repr_html_()
    assert "share of the assumptions tried" not in repr(found)
    drawn = other.verdict("openai.few-have-the-people", draws=50)
    assert set(drawn.evidence["n"]) == {50}
    assert NOT_DRAWN not in repr(drawn)


def test_nearest_flip_is_where_amdahl_gives_two(case):
    flips = turning.nearest_flips(case, says("at_most", 2), case.parameters)
    assert flips["hard_share"] == pytest.approx(4 / 9, abs=1e-6)
    assert flips["tool_speedup"] is None
    chores = wa.argument("ten_to_two", "chores_ninety")
    flips = turning.nearest_flips(chores, says("at_most", 2), chores.parameters)
    assert flips["tool_speedup"] == pytest.approx(2.25, abs=1e-5)


def test_a_verdict_over_a_count_turns_between_two_whole_numbers():
    class Parameters(quantities.Quantities):
        people: int = quantities.count(3, label="People", high=9, basis="assumed", source="own")

    class Headlines(quantities.Quantities):
        work: float = quantities.number(label="Work")

    model = SimpleNamespace(Parameters=Parameters, Headlines=Headlines, solve=lambda p: Headlines(work=2.0 * p.people))
    counted, test = SimpleNamespace(stem="counted", model=model), Says("counted", "work", "at_least", 9, 0.0, None)
    assert turning.turning_points(counted, test, Parameters()) == {"people": [4.5]}


def test_a_flip_turns_the_verdict(case):
    test = says("at_most", 2)
    for name, at in turning.nearest_flips(case, test, case.parameters).items():
        if at is not None:
            sides = [judging.target_value(case, test, quantities.replace(case.parameters, **{name: at * (1 + e)}))
                     for e in (-1e-4, 1e-4)]
            assert bool(test.holds(sides[0])) != bool(test.holds(sides[1])), name


def test_share_over_the_evidence_is_the_share_of_a_plain_draw(case):
    test = says("at_most", 1.3)
    share, error, _, _ = draws.over_evidence(case, test, case.parameters, 20_000, seed=5)
    drawn = quantities.draw(type(case.parameters), 200_000, seed=99)
    plain = float((case.solve(**drawn).overall_speedup <= 1.3).mean())
    assert share == pytest.approx(plain, abs=4 * error)
    assert error == pytest.approx(math.sqrt(share * (1 - share) / 20_000))


def test_index_of_a_verdict_that_one_input_decides(case):
    # The gap shrinks exactly where the slope is negative.
    base = quantities.replace(case.parameters, strong_skill=10.0)
    test = says("at_most", 1.0, target="gap_change")

    class Fixed:
        stem, model, chosen = case.stem, case.model, ()

    drawn = quantities.draw(type(base), 1000, seed=1)
    assert "skill_slope" in drawn
    share, _, indices, _ = draws.over_evidence(Fixed, test, base, 5_000, seed=1)
    totals = {name: total for name, total, _ in indices}
    assert 0 < share < 1
    assert totals["skill_slope"] == pytest.approx(1, abs=0.25)
    assert set(totals) <= {"skill_slope", "strong_skill"}


def test_a_verdict_that_never_turns_says_so_with_zero_indices(case):
    share, error, indices, _ = draws.over_evidence(case, says("at_most", 1e9), case.parameters, 500, seed=1)
    assert (share, error) == (1.0, 0.0)
    assert all(total == 0 for _, total, _ in indices)


def test_infinite_outcomes_do_not_break_the_indices(case):
    test = says("at_most", 5, target="tool_speedup_for_twofold")
    share, _, indices, _ = draws.over_evidence(case, test, case.parameters, 4000, seed=1)
    assert 0 <= share <= 1
    assert {name: total for name, total, _ in indices}["hard_share"] == pytest.approx(1, abs=0.1) or share == 0


def test_total_indices_agree_with_salib(case):
    salib = pytest.importorskip("SALib", reason="SALib is not installed; it is an oracle for this test only")
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    assert salib
    names = ["hard_share", "tool_speedup"]
    fields = quantities.specs(case.parameters)
    test = says("at_most", 1.2)
    problem = {"num_vars": 2, "names": names, "bounds": [[0, 1]] * 2}
    points = sample.sample(problem, 4096, calc_second_order=False, seed=2)
    drawn = {n: quantities.triangular(points[:, k], *fields[n].evidence, scale=fields[n].scale) for k, n in enumerate(names)}
    held = test.holds(case.solve(**drawn).overall_speedup).astype(float)
    oracle = dict(zip(names, analyze.analyze(problem, held, calc_second_order=False, seed=2)["ST"], strict=True))
    _, _, indices, _ = draws.over_evidence(case, test, case.parameters, 40_000, seed=3)
    for name, total, half_width in indices:
        assert total == pytest.approx(oracle[name], abs=0.03 + half_width)


def test_rivals_that_change_nothing_are_one_row(case):
    assert [label for label, _ in draws.rivals(case, says("at_most", 2, target="skill_ratio"))] == ["all"]
    assert len(draws.rivals(case, says("at_most", 2))) == len(case.model.MODELS)


def test_same_seed_same_verdict(case):
    one, two = (case.verdict("casado.tenx-to-2x", draws=500, seed=4) for _ in range(2))
    assert one.evidence.equals(two.evidence)
    assert not case.verdict("casado.tenx-to-2x", draws=500, seed=5).indices.equals(one.indices)


def test_sentence_opens_with_a_picture_and_names_the_flip(case):
    sentence = case.verdict("casado.releases-not-faster", draws=500).sentence
    assert sentence.startswith("Holds as long as the share of the work that the tool leaves untouched is at least 26 in 100")
    assert "asked is at most 1.5×." in sentence


def test_sentence_follows_the_scenario():
    one = wa.argument("ten_to_two", "chores_ninety").verdict("casado.tenx-to-2x", draws=500).sentence
    assert one.startswith("Deflation: Fails unless")


def test_region_agrees_with_single_verdicts(case):
    region = case.region("casado.tenx-to-2x", "tool_speedup", "hard_share", reading="deflation", points=21)
    for hard in region.index[::5]:
        for tool in region.columns[::5]:
            value = case.solve(hard_share=float(hard), tool_speedup=float(tool)).overall_speedup
            assert (region.loc[hard, tool] >= 0) == (1.5 <= value <= 2.5)


NUMBERS = {"half": 1 / 2, "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4, "three quarters": 3 / 4,
           "a tenth": 1 / 10, "nine tenths": 9 / 10, "none": 0, "all": 1}


def in_numbers(words):
    """The number that words such as "44 in 100", "a third" or "2.67×" mean."""
    words = words.strip().replace("−", "-")
    if words in NUMBERS:
        return NUMBERS[words]
    number = float(words.split()[0].rstrip("×").replace(",", ""))
    return number / 100 if "in 100" in words else number


@pytest.mark.parametrize("scenario", ["as_told", "agents_learn", "kaufman", "chores_ninety"])
def test_the_stretch_that_a_sentence_names_is_the_stretch_in_which_it_is_true(scenario):
    import re

    opened = wa.argument("ten_to_two", scenario)
    labels = {spec.label.lower(): name for name, spec in quantities.specs(opened.parameters).items()}
    for claim in opened.every_claim().values():
        tests = judging.tests_of(opened, claim)
        for says, (_, hangs, _) in zip(tests, opened.verdict(claim.id, draws=200).sentences, strict=True):
            found = re.match(r"(?:Holds as long as|Fails unless) the (.+?) (?:is|were) (at most|at least|between) (.+?)(?: and (.+?))? \(here", hangs)
            if not found:
                continue
            name, spec = labels[found[1].lower()], quantities.specs(opened.parameters)[labels[found[1].lower()]]
            first, last = in_numbers(found[3]), in_numbers(found[4]) if found[4] else None
            low, high = {"at most": (spec.low, first), "at least": (first, spec.high), "between": (first, last)}[found[2]]
            width = high - low
            for at in (low + 0.1 * width, (low + high) / 2, high - 0.1 * width):
                parameters = quantities.replace(judging.read_as(says, opened.parameters), **{name: at})
                assert says.holds(judging.target_value(opened, says, parameters)), (claim.id, hangs, at)
            for at in (low - 0.1 * width, high + 0.1 * width):
                if spec.low < at < spec.high:
                    parameters = quantities.replace(judging.read_as(says, opened.parameters), **{name: at})
                    assert not says.holds(judging.target_value(opened, says, parameters)), (claim.id, hangs, at)


def test_a_texts_own_figure_is_not_judged_against_itself(case):
    made = case.verdict("casado.two-lines", draws=200)
    words = made.scenarios.set_index("scenario")["verdict"]
    assert words["as_told"] == "not computable"
    assert words["routine_product"] == "fails"
    assert made.sentence.startswith("Not computable: the figure is the text's own")
    assert made.evidence["share"].iloc[0] < 0.1


def test_a_readers_overrides_do_not_rewrite_others_figures():
    mine = wa.argument("ten_to_two", overrides={"hard_share": 0.1})
    compared = mine.compare("overall_speedup")["overall_speedup"]
    assert compared["metr_2025"] == pytest.approx(0.842)
    assert compared["yours"] == pytest.approx(1 / 0.19)
    assert "yours" in set(mine.verdict("casado.not-hundredfold", draws=200).scenarios["scenario"])


def test_verdict_as_json_is_strict_and_follows_its_schema(case):
    from workedarguments.ground.numbers import plain

    made = json.loads(json.dumps(plain(case.verdict("casado.tenx-to-2x", draws=500).to_dict()), allow_nan=False))
    assert list(made) == ["schema", "claim", "argument", "says", "sentence", "scenarios", "evidence"]
    assert made["says"][0] == {"argument": "ten_to_two", "headline": "ten_becomes", "is": "about", "value": 2,
                               "tolerance": 0.25, "reading": "deflation", "mechanism": "M50"}
    assert set(made["scenarios"][0]) == {"name", "reading", "verdict", "value", "threshold", "distance"}
    row = made["evidence"][0]
    assert set(row) == {"reading", "model", "n", "seed", "share", "se", "indices", "flips"}
    assert set(next(iter(made["evidence"][4]["indices"].values()))) == {"total", "conf"}
    assert row["flips"]["chore_share"] is None
    assert row["flips"]["hard_share"] == pytest.approx((2 / 3 - 0.1) / 0.9, abs=1e-6)


def test_draws_must_be_a_sensible_number(case):
    for wanted in (0, -1, 2.5, "many", 10**9):
        with pytest.raises(ContentError, match="draws must be"):
            case.verdict("casado.tenx-to-2x", draws=wanted)


def test_no_slope_makes_both_of_the_founders_claims_come_out(case):
    tests = {one.id: one.says[0] for one in case.every_claim().values() if one.text == "kaufman"}
    slopes = np.linspace(-1, 0.5, 3001)
    ratio = case.solve(skill_slope=slopes).skill_ratio
    both = tests["kaufman.super-developers"].holds(ratio) & tests["kaufman.same-starting-line"].holds(ratio)
    assert not both.any()
