"""Many pages from one file: a class list, a sweep. Each row is a page on top of a committed scenario.

A file is CSV or YAML. The columns of COLUMNS say what the page is called and on what it stands; in CSV every other
column is a parameter of the model, in YAML the parameters stand under `set`. A file is checked as a whole before
anything runs. Its pages lie in a folder of their own beside the committed ones, named after the file.
"""

import contextlib
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from ..ground import quantities
from ..ground.declared import SHORT, KeyOf, MappingOf, Name, Place, Plain, Record, Text, may, need
from ..ground.errors import ContentError, nearest, raise_if, short
from ..ground.files import numbered_csv, relative
from ..ground.numbers import quantity
from ..ground.strict_yaml import load_yaml, parse_yaml
from ..models import model, stems
from ..reasoning.argument import argument
from ..reasoning.scenarios import AS_TOLD, paths
from .plan import Page, notebooks_by_stem, plan
from .rows import Row, row_in

MOST = 2_000  # rows of a file
MOST_TOLD = 3  # parameters that a title names where the row has none of its own
NAME = Name("_-", number_first=True)
COLUMNS = {
    "name": need(NAME, "by which the page's file is named; no other row's, and no committed scenario's"),
    "title": may(Text(SHORT), "for the head of the page; without it, what the row sets"),
    "who": may(Text(SHORT), "who stands behind it"),
    "why": may(Text(), "what the case is, and why these numbers"),
    "scenario": may(Text(SHORT), "the committed scenario on which it stands; without it, as_told"),
    "argument": may(Text(SHORT), "where the file is for several; without it, that of the command"),
}
SET = may(MappingOf(Plain(), Name()), "parameters of the model, and their values")


@dataclass(frozen=True)
class Batch:
    """The pages of one file, in its order; `name` is that of their folder, `source` the file as it is shown."""

    name: str
    source: str
    pages: tuple

    def wanted(self, page):
        """Whether a page is one of the file, or what its pages are compared on."""
        return page in self.pages or (page.kind == "comparison" and page.stem in {one.stem for one in self.pages})


def read_batch(path, arguments=()):
    """The Batch of a file; `arguments` are the command's. ContentError with everything that is wrong in it."""
    path = Path(path)
    numbered = {one.stem: stem for stem, one in notebooks_by_stem().items()}
    stem = [numbered.get(Path(one).stem, Path(one).stem) for one in arguments]
    if len(stem) > 1:
        raise ContentError("--scenarios: give one argument for all rows, or none and a column `argument`")
    unknown = [one for one in stem if one not in stems()]
    raise_if([f"no argument {short(one)}; {nearest(one, stems())}" for one in unknown])
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not name or not NAME.allows(name):
        raise ContentError(f"{relative(path)}: pages lie in a folder named after the file; call it {NAME.words}")
    if path.suffix.lower() == ".csv":
        rows, problems = _of_csv(path, stem)
    elif path.suffix.lower() in (".yml", ".yaml"):
        rows, problems = _of_yaml(path)
    else:
        raise ContentError(f"{relative(path)}: must be CSV or YAML, with a name that ends in .csv, .yml or .yaml")
    if not rows and not problems:
        problems = [f"{relative(path)}: no rows; each row is a page"]
    if len(rows) > MOST:
        raise ContentError(f"{relative(path)}: {len(rows):,} rows; {MOST:,} at most")
    pages = []
    for at, entry in rows:
        found, page = _page(at, entry, stem[0] if stem else None, name, relative(path))
        problems += found
        pages.append(page)
    raise_if([*problems, *_twice(rows)])
    return Batch(name, relative(path), tuple(_beside_each_other(pages)))


def _of_csv(path, stem):
    """([(place, entry)], problems): the cells that hold something, those of parameters under "set"."""
    lines, where = numbered_csv(path), relative(path)
    given = {(row.get("argument") or "").strip() for _, row in lines} & {*stems()}
    specs = {one: quantities.specs(model(one).Parameters) for one in given | {*stem} or stems()}
    names = list(lines[0][1]) if lines else []
    known = {*COLUMNS, *(name for one in specs.values() for name in one)}
    problems = [
        f"{where} line 1: no column {short(name)}; {nearest(name, known)}"
        for name in names if name is not None and name not in known
    ]
    if len(names) == 1 and re.search("[;\t]", names[0]):
        return [], [f"{where} line 1: must have commas between its columns; save it as CSV with commas"]
    if "name" not in names and lines:
        problems.append(f"{where} line 1: column 'name' is missing")
    rows = []
    for line, row in lines:
        if None in row:
            problems.append(f"{where} line {line}: more cells than line 1 names columns")
        cells = {key: cell.strip() for key, cell in row.items() if key in known and cell and cell.strip()}
        entry = {key: cell for key, cell in cells.items() if key in COLUMNS}
        about = specs.get(entry.get("argument") or "".join(stem[:1]), {})
        entry["set"] = {key: _value(about.get(key), cell) for key, cell in cells.items() if key not in COLUMNS}
        if "name" in names or cells:
            rows.append((Place(where, (), line), entry))
    return (rows if "name" in names else []), problems


def _value(spec, cell):
    """What a cell says: for a choice its text, else a number if it is one."""
    if spec is None or spec.kind != "choice":
        with contextlib.suppress(ContentError):
            value = parse_yaml(cell, "")
            return value if type(value) in (int, float) else cell
    return cell


