"""Files of scenarios: every kind of fault is told at once and before anything runs; their pages are pages like others."""

import csv
import io
from dataclasses import replace

import pytest
import yaml
from bs4 import BeautifulSoup
from workedarguments.__main__ import main
from workedarguments.ground import quantities
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import write_text
from workedarguments.models import model, stems
from workedarguments.pages import pace
from workedarguments.pages.batch import COLUMNS, every_page, lying, read_batch, remove_rows
from workedarguments.pages.page import shell
from workedarguments.pages.plan import plan, state
from workedarguments.pages.render import render, selection

STEM = "ten_to_two"
GOOD = {"name": "ana", "title": "Ana's week", "who": "Ana", "why": "Half a day of meetings", "scenario": "kaufman",
        "argument": STEM, "hard_share": 0.3, "reading": "level"}
SPECS = quantities.specs(model(STEM).Parameters)


def csv_of(*rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    return made.getvalue()


def yaml_of(*rows):
    entries = []
    for row in rows:
        entry = {key: value for key, value in row.items() if key in COLUMNS}
        entry["set"] = {key: value for key, value in row.items() if key not in COLUMNS}
        entries.append(entry)
    return yaml.safe_dump(entries, sort_keys=False)


def faults():
    """(what is wrong, the row, words of the message): each column with each kind of fault once."""
    long = "x" * 3_000
    for name in COLUMNS:
        yield f"{name} too long", GOOD | {name: long}, name if name not in ("argument", "scenario") else "xxx"
        yield f"{name} with a bell", GOOD | {name: "ring \u202e"}, ""
    for name in ("index", "yours", "con", "Ana", "a b", "../x", "a/b", "é", "<b>", ".x", "-x"):
        yield f"named {name}", GOOD | {"name": name}, "name"
    yield "without a name", {key: value for key, value in GOOD.items() if key != "name"}, "'name' is missing"
    yield "named like a committed one", GOOD | {"name": "as_told"}, "committed scenario"
    yield "misspelt scenario", GOOD | {"scenario": "kaufmann"}, "did you mean 'kaufman'"
    yield "misspelt argument", GOOD | {"argument": "ten_too_two"}, "did you mean 'ten_to_two'"
    yield "misspelt parameter", GOOD | {"hard_shar": "0.1"}, "did you mean 'hard_share'"
    yield "misspelt column", GOOD | {"titel": "x"}, "titel"
    for name, spec in SPECS.items():
        for value in ("much", "nan", ".nan", ".inf", "5%", "0,3", "[1", "{a: 1}", "*a", "true", "=1+1"):
            yield f"{name} = {value}", GOOD | {name: value}, name
        if spec.kind != "choice":
            for value in [spec.low - 1, spec.high + 1]:
                if abs(value) < float("inf"):
                    yield f"{name} = {value}", GOOD | {name: value}, name


FAULTS = list(faults())


@pytest.mark.parametrize("write", [csv_of, yaml_of])
def test_every_fault_is_told_with_file_and_line_and_nothing_is_run(tmp_path, capsys, write):
    ending = "csv" if write is csv_of else "yml"
    path, out = tmp_path / f"class.{ending}", tmp_path / "reports"
    for what, row, words in FAULTS:
        path.write_text(write({**GOOD, "name": "first"}, row), encoding="utf-8")
        assert main(["render", "--scenarios", str(path), "--out", str(out)]) == 1, what
        said = capsys.readouterr().err
        assert all(line.startswith(f"class.{ending} line ") for line in said.splitlines()), (what, said)
        assert words in said, (what, said)
        assert "Traceback" not in said
        assert max(map(len, said.splitlines())) < 700
    assert not out.exists()


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    path = tmp_path / "class.csv"
    bad = [row | {"name": f"row-{n}"} if row.get("name") == "ana" else row for n, (_, row, _) in enumerate(FAULTS)]
    path.write_text(csv_of(*bad), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_batch(path)
    told = "\n".join(caught.value.problems)
    of_columns = [line for line in caught.value.problems if " line 1: no column" in line]
    assert len(of_columns) == 2
    missed = [what for n, (what, row, _) in enumerate(FAULTS, 2)
              if f"class.csv line {n}:" not in told and not {"hard_shar", "titel"} & {*row}]
    assert missed == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("class.csv", "", "line 1"), ("class.csv", "name,hard_share\n", "no rows"), ("class.csv", "name;hard_share\na;1\n", "commas"),
     ("class.csv", "name\na\na\n", "'a' stands twice (first in line 2)"), ("class.csv", "name\na,b\n", "more cells"),
     ("class.csv", "name,name\na,b\n", "stands twice"), ("class.csv", "title\nx\n", "column 'name' is missing"),
     ("class.csv", 'name\n"a', "not a table"), ("class.yml", "", "list of mappings"), ("class.yml", "[]", "no rows"),
     ("class.yml", "name: a\n", "list of mappings"), ("class.yml", "[1]", "must be a mapping"), ("class.yml", "- a: [\n", "not valid YAML"),
     ("class.yml", "- {name: 5}\n", "name"), ("class.yml", "- {name: a, set: 3}\n", "set"), ("class.yml", "- {name: a, sets: {}}\n", "did you mean 'set'"),
     ("class.yml", "- {name: [a], set: {hard_share: [1]}}\n", "hard_share"), ("class.yml", "- {name: a, set: {1: 2}}\n", "set"),
     ("class.yml", "- {name: a, set: {hard_share: {a: 1}}}\n", "hard_share"), ("class.yml", "- {name: a, argument: [x]}\n", "argument"),
     ("class.txt", "name\na\n", "CSV or YAML"), ("\u73ed.csv", "name\na\n", "folder"), ("con.csv", "name\na\n", "folder"),
     ("none.csv", None, "no such file"), ("folder.csv", "folder", "folder")],
)  # fmt: skip
def test_a_file_that_holds_no_rows_is_refused(tmp_path, name, content, words):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=name.replace(".", r"\.")) as caught:
        read_batch(path, [STEM])
    assert words in str(caught.value)


