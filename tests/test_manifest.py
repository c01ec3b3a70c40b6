"""The manifest says what lies there and what it shows; builds are compared by it, and pages verified."""

import copy
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from workedarguments.__main__ import main
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import write_text
from workedarguments.ground.numbers import digits
from workedarguments.pages.batch import every_page, read_batch
from workedarguments.pages.compare import between
from workedarguments.pages.manifest import NAME, is_another, put, read_manifest, schema, write_manifest
from workedarguments.pages.plan import plan
from workedarguments.pages.render import render
from workedarguments.pages.shown import figures, shown

pytestmark = pytest.mark.thorough

STEM = "ten_to_two"
CLASS = "name,title,hard_share\nana,Ana's week,0.3\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with a page of a row, a page of a scenario and what they are compared on; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    batch = read_batch(write_text(folder / "class.csv", CLASS), [STEM])
    assert render(out=folder / "reports", batch=batch, progress=len) == 0
    assert render([], ["metr_2025"], out=folder / "reports", progress=len) == 0
    return folder / "reports"


@pytest.fixture
def out(built, tmp_path):
    return shutil.copytree(built, tmp_path / "reports")


def made(manifest):
    return [entry for entry in manifest["pages"] if entry["sha256"]]


def without_times(manifest):
    return [{k: v for k, v in entry.items() if k not in ("made", "verified", "seconds")} for entry in manifest["pages"]]


def test_a_manifest_follows_its_schema_and_its_schema_is_one(built):
    Draft202012Validator.check_schema(schema())
    raw = (built / NAME).read_text(encoding="utf-8")
    assert list(Draft202012Validator(schema()).iter_errors(json.loads(raw, parse_constant=int))) == []
    manifest = read_manifest(built)
    assert [entry["path"] for entry in manifest["pages"]] == [page.path for page in every_page(built)]
    assert len(manifest["pages"]) == len(plan()) + 1
    assert {entry["state"] for entry in manifest["pages"]} == {"done", "missing"}
    row = next(entry for entry in made(manifest) if entry["row"])
    assert row["parameters"]["overrides"] == {"hard_share": 0.3}
    assert row["title"].endswith("Ana's week")
    assert any(name.startswith("claim:") for name in row["uses"])
    assert all(entry["made"] and entry["seconds"] and entry["verified"] is None for entry in made(manifest))


def test_the_manifest_says_what_the_page_shows(built):
    manifest = read_manifest(built)
    entry = next(one for one in made(manifest) if one["kind"] == "comparison" and one["name"].endswith(STEM))
    soup = BeautifulSoup((built / entry["path"]).read_text(encoding="utf-8"), "html.parser")
    tables = [table for table in soup("table") if "matrix" in table.find_parent(role="region").get("class", [])]
    verdicts, numbers = ([[cell.get_text(" ", strip=True) for cell in row("td")] for row in table.tbody("tr")] for table in tables[:2])
    count = len({one["scenario"] for one in entry["shows"]["numbers"]})
    assert len(verdicts) * count == len(entry["shows"]["verdicts"])
    for at, one in enumerate(entry["shows"]["verdicts"]):
        column, row = divmod(at, len(verdicts))
        assert one["verdict"] in verdicts[row][column]
        assert one["verdict"] == "not computable" or digits(float(one["value"])) in verdicts[row][column]
    for at, one in enumerate(entry["shows"]["numbers"]):
        column, row = divmod(at, len(numbers))
        assert digits(float(one["value"])) == numbers[row][column]
    assert len(entry["shows"]["figures"]) == len(soup("figure"))
    row = next(one for one in made(manifest) if one["row"])
    text = (built / row["path"]).read_text(encoding="utf-8")
    assert [one["plots"] for one in row["shows"]["figures"]] == [tag["data-plots"] for tag in BeautifulSoup(text, "html.parser")("figure")]
    words = BeautifulSoup(text, "html.parser").get_text(" ")
    gap = next(one for one in row["shows"]["verdicts"] if one["claim"] == "bubble.gap-widens")
    assert re.search(rf"{re.escape(gap['judged'])}\s+{re.escape(digits(gap['value']))}\s+{gap['asked']}\s+{gap['verdict']}", words)


