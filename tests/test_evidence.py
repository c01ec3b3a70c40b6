"""Evidence says whose it is, in which unit, how far it was followed; a number changes only on purpose."""

import csv
import hashlib
import io

import pytest
import workedarguments as wa
from workedarguments.authoring import checks
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data
from workedarguments.ground.strict_yaml import load_yaml
from workedarguments.reasoning.evidence import accept_changes, evidence_problems

SIDECAR = """title: t
producer: p
citation: c
licence: l
accessed: "2026-11-21"
units: ["share", "share change", "miles"]
columns:
  id: {unit: "text", meaning: "row"}
  source: {unit: "text", meaning: "key"}
  date: {unit: "date", meaning: "when"}
  value: {unit: "as in unit", meaning: "number"}
  unit: {unit: "text", meaning: "unit"}
  checked: {unit: "text", meaning: "how far"}
"""
ROWS = """id,source,date,value,unit,checked
a,metr-2025,1849,1,share,source
b,wsj-2002; metr-2025,1849-06/1850-01-31,,miles,computed
"""


@pytest.fixture
def table(elsewhere):
    """Write a small table and its sidecar beside the others; returns the problems that are found."""

    def write(rows=ROWS, sidecar=SIDECAR):
        for name, text in (("small.csv", rows), ("small.yml", sidecar)):
            elsewhere.joinpath("data/evidence", name).write_text(text, encoding="utf-8")
        return [line for line in evidence_problems() if "small" in line]

    return write


def test_a_sound_table_lacks_nothing_but_its_hash(table):
    assert table() == ["data/evidence/small.csv has no sha256 in its sidecar yet; if that is meant, worked check --fix"]
    accept_changes()
    assert evidence_problems() == []


