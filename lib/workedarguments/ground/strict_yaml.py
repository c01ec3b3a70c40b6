"""Strict YAML: YAML 1.2 scalars only, no duplicate keys, errors that name file and line.

Knows no schema: each kind of file is checked where it is used.
"""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from .errors import ContentError, nearest
from .files import relative


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
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
    seen = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in seen:
            raise ContentError(f"line {line}: key {key!r} stands twice (first in line {seen[key]})")
        seen[key] = line
    return {
        loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _unique_mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value.replace(".inf", "inf")))


def parse_yaml(text, where):
    """The mapping or list in a YAML text; ContentError with file and line if it cannot be read."""
    try:
        return yaml.load(text, Loader=_Loader)
    except ContentError as error:
        raise ContentError(f"{where}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        raise ContentError(f"{where}:{line} not valid YAML: {getattr(error, 'problem', None) or error}") from None


@lru_cache(maxsize=256)
def _parsed(path, _changed):
    return parse_yaml(path.read_text(encoding="utf-8"), relative(path))


def load_yaml(path):
    """The content of a YAML file, kept until the file changes: read it, never change it.

    ContentError if it is missing, not UTF-8, or not strict YAML.
    """
    try:
        return _parsed(Path(path), Path(path).stat().st_mtime_ns)
    except FileNotFoundError:
        there = [p.stem for p in Path(path).parent.glob(f"*{Path(path).suffix}")]
        raise ContentError(f"{relative(path)}: no such file; {nearest(Path(path).stem, there)}") from None
    except UnicodeDecodeError:
        raise ContentError(f"{relative(path)}: not UTF-8 text") from None
