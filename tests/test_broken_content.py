"""Broken content costs its own pages: the others are made, and show which file they had to do without."""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from copies_of_content import content_in
from workedarguments.ground.files import data
from workedarguments.models import stems
from workedarguments.pages.index import write_index
from workedarguments.pages.page import make
from workedarguments.pages.plan import notebooks_by_stem, plan, scenario_names
from workedarguments.pages.render import render
from workedarguments.pages.workers import can_fork

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not can_fork(), reason="with a kernel for each page this takes minutes"),
]
MISSPELT = "nonsense_key: 3"


@dataclass(eq=False)
class Run:
    """What a run with broken content has left."""

    status: int
    lines: tuple
    out: Path
    broken: dict  # {what: file}
    next_run: tuple = ()  # its status and lines

    @cache  # noqa: B019 - for as long as the run is looked at
    def page(self, path):
        return BeautifulSoup((self.out / path).read_text(encoding="utf-8"), "html.parser")

    def there(self):
        """The pages that were made or failed."""
        return [page for page in plan() if (self.out / page.path).is_file()]

    def failed(self):
        """Labels of the pages that failed."""
        mark = {"name": "worked-failure"}
        return {page.label for page in self.there() if self.page(page.path).find("meta", attrs=mark)}

    def unread(self, path):
        """The words of each place of a page that says what was not read."""
        return [tag.get_text(" ", strip=True) for tag in self.page(path).find_all(class_="unread")]


def misspell(path, entry=None):
    """Put an unknown key at the head of a file, or of one entry in it."""
    text = path.read_text(encoding="utf-8")
    if entry is None:
        text = f"{MISSPELT}\n{text}"
    else:
        assert re.search(entry, text), path
        text = re.sub(entry, rf"\g<0>  {MISSPELT}\n", text, count=1)
    path.write_text(text, encoding="utf-8")
    return path.relative_to(data().parent).as_posix()


def asked_for(stem, pattern):
    """The first name that a lesson asks for by a pattern of its cells."""
    return re.search(pattern, notebooks_by_stem()[stem].read_text(encoding="utf-8").replace('\\"', '"')).group(1)


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory):
    """In each lesson a scenario, a claim and an exercise are broken, and one text, all at once."""
    with content_in(tmp_path_factory.mktemp("broken")) as folder:
        broken = {"text": misspell(data("texts/career/text.yml"))}
        for stem in stems():
            broken[stem, "scenario"] = misspell(data("scenarios", stem, f"{scenario_names(stem)[-1]}.yml"))
            claim = asked_for(stem, r'case\.verdict\("([^"]+)"\)')
            text, _, slug = claim.partition(".")
            broken[stem, "claim"] = misspell(data("claims", f"{text}.yml"), rf"(?m)^{slug}:\n")
            exercise = asked_for(stem, r'case\.exercise\("([^"]+)"')
            broken[stem, "exercise"] = misspell(data("exercises", f"{stem}.yml"), rf"(?m)^- id: {exercise}\n")
        lines, again = [], []
        # Two pages of each lesson beside the one of the broken scenario, and one text; or all there are.
        every = [name for stem in stems() for name in (*scenario_names(stem)[:2], scenario_names(stem)[-1])]
        names = () if os.environ.get("ALL_PAGES") else dict.fromkeys(every)
        status = render([], names, out=folder / "reports", progress=lines.append)
        status_again = render([], names, out=folder / "reports", progress=again.append)
        for page in plan():
            if page.kind == "text" and names:
                made = make(page, folder / "reports")
                lines.append(f"] {page.label} {'FAILED' if made.message else ''}: {made.message}")
    return Run(status, tuple(lines), folder / "reports", broken, (status_again, again))


def test_only_own_pages_are_red(one_of_each):
    own = {f"{Path(path).parent.name} {Path(path).stem}" for what, path in one_of_each.broken.items() if "scenario" in what}
    assert {re.sub(r"^\d+_", "", label) for label in one_of_each.failed()} == own | {"career text"}
    assert one_of_each.status == 1
    assert sum("FAILED" in line for line in one_of_each.lines) == len(stems()) + 1


