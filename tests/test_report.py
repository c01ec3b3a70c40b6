"""Pages: what every one of them must be, how failing and unchanged ones are treated, and the export itself."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from policies import states_its_policy
from report_fixture import pages, rendered  # noqa: F401 - pages is a fixture
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import root
from workedarguments.ground.policy import policy_meta
from workedarguments.models import stems
from workedarguments.pages.export import cells_html, finished, prepared, unconverted
from workedarguments.pages.page import in_words
from workedarguments.pages.plan import notebook_digest, plan, state
from workedarguments.pages.render import render, selection
from workedarguments.pages.shells import sheet
from workedarguments.showing.annotated import STYLE
from workedarguments.showing.tables import show

LEAST_ALT = 30
WIDGET = "application/vnd.jupyter.widget-view+json"
FORMULA = re.compile(r"(?<![\\$])\$[^\s$](?:[^$\n]*[^\s$\\])?\$(?!\d)")


# Rules for every page. Each takes (path, soup) and yields what is wrong.


def has_language(path, soup):
    if not soup.html.get("lang"):
        yield "no language"


def has_title(path, soup):
    if not soup.title or len(soup.title.get_text(strip=True)) < 10:
        yield "no title"


def has_one_h1(path, soup):
    if len(soup("h1")) != 1:
        yield f"{len(soup('h1'))} h1"


def has_no_script_but_ours(path, soup):
    if soup("script") != ours(soup) or any(name.startswith("on") for tag in soup(True) for name in tag.attrs):
        yield "a script"


def loads_nothing(path, soup):
    for tag in soup(["img", "link", "iframe", "source", "video", "audio", "object", "embed"]):
        for name in ("src", "href", "srcset", "data"):
            if tag.get(name) and not tag[name].startswith("data:"):
                yield f"{tag.name} loads {tag[name]}"
    for style in [*soup("style"), *(tag["style"] for tag in soup(style=True))]:
        if re.search(r"@import|url\((?!['\"]?data:)", str(style)):
            yield "style loads something"


def ours(soup):
    """The script of a page that has lists to find something in."""
    return [tag for tag in soup("script") if tag.string == sheet("lists.js") and soup.find(id="finder") and not tag.attrs]


def keeps_to_a_policy(path, soup):
    if not states_its_policy(soup, [tag.string for tag in ours(soup)]):
        yield "the policy is not first in the head, not the only one, or not that of this page"
    yield from (f"style of its own: {tag.name}" for tag in soup(style=True))


def describes_images(path, soup):
    for image in soup("img"):
        alt, caption = image.get("alt", "").strip(), image.find_parent("figure")
        if len(alt) < LEAST_ALT:
            yield f"alt text {alt!r}"
        if caption and caption.figcaption and caption.figcaption.get_text(strip=True) == alt:
            yield f"alt text is the caption: {alt!r}"


def has_unique_ids(path, soup):
    ids = [tag["id"] for tag in soup(id=True)]
    yield from (f"id {one!r} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))


def links_resolve(path, soup):
    for link in soup("a", href=True):
        target, _, fragment = (unquote(part) for part in link["href"].partition("#"))
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / target).resolve() if target else path
        if not there.is_file():
            yield f"link to {link['href']}"
        elif fragment and not (parsed(there) if target else soup).find(id=fragment):
            yield f"link to {link['href']}: no such id"


def names_no_machine(path, soup):
    text = str(soup)
    for folder in (str(root()), str(Path.home()), "site-packages", str(rendered())):
        if folder != "/" and folder in text:
            yield f"names {folder}"


def did_not_fail(path, soup):
    failure = soup.find("meta", attrs={"name": "worked-failure"})
    if failure or "Traceback (most recent call last)" in soup.get_text():
        yield f"failed: {failure and failure['content']}"


def words_outside(tag, names=("code", "pre", "math")):
    """The strings that people read in a tag, but for those in tags of some names."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in names:
                yield from words_outside(child, names)
        elif type(child) is NavigableString:  # no comment, script or style
            yield child


def shows_formulas(path, soup):
    yield from (f"formula left as text: {found}" for found in FORMULA.findall("".join(words_outside(soup.body))))
    yield from (f"not converted: {code.get_text()}" for code in soup("code", class_="unconverted"))


def frames_tables(path, soup):
    labels = [tag.get("aria-label") for tag in soup(role="region")]
    for table in soup("table"):
        frame = table.find_parent(role="region")
        if not frame or frame.get("tabindex") != "0" or labels.count(frame.get("aria-label") or None) != 1:
            yield f"table without a frame of its own: {table.get_text(' ', strip=True)[:60]}"