BROKEN_ROWS = {
    "a word for a number": ("1849,1,", "1849,many,", "line 2: value: must be a number, not 'many'"),
    "a decimal comma": ("1849,1,", '1849,"1,5",', "line 2: value: must be a number, not '1,5'"),
    "an unknown source": ("a,metr-2025", "a,metr2025", "no source 'metr2025'; allowed"),
    "a second source unknown": ("wsj-2002; metr", "wsj-2002; mert", "did you mean 'metr-2025'?"),
    "a misspelt unit": ("1,share,", "1,shar,", "line 2: unit: 'shar'; allowed: miles, share, share change; did you mean 'share'?"),
    "no unit": ("1,share,", "1,,", "line 2: unit: ''; allowed: miles"),
    "a month without its zero": ("a,metr-2025,1849", "a,metr-2025,1849-6", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not '1849-6'"),
    "a day that is none": ("a,metr-2025,1849", "a,metr-2025,1849-02-30", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not '1849-02-30'"),
    "words for a date": ("a,metr-2025,1849", "a,metr-2025,about 1849", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not 'about 1849'"),
    "more than a date": ("a,metr-2025,1849", "a,metr-2025,1849-06-30x", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not '1849-06-30x'"),
    "a time that runs backwards": ("1849-06/1850-01-31", "1850-01-31/1849-06", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not '1850-01-31/1849-06'"),
    "three dates": ("1849-06/1850-01-31", "1849/1850/1851", "date: must be a date such as 1849, 1849-06 or 1849-06-30, or two with a slash between, not '1849/1850/1851'"),
    "an unknown way of checking": ("share,source", "share,sauce", "checked: 'sauce'; allowed: computed, memory, secondary, source; did you mean 'source'?"),
    "surer than its source": ("a,metr-2025", "a,wsj-2002", "line 2: checked is 'source', but data/sources.yml follows wsj-2002 only to 'secondary'"),
    "surer than memory": ("a,metr-2025,1849,1,share,source", "a,knight-1921,1849,1,share,secondary", "knight-1921 only to 'memory'"),
    "an id that stands twice": ("b,wsj", "a,wsj", "id 'a' stands twice"),
    "a cell too many": ("share,source", "share,source,x", "line 2: more or fewer cells than columns"),
    "a comma without quotation marks": ("miles,computed", "square,miles,computed", "line 3: more or fewer cells than columns"),
    "a cell too few": ("1,share,source", "1,share", "line 2: more or fewer cells than columns"),
    "another column": ("id,source,date,value", "id,source,date,number", "columns id, source, date, number"),
}


@pytest.mark.parametrize("name", BROKEN_ROWS)
def test_a_broken_row_is_found(table, name):
    old, new, message = BROKEN_ROWS[name]
    assert ROWS.count(old) == 1
    found = table(ROWS.replace(old, new))
    assert any(message in line and line.startswith("data/evidence/small.csv") for line in found), found


BROKEN_SIDECARS = {
    "no licence": ("licence: l\n", "", "small.yml: 'licence' is missing"),
    "an unknown key": ("licence: l\n", "licence: l\nlicense: l\n", "unknown key 'license'"),
    "a column without unit": ('date: {unit: "date", meaning: "when"}', 'date: {meaning: "when"}', "columns: date: 'unit' is missing"),
    "a column without meaning": ('date: {unit: "date", meaning: "when"}', 'date: {unit: "date"}', "columns: date: 'meaning' is missing"),
    "a column as plain text": ('date: {unit: "date", meaning: "when"}', "date: when", "columns: date: must be a mapping"),
    "a column that is not there": ('  date: {unit: "date", meaning: "when"}\n', "", "differ from the sidecar's id, source, value"),
    "no units": ('units: ["share", "share change", "miles"]\n', "", "line 2: unit: 'share'; allowed: none"),
    "a day of access that is none": ('"2026-11-21"', '"November 2026"', "accessed: must be a date such as 1849, 1849-06 or 1849-06-30, not 'November 2026'"),
}


@pytest.mark.parametrize("name", BROKEN_SIDECARS)
def test_a_broken_sidecar_is_found(table, name):
    old, new, message = BROKEN_SIDECARS[name]
    assert SIDECAR.count(old) == 1
    found = table(sidecar=SIDECAR.replace(old, new))
    assert any(message in line for line in found), found


def test_a_table_without_sidecar(elsewhere):
    elsewhere.joinpath("data/evidence/small.csv").write_text(ROWS, encoding="utf-8")
    assert any("no sidecar small.yml" in line for line in evidence_problems())


def change(table, old, new):
    """Change a committed table as a hand would."""
    text = table.read_text(encoding="utf-8")
    assert text.count(old) == 1
    table.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_number_is_found_and_accepted_only_on_purpose(elsewhere):
    railways = elsewhere.joinpath("data/evidence/railways.csv")
    change(railways, "length open,1845,2441", "length open,1845,2414")
    message = "data/evidence/railways.csv has changed since its sidecar was written; if that is meant, worked check --fix"
    assert evidence_problems() == [message]
    before = railways.with_suffix(".yml").read_text(encoding="utf-8").splitlines()
    assert accept_changes() == ["data/evidence/railways.yml, because railways.csv has changed: look at each changed number"]
    after = railways.with_suffix(".yml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == before[-1:], "nothing but the hash is rewritten"
    assert evidence_problems() == []
    assert accept_changes() == []


def test_what_is_wrong_is_not_accepted_as_meant(elsewhere):
    railways = elsewhere.joinpath("data/evidence/railways.csv")
    change(railways, "length open,1845,2441,,,miles", "length open,1845,2441,,,mile")
    before = railways.with_suffix(".yml").read_bytes()
    assert accept_changes() == []
    assert railways.with_suffix(".yml").read_bytes() == before
    assert any("unit: 'mile'" in line and "did you mean 'miles'?" in line for line in evidence_problems())


def test_fix_says_what_it_has_accepted(elsewhere, monkeypatch):
    change(elsewhere.joinpath("data/evidence/railways.csv"), "length open,1845,2441", "length open,1845,2414")
    monkeypatch.setattr(checks.notebooks, "execute", lambda path: False)
    monkeypatch.setattr(checks.results, "write", lambda stem: False)
    assert checks.fix() == ["data/evidence/railways.yml, because railways.csv has changed: look at each changed number"]


@pytest.mark.parametrize("path", sorted(data("evidence").glob("*.csv")), ids=lambda path: path.stem)
def test_the_hash_is_that_of_the_file_whatever_ends_its_lines(path):
    written = load_yaml(path.with_suffix(".yml"))["sha256"]
    assert written == hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def test_other_line_ends_are_no_change(elsewhere):
    railways = elsewhere.joinpath("data/evidence/railways.csv")
    railways.write_bytes(railways.read_bytes().replace(b"\n", b"\r\n"))
    assert evidence_problems() == []


def test_dates_stay_as_written(table):
    table(ROWS.replace("1849-06/1850-01-31", "1850"))
    assert wa.evidence("small")["date"].tolist() == ["1849", "1850"]
    assert wa.evidence("railways").loc["open-1845", "date"] == "1845"
    assert wa.evidence("nasdaq").loc["peak-2000", "date"] == "2000-03-10"


def test_an_unknown_table_is_answered_with_the_known():
    with pytest.raises(ContentError, match="did you mean 'railways'"):
        wa.evidence("railway")


@pytest.mark.parametrize("table", ["studies", "fibre"])
def test_a_number_that_is_none_is_told_with_its_line_wherever_it_is_wanted(elsewhere, table):
    path = data("evidence", f"{table}.csv")
    head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    row = next(csv.DictReader([head, first]))
    changed = io.StringIO()
    csv.DictWriter(changed, row, lineterminator="").writerow(row | {"value": "2,8"})
    path.write_text("\n".join([head, changed.getvalue(), *rest, ""]), encoding="utf-8")
    told = f"data/evidence/{table}.csv line 2: value: must be a number, not '2,8'"
    with pytest.raises(ContentError) as error:
        wa.evidence(table)
    assert list(error.value.problems) == [told]
    assert told in checks.problems()
