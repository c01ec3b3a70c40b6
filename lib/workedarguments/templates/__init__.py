"""What `worked new argument STEM` writes: a model, a notebook, two scenarios, a test and its results.

The files are a small argument that runs and passes every test before the first edit, so that each
edit can be checked at once.
"""

import re
from pathlib import Path
from string import Template

import nbformat

from .. import notebooks, results
from ..argument import stems
from ..content import ContentError, data, relative, root

HERE = Path(__file__).parent


def new_argument(stem, number=None):
    """Write the files of a new argument and run its notebook; returns their names. Nothing is overwritten.

    `number` is the notebook's two-digit prefix, 10 to 89; the next free ten if None.
    """
    taken = {int(path.stem[:2]) for path in notebooks.paths()}
    number = number or next(n for n in (*range(10, 90, 10), *range(10, 90)) if n not in taken)
    problems = []
    if not re.fullmatch(r"[a-z][a-z0-9_]*", stem):
        problems.append(f"argument {stem!r}: a stem is lower-case letters, digits and underscores, such as clone_time")
    if stem in stems():
        problems.append(f"argument {stem!r}: is there already")
    if not 10 <= number <= 89 or number in taken:
        used = ", ".join(map(str, sorted(taken)))
        problems.append(f"number {number}: must be between 10 and 89 and not one of {used}")
    if problems:
        raise ContentError(problems)
    package = Path(__file__).parents[1]
    targets = {
        "model.txt": package / "models" / f"{stem}.py",
        "as_told.yml": data("scenarios", stem, "as_told.yml"),
        "half.yml": data("scenarios", stem, "half.yml"),
        "test.txt": root() / "tests" / f"test_{stem}.py",
        "notebook.txt": root() / "notebooks" / f"{number}_{stem}.ipynb",
    }
    there = [path for path in targets.values() if path.exists()]
    if there:
        raise ContentError([f"{relative(path)}: is there already" for path in there])
    for name, path in targets.items():
        text = Template((HERE / name).read_text(encoding="utf-8")).substitute(stem=stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_notebook(text) if name == "notebook.txt" else text, encoding="utf-8")
    results.write(stem)
    notebooks.execute(targets["notebook.txt"])
    return [relative(path) for path in (*targets.values(), data("results", f"{stem}.csv"))]


def _notebook(text):
    """A notebook from text in which "%% markdown" and "%% code [tag ...]" lines start the cells."""
    cells = []
    for position, part in enumerate(re.split(r"^%% ", text, flags=re.MULTILINE)[1:], 1):
        head, _, source = part.partition("\n")
        kind, *tags = head.split()
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        cell = make(source.strip("\n"), id=f"cell-{position:02d}")
        if tags:
            cell.metadata["tags"] = tags
        cells.append(cell)
    return nbformat.writes(notebooks.normalise(nbformat.v4.new_notebook(cells=cells))) + "\n"
