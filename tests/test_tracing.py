"""What was used is noted, whichever way it was taken, and edits while a page is made are not lost."""

import ast
import json
import re
import shutil

import pytest
from copies_of_content import content_in
from workedarguments import models
from workedarguments.ground import uses
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data
from workedarguments.models import files_behind
from workedarguments.pages import meanwhile
from workedarguments.pages import page as pages
from workedarguments.pages import plan as planning
from workedarguments.pages.kernel import defined, names_one_of
from workedarguments.pages.plan import META, library_digest, notebook_digest, plan, state
from workedarguments.showing.case import open_case
from workedarguments.texts import copies
from workedarguments.texts.claims import claims
from workedarguments.texts.relations import thesis_of
from workedarguments.texts.sources import sources
from workedarguments.texts.texts import texts

pytestmark = pytest.mark.thorough


@pytest.fixture
def content(tmp_path):
    with content_in(tmp_path / "content") as folder:
        yield folder


def comparison():
    return next(page for page in plan() if page.kind == "comparison")


@pytest.mark.parametrize("take", [
    list, reversed, len, dict, repr, bool, sorted, lambda every: every | {}, lambda every: {} | every, dict.fromkeys,
    lambda every: {**every}, lambda every: every.copy(), lambda every: every == {}, lambda every: every.items(),
], ids=range(14))  # fmt: skip
def test_whoever_takes_all_sources_has_used_all(take):
    with uses.collects() as found:
        take(sources())
    assert found.tidy() == [("source", uses.ALL)]


def test_whoever_takes_one_source_has_used_one():
    with uses.collects() as found:
        every = sources()
        assert every["metr-2025"]
        assert every.get("nobody-1800") is None
    assert found.names == {("source", "metr-2025"), ("source", "nobody-1800")}


def test_an_original_and_its_anchors_are_used_by_whoever_finds_passages_in_it():
    with uses.collects() as found:
        text = texts()["sourdough"]
        copies.attach(text, text.shipped())
    assert {("anchors", "sourdough"), ("copy", "data/texts/sourdough/original.zh.md")} <= found.names


def test_scenarios_by_name_use_those_alone_and_reasons_only_if_they_are_shown():
    with uses.collects() as found:
        open_case("ten_to_two").scenarios("kaufman")
    assert {name for name in found.names if name[0] in ("scenarios", "why")} == {("why", "ten_to_two/kaufman")}
    with uses.collects() as found:
        open_case("ten_to_two").scenarios(why=False)
    assert not [name for name in found.names if name[0] == "why"]


@pytest.mark.parametrize("code", [
    "from workedarguments.maths import landscapes", "import workedarguments.maths.landscapes as there",
    "from workedarguments.maths.landscapes import gaussian_peak", "from ..maths import landscapes",
    "from ..maths.landscapes import gaussian_peak", "def late():\n    from ..maths import landscapes",
])  # fmt: skip
def test_files_behind_code_are_found_however_it_imports_them(code):
    assert {"maths/landscapes.py", "maths/landscapes.csv"} <= set(files_behind(code))


@pytest.mark.parametrize("stem", models.stems())
def test_a_model_is_another_when_a_line_of_it_is(stem, tmp_path, monkeypatch):
    for room in ("models", "maths"):
        shutil.copytree(planning.LIBRARY / room, tmp_path / room)
    monkeypatch.setattr(models, "HERE", tmp_path / "models")
    before = uses.digest_today(("model", stem))
    assert uses.digest_today(("model", stem)) == before
    with (tmp_path / f"models/{stem}.py").open("a", encoding="utf-8") as file:
        file.write("\nLIMIT = 3\n")
    assert uses.digest_today(("model", stem)) != before


def test_what_is_broken_in_another_way_than_content_is_never_the_same(monkeypatch):
    monkeypatch.setitem(uses._kinds, "text", lambda key: 1 / 0)
    assert uses.digest_today(("text", "casado")) != uses.digest_today(("text", "casado"))