RULES = [
    has_language, has_title, has_one_h1, has_no_script_but_ours, loads_nothing, keeps_to_a_policy, describes_images,
    has_unique_ids, links_resolve, names_no_machine, did_not_fail, shows_formulas, frames_tables,
]  # fmt: skip

# One broken page per rule: a rule that does not see it has no teeth.
BROKEN = {
    has_language: ('<html lang="en">', "<html>"),
    has_title: ("<title>A good title</title>", ""),
    has_one_h1: ("<h1>", "<h1>Two</h1><h1>"),
    has_no_script_but_ours: ("<p>", '<p onclick="run()">'),
    loads_nothing: ("data:image/png", "https://example.org/"),
    keeps_to_a_policy: ("<style>", "<style>p{} "),
    describes_images: ('alt="', 'alt="" title="'),
    has_unique_ids: ("<h2", '<p id="a"></p><h2'),
    links_resolve: ('href="#a"', 'href="#b"'),
    names_no_machine: ("<p>", f"<p>{root()}/data"),
    did_not_fail: ("<title>", '<meta name="worked-failure" content="x"><title>'),
    shows_formulas: ("<p>", "<p>$1/h$ "),
    frames_tables: ('tabindex="0"', ""),
}
GOOD = f"""<!doctype html><html lang="en"><head>{policy_meta(styles=["a{}"])}<title>A good title</title><style>a{{}}</style></head><body><h1>One</h1><h2 id="a">A</h2>
<p>It costs $5 and $10.</p><a href="#a">there</a> <a href="https://example.org/">away</a><code>$x$</code>
<figure><img src="data:image/png;base64,AA" alt="{"w" * LEAST_ALT}"><figcaption>w</figcaption></figure>
<div role="region" tabindex="0" aria-label="t"><table><tr><td>1</td></tr></table></div></body></html>"""


@cache
def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_page(rule, pages):  # noqa: F811
    there = sorted(pages.rglob("*.html"))
    assert len(there) == len(plan()) + 2  # the home page and the status page
    problems = [f"{path.relative_to(pages)}: {wrong}" for path in there for wrong in rule(path, parsed(path))]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_has_teeth(rule, tmp_path):
    good, old, new = tmp_path / "good.html", *BROKEN[rule]
    good.write_text(GOOD, encoding="utf-8")
    assert not list(rule(good, BeautifulSoup(GOOD, "html.parser")))
    assert old in GOOD
    assert list(rule(good, BeautifulSoup(GOOD.replace(old, new), "html.parser")))


def test_formulas_of_notebooks_are_mathml(pages):  # noqa: F811
    for page in plan():
        if page.kind in ("comparison", "text", "across"):
            continue
        cells = nbformat.read(page.notebook, as_version=4).cells
        if any(FORMULA.search(c.source) for c in cells if c.cell_type == "markdown"):
            assert parsed(pages / page.path)("math"), page.label


def test_same_bytes_in_another_folder(pages, tmp_path):  # noqa: F811
    page = next(page for page in plan() if page.kind == "scenario")
    assert render([page.stem], [page.scenario], out=tmp_path, progress=lambda line: None) == 0
    assert (tmp_path / page.path).read_bytes() == (pages / page.path).read_bytes()


# Rendering in a small root: one argument with three scenarios, and one notebook without a model.

STEM, SCENARIOS = "ten_to_two", ("as_told", "kaufman", "metr_2025")
PARAMETERS = 'scenario = "as_told"\noverrides = ""\nlanguage = "en"'
SETUP = f'import workedarguments as wa\ncase = wa.open("{STEM}", scenario, overrides, language)'


def notebook_of(*cells):
    """A notebook of (kind, source, tags...) cells."""
    made = [(nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell)(
        source, metadata={"tags": list(tags)}) for kind, source, *tags in cells]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python", "language": "python"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


