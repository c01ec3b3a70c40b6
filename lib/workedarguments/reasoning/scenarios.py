"""Scenarios: small files of differences from an argument's defaults, with who stands behind them.

data/scenarios/<stem>/<name>.yml holds title, who, role, source, why, basis and `set`. A value under
`set` is plain, or {value, basis, source} where it differs from the file's. `as_told` sets nothing.
"""

from dataclasses import dataclass, field

from ..ground.errors import check_choice, check_keys, nearest, raise_if
from ..ground.files import data
from ..ground.quantities import BASES, value_problems
from ..ground.strict_yaml import load_yaml
from ..texts.sources import source_problems, sources

ROLES = {
    "speaker": "a speaker of the texts",
    "study": "a measurement",
    "counter-case": "a case in which the text's result is put to the test",
}
AS_TOLD = "as_told"


@dataclass(frozen=True)
class Scenario:
    """One scenario: `changes` are values by parameter, `basis` and `source` say whose they are."""

    stem: str
    name: str
    title: str
    who: str
    role: str
    source: str
    why: str
    changes: dict = field(default_factory=dict)
    basis: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)


def paths(stem):
    """The scenario files of an argument, by name."""
    return {path.stem: path for path in sorted(data("scenarios", stem).glob("*.yml"))}


def scenarios(stem, parameters):
    """All scenarios of an argument, checked against its Parameters class: as_told first,
    then speakers, studies and counter-cases, each by name.
    """
    problems, found, every = [], [], sources()
    for name in paths(stem):
        try:
            found.append(scenario(stem, name, parameters, every))
        except ValueError as error:
            problems += getattr(error, "problems", [str(error)])
    raise_if(problems)
    order = list(ROLES)
    return sorted(found, key=lambda s: (s.name != AS_TOLD, order.index(s.role), s.name))


def scenario(stem, name, parameters=None, every_source=None):
    """One scenario, checked; a missing file is an error that lists the known ones, never a fallback."""
    there = paths(stem)
    if name not in there:
        raise_if([f"data/scenarios/{stem}: no scenario {name!r}; {nearest(name, there)}"])
    where, entry = f"data/scenarios/{stem}/{name}.yml", load_yaml(there[name])
    problems = check_keys(where, entry, ("title", "who", "role", "source", "why"), ("set", "basis"))
    raise_if(problems)
    problems += check_choice(where, "role", entry["role"], ROLES)
    changes, basis, cited = {}, {}, {}
    given = entry.get("set") or {}
    if not isinstance(given, dict):
        raise_if([f"{where}: set: must be a mapping of parameters to values, not {given!r}"])
    for key, value in given.items():
        about = value if isinstance(value, dict) else {"value": value}
        problems += check_keys(f"{where}: {key}", about, ("value",), ("basis", "source"))
        changes[key] = about.get("value")
        basis[key] = about.get("basis", entry.get("basis"))
        cited[key] = about.get("source", entry["source"])
        problems += check_choice(f"{where}: {key}", "basis", basis[key], BASES)
    if parameters is not None:
        problems += value_problems(parameters, changes, where)
    every = every_source or sources()
    for keys in {entry["source"], *cited.values()}:
        problems += source_problems(where, keys, every)
    if name == AS_TOLD and changes:
        problems.append(f"{where}: as_told is the text's own figures; set must be empty")
    raise_if(problems)
    plain = {key: entry[key] for key in ("title", "who", "role", "source", "why")}
    return Scenario(stem, name, **plain, changes=changes, basis=basis, sources=cited)
