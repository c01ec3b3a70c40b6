"""One edit remakes its own pages: those whose bytes it would change, and few others. On all committed pages."""

import os
import re
import shutil
from pathlib import Path

import pytest
from copies_of_content import content_in
from report_fixture import pages  # noqa: F401 - a fixture
from workedarguments import models
from workedarguments.ground import declared, uses
from workedarguments.ground.files import data, root
from workedarguments.models import stems
from workedarguments.pages import plan as planning
from workedarguments.pages.page import make
from workedarguments.pages.plan import plan, state
from workedarguments.pages.render import _made
from workedarguments.pages.workers import can_fork

pytestmark = pytest.mark.thorough

FEW = 3


@pytest.fixture
def content(tmp_path):
    with content_in(tmp_path / "content") as folder:
        yield folder


def stale(folder):
    """Labels of the pages in a folder that are to be made again, and why: {label: reason}."""
    digests = {}
    states = {page.label: state(folder / page.path, digests) for page in plan()}
    return {label: one.why for label, one in states.items() if one.word != "done"}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text), (path.name, old)
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


def of(stem):
    """Labels of an argument's own pages."""
    return {page.label for page in plan() if page.stem == stem}


def test_nothing_changed_remakes_nothing(content, pages):  # noqa: F811
    assert stale(pages) == {}


@pytest.mark.parametrize("stem", stems())
def test_a_word_in_one_why_remakes_few_pages(stem, content, pages):  # noqa: F811
    for path in sorted(data("scenarios", stem).glob("*.yml"))[::3]:
        before = path.read_text(encoding="utf-8")
        edit(path, r"(?m)^why:\s*(?:>-?\s*)?", r"\g<0>Indeed: " if "why: >" in before else "why: Truly ")
        found = stale(pages)
        path.write_text(before, encoding="utf-8")
        shown_in_its_lesson = len(found) > FEW
        assert found
        assert any(path.stem in label for label in found)
        if shown_in_its_lesson:  # a lesson that shows this very reason on each of its pages
            notebook = next(root().joinpath("notebooks").glob(f"*_{stem}.ipynb")).read_text(encoding="utf-8")
            assert re.search(rf"case\.scenarios\([^)]*{path.stem}", notebook), (path.name, found)


@pytest.mark.parametrize("stem", stems())
def test_a_number_in_one_model_remakes_its_argument(stem, pages, tmp_path, monkeypatch):  # noqa: F811
    for room in ("models", "maths"):
        shutil.copytree(planning.LIBRARY / room, tmp_path / room)
    monkeypatch.setattr(models, "HERE", tmp_path / "models")
    path = tmp_path / "models" / f"{stem}.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nLIMIT = 3\n", encoding="utf-8")
    found = stale(pages)
    assert of(stem) <= set(found)
    # What is of no argument may show one: the first notebook lists them all, and a page has the claims of all.
    assert set(found) - of(stem) <= {page.label for page in plan() if page.kind in ("plain", "across")}
    assert all("model" in why for why in found.values())


def test_mathematics_and_its_data_count_for_the_models_that_use_them(pages, tmp_path, monkeypatch):  # noqa: F811
    for room in ("models", "maths"):
        shutil.copytree(planning.LIBRARY / room, tmp_path / room)
    monkeypatch.setattr(models, "HERE", tmp_path / "models")
    edit(tmp_path / "maths/landscapes.csv", r"\d\n", "9\n")
    assert of("bottoms_up_velocity") <= set(stale(pages))
    assert not of("ten_to_two") & set(stale(pages))


@pytest.mark.parametrize("name", ["showing/fonts/NotoSansCJK-subset.otf", "pages/templates/page.css", "ground/numbers.py",
                                  "texts/fold.txt"])  # fmt: skip
def test_the_library_is_in_all_pages(name, pages, tmp_path, monkeypatch):  # noqa: F811
    shutil.copytree(planning.LIBRARY, tmp_path / "library")
    monkeypatch.setattr(planning, "LIBRARY", tmp_path / "library")
    with (tmp_path / "library" / name).open("ab") as file:
        file.write(b"\n")
    assert len(stale(pages)) == len(plan())
    assert set(stale(pages).values()) == {"changed: the library"}


def test_the_command_and_what_authors_use_is_in_none(pages, tmp_path, monkeypatch):  # noqa: F811
    shutil.copytree(planning.LIBRARY, tmp_path / "library")
    monkeypatch.setattr(planning, "LIBRARY", tmp_path / "library")
    for name in ("__main__.py", "authoring/new.py"):
        (tmp_path / "library" / name).write_text("changed = 1\n", encoding="utf-8")
    assert stale(pages) == {}