@pytest.fixture
def small(tmp_path):
    """A root of its own, and a function that renders it in a process of its own: (status, lines)."""
    shutil.copytree(root() / "data", tmp_path / "data")
    for path in tmp_path.joinpath("data/texts").glob("*/digest.md"):  # one page of a text is enough here
        if path.parent.name != "openai":
            path.unlink()
    for path in tmp_path.joinpath("data/scenarios", STEM).glob("*.yml"):
        if path.stem not in SCENARIOS:
            path.unlink()
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook_of(
        ("markdown", "# Which half stays hard?\n\nOne formula: $1/h$."), ("code", PARAMETERS, "parameters"),
        ("code", SETUP, "setup"), ("code", "case.solve().overall_speedup"),
    ), tmp_path / f"notebooks/10_{STEM}.ipynb")  # fmt: skip
    nbformat.write(notebook_of(("markdown", "# Start here and now")), tmp_path / "notebooks/00_start_here.ipynb")

    def run(*arguments):
        code = f"from workedarguments.pages.render import render; raise SystemExit(render({', '.join(arguments)}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False,
                              env={**os.environ, "WORKEDARGUMENTS_ROOT": str(tmp_path)})  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        return done.returncode, done.stdout.splitlines()

    return tmp_path, run


@pytest.mark.thorough
def test_failing_run_is_a_page_and_stops_nobody(small):
    folder, run = small
    path = folder / f"notebooks/10_{STEM}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += notebook_of(
        ("code", 'case.solve(hard_shear=1) if scenario == "kaufman" else None'), ("markdown", "## Never reached"),
    ).cells  # fmt: skip
    nbformat.write(notebook, path)
    status, lines = run()
    assert status == 1
    assert len(lines) == 7
    failed = [line for line in lines if "FAILED" in line]
    assert len(failed) == 1
    assert "kaufman" in failed[0]
    assert "did you mean 'hard_share'" in failed[0]
    page = parsed(folder / f"reports/10_{STEM}/kaufman.html")
    assert "hard_shear" in page.find(class_="failure").get_text()
    assert page.h1.get_text() == "Which half stays hard?"
    assert "Never reached" not in page.get_text()
    assert not list(names_no_machine(Path(), page))
    good = parsed(folder / f"reports/10_{STEM}/metr_2025.html")
    assert "Never reached" in good.get_text()
    assert not good.find(class_="failure")
    index = parsed(folder / "reports/index.html")
    assert "hard_shear" in index.find(class_="failure").get_text()
    assert [tag.get_text() for tag in index(class_="state")] == ["failed"]
    status, lines = run()
    assert status == 1
    assert sum("unchanged" in line for line in lines) == 6


@pytest.mark.thorough
def test_broken_scenario_file_fails_its_page_only(small):
    folder, run = small
    folder.joinpath(f"data/scenarios/{STEM}/kaufman.yml").write_text("title: half a file\n", encoding="utf-8")
    status, lines = run(f"['{STEM}']", "['kaufman', 'as_told']")
    assert status == 1
    assert any("kaufman" in line and "FAILED" in line for line in lines)
    assert any(" as_told " in line and "FAILED" not in line for line in lines)


@pytest.mark.thorough
def test_unchanged_pages_stay_and_changed_ones_are_redone(small):
    folder, run = small
    assert run()[0] == 0
    there = {path: path.read_bytes() for path in folder.joinpath("reports").rglob("*.html")}
    status, lines = run()
    assert status == 0
    assert all(line.endswith("unchanged") for line in lines)
    assert {path: path.read_bytes() for path in folder.joinpath("reports").rglob("*.html")} == there
    scenarios = folder / f"data/scenarios/{STEM}"
    text = scenarios.joinpath("metr_2025.yml").read_text(encoding="utf-8")
    scenarios.joinpath("metr_2025.yml").write_text(text.replace("title:", "title: New,"), encoding="utf-8")
    scenarios.joinpath("kaufman.yml").unlink()
    status, lines = run()
    assert status == 0
    unchanged = {line.split("] ")[1].split()[0] for line in lines if "unchanged" in line}
    assert unchanged == {"00_start_here", "openai"}  # which show no scenario
    assert "New," in folder.joinpath(f"reports/10_{STEM}/metr_2025.html").read_text(encoding="utf-8")
    assert not folder.joinpath(f"reports/10_{STEM}/kaufman.html").exists()


# Names


