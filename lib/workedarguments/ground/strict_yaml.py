"""Strict YAML: YAML 1.2 scalars only, no duplicate keys, no anchors, no depth without end; errors name file and line.

Mappings remember the lines of their keys, so that messages can name them. Knows no schema (declared.py).
"""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from .declared import ListOf, Place
from .errors import ContentError
from .files import read_text, relative

DEEPEST = 20
MANY = 1_000  # openings; building this many levels is safe, and building more could end the process
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What an anchor or an alias begins with. A text without it and without many openings need not be looked at event
# by event before it is built.
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*][^\s]")


class Mapping(dict):
    """A mapping from YAML; `lines` are the lines of its keys."""

    __slots__ = ("lines",)


class _Loader(_FAST):
    """YAML 1.2 scalars only: `no` and `2025-07-29` stay text, and a key may stand only once."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"(?:null|~|)$", ["n", "~", ""]),
    ("bool", r"(?:true|false)$", ["t", "f"]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.inf)$", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _unique_mapping(loader, node):
    made, lines = Mapping(), {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ContentError(f"line {line}: a key must be text, not a list or a mapping")
        key = loader.construct_object(key_node, deep=True)
        if key in made:
            raise ContentError(f"line {line}: key {key!r} stands twice (first in line {lines[key]})")
        made[key], lines[key] = loader.construct_object(value_node, deep=True), line
    made.lines = lines
    return made


_Loader.add_constructor("tag:yaml.org,2002:map", _unique_mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value.replace(".inf", "inf")))


def _refuse_depth_and_anchors(text, where):
    """ContentError for a text that is nested too deep or names parts of itself, before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_FAST):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(f"{where}: line {event.start_mark.line + 1}: no anchors and aliases (& and *) here")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ContentError(f"{where}: line {event.start_mark.line + 1}: nested more than {DEEPEST} levels deep")


def _is_harmless(text):
    return sum(map(text.count, ("[", "{", "- -", "? ?"))) <= MANY and not _ANCHOR.search(text)


def parse_yaml(text, where):
    """The mapping or list in a YAML text; ContentError with file and line if it cannot be read."""
    try:
        if not _is_harmless(text):
            _refuse_depth_and_anchors(text, where)
        return yaml.load(text, Loader=_Loader)
    except ContentError as error:
        raise ContentError(error.problems if str(error).startswith(where) else f"{where}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        raise ContentError(f"{where}:{line} not valid YAML: {getattr(error, 'problem', None) or error}") from None
    except RecursionError:
        raise ContentError(f"{where}: nested more than {DEEPEST} levels deep") from None
    except (ValueError, TypeError, OverflowError) as error:  # an explicit tag that does not fit its value
        raise ContentError(f"{where}: not valid YAML: {error}") from None


@lru_cache(maxsize=256)
def _parsed(path, _changed):
    return parse_yaml(read_text(path), relative(path))


def load_yaml(path):
    """The content of a YAML file, kept until the file changes: read it, never change it.

    ContentError if it is missing, not UTF-8, or not strict YAML.
    """
    path = Path(path)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _parsed(path, changed)


def load_entries(path, kind):
    """(entries, problems) of a YAML file that holds a mapping or a list, as its kind says; entries are None, and the
    problems say why, where it holds neither or cannot be read. The entries themselves are not looked at.
    """
    try:
        found = load_yaml(path)
    except ContentError as error:
        return None, list(error.problems)
    if isinstance(found, list if isinstance(kind, ListOf) else dict):
        return found, []
    return None, kind.problems(found, Place(relative(path)))