@pytest.mark.parametrize("what", ["scenario", "claim", "exercise"])
@pytest.mark.parametrize("stem", stems())
def test_a_lesson_shows_what_it_had_to_do_without(stem, what, one_of_each):
    name, path = notebooks_by_stem()[stem].stem, one_of_each.broken[stem, what]
    for other in scenario_names(stem)[:2]:
        assert any(path in words and "not read" in words for words in one_of_each.unread(f"{name}/{other}.html")), other
        box = one_of_each.page(f"{name}/{other}.html").find(id="not-read").parent.get_text()
        assert path in box
        assert "nonsense_key" in box
    assert path in one_of_each.page("index.html").find(id="not-read").parent.get_text()


@pytest.mark.parametrize("stem", stems())
def test_a_comparison_shows_which_scenario_it_had_to_do_without(stem, one_of_each):
    name = notebooks_by_stem()[stem].stem
    assert any(one_of_each.broken[stem, "scenario"] in words for words in one_of_each.unread(f"{name}/index.html"))


def test_progress_and_message_name_the_file_and_what_is_wrong(one_of_each):
    line = next(line for line in one_of_each.lines if "career text" in line)
    assert "data/texts/career/text.yml line 1" in line
    assert "unknown key 'nonsense_key'" in line
    assert any("without what could not be read" in line for line in one_of_each.lines)


def test_the_next_run_says_it_again_and_makes_only_what_failed(one_of_each):
    status, lines = one_of_each.next_run
    assert status == 1
    assert all(("unchanged" in line) != ("FAILED" in line) for line in lines)
    assert sum("FAILED" in line for line in lines) in (len(stems()), len(stems()) + 1)
    assert any("unchanged, without what could not be read" in line for line in lines)


@pytest.fixture(scope="module")
def no_beginnings(tmp_path_factory):
    """The figures as told are broken in every lesson, and files that many pages share."""
    with content_in(tmp_path_factory.mktemp("broken")) as folder:
        broken = {stem: misspell(data("scenarios", stem, "as_told.yml")) for stem in stems()}
        broken["relations"] = misspell(data("relations.yml"))
        broken["glossary"] = misspell(data("glossary.yml"))
        data("evidence/studies.csv").write_bytes(b"\xff\xfe")
        broken["evidence"] = "data/evidence/studies.csv"
        broken["source"] = misspell(data("sources.yml"), r"(?m)^demirer-2026:\n")
        names = [name for stem in stems() for name in scenario_names(stem)[:1]]
        lines = []
        status = render([], ["as_told", *names], out=folder / "reports", progress=lines.append)
        status += render(["00_start_here", "01_reading_the_texts"], out=folder / "reports", progress=lines.append)
    return Run(status, tuple(lines), folder / "reports", broken)


def test_without_the_figures_as_told_others_are_made(no_beginnings):
    failed = {line.split("] ")[1].split(" FAILED")[0] for line in no_beginnings.lines if "FAILED" in line}
    assert failed == {f"{path.stem} as_told" for stem, path in notebooks_by_stem().items() if stem in stems()}
    for stem in stems():
        name, other = notebooks_by_stem()[stem].stem, scenario_names(stem)[1]
        for page in (f"{name}/{other}.html", f"{name}/index.html"):
            assert any(no_beginnings.broken[stem] in words for words in no_beginnings.unread(page)), page


@pytest.mark.parametrize(("what", "page"), [
    ("glossary", "01_reading_the_texts"), ("relations", "01_reading_the_texts"), ("evidence", "10_ten_to_two/bubble"),
    ("source", "10_ten_to_two/bubble"),
])  # fmt: skip
def test_a_shared_file_is_named_where_it_is_missed(what, page, no_beginnings):
    box = no_beginnings.page(f"{page}.html").find(id="not-read")
    assert box
    assert no_beginnings.broken[what] in box.parent.get_text()


def test_an_index_is_written_whatever_is_broken(tmp_path):
    with content_in(tmp_path / "content"):
        for path in [*data().rglob("*.yml"), *data().rglob("*.md"), *data().rglob("*.csv"), *data().rglob("*.json")]:
            path.write_bytes(b"\xff[")
        write_index(plan(), tmp_path)
        assert "not made yet" in (tmp_path / "index.html").read_text(encoding="utf-8")
