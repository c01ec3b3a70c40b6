"""Ranges of inputs: what studies measured, and what we think plausible where nobody measured anything.

data/ranges/<argument>.yml holds both, by input. A measured range is made of rows of data/evidence: one row gives its
value and its interval, several give the lowest, the middle and the highest of their values. It is about a population,
and a case draws only what is about one of its own. A plausible range is ours, labelled so, and never mixed with a
measured one. What a scenario or a reader sets is not drawn: it is what the case is about. Inputs of which the same
studies speak are drawn study by study, which keeps what goes together in one study together. Leaves out: what the
draws decide (draws.py).
"""

import re
from dataclasses import dataclass, field

import numpy as np

from ..ground import quantities, uses
from ..ground.declared import SHORT, ListOf, MappingOf, Name, Number, Place, Record, Text, declare, may, need
from ..ground.errors import ContentError, Unread, known, nearest, raise_if
from ..ground.files import data, relative
from ..ground.strict_yaml import load_yaml
from ..models import model
from ..texts.sources import split_keys
from .evidence import evidence
from .evidence import tables as evidence_tables
from .expressions import evaluate

ROW = re.compile(r"\[(?:([a-z0-9_]+)/)?([A-Za-z0-9_.-]+)(?: (low|high))?\]")
TABLE = "studies"
_kept = {}  # {(argument, whether something is made of it): (its files, as they were; what was read)}
FILE = declare("data/ranges/<argument>.yml", "How far an argument's inputs may go.", Record({
    "about": may(ListOf(Text(SHORT)), "whose measurements bear on the case as told"),
    "measured": may(MappingOf(Record({
        "about": need(Text(SHORT), "whom or what was measured"),
        "rows": need(ListOf(Text(200), least=1), "a study each, an expression over rows of data/evidence: `1 - [T02]`; "
                     "`[table/id]` if the table is not studies, `[id low]` for an end, `log(...)`"),
        "why": may(Text(), "what to keep in mind"),
    }), Name("_")), "what studies measured, by input"),
    "plausible": may(MappingOf(Record({
        "low": need(Number(), "the least that we think possible"),
        "high": need(Number(), "the most"),
        "why": need(Text(), "why these two"),
    }), Name("_")), "what we think plausible where nobody measured, by input"),
    "without": may(MappingOf(Text(), Name("_")), "inputs of which we say no range, and why"),
}))


@dataclass(frozen=True)
class Study:
    """What one expression over rows gives: its value, and the ends of the interval if there is one row with one."""

    source: str
    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Range:
    """Between which values an input may lie, and whose range it is: of `studies` about somebody, or ours (none)."""

    low: float
    central: float
    high: float
    studies: tuple = ()
    about: str = ""
    why: str = ""

    @property
    def sources(self):
        """Keys of the sources behind it, each once."""
        return list(dict.fromkeys(key for one in self.studies for key in split_keys(one.source)))


@dataclass(frozen=True)
class Ranges:
    """What one file says: populations of the case as told, measured ranges and our own, by input, why others have
    none, and all populations that a range is about, of those too whose rows cannot be read.
    """

    about: tuple = ()
    measured: dict = field(default_factory=dict)
    ours: dict = field(default_factory=dict)
    without: dict = field(default_factory=dict)
    populations: tuple = ()


def path(stem):
    """Where the ranges of an argument are; there need not be such a file."""
    return data("ranges") / f"{stem}.yml"


def read_ranges(stem):
    """(Ranges of an argument, problems, unread files), computed from the rows that they name."""
    if not path(stem).exists():
        return Ranges(), [], {}
    # Every opening of an argument asks: ranges are computed once from the same files, and broken ones as well.
    states = [(file, file.stat()) for file in (path(stem), *data("evidence").glob("*"))]
    behind = [(file, state.st_mtime_ns, state.st_size) for file, state in states]
    key = stem, uses.is_collecting()  # while something is made, files that cannot be read are no problem of the ranges
    if key not in _kept or _kept[key][0] != behind:
        _kept[key] = behind, _computed(stem)
    ranges, problems, unread = _kept[key][1]
    for file, wrong in unread.items():
        uses.unread(file, wrong)
    return ranges, problems, unread


