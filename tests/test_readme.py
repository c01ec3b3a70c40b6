"""README's picture is the one that the library draws, and its table names what there is."""

import re

import workedarguments as wa
from workedarguments.ground.files import root

README = root().joinpath("README.md").read_text(encoding="utf-8")


def staircase():
    """The figure of the first argument, from the same rows as in its notebook."""
    steps = wa.evidence("studies").loc[["A12-commits", "A12-projects", "A12-releases"], "value"]
    steps.index = ["commits", "projects", "releases"]
    return wa.figures.staircase(
        steps,
        promised=("promised", wa.argument("ten_to_two").parameters.tool_speedup),
        y_label="times as many as before",
        title="The gain shrinks on its way to the user",
        alt="Four bars going down: ten times promised, then measured commits, projects and releases, each lower",
        caption="Measured: Demirer, Musolff and Yang 2026 (demirer-2026). The promised ten is the host's question, not a measurement.",
    )


def test_the_picture_is_current():
    assert root().joinpath(".github/images/staircase.png").read_bytes() == staircase().png


def test_links_to_files_resolve():
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert root().joinpath(link).exists(), link


def test_licence_and_citation_are_named_because_they_do_not_lie_at_the_top():
    assert {"lib/LICENSE", "lib/CITATION.cff"} <= set(re.findall(r"\]\(([^)#]+)\)", README))


def test_each_lesson_stands_with_its_own_question():
    rows = re.findall(r"^\| \[\d\d\]\(notebooks/\d\d_(\w+)\.ipynb\) \| ([^|]+) \|", README, re.MULTILINE)
    assert rows
    assert [question for _, question in rows] == [wa.argument(stem).question for stem, _ in rows]