def test_a_notebook_is_another_when_a_model_that_it_imports_is(content, tmp_path, monkeypatch):
    path = content / "notebooks/00_start_here.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["source"] = ["%time 1\n", "from workedarguments.maths import growth\n", *cell["source"]]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    for room in ("models", "maths"):
        shutil.copytree(planning.LIBRARY / room, tmp_path / room)
    monkeypatch.setattr(models, "HERE", tmp_path / "models")
    before = notebook_digest(path.name)
    with (tmp_path / "maths/growth.py").open("a", encoding="utf-8") as file:
        file.write("\nLIMIT = 3\n")
    assert notebook_digest(path.name) != before


def test_what_finds_models_is_part_of_the_library():
    names = {name for name, _ in library_digest()}
    assert {"models/__init__.py", "maths/__init__.py"} <= names
    assert not names & {"models/ten_to_two.py", "maths/growth.py", "authoring/new.py", "__main__.py"}


@pytest.mark.parametrize("edited", ["data", "notebook", "library"])
def test_a_page_during_which_something_was_edited_is_made_again(edited, content, tmp_path, monkeypatch):
    page, plain = comparison(), pages.comparison

    def edits(stem):
        if edited == "library":
            monkeypatch.setattr(meanwhile, "LOADED", {})
        else:
            path = data("glossary.yml") if edited == "data" else page.notebook
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return plain(stem)

    pages.make(page, tmp_path)
    assert state(tmp_path / page.path).word == "done"
    monkeypatch.setattr(pages, "comparison", edits)
    pages.make(page, tmp_path)
    found = state(tmp_path / page.path)
    assert (found.word, found.why) == ("stale", "changed: something, while it was made")


def test_a_head_of_any_length_is_read(content, tmp_path):
    page = comparison()
    pages.make(page, tmp_path)
    path = tmp_path / page.path
    text = path.read_text(encoding="utf-8")
    more = "".join(f";text:nobody-{n}={uses.digest_today(('text', f'nobody-{n}'))}" for n in range(3_000))
    path.write_text(re.sub(r'(<meta name="worked-uses" content="[^"]*)', rf"\1{more}", text), encoding="utf-8")
    assert state(path).word == "done"
    assert len(META.findall(path.read_text(encoding="utf-8"))[0][1]) > 2 * planning.BLOCK


def test_names_that_a_cell_would_have_defined():
    code = "import numpy as np, os.path\nfrom a import b\ndef f(): pass\nclass C: pass\nx, (y, z) = 1, (2, 3)\nfor k in []: pass"
    assert defined(code) == {"np", "os", "b", "f", "C", "x", "y", "z", "k"}
    assert ast.parse(code)


@pytest.mark.parametrize(("words", "path"), [
    ("\"['casado.not-hundredfold'] not in index\"", "data/claims/casado.yml"),
    ("\"['kaufman'] not found in axis\"", "data/scenarios/ten_to_two/kaufman.yml"),
    ("'casado.not-hundredfold'", "data/texts/casado/text.yml"),
])  # fmt: skip
def test_an_error_names_what_could_not_be_read(words, path):
    assert names_one_of(words, path)
    assert not names_one_of("'speed'", path)


def test_a_map_of_a_text_without_claims_says_which_file_is_broken(content):
    data("claims/career.yml").write_bytes(b"\xff[")
    with uses.collects(), pytest.raises(ContentError, match=r"data/claims/career\.yml"):
        thesis_of(text="career")
    with pytest.raises(ContentError, match=r"career\.yml"):
        claims()
    data("claims/career.yml").write_text("{}\n", encoding="utf-8")
    with uses.collects(), pytest.raises(ContentError, match="no claim of career"):
        thesis_of(text="career")


def test_uses_that_a_kernel_leaves_may_hold_anything(tmp_path, monkeypatch):
    monkeypatch.setenv(uses.VARIABLE, str(tmp_path / "left"))
    with uses.collects() as there:
        uses.used("claim", "two\nlines\tand a tab")
        uses.unread("data/sources.yml", ["one: \n two", "three"])
    found = uses.Uses()
    found.take(tmp_path / "left")
    assert found == there