def test_a_picture_that_does_not_say_what_it_plots_has_a_digest_of_its_own():
    one, other = (figures(f'<figure>\n<img alt="A &amp; b" src="data:{n}"></figure>') for n in "12")
    assert one[0]["caption"] == "A & b"
    assert one[0]["plots"] != other[0]["plots"]


def test_passages_of_a_text_are_those_that_are_underlined():
    page = next(page for page in plan() if page.kind == "text" and page.stem == "casado")
    found = shown(page, "")["passages"]
    assert len(found) > 100
    assert found[0]["claim"] == "casado.headline-downgrade"
    assert found[0]["words"] == "demoting tenfold engineers to twofold ones"


def test_pages_hold_no_times_and_entries_of_untouched_pages_stay(out):
    before = read_manifest(out)
    kept = {entry["path"]: entry["made"] for entry in made(before)}
    page = out / f"10_{STEM}/metr_2025.html"
    raw = page.read_bytes()
    page.unlink()
    marked = copy.deepcopy(before)
    for entry in made(marked):
        entry["made"] = "2001-01-01T00:00:00+00:00"
    put(out, marked)
    assert render([STEM], ["metr_2025"], out=out, progress=len) == 0
    assert page.read_bytes() == raw
    after = read_manifest(out)
    assert without_times(after) == without_times(before)
    times = {entry["path"]: entry["made"] for entry in made(after)}
    assert {path for path in kept if times[path][:4] != "2001"} == {f"10_{STEM}/metr_2025.html"}


def test_a_page_that_something_else_changed_has_no_time(out):
    path = f"10_{STEM}/metr_2025.html"
    (out / path).write_bytes((out / path).read_bytes() + b"\n")
    entry = next(one for one in write_manifest(plan(), out, {})["pages"] if one["path"] == path)
    assert (entry["made"], entry["seconds"]) == (None, None)
    assert entry["shows"]["verdicts"]