@pytest.mark.parametrize(
    ("notebooks", "scenarios", "hint"),
    [(["ten_to_tow"], [], "ten_to_two"), ([], ["as_tolt"], "as_told"), (["10_ten_to_two"], ["nobody"], "allowed")],
)
def test_unknown_names_are_refused_before_anything_runs(notebooks, scenarios, hint, tmp_path):
    with pytest.raises(ContentError, match=hint):
        render(notebooks, scenarios, out=tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_notebooks_are_named_with_or_without_number():
    for page in plan():
        if page.kind in ("text", "across"):
            assert selection()(page)
            continue
        assert selection([page.stem])(page)
        assert selection([page.notebook.name])(page)
    assert {page.stem for page in plan() if page.kind == "scenario"} <= set(stems())


def test_key_follows_sources_not_outputs(tmp_path):
    path = tmp_path / "10_a.ipynb"
    notebook = notebook_of(("code", "1 + 1", "headline"))
    hashes = []
    for change in ({}, {"execution_count": 9}, {"source": "1 + 2"}, {"metadata": {"tags": ["explore"]}}):
        notebook.cells[0].update(change)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        hashes.append(notebook_digest(path))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_other_peoples_files_are_not_pages(tmp_path):
    path = tmp_path / "notes.html"
    path.write_text("<p>mine</p>", encoding="utf-8")
    assert state(path).word == "missing"


# Export


@pytest.mark.parametrize(
    ("formula", "converts"),
    [(r"$\frac{1}{h}$", True), ("$$a\n= b$$", True), (r"\begin{align} a &= b \\ c &= d \end{align}", True),
     (r"$\wrongcommand x$", False), (r"$$\left( a \right$$", False), ("It costs $5 or $10.", False)],
)  # fmt: skip
def test_formulas_that_cannot_be_shown_are_reported(formula, converts):
    assert unconverted(f"Text, {formula} and `$code$`.") == [] if converts else unconverted(formula)
    html = cells_html(notebook_of(("markdown", formula)))
    assert ("<math" in html) == converts
    assert ('class="unconverted"' in html) != converts


def test_cells_are_dropped_folded_and_shown_by_tag():
    cells = [("code", "x = 1", tag) for tag in ("parameters", "injected-parameters", "instructor", "explore")]
    html = cells_html(notebook_of(
        *cells, ("code", "folded = 1"), ("code", "shown = 1", "headline"), ("code", "kept = 1", "solution"),
        ("markdown", "# again"), ("markdown", "for teachers", "instructor"),
    ))  # fmt: skip
    soup = BeautifulSoup(html, "html.parser")
    assert "x = 1" not in html
    assert "for teachers" not in html
    assert "sliders" in html
    assert [tag.get_text() for tag in soup("details", class_="code")] == ["Codefolded = 1"]
    assert soup.find("details", class_="solution").pre.get_text() == "kept = 1"
    assert soup.find("pre", string="shown = 1").find_parent("details") is None


def test_outputs_are_chosen_and_figures_keep_their_words():
    cell = nbformat.v4.new_code_cell("figure")
    data = {"image/png": "AA==", "text/plain": "The caption.\nAlt: words\nPlots: 1 line"}
    cell.outputs = [
        nbformat.v4.new_output("display_data", data=data, metadata={"image/png": {"alt": 'A "line"', "width": 720}}),
        nbformat.v4.new_output("stream", text="chatter"),
        nbformat.v4.new_output("execute_result", data={"text/html": "<b>table</b>", "text/plain": "plain"}),
        nbformat.v4.new_output("display_data", data={WIDGET: {}, "text/plain": "W"}),
        nbformat.v4.new_output("execute_result", data={"text/markdown": "*said*", "text/plain": "plain"}),
        nbformat.v4.new_output("execute_result", data={"text/plain": "<1>"}),
    ]
    soup = BeautifulSoup(cells_html(nbformat.v4.new_notebook(cells=[cell])), "html.parser")
    assert soup.img["alt"] == 'A "line"'
    assert soup.img["width"] == "720"
    assert soup.figcaption.get_text() == "The caption."
    assert soup.b.get_text() == "table"
    assert soup.em.get_text() == "said"
    assert soup.find("pre", class_="output").get_text() == "<1>"
    assert not any(word in soup.get_text() for word in ("chatter", "plain", "W"))


def test_nothing_after_a_failed_cell():
    broken = notebook_of(("code", "1 / 0"), ("markdown", "later"))
    broken.cells[0].outputs = [nbformat.v4.new_output("error", ename="E", evalue="v", traceback=["Traceback /home"])]
    assert len(prepared(broken).cells) == 1
    html = cells_html(broken)
    assert "stopped at this cell" in html
    assert "Traceback" not in html


def test_messages_name_no_folder():
    assert in_words("E", f"{root()}/data/a.yml: and {Path.home()}/b") == "E: data/a.yml: and ~/b"


def test_headings_and_tables_are_finished():
    title, contents, html = finished(
        '<h1>T</h1><h1>A</h1><h2>A</h2><p id="a"></p><table><caption>C</caption><tr><td>1</td></tr></table>'
        '<div class="table"><table><caption>C</caption></table></div>'
    )
    assert title == "T"
    assert contents == [("a-2", "A"), ("a-3", "A")]
    soup = BeautifulSoup(html, "html.parser")
    assert [tag["aria-label"] for tag in soup(role="region")] == ["C", "C (2)"]
    assert not list(has_unique_ids(None, soup))


def heads_of(html):
    """Each cell of a finished table with the words of the heads it names, and each head with its scope."""
    soup = BeautifulSoup(finished(html)[2], "html.parser")
    words = {tag["id"]: tag.get_text() for tag in soup("th", id=True)}
    cells = [(tag.get_text(), [words[key] for key in tag.get("headers", [])]) for tag in soup("td")]
    assert not list(has_unique_ids(None, soup))
    return cells, [(tag.get_text(), tag["scope"]) for tag in soup("th")]


def test_cells_name_their_heads_where_there_are_levels():
    columns = pd.MultiIndex.from_tuples([("A", "x"), ("A", "y"), ("B", "x")])
    index = pd.MultiIndex.from_tuples([("p", "1"), ("p", ""), ("q", "1")], names=["k", "l"])
    cells, heads = heads_of(pd.DataFrame([["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]], index, columns).to_html())
    named = {words: heads for words, heads in cells if words}
    assert named["a"] == ["A", "x", "p", "1"]
    assert named["b"] == ["A", "y", "p", "1"]
    assert named["e"] == ["A", "y", "p", "–"]
    assert named["i"] == ["B", "x", "q", "1"]
    assert heads[:2] == [("A", "colgroup"), ("B", "col")]
    assert ("p", "rowgroup") in heads
    assert ("q", "row") in heads


def test_a_plain_table_needs_no_more_than_scopes():
    cells, heads = heads_of(pd.DataFrame([[1, 2], [3, 4]], ["p", "q"], ["x", "y"]).to_html())
    assert [names for _, names in cells if names] == []
    assert heads == [("x", "col"), ("y", "col"), ("p", "row"), ("q", "row")]


def test_our_tables_of_levels_name_their_heads_too():
    frame = pd.DataFrame({"n": [1, 2]}, pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")], names=["k", "l"]))
    assert heads_of(show(frame)._repr_html_())[0] == [("1", ["n", "a", "b"]), ("2", ["n", "a", "c"])]


def test_a_level_without_words_is_left_out_and_a_gap_says_so():
    index = pd.MultiIndex.from_tuples([("", "a", "b"), ("", "", "c")], names=["k", "l", "m"])
    table = show(pd.DataFrame({"n": [1, 2]}, index))
    rows = [[tag.get_text() for tag in row("th")] for row in BeautifulSoup(table._repr_html_(), "html.parser")("tr")]
    assert rows == [["l", "m", "n"], ["a", "b"], ["–", "c"]]
    assert repr(table).split()[:4] == ["n", "l", "m", "a"]


def test_a_displayed_formula_stands_within_its_paragraph():
    html = cells_html(notebook_of(("markdown", "Before\n$$a = b$$\nafter, **and $$c$$**.")))
    assert re.findall("<(?:div|section)", html) == []
    assert html.count('class="formula"') == 2
    assert html.count("<p>") == 1


def test_a_second_text_on_a_page_has_notes_of_its_own():
    one = '<div class="annotated"><a href="#note-1">x</a><p id="note-1">n</p></div>'
    soup = BeautifulSoup(finished(one + one)[2], "html.parser")
    assert [tag["id"] for tag in soup(id=True)] == ["note-1", "note-1-2"]
    assert [tag["href"] for tag in soup("a")] == ["#note-1", "#note-1-2"]


def test_the_html_is_that_of_html():
    assert finished('<p title="a &amp; b">1 &lt; 2<br>\u00d7 <img alt="" src="data:,"></p>')[2] == (
        '<p title="a &amp; b">1 &lt; 2<br>\u00d7 <img alt="" src="data:,"></p>'
    )


def test_a_text_page_steps_down_one_heading_at_a_time_and_has_its_layout(pages):  # noqa: F811
    soup = parsed(pages / "texts/casado.html")
    levels = [int(tag.name[1]) for tag in soup(re.compile("^h[1-6]$"))]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert STYLE.read_text(encoding="utf-8").strip() in [sheet.string for sheet in soup("style")]
    assert ".annotated .passage" not in "".join(sheet.string for sheet in parsed(pages / "00_start_here.html")("style"))