@pytest.mark.parametrize("write", [csv_of, yaml_of])
def test_a_row_needs_an_argument_of_its_own_or_of_the_command(tmp_path, write):
    path = tmp_path / f"class.{'csv' if write is csv_of else 'yml'}"
    path.write_text(write({"name": "a"}), encoding="utf-8")
    assert read_batch(path, [STEM]).pages[0].stem == STEM
    assert read_batch(path, [f"10_{STEM}"]).pages[0].stem == STEM
    for stems_given, words in (([], "'argument' is missing"), ([STEM, "planning_horizons"], "one argument"), (["ten"], "no argument")):
        with pytest.raises(ContentError, match=words):
            read_batch(path, stems_given)


def rows_in(path, *names, **more):
    path.write_text(csv_of(*({"name": name, "hard_share": 0.3} | more for name in names)), encoding="utf-8")
    return read_batch(path, [STEM])


def test_csv_and_yaml_say_the_same(tmp_path):
    rows = [GOOD, {"name": "b", "hard_share": 0.25}]
    for ending, write in (("csv", csv_of), ("yml", yaml_of)):
        (tmp_path / f"class.{ending}").write_text(write(*rows), encoding="utf-8")
    one, other = (read_batch(tmp_path / f"class.{ending}", [STEM]) for ending in ("csv", "yml"))
    alike = [replace(page, row=replace(page.row, source="")) for made in (one, other) for page in made.pages]
    assert alike[:2] == alike[2:]
    assert one.pages[0].parameters["overrides"] == {"hard_share": 0.3, "reading": "level"}


def test_pages_of_a_file_collide_with_no_others_and_have_keys_of_their_own(tmp_path):
    rows = [{"name": f"row-{n}", "argument": stem} for n, stem in enumerate(stems() * 2)]
    (tmp_path / "as_told.csv").write_text(csv_of(*rows), encoding="utf-8")
    every = [*plan(), *read_batch(tmp_path / "as_told.csv").pages]
    assert len({page.path for page in every}) == len({page.call for page in every}) == len({page.label for page in every}) == len(every)
    page = every[-1]
    for change in ({"title": "x"}, {"who": "x"}, {"why": "x"}, {"overrides": (("hard_share", 0.1),)}, {"after": "x"}):
        assert replace(page, row=replace(page.row, **change)).call != page.call, change


def test_a_row_without_a_title_is_called_after_what_it_sets(tmp_path):
    assert rows_in(tmp_path / "a.csv", "x").pages[0].row.title.endswith("30 in 100")
    assert read_batch(write_text(tmp_path / "b.csv", "name\none_more\n"), [STEM]).pages[0].row.title == "one more"


def lay(out, pages):
    for page in pages:
        write_text(out / page.path, shell(page, "<p>made</p>"))


def test_pages_that_lie_there_are_known_without_their_file(tmp_path):
    made = rows_in(tmp_path / "class.csv", "z", "a", "m", title="<b>\"&quot;'", why="--> &amp;")
    lay(tmp_path, made.pages)
    assert tuple(lying(tmp_path)) == made.pages
    assert made.pages[1] in every_page(tmp_path)
    assert selection()(made.pages[0])
    assert not selection([], ["as_told"])(made.pages[0])
    with pytest.raises(ContentError, match="already"):
        every_page(tmp_path, replace(made, source="other.csv"))
    assert every_page(tmp_path, replace(made, source="other.csv"), force=True)


