"""Notebooks: hygiene by `worked check`, the guards that make nbval mean something, and papermill."""

import ast
import subprocess
import sys

import nbformat
import pytest
import workedarguments as wa
from nbconvert.exporters import ScriptExporter
from workedarguments.authoring import notebooks
from workedarguments.ground.files import data, root

PATHS = notebooks.paths()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_notebook_keeps_the_rules(path):
    assert notebooks.problems(path, wa.stems()) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_code_cell_was_executed_and_most_are_compared(path):
    code = [cell for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    compared = [cell for cell in code if cell.outputs and "nbval-ignore-output" not in notebooks.tags(cell)]
    assert len(compared) >= 0.8 * (len(code) - 2)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_normalising_twice_changes_nothing(path):
    notebook = notebooks.normalise(notebooks.read(path))
    once = nbformat.writes(notebook)
    assert nbformat.writes(notebooks.normalise(nbformat.reads(once, 4))) == once
    assert path.read_text(encoding="utf-8") == once + "\n"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_nbconvert_writes_it_as_a_script_of_python(path):
    script, about = ScriptExporter().from_notebook_node(notebooks.read(path))
    assert about["output_extension"] == ".py"
    cells = [cell.source for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    assert ast.dump(ast.parse(script)) == ast.dump(ast.parse("\n".join(cells)))


def change(path, tmp_path, edit):
    """Problems of a copy of a notebook after an edit of its cells."""
    notebook = notebooks.read(path)
    edit(notebook.cells)
    copy = tmp_path / path.name
    nbformat.write(notebook, copy)
    return "\n".join(notebooks.problems(copy, wa.stems()))


def code(cells, tag):
    return next(cell for cell in cells if tag in notebooks.tags(cell))


EDITS = {
    "a stripped output": (lambda cells: code(cells, "headline").update(outputs=[]), "no output is stored"),
    "an unknown magic": (lambda cells: code(cells, "headline").update(source="%%nothing\nraise ValueError"), "not plain Python"),
    "a print": (lambda cells: code(cells, "headline").update(source="print(1)"), "print; the last expression"),
    "an unknown tag": (lambda cells: code(cells, "headline").metadata.update(tags=["headlines"]), "did you mean 'headline'"),
    "a function": (lambda cells: code(cells, "headline").update(source="def f():\n    return 1\nf()"), "functions live in the library"),
    "a long cell": (lambda cells: code(cells, "headline").update(source="\n".join(f"x{k} = {k}" for k in range(11))), "11 lines; 10 at most"),
    "other parameters": (lambda cells: code(cells, "parameters").update(source='scenario = "as_told"'), "must be tagged parameters"),
    "no alt text": (lambda cells: code(cells, "figure").outputs[0].metadata["image/png"].update(alt="A chart"), "without alt text"),
    "another alt text": (lambda cells: code(cells, "figure").outputs[0].metadata["image/png"].update(alt="x" * 40), "not the one in its text"),
    "no digest": (lambda cells: code(cells, "figure").outputs[0].data.update({"text/plain": "<Figure>"}), "digest of what it plots"),
    "a count left out": (lambda cells: code(cells, "figure").update(execution_count=None), "execution counts"),
    "an ignored cell without reason": (lambda cells: code(cells, "explore").metadata.pop("reason"), "does not say why"),
    "a typed number": (lambda cells: cells[0].update(source=cells[0].source + "\n\nIt is 47.3 per cent."), "number 47.3 typed in prose"),
    "a typed verdict": (lambda cells: cells[0].update(source=cells[0].source + "\n\nThe claim holds."), "a verdict typed by hand"),
    "a stored error": (lambda cells: code(cells, "headline").update(outputs=[nbformat.v4.new_output("error", ename="E", evalue="v", traceback=[])]), "stored error"),
    "a machine path": (lambda cells: code(cells, "headline").outputs[0].data.update({"text/plain": str(root())}), "machine path"),
    "two code cells in a row": (lambda cells: cells.insert(5, nbformat.v4.new_code_cell("1 + 1", execution_count=1)), "without prose between"),
    "a formula no page can show": (lambda cells: cells[0].update(source=cells[0].source + "\n\n$\\frac{1}{$"), "no page can show"),
}


@pytest.mark.parametrize("name", EDITS)
def test_rules_notice(tmp_path, name):
    edit, message = EDITS[name]
    assert message in change(root() / "notebooks" / "10_ten_to_two.ipynb", tmp_path, edit)


@pytest.mark.parametrize("text", ["Ten of 12 in 2026, 2.8 of them", "a share of 0.9"])
def test_numbers_that_may_stand_in_prose(text):
    assert notebooks.typed_numbers(text.replace("2.8", "2")) == []


def papermill(tmp_path, *arguments):
    """papermill in a process of its own, from a folder outside the repository."""
    path = root() / "notebooks" / "10_ten_to_two.ipynb"
    command = [sys.executable, "-m", "papermill", str(path), "out.ipynb", "--no-progress-bar", *arguments]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)


def test_papermill_from_another_folder_with_scenario_and_overrides(tmp_path):
    done = papermill(tmp_path, "-p", "scenario", "metr_2025", "-p", "overrides", "tool_speedup=3")
    assert done.returncode == 0, done.stderr[-2000:]
    text = tmp_path.joinpath("out.ipynb").read_text(encoding="utf-8")
    assert "With none untouched and 3× on the rest" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-p", "scenario", "metr2025"), "did you mean 'metr_2025'"),
        (("-p", "overrides", "tool_speadup=3"), "did you mean 'tool_speedup'"),
        (("-p", "overrides", "hard_share=5%"), "must be a share between 0 and 1, not '5%'"),
        (("-p", "scenaro", "metr_2025"), "no parameter 'scenaro'; allowed: language, overrides, scenario; did you mean 'scenario'"),
        (("-y", "overrides: {hard_share: false}"), "must be a share between 0 and 1, not False"),
    ],
)
def test_papermill_fails_with_our_message_last_and_writes_nothing(tmp_path, arguments, message):
    before = sorted(data().rglob("*"))
    done = papermill(tmp_path, *arguments)
    assert done.returncode == 1
    assert message in done.stderr.strip().splitlines()[-1]
    assert sorted(data().rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.ipynb"]
