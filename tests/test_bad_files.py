"""Bad files of every kind are refused with file, key and what is allowed; none is accepted, none ends in a traceback.

A sample of them here, all of them with ALL_BAD=true. The files are made from the declarations: bad_files.py.
"""

import os

import bad_files
import pytest
from workedarguments.authoring import checks
from workedarguments.ground.declared import FILES
from workedarguments.ground.files import root

ALL_BAD = os.environ.get("ALL_BAD") == "true"
EVERY = bad_files.cases()
SHOWN = EVERY if ALL_BAD else EVERY[::30]
LONGEST = 700  # characters of a line of a message


def found_in(file, monkeypatch):
    """All problems of the content; what takes longest only where the kind of file is about it."""
    if not file.startswith(("data/results", "data/scenarios")):
        monkeypatch.setattr(checks.results, "differences", lambda stem: [])
    if not file.startswith("notebooks"):
        monkeypatch.setattr(checks, "notebook_problems", list)
    return checks.problems()


@pytest.mark.parametrize("case", SHOWN, ids=str)
def test_a_bad_file_is_refused_and_hides_no_other(somewhere, monkeypatch, case):
    path = somewhere / case.file
    before = path.read_bytes()
    path.write_bytes(case.content)
    try:
        found = found_in(case.file, monkeypatch)
    finally:
        path.write_bytes(before)
    mine = [line for line in found if line.startswith(case.file)]
    assert mine, f"accepted; {found[:3]}"
    # JSON is refused as a whole where a number in it is none.
    assert any(case.key in line or "is no number in JSON" in line for line in mine), mine
    assert max(map(len, mine)) <= LONGEST
    others = sorted({line.partition(":")[0].partition(" line")[0] for line in found} - {case.file})
    assert not [name for name in others if not followed_by(case.file, name)], found


def followed_by(file, name):
    """Whether a problem of one kind of file may have to be told of another, too: what needs it cannot be checked."""
    kind = file.split("/")[1] if "/" in file else file
    return kind in ("results", "scenarios") and name.startswith("data/results")


def test_two_bad_files_are_both_told(somewhere, monkeypatch):
    names = ["data/sources.yml", "data/claims/casado.yml", "data/relations.yml", "data/evidence/fibre.csv",
             "data/scenarios/ten_to_two/metr_2025.yml", "data/exercises/ten_to_two.yml", "data/words/zh-Hans.yml",
             "data/texts/bubble/text.yml"]
    before = {name: (somewhere / name).read_bytes() for name in names}
    try:
        for name in names:
            (somewhere / name).write_bytes(b"\xff\xfe")
        found = found_in("data/scenarios", monkeypatch)
    finally:
        for name, content in before.items():
            (somewhere / name).write_bytes(content)
    assert [name for name in names if not any(line.startswith(name) for line in found)] == []
    assert found_in("", monkeypatch) == []


@pytest.mark.parametrize("pattern", FILES)
def test_a_file_as_another_editor_saves_it_is_the_same_file(somewhere, monkeypatch, pattern):
    path = somewhere / bad_files.example(pattern).relative_to(root())
    before = path.read_bytes()
    for what, content in bad_files.harmless(path).items():
        path.write_bytes(content)
        try:
            assert found_in(pattern, monkeypatch) == [], what
        finally:
            path.write_bytes(before)


def test_there_are_as_many_cases_as_keys_need():
    assert len(set(EVERY)) >= 600
    assert {case.file.partition("/")[0] for case in EVERY} == {"data", "notebooks"}