def _computed(stem):
    entry, at = load_yaml(path(stem)), Place(relative(path(stem)))
    raise_if(FILE.kind.problems(entry, at))
    fields, problems, tables, unread = quantities.specs(model(stem).Parameters), [], {}, {}
    found = {"measured": {}, "plausible": {}}
    for part, ranges in found.items():
        here = at.inside(part, entry)
        for name, about in (entry.get(part) or {}).items():
            where = str(here.inside(name, entry[part]))
            try:
                spec = fields[known(name, [key for key in fields if fields[key].kind != "choice"], "input", where)]
                made = (_measured if part == "measured" else _plausible)(where, spec, about, tables)
                ranges[name] = _checked(where, spec, made)
            except Unread as error:
                unread[error.path] = error.problems
            except ContentError as error:
                problems += error.problems
    populations = tuple(dict.fromkeys(one["about"] for one in (entry.get("measured") or {}).values()))
    without = entry.get("without") or {}
    here = at.inside("without", entry)
    for name in without:
        if name not in fields:
            problems.append(f"{here.inside(name, without)}: no input {name!r}; {nearest(name, fields)}")
        elif name in (entry.get("measured") or {}) or name in (entry.get("plausible") or {}):
            problems.append(f"{here.inside(name, without)}: {name!r} has a range in this file")
    about = tuple(entry.get("about") or ())
    ranges = Ranges(about, found["measured"], found["plausible"], dict(without), populations)
    problems += population_problems(str(at.inside("about", entry)), ranges, ranges.about)
    return ranges, problems, unread


def ranges_of(stem):
    """The Ranges of an argument; ContentError with everything that is wrong. While something is made of them, those
    whose rows can be read.
    """
    with uses.only("ranges", stem), uses.reading(relative(path(stem))):
        found, problems, _ = read_ranges(stem)
        raise_if(problems)
    return found


def range_problems(stem):
    """Everything that is wrong with the ranges of an argument."""
    try:
        _, problems, unread = read_ranges(stem)
    except ContentError as error:
        return list(error.problems)
    return problems + [line for lines in unread.values() for line in lines]


def population_problems(where, ranges, about):
    """Populations about which no range is."""
    every = ranges.populations
    return [f"{where}: no range is about {one!r}; {nearest(one, every)}" for one in about if one not in every]


@uses.kind("ranges", "how far the inputs of {} may go")
def _today(stem):
    return read_ranges(stem)


def drawn_here(argument):
    """(measured ranges, our own) that a case leaves open and that are about it: {input: Range} each."""
    open_here = {name: one for name, one in argument.movable.items() if name not in argument.chosen}
    return tuple({name: one for name, one in open_here.items() if bool(one.studies) == of} for of in (True, False))


def together(ranges):
    """Inputs that are drawn together, because a study speaks of several of them: lists of names, others alone."""
    groups = []  # (names, sources) pairs
    for name, one in ranges.items():
        mine = set(one.sources)
        touched = [group for group in groups if group[1] & mine]
        names = [earlier for group in touched for earlier in group[0]]
        groups = [group for group in groups if group not in touched]
        groups.append(([*names, name], mine.union(*(sources for _, sources in touched))))
    return [names for names, _ in groups]


def draw(fields, ranges, n, seed):
    """`n` draws of inputs over their ranges: {name: array of n}, to the nearest whole number for a count.

    An input alone is drawn from a triangular distribution over low, central and high of a measured range, and evenly
    over one of our own, on its field's scale. Of inputs of which the same studies speak, each draw takes a study, and
    of all that it measured its values.
    """
    generator, drawn = np.random.default_rng(seed), {}
    for names in together(ranges):
        priority = {}
        for name in names:
            one, spec = ranges[name], fields[name]
            if len(one.studies) > 1 and len(names) > 1:
                keys = _numbered(one.studies)
                for key in keys:
                    if key not in priority:
                        priority[key] = generator.random(n)
                first = np.argmax([priority[key] for key in keys], axis=0)
                column = np.array([study.value for study in one.studies])[first]
            elif one.studies:
                column = triangular(generator.random(n), one.low, one.central, one.high, spec.scale)
            else:
                column = _evenly(spec, one, generator.random(n))
            drawn[name] = np.round(column) if spec.kind == "count" else column
    return drawn


