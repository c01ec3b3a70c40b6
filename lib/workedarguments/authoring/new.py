"""What `worked new argument STEM` and `worked new text ID` write.

An argument: a model, a notebook, two scenarios, its ranges, a test and its results. A text: its description, a
digest, one claim and, from a copy of the article, its numbered sentences and its anchors. The files
pass every check before the first edit, so that each edit can be checked at once.
"""

import hashlib
import keyword
import re
from pathlib import Path
from string import Template

import nbformat

from ..ground.declared import Name, Place
from ..ground.errors import ContentError, raise_if
from ..ground.files import data, read_bytes, relative, root, write_text
from ..models import stems
from ..reasoning import results
from ..texts import copies
from ..texts.anchors import LEAST_UNITS
from ..texts.claims import EXACTNESS, HEDGES, KINDS, TESTS, claims
from ..texts.sources import sources
from ..texts.texts import VOICES
from . import notebooks

TEMPLATES = Path(__file__).with_name("templates")


def new_argument(stem, number=None):
    """Write the files of a new argument and run its notebook; returns their names. Nothing is overwritten.

    `number` is the notebook's two-digit prefix, 10 to 89; the next free ten if None.
    """
    taken = {int(path.stem[:2]) for path in notebooks.paths()}
    number = number or next(n for n in (*range(10, 90, 10), *range(10, 90)) if n not in taken)
    problems = Name().problems(stem, Place(f"argument {stem!r}"))
    if keyword.iskeyword(stem):
        problems.append(f"argument {stem!r}: is a word of Python; choose another, such as clone_time")
    if stem in stems():
        problems.append(f"argument {stem!r}: is there already")
    if not 10 <= number <= 89 or number in taken:
        used = ", ".join(map(str, sorted(taken)))
        problems.append(f"number {number}: must be between 10 and 89 and not one of {used}")
    raise_if(problems)
    package = Path(__file__).parents[1]
    targets = {
        "model.txt": package / "models" / f"{stem}.py",
        "as_told.yml": data("scenarios", stem, "as_told.yml"),
        "half.yml": data("scenarios", stem, "half.yml"),
        "ranges.yml": data("ranges", f"{stem}.yml"),
        "test.txt": root() / "tests" / f"test_{stem}.py",
        "notebook.txt": root() / "notebooks" / f"{number}_{stem}.ipynb",
    }
    raise_if([f"{relative(path)}: is there already" for path in targets.values() if path.exists()])
    for name, path in targets.items():
        text = Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(stem=stem)
        write_text(path, _notebook(text) if name == "notebook.txt" else text)
    results.write(stem)
    notebooks.execute(targets["notebook.txt"])
    return [relative(path) for path in (*targets.values(), data("results", f"{stem}.csv"))]


def new_text(key, copy=None):
    """Write the files of a new text; returns their names. Nothing is overwritten, nothing half written.

    With `copy`, a file of the article, its sentences are numbered in local/ for claims to point at,
    and the example claim is anchored to the first one that is long enough. The copy is only read.
    """
    claims()  # raises if what is there is not in order
    targets = {
        "text.yml": data("texts", key, "text.yml"),
        "digest.md": data("texts", key, "digest.md"),
        "claims.yml": data("claims", f"{key}.yml"),
    }
    problems, first = Name("-_", most=40).problems(key, Place(f"text {key!r}")), None
    if not problems and key in sources():
        problems = [f"text {key!r}: a text or a source has this id already"]
    if not problems:
        there = [path for path in (*targets.values(), data("anchors", f"{key}.json")) if path.exists()]
        problems = [f"{relative(path)}: is there already" for path in there]
    try:
        first = _first_sentence(copy) if copy is not None else None
    except ContentError as error:
        problems += error.problems
    raise_if(problems)
    for name, path in targets.items():
        text = Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(_filled(key, copy, first))
        write_text(path, text)
    more = [copies.make_anchors(key, copy), copies.write_numbered(key, copy)] if copy is not None else []
    return [relative(path) for path in (*targets.values(), *more)]


def _first_sentence(copy):
    """Number of the first sentence of a copy that an anchor can find again."""
    units = copies.numbered(copy)["units"]
    if not (units >= LEAST_UNITS).any():
        name = Path(copy).name
        raise ContentError(f"{name}: no sentence of {LEAST_UNITS} words or Chinese characters; is it the article?")
    return int((units >= LEAST_UNITS).idxmax())


def _filled(key, copy, first):
    """What stands in for the names in the templates of a text."""
    named = {"voices": VOICES, "kinds": KINDS, "hedges": HEDGES, "exactness": EXACTNESS, "tests": TESTS}
    filled = {"key": key, **{name: ", ".join(words) for name, words in named.items()}}
    if copy is None:
        return filled | {"original": "", "sentences": "  # sentences: [0]  # where it stands, once there is a copy"}
    sha256, characters = hashlib.sha256(read_bytes(copy)).hexdigest(), len(copies.read_copy(copy))
    return filled | {
        "original": f'original:\n  sha256: "{sha256}"\n  characters: {characters}',
        "sentences": f"  sentences: [{first}]  # where it stands; one of them has {LEAST_UNITS} units or more",
    }


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