def test_a_file_with_fewer_rows_removes_pages_of_its_own_and_no_others(tmp_path):
    other = rows_in(tmp_path / "sweep.csv", "a", "b")
    lay(tmp_path, [*rows_in(tmp_path / "class.csv", "a", "b").pages, *other.pages])
    mine = tmp_path / f"10_{STEM}/class/notes.html"
    mine.write_text("<p>mine</p>", encoding="utf-8")
    fewer = rows_in(tmp_path / "class.csv", "a")
    remove_rows(tmp_path, every_page(tmp_path, fewer), fewer)
    assert [page.label for page in lying(tmp_path)] == [f"10_{STEM} class a", f"10_{STEM} sweep a", f"10_{STEM} sweep b"]
    assert mine.exists()


@pytest.mark.parametrize("head", ["{}", "[]", "5", '{"batch": 5}', "{", '{"overrides": []}'])
def test_a_head_that_somebody_has_edited_is_no_row(tmp_path, head):
    path = tmp_path / f"10_{STEM}/class/a.html"
    write_text(path, f'<meta name="worked-row" content="{head}">'.replace('"batch"', "&quot;batch&quot;"))
    assert lying(tmp_path) == []


def test_rows_beside_each_other_link_within_their_argument(tmp_path):
    rows = [{"name": "a", "argument": stems()[0]}, {"name": "b", "argument": stems()[1]}, {"name": "c", "argument": stems()[0]}]
    (tmp_path / "class.csv").write_text(csv_of(*rows), encoding="utf-8")
    first, alone, last = (page.row for page in read_batch(tmp_path / "class.csv").pages)
    assert (first.before, first.after, alone.before, alone.after, last.before, last.after) == (None, "c", None, None, "a", None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the pages of a small file, the file, and the lines of progress."""
    folder, lines = tmp_path_factory.mktemp("batch"), []
    (folder / "class.csv").write_text(csv_of(GOOD, {"name": "b", "hard_share": 0.5, "tool_speedup": 20}), encoding="utf-8")
    assert render(out=folder / "reports", batch=read_batch(folder / "class.csv", [STEM]), progress=lines.append) == 0
    return folder, lines


def test_a_page_of_a_row_shows_the_row(made):
    folder, lines = made
    assert len(lines) == 3
    page = folder / f"reports/10_{STEM}/class/ana.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    words = soup.find(class_="card").get_text(" ", strip=True)
    assert [word in words for word in ("Ana's week", "Ana", "Half a day of meetings", "class.csv")] == [True] * 4
    assert "Ana's week" in soup.title.get_text()
    for link in soup.nav("a"):
        assert (page.parent / link["href"]).is_file(), link
    reader = [[cell.get_text() for cell in row(["th", "td"])] for row in soup.footer("tr") if "override" in row.get_text()]
    assert {(label, here) for label, here, *_ in reader} >= {(SPECS["hard_share"].label, "30 in 100"), (SPECS["reading"].label, "level")}
    index = BeautifulSoup((folder / "reports/index.html").read_text(encoding="utf-8"), "html.parser")
    assert [link.get_text() for link in index("a", href=f"10_{STEM}/class/ana.html")] == ["Ana's week"]


@pytest.mark.thorough
def test_what_is_there_stays_and_what_changes_is_made_again(made):
    folder, _ = made
    out, lines = folder / "reports", []
    assert render([STEM], ["as_told"], out=out, progress=lines.append) == 0
    assert not any(" class " in line for line in lines)
    assert 'class/b.html"' in (out / "index.html").read_text(encoding="utf-8")
    pages = read_batch(folder / "class.csv", [STEM]).pages
    assert [state(out / page.path, call=page.call).word for page in pages] == ["done", "done"]
    (folder / "class.csv").write_text(csv_of(GOOD, {"name": "b", "hard_share": 0.5, "tool_speedup": 30}), encoding="utf-8")
    again = read_batch(folder / "class.csv", [STEM]).pages
    assert [state(out / page.path, call=page.call).word for page in again] == ["done", "stale"]


def test_time_left_is_told_in_words():
    moments = iter([0.0, 1.0, 2.0, 3.0, 4.0])
    one = pace.Pace(4, lambda: next(moments))
    assert [one.words() for _ in range(4)] == ["", "", "; 1.0 pages a second, 1 second left", ""]
    moments = iter([0.0, 10.0, 20.0, 30.0])
    one = pace.Pace(100, lambda: next(moments))
    assert [one.words() for _ in range(3)][2] == "; 10.0 seconds a page, 16 minutes left"
    assert [pace.in_words(s) for s in (0.1, 89, 90, 3_600, 9_100)] == ["1 second", "89 seconds", "2 minutes", "1 hour", "2 hours 32 minutes"]
