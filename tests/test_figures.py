"""Figures: alt text is required, and the digest follows the plotted data."""

import io
import warnings

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from workedarguments.ground.errors import ContentError
from workedarguments.showing import figures

ALT = "Bars that go down step by step from ten to a little over one"
STEPS = pd.Series({"commits": 2.8, "projects": 1.5, "releases": 1.3})


def stairs(steps=STEPS, **more):
    return figures.staircase(steps, **{"title": "Down", "alt": ALT, "caption": "Source: made up", **more})


def every_figure(case):
    values = case.compare("overall_speedup")["overall_speedup"]
    yield stairs(promised=("promised", 10.0))
    yield figures.lines(case.sweep("overall_speedup", hard_share=None), of=case, title="t", alt=ALT, reference=(2, "two"),
                        marks=[(0.5, 1.8, "here")])
    yield figures.lines(case.sweep("overall_speedup", tool_speedup=None, across="model"), of=case, y="overall_speedup",
                        title="t", alt=ALT)
    yield figures.dots(values, title="t", alt=ALT, caption="c", label="l", low=values * 0.9, high=values * 1.1,
                       groups={"as_told": "speaker"}, reference=(2, "two"))
    yield figures.history(pd.DataFrame({"a": [0.1, 0.5, 1.0], "b": [0.1, 0.2, 0.3]}, index=[2000, 2004, 2008]),
                          counted=pd.Series([0.12], index=[2001]), band=(2001, 2005, "then"), title="t", alt=ALT,
                          caption="c", x_label="year", y_label="share")
    yield figures.balance(pd.Series({"owners": -0.7, "users": 0.9}), total=("all", 0.2), title="t", alt=ALT,
                          caption="c", label="dollars")
    yield figures.shares(pd.Series({"a": 0.2, "b": 0.9}), title="t", alt=ALT, caption="c", label="l")
    yield figures.tornado(case.swing("overall_speedup"), told=case.solve().overall_speedup, title="t", alt=ALT,
                          caption="c", label="l")
    yield figures.holds_map(case.region("casado.tenx-to-2x", "tool_speedup", "hard_share"), of=case, title="t", alt=ALT)
    pair = case.sweep("overall_speedup", "release_speedup", hard_share=None)
    yield figures.crossings({"one": pair, "two": 3 - pair}, of=case, names=("a", "b"), title="t", alt=ALT, y="y")


@pytest.mark.parametrize("alt", ["", "A chart", "Down", "Source: made up"])
def test_a_figure_without_alt_text_is_refused(alt):
    with pytest.raises(ContentError, match="alt must say"):
        stairs(alt=alt)


def test_the_digest_follows_the_data_and_not_the_words():
    assert stairs().digest == stairs(title="Another").digest
    assert stairs(STEPS * 1.01).digest != stairs().digest
    assert stairs(STEPS[::-1]).digest != stairs().digest


def test_every_figure_has_a_picture_alt_text_and_a_digest(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in every_figure(case):
            bundle, metadata = figure._repr_mimebundle_()
            picture = Image.open(io.BytesIO(bundle["image/png"]))
            assert picture.width == metadata["image/png"]["width"] * figures.DPI / figures.SHOWN
            assert metadata["image/png"]["alt"] == ALT
            assert ALT in bundle["text/plain"]
            assert "code" in figure.digest
            assert len(bundle["image/png"]) < 60 * 1024
            assert "Software" not in picture.info


def test_every_figures_digest_notices_other_data(case):
    import workedarguments as wa

    other = wa.argument("ten_to_two", "agents_learn", {"hard_share": 0.3})
    for one, two in zip(list(every_figure(case))[1:4:2], list(every_figure(other))[1:4:2], strict=True):
        assert one.digest != two.digest


def test_drawing_twice_gives_the_same_bytes(case):
    assert [f.png for f in every_figure(case)] == [f.png for f in every_figure(case)]


def test_nothing_touches_the_edge_of_the_picture(case):
    for figure in every_figure(case):
        pixels = np.asarray(Image.open(io.BytesIO(figure.png)).convert("L"))
        border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert (border > 250).all(), figure.caption


def test_a_constant_and_an_infinite_curve_can_be_drawn(case):
    for headline in ("tool_speedup_for_twofold", "chore_speedup_for_twofold"):
        figures.lines(case.sweep(headline, hard_share=None), of=case, title="t", alt=ALT)


def test_a_bar_of_an_input_told_outside_its_evidence_stops_short_of_the_line():
    swing = pd.DataFrame({"input": ["in", "out"], "low": [1, 2], "high": [3, 4], "headline at low": [1.0, 5.0],
                          "headline at high": [3.0, 6.0]})  # fmt: skip
    drawn = figures.tornado(swing, told=2.0, title="t", alt=ALT, caption="c", label="l")
    assert "3 bar" in drawn.digest  # two parts about the line, and one piece beside it