def _of_yaml(path):
    """([(place, entry)], problems) of a YAML file."""
    found, where = load_yaml(path), relative(path)
    if not isinstance(found, list):
        return [], [f"{where}: must be a list of mappings, each with the keys {', '.join([*COLUMNS, 'set'])}"]
    rows, problems = [], []
    for number, entry in enumerate(found, 1):
        if isinstance(entry, dict):
            lines = getattr(entry, "lines", {}).values()
            rows.append((Place(where, (), min(lines, default=None)), entry))
        else:
            problems.append(f"{where}: {number}: must be a mapping of keys to values, not {short(entry)}")
    return rows, problems


def _page(at, entry, stem, batch, source):
    """(problems, Page or None) of one row."""
    problems = Record(COLUMNS | {"set": SET}).problems(entry, at)
    stem, base = entry.get("argument") or stem, entry.get("scenario") or AS_TOLD
    if stem is None:
        return [*problems, f"{at}: 'argument' is missing; {nearest('', stems())}"], None
    wrong = KeyOf("argument", stems()).problems(stem, at)
    if wrong:
        return problems + wrong, None
    there = paths(stem)
    problems += KeyOf("scenario", there).problems(base, at)
    if entry.get("name") in [*there]:
        problems.append(f"{at}: {short(entry['name'])} is a committed scenario of {stem}; choose another name")
    values = entry.get("set") or {}
    if isinstance(values, dict):
        values = {key: value for key, value in values.items() if isinstance(key, str) and value is not None}
        problems += quantities.value_problems(model(stem).Parameters, values, str(at))
        problems += [
            f"{at}: {key} must be a finite number" for key, value in values.items()
            if isinstance(value, float) and not math.isfinite(value)
        ]
    if not problems:
        problems += _together(at, stem, base, values)
    if problems:
        return problems, None
    title = entry.get("title") or _told(model(stem).Parameters, values) or entry["name"].replace("_", " ")
    about = {key: entry.get(key) or "" for key in ("who", "why")}
    row = Row(batch, source, entry["name"], title, **about, overrides=tuple(values.items()))
    return [], Page("scenario", notebooks_by_stem()[stem], base, row=row)


def _together(at, stem, base, values):
    """Problems of a row with what it stands on: a broken scenario, values that do not go together."""
    try:
        argument(stem, base, values).parameters  # noqa: B018 - made once, to see that it can be
    except ContentError as error:
        return [f"{at}: {problem}" for problem in error.problems]
    return []


def _told(parameters, values):
    """What a row sets, in words; "" if that is nothing, or too much for a title."""
    specs = quantities.specs(parameters)
    parts = [
        f"{specs[name].label}: {value if isinstance(value, str) else quantity(value, specs[name].unit)}"
        for name, value in values.items()
    ]
    words = "; ".join(parts)
    return words if 0 < len(parts) <= MOST_TOLD and len(words) <= SHORT else ""


def _twice(rows):
    """Problems of names that stand twice."""
    first, problems = {}, []
    for at, entry in rows:
        name = entry.get("name")
        if isinstance(name, str) and name in first:
            problems.append(f"{at}: name {short(name)} stands twice (first in line {first[name]})")
        elif isinstance(name, str):
            first[name] = at.line
    return problems


def _beside_each_other(pages):
    """The pages, each with the names of those before and after it that are of the same argument."""
    names = {}
    for page in pages:
        names.setdefault(page.stem, [None]).append(page.row.name)
    at = Counter()
    for page in pages:
        at[page.stem] += 1
        beside, here = [*names[page.stem], None], at[page.stem]
        yield replace(page, row=replace(page.row, before=beside[here - 1], after=beside[here + 1]))


def lying(out):
    """The pages of rows that lie in a folder, batch by batch, each in the order of its file."""
    notebooks, found = {path.stem: path for path in notebooks_by_stem().values()}, {}
    for path in sorted(Path(out).glob("*/*/*.html")):
        read, notebook = row_in(path), notebooks.get(path.parts[-3])
        if read and notebook:
            page = Page("scenario", notebook, read[1], row=read[0])
            if page.path == "/".join(path.parts[-3:]):
                found.setdefault((page.stem, page.row.batch), {})[page.row.name] = page
    return [page for pages in found.values() for page in _in_order(pages)]


def _in_order(pages):
    """The pages of one batch by name, in the order that their rows tell."""
    left, order = dict(pages), []
    firsts = [name for name, page in pages.items() if page.row.before not in pages]
    for first in [*firsts, *pages]:
        here = first
        while here in left:
            order.append(left.pop(here))
            here = order[-1].row.after
    return order


def every_page(out, batch=None, force=False):
    """All pages: of notebooks and texts, of the batch, and of other batches that lie in the folder.

    ContentError if the batch would take the place of another of its name, unless `force`.
    """
    there = lying(out)
    if batch and not force:
        others = {page.row.source for page in there if page.row.batch == batch.name} - {batch.source}
        raise_if([
            f"{batch.source}: there are pages of {other} already in the folders named {batch.name}; call the file "
            "something else, or --force" for other in sorted(others)
        ])
    others = [page for page in there if not batch or page.row.batch != batch.name]
    return [*plan(), *others, *(batch.pages if batch else ())]


def remove_rows(out, kept, batch=None):
    """Remove the pages of rows that are not among the pages `kept`: of one batch, or of all."""
    paths_kept = {Path(out) / page.path for page in kept}
    for path in sorted(Path(out).glob("*/*/*.html")):
        read = row_in(path)
        if path not in paths_kept and read and (not batch or read[0].batch == batch.name == path.parent.name):
            path.unlink()
            with contextlib.suppress(OSError):  # other pages are in it
                path.parent.rmdir()