def _numbered(studies):
    """A key for each study: its source, and which of that source's it is here."""
    sources = [study.source for study in studies]
    return [(source, sources[:k].count(source)) for k, source in enumerate(sources)]


def _evenly(spec, one, u):
    if spec.scale == "log":
        return np.exp(np.log(one.low) + u * (np.log(one.high) - np.log(one.low)))
    return one.low + u * (one.high - one.low)


def triangular(u, low, central, high, scale="linear"):
    """Quantiles of a triangular distribution at `u` in [0, 1], by element; with scale="log" of the logarithm."""
    if scale == "log":
        return np.exp(triangular(u, np.log(low), np.log(central), np.log(high)))
    width = np.subtract(high, low)
    some = np.where(width > 0, width, 1.0)
    rising = low + np.sqrt(u * width * np.subtract(central, low))
    falling = high - np.sqrt((1 - u) * width * np.subtract(high, central))
    return np.where(width > 0, np.where(u < np.subtract(central, low) / some, rising, falling), central)


def _measured(where, spec, about, tables):
    """The Range of some studies: of one its interval, of several from the lowest to the highest value."""
    studies = tuple(_study(where, text, tables) for text in about["rows"])
    values = sorted(study.value for study in studies)
    low, high = (studies[0].low, studies[0].high) if len(studies) == 1 else (values[0], values[-1])
    middle = len(values) // 2
    central = values[middle] if len(values) % 2 else _middle(spec, *values[middle - 1 : middle + 1])
    return Range(low, central, high, studies, about["about"], about.get("why") or "")


def _plausible(_, spec, about, __):
    return Range(about["low"], _middle(spec, about["low"], about["high"]), about["high"], why=about["why"])


def _checked(where, spec, made):
    """A Range that lies within its field's bounds; ContentError if not."""
    if not np.isfinite([made.low, made.high]).all() or not spec.low <= made.low <= made.high <= spec.high:
        raise ContentError(f"{where}: from {made.low:g} to {made.high:g}; allowed from {spec.low:g} to {spec.high:g}")
    return made


def _study(where, text, tables):
    """The Study of one expression over rows."""
    names, sources, ends = {}, [], []

    def put(match):
        table, key, end = match.groups()
        table = table or TABLE
        if table not in tables:
            tables[table] = evidence(known(table, evidence_tables(), "evidence table", where))
        row = tables[table].loc[known(key, tables[table].index, "row", f"{where}: data/evidence/{table}.csv")]
        sources.append(str(row["source"]))
        low, high, value = (float(row[name]) for name in ("low", "high", "value"))
        value = (low + high) / 2 if np.isnan(value) else value
        ends.append((np.nan, np.nan) if end else (low, high))
        names[f"r{len(names)}"] = {"low": low, "high": high}.get(end, value)
        return f"r{len(names) - 1}"

    plain = ROW.sub(put, text)
    if not names:
        raise ContentError(f"{where}: {text!r} names no row of data/evidence; write [id] or [table/id]")
    low = high = value = evaluate(plain, names, logarithms=True)
    if len(names) == 1 and np.isfinite(ends[0]).all():
        low, high = (evaluate(plain, {"r0": end}, logarithms=True) for end in ends[0])
    return Study("; ".join(dict.fromkeys(sources)), min(low, value, high), value, max(low, value, high))


def _middle(spec, low, high):
    return float(np.sqrt(low * high)) if spec.scale == "log" else (low + high) / 2