def test_one_cell_of_a_notebook_is_in_its_own_pages(content, pages):  # noqa: F811
    edit(content / "notebooks/20_industrial_bubble.ipynb", "Good bubbles and bad ones", "Bubbles, good and bad")
    assert set(stale(pages)) == of("industrial_bubble")


def test_one_source_is_in_pages_that_cite_it(content, pages):  # noqa: F811
    edit(data("sources.yml"), r"(?s)(\nprechelt-1999:\n.*?citation: \"?)", r"\1In short: ")
    found = set(stale(pages))
    assert of("ten_to_two") - {"10_ten_to_two comparison"} <= found
    assert not found & of("planning_horizons")


def test_one_exercise_is_in_its_lesson(content, pages):  # noqa: F811
    edit(data("exercises/ten_to_two.yml"), r"(?s)(id: half-in-no-time.*?prompt: \S*)", r"\1 Well:")
    assert set(stale(pages)) == of("ten_to_two") - {"10_ten_to_two comparison"}


# One character that a page may show, for each kind of file.
EDITS = {
    "data/texts/<text>/text.yml": ("casado", r"(?m)^(question: \"?\w)", r"\1x"),
    "data/texts/<text>/digest.md": ("casado", r"(\n\n\w)", r"\1x"),
    "data/claims/<text>.yml": ("casado", r"(?s)(tenx-to-2x:.*?en: \"?\w)", r"\1x"),
    "data/scenarios/<argument>/<scenario>.yml": ("ten_to_two/kaufman", r"(?m)^(title: \"?\w)", r"\1x"),
    "data/ranges/<argument>.yml": ("ten_to_two", r"1 - \[T02\]", "[T02]"),
    "data/exercises/<argument>.yml": ("ten_to_two", r"(title: \"?\w)", r"\1x"),
    "data/evidence/<series>.yml": ("studies", r"(title: \"?\w)", r"\1x"),
    "data/sources.yml": ("", r"(citation: \"?\w)", r"\1x"),
    "data/relations.yml": ("", r"type: supports", "type: attacks"),
    "data/glossary.yml": ("", r"(note: \"?\w)", r"\1x"),
    "data/words/<language>.yml": ("zh-Hans", r"(?m)(\w\"?)$", r"\1 "),
    "data/cards/<argument>.yml": ("ten_to_two", r"(said: \"?\w)", r"\1x"),
    "data/texts/<text>/silent.yml": ("casado", r"(?m)^link: \[\d+, ", "link: ["),
    "data/anchors/<text>.json": ("casado", r'"n": (\d)', r'"n": 1\1'),
}  # fmt: skip


def _path(kind, which):
    parts = which.split("/")
    for part in re.findall("<[^>]+>", kind):
        kind = kind.replace(part, parts.pop(0), 1)
    return kind


def test_every_kind_of_file_is_tried():
    assert set(EDITS) == {*declared.FILES, "data/texts/<text>/digest.md"}  # prose, of which nothing is declared


@pytest.mark.parametrize("kind", EDITS)
def test_a_page_whose_bytes_would_change_is_stale(kind, content, pages, tmp_path):  # noqa: F811
    tried = [page for page in plan() if page.kind == "comparison" and page.stem == "ten_to_two"]
    tried += [page for page in plan() if page.kind == "text" and page.stem in ("casado", "openai")]
    if can_fork() and os.environ.get("ALL_PAGES"):
        tried += [page for page in plan() if page.name in ("00_start_here", "01_reading_the_texts")]
        tried += [page for page in plan() if page.kind == "scenario" and page.label == "10_ten_to_two as_told"]
    which, old, new = EDITS[kind]
    edit(root() / _path(kind, which), old, new)
    found = stale(pages)
    if len(tried) > FEW:
        assert not [made.message for _, made in _made(tried, tmp_path, os.cpu_count(), 120, None) if made.message]
    else:
        for page in tried:
            make(page, tmp_path)
    for page in tried:
        if _body(pages / page.path) != _body(tmp_path / page.path):
            assert page.label in found, page.label


def _body(path):
    """A page without the line on what it was made from."""
    return re.sub(r'<meta name="worked-uses"[^>]*>', "", Path(path).read_text(encoding="utf-8"))


def test_making_a_page_leaves_no_trace_in_the_next(content, tmp_path):
    page, other = [page for page in plan() if page.kind == "comparison"][:2]
    for one in (page, other, page):
        make(one, tmp_path)
    text = (tmp_path / page.path).read_text(encoding="utf-8")
    assert f"model:{page.stem}=" in text
    assert f"model:{other.stem}=" not in text
    assert not uses.is_collecting()
