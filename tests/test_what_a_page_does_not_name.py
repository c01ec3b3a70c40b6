"""What a page does not name as used may be anything: all of it is changed at once, and the page stays as it is."""

import json
import os
import re

import pytest
from copies_of_content import content_in
from report_fixture import pages  # noqa: F401 - a fixture
from workedarguments.ground.files import data
from workedarguments.ground.strict_yaml import load_yaml
from workedarguments.models import model, stems
from workedarguments.pages.plan import plan, state
from workedarguments.pages.render import _made
from workedarguments.pages.workers import can_fork
from workedarguments.reasoning.exercises import read_exercises
from workedarguments.reasoning.scenarios import read_scenarios
from workedarguments.texts.relations import read_claims, read_relations

FEW = ("90_your_own_text", "10_ten_to_two kaufman", "casado text")
pytestmark = [
    pytest.mark.faults,  # not a fault, but as long as one: it reads all content again for each file
    pytest.mark.skipif(not can_fork(), reason="with a kernel for each page this takes minutes"),
]
TRIED = [page.label for page in plan() if os.environ.get("ALL_PAGES") or page.label in FEW]
LEAST = 12  # entries that are tried together: to try each by itself would take minutes
# In these a word more is an error: names of other things, expressions, words of a fixed list.
FIXED = {"answer", "verdict", "covers", "exactness", "source", "is", "set", "unit", "units", "checked", "where", "id", "url", "texts", "speaker",
         "from", "to", "type", "kind", "role"}
PROSE = re.compile(r"\w\W\w|[\u4e00-\u9fff]")


def changed(value):
    """The same with a word more in each piece of prose."""
    if isinstance(value, dict):
        return {key: one if key in FIXED else changed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [changed(one) for one in value]
    return f"{value} Qq" if isinstance(value, str) and PROSE.search(value) and not re.match(r"\d{4}-", value) else value


def whole(path):
    """The text of a file in which everything is changed."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        return json.dumps(changed(load_yaml(path)), ensure_ascii=False, indent=0)
    if path.suffix == ".json":
        return json.dumps(json.loads(text) | {"passages": {}})
    if path.suffix == ".csv":
        return re.sub(r"(\d)(?=,|\n)", lambda digit: str((int(digit[1]) + 1) % 10), text)
    return re.sub(r"(?m)^(\w.*)$", r"\1 Qq", text)


def stays(made, path, text):
    """Whether a page that was made stays as it is when a file is changed, which is undone if it does not."""
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    if state(made).word == "done":
        return before != path.read_bytes()
    path.write_bytes(before)
    return False


def entries_stay(made, path, keys):
    """Whether some entry of some could be changed: all of them at once, or each half for itself."""
    entries = load_yaml(path).copy()
    for key in keys:
        entries[key] = changed(entries[key])
    if stays(made, path, json.dumps(entries, ensure_ascii=False, indent=0)):
        return True
    if len(keys) <= LEAST:
        return False
    halves = keys[: len(keys) // 2], keys[len(keys) // 2 :]
    return max([entries_stay(made, path, half) for half in halves])  # each of them is to be tried


def change_the_rest(made):
    """Change all that a page that was made does not name; returns the files in which something was changed."""
    found, line = [], made.read_text(encoding="utf-8").partition("</head>")[0]
    for path in sorted(path for path in data().rglob("*") if path.is_file()):
        done = stays(made, path, whole(path))
        if not done and path.suffix == ".yml" and path.parent.name in {"claims", "exercises", "data"}:
            entries = load_yaml(path)
            keys = list(entries) if isinstance(entries, dict) else list(range(len(entries)))
            # Those that the page names by themselves need not be tried.
            done = entries_stay(made, path, [key for key in keys if f"{path.stem}.{key}=" not in line])
        found += [path] if done else []
    return found


def problems():
    """What is wrong with the content, of which a page could be said to be without it."""
    every = [read_claims(), read_relations(), *map(read_exercises, stems())]
    every += [read_scenarios(stem, model(stem).Parameters) for stem in stems()]
    return [line for read in every for line in read.problems]


def body(path):
    """A page without the line on what it was made from."""
    return re.sub(r'<meta name="worked-uses"[^>]*>', "", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("label", TRIED)
def test_what_a_page_does_not_name_may_be_anything(label, pages, tmp_path):  # noqa: F811
    with content_in(tmp_path / "content"):
        page = next(page for page in plan() if page.label == label)
        assert state(pages / page.path).why == ""
        files = change_the_rest(pages / page.path)
        assert len(files) > 50
        assert problems() == []
        for _, made in _made([page], tmp_path / "out", 1, 120, None):
            assert (made.message, made.unread) == ("", {})
    assert body(tmp_path / "out" / page.path) == body(pages / page.path)