@pytest.mark.parametrize("content", ["{}", "[]", "{", '{"schema": "workedarguments/manifest-9"}', '{"schema": "workedarguments/manifest-1"}'])
def test_what_is_no_manifest_is_refused_in_words(tmp_path, capsys, content):
    write_text(tmp_path / NAME, content)
    with pytest.raises(ContentError, match=NAME):
        read_manifest(tmp_path)
    assert main(["compare", str(tmp_path), str(tmp_path)]) == 2
    assert main(["verify", str(tmp_path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x.html", "x.txt"])
def test_a_manifest_names_pages_of_its_folder_only(built, tmp_path, path):
    manifest = read_manifest(built)
    manifest["pages"][0]["path"] = path
    put(tmp_path, manifest)
    with pytest.raises(ContentError, match=r"pages: 0: path"):
        read_manifest(tmp_path)


def test_a_manifest_of_somebody_elses_stays(tmp_path):
    write_text(tmp_path / NAME, '{"name": "an app"}')
    assert is_another(tmp_path / NAME)
    with pytest.raises(ContentError, match=f"{NAME}: is there already"):
        render([], ["metr_2025"], out=tmp_path, progress=len)


# What moves


def changed(manifest, change):
    new = copy.deepcopy(manifest)
    change(next(entry for entry in made(new) if entry["row"]), new)
    return new


def verdict(entry, _):
    entry["shows"]["verdicts"][0] |= {"verdict": "holds", "value": 3.0}


def number(entry, _):
    entry["shows"]["numbers"][0]["value"] *= 1.5


def a_little(entry, _):
    entry["shows"]["numbers"][0]["value"] *= 1 + 1e-6


def figure(entry, _):
    entry["shows"]["figures"][0]["plots"] = "nothing"


def removed(entry, manifest):
    manifest["pages"].remove(entry)


def package(_, manifest):
    manifest["versions"]["numpy"] = "0.1"


def failed(entry, _):
    entry |= {"state": "failed", "message": "ValueError: no", "shows": None}


@pytest.mark.parametrize(
    ("change", "words"),
    [(verdict, "verdict: “The gap widens”: fails at 1×, asked at least 1.1 → holds at 3×"), (number, "number: Multiple of the work: "),
     (a_little, "number: Multiple of the work: "), (figure, "→ nothing"), (removed, "Pages removed"), (package, "→ 0.1"), (failed, "ValueError: no: done → failed")],
)  # fmt: skip
def test_every_kind_of_move_is_told_in_words_and_by_the_exit_status(built, tmp_path, capsys, change, words):
    new = tmp_path / "new.json"
    write_text(new, json.dumps(changed(read_manifest(built), change)))
    assert main(["compare", str(built), str(new)]) == 1
    said = capsys.readouterr().out
    assert words in said
    assert "overall_speedup" not in said
    assert STEM not in said
    assert main(["compare", str(built), str(new), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "workedarguments/compare-1"
    assert len(found["moved"]) == 1
    if change is removed:
        assert main(["compare", str(new), str(built)]) == 1
        assert "Pages added" in capsys.readouterr().out


def test_nothing_moves_within_tolerance_and_wording_is_no_move(built, capsys):
    assert main(["compare", str(built), str(built / NAME)]) == 0
    assert capsys.readouterr().out.strip() == "nothing moved"
    old = read_manifest(built)
    assert between(old, changed(old, lambda entry, _: entry["shows"]["numbers"][0].update(value=old_number(old) * (1 + 1e-12)))).moves == ()
    found = between(old, changed(old, lambda entry, _: entry.update(sha256="0" * 64)))
    assert (found.moves, len(found.reworded)) == ((), 1)
    assert main(["compare", str(built), str(built / "none")]) == 2


def old_number(manifest):
    return next(entry for entry in made(manifest) if entry["row"])["shows"]["numbers"][0]["value"]


def test_a_move_on_the_page_of_a_scenario_is_not_told_again_of_the_comparison(built):
    old = read_manifest(built)
    new = copy.deepcopy(old)
    for entry in made(new):
        for one in (entry["shows"] or {}).get("numbers", []):
            if one["name"] == "overall_speedup" and "metr_2025" in (one["scenario"], entry["scenario"]):
                one["value"] = 77.0
    assert [(move.page, move.new) for move in between(old, new).moves] == [(f"10_{STEM}/metr_2025.html", "77×")]


# Verifying


def lines_of(capsys, *call):
    status = main(["verify", *map(str, call)])
    return status, capsys.readouterr().out.splitlines()


def test_what_is_made_again_is_the_same_and_what_is_not_is_told(out, capsys):
    before = read_manifest(out)
    row = next(entry["path"] for entry in made(before) if entry["row"])
    page = out / f"10_{STEM}/metr_2025.html"
    page.write_text(page.read_text(encoding="utf-8").replace("and no slope is both", "x").replace("no slope is both", "every slope is both"),
                    encoding="utf-8")  # fmt: skip
    for entry in before["pages"]:
        if entry["kind"] == "comparison" and entry["sha256"]:
            (out / entry["path"]).unlink()
    status, lines = lines_of(capsys, out)
    assert status == 1
    assert sum("same bytes" in line for line in lines) == 1
    assert sum("is missing" in line for line in lines) == len(lines) - 2
    (differs,) = [line for line in lines if "differs" in line]
    assert "something else has changed the page" in differs
    assert "every slope is both" in differs
    after = {entry["path"]: entry["verified"] for entry in read_manifest(out)["pages"]}
    assert {path for path, time in after.items() if time} == {row}


def test_a_sample_begins_with_what_was_not_verified_for_longest(out, capsys):
    manifest = read_manifest(out)
    for entry in made(manifest):
        entry["verified"] = None if entry["row"] else "2026-01-01T00:00:00+00:00"
    put(out, manifest)
    status, lines = lines_of(capsys, out, "--sample", 1)
    assert (status, len(lines)) == (0, 1)
    assert "Ana's week: same bytes" in lines[0]


def test_after_an_interrupt_the_manifest_says_how_far_it_came(tmp_path):
    rows = "".join(f"r{n},0.{n}\n" for n in range(10, 90))
    write_text(tmp_path / "class.csv", f"name,hard_share\n{rows}")
    call = [sys.executable, "-m", "workedarguments", "render", STEM, "--scenarios", str(tmp_path / "class.csv"), "--out", str(tmp_path / "out")]
    # Whatever started these tests may have been told to ignore the signal, and that is inherited.
    heard = {} if os.name == "nt" else {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", **heard)
    said = [process.stdout.readline() for _ in range(2)]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    states = [entry["state"] for entry in read_manifest(tmp_path / "out")["pages"] if entry["row"] or entry["name"] == f"10_{STEM}"]
    assert states.count("done") >= len(said)
    assert states.count("missing") > 50
