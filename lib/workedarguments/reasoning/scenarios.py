"""Scenarios: small files of differences from an argument's defaults, with who stands behind them.

data/scenarios/<stem>/<name>.yml holds title, who, role, source, why, basis and `set`. A value under
`set` is plain, or {value, basis, source} where it differs from the file's. `as_told` sets nothing. `about` names the
populations whose measurements bear on the case, where they are not those of the argument as told.
"""

from dataclasses import dataclass, field, replace

from ..ground import uses
from ..ground.declared import (
    SHORT,
    Either,
    KeyOf,
    ListOf,
    MappingOf,
    Name,
    OneOf,
    Place,
    Plain,
    Record,
    Text,
    declare,
    may,
    need,
)
from ..ground.errors import ContentError, known, raise_if
from ..ground.files import Read, data, relative
from ..ground.quantities import BASES, value_problems
from ..ground.strict_yaml import load_yaml
from ..models import model
from ..texts.sources import key_of_source, read_sources
from .ranges import population_problems, read_ranges

ROLES = {
    "speaker": "a speaker of the texts",
    "study": "a measurement",
    "counter-case": "a case in which the text's result is put to the test",
}
AS_TOLD = "as_told"
_good = {}  # {(argument, scenario, Parameters): (what it was read from, the Scenario)}, of those without a problem


def kind_of_file(source=None):
    """The kind of a scenario's file, for the kind of a source's key."""
    source = source or KeyOf("source", several=True)
    return Record({
        "title": need(Text(SHORT), "for menus and heads of pages"),
        "who": need(Text(SHORT), "who stands behind it"),
        "role": need(OneOf(tuple(ROLES)), "; ".join(f"{role} is {words}" for role, words in ROLES.items())),
        "source": need(source, "on what the numbers stand"),
        "why": need(Text(), "what the case is, and why these numbers"),
        "about": may(ListOf(Text(SHORT)), "whose measurements bear on it, by the names in data/ranges; else as told"),
        "basis": may(OneOf(tuple(BASES)), "whose the numbers are: " + "; ".join(f"{k}, {v}" for k, v in BASES.items())),
        "set": may(MappingOf(Either(Plain(), Record({
            "value": need(Plain(), "the number, or the option of a choice"),
            "basis": may(OneOf(tuple(BASES)), "where it differs from the file's"),
            "source": may(source, "where it differs from the file's"),
        })), Name()), "parameters of the model that differ, and their values; empty in as_told"),
    })


FILE = declare("data/scenarios/<argument>/<scenario>.yml", "One case of an argument, as differences.", kind_of_file())


@dataclass(frozen=True)
class Scenario:
    """One scenario: `changes` are values by parameter, `basis` and `source` say whose they are."""

    stem: str
    name: str
    title: str
    who: str
    role: str
    source: str
    reason: str
    changes: dict = field(default_factory=dict)
    basis: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    about: tuple = ()

    @property
    def why(self):
        """What the case is, and why these numbers; noted by itself, because few pages show it."""
        uses.used("why", f"{self.stem}/{self.name}")
        return self.reason


def paths(stem):
    """The scenario files of an argument, by name."""
    return {path.stem: path for path in sorted(data("scenarios", stem).glob("*.yml"))}


def read_scenarios(stem, parameters):
    """What the scenario files of an argument say, checked against its Parameters class: a Read by name.

    In order: as_told first, then speakers, studies and counter-cases, each by name.
    """
    found, problems, broken, there, bibliography = [], [], set(), paths(stem), read_sources()
    for name in there:
        try:
            found.append(_read(stem, name, there, parameters, bibliography))
        except ContentError as error:
            problems += error.problems
            broken.add(name)
    order = list(ROLES)
    found.sort(key=lambda one: (one.name != AS_TOLD, order.index(one.role), one.name))
    return Read({one.name: one for one in found}, tuple(problems), frozenset(broken))


def scenarios(stem, parameters):
    """All scenarios of an argument in the order of `read_scenarios`; ContentError lists every broken one. While
    something is made of them, those that can be read.
    """
    read = read_scenarios(stem, parameters)
    if not uses.is_collecting():
        return list(read.whole().values())
    uses.used("scenarios", stem)
    for path, lines in uses.by_file(read.problems).items():
        uses.unread(path, lines)
    return list(read.found.values())


def scenario(stem, name, parameters=None):
    """One scenario, checked; a missing file is an error that lists the known ones, never a fallback."""
    there = paths(stem)
    known(name, there, "scenario", f"data/scenarios/{stem}")
    uses.used("scenario", f"{stem}/{name}")
    with uses.reading(relative(there[name])):
        return _read(stem, name, there, parameters)


@uses.kind("scenarios", "the scenarios of {}")
def _today_all(stem):
    read = read_scenarios(stem, model(stem).Parameters)
    return {name: replace(one, reason="") for name, one in read.found.items()}, read.problems


@uses.kind("scenario", "the scenario {}")
def _today(key):
    stem, _, name = key.partition("/")
    return replace(_read(stem, name, paths(stem), model(stem).Parameters), reason="")


@uses.kind("why", "the reason of the scenario {}")
def _today_why(key):
    stem, _, name = key.partition("/")
    return _read(stem, name, paths(stem), None).reason


def _read(stem, name, there, parameters, bibliography=None):
    """One Scenario, checked once against what its file and those it leans on hold: each reads as the same object until
    it changes.
    """
    entry = load_yaml(there[name])
    bibliography = bibliography or read_sources()
    behind = entry, bibliography, read_ranges(stem)[0] if isinstance(entry, dict) and entry.get("about") else None
    before, made = _good.get((stem, name, parameters), ((), None))
    if made is None or any(one is not other for one, other in zip(before, behind, strict=True)):
        made = _checked(stem, name, Place(relative(there[name])), entry, parameters, bibliography)
        _good[stem, name, parameters] = behind, made
    return made


def _checked(stem, name, at, entry, parameters, bibliography):
    problems = Name().problems(name, Place(f"data/scenarios/{stem}/{name}.yml"))
    raise_if(problems + kind_of_file(key_of_source(bibliography)).problems(entry, at))
    changes, basis, cited, here = {}, {}, {}, at.inside("set", entry)
    for key, value in (entry.get("set") or {}).items():
        about = value if isinstance(value, dict) else {"value": value}
        changes[key] = about["value"]
        basis[key] = about.get("basis") or entry.get("basis")
        cited[key] = about.get("source") or entry["source"]
        if basis[key] is None:
            problems.append(f"{here.inside(key, entry['set'])}: no basis, and the file has none either")
    if parameters is not None:
        problems += value_problems(parameters, changes, str(here))
        if entry.get("about"):
            ranges, _, _ = read_ranges(stem)
            problems += population_problems(str(at.inside("about", entry)), ranges, entry["about"])
    if name == AS_TOLD and changes:
        problems.append(f"{here}: as_told is the text's own figures; set must be empty")
    raise_if(problems)
    plain = {key: entry[key] for key in ("title", "who", "role", "source")}
    return Scenario(stem, name, **plain, reason=entry["why"], changes=changes, basis=basis, sources=cited,
                    about=tuple(entry.get("about") or ()))  # fmt: skip
