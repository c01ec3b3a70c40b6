"""Where the content is, how its files are read, and the one error for what an author wrote.

Content is everything that people edit without Python: texts, claims, scenarios, evidence, exercises.
This module finds it, reads YAML strictly (YAML 1.2 scalars only, no duplicate keys) and words the
messages. It knows no schema: each kind of file is checked where it is used.
"""

import csv
import difflib
import hashlib
import os
import re
from functools import cache, lru_cache, wraps
from pathlib import Path

import yaml


class ContentError(ValueError):
    """What is wrong in a file, an option or a parameter that a person wrote.

    `problems` holds one line each: where, what is wrong, what is allowed, the nearest match.
    """

    def __init__(self, problems):
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))

    # Frameworks that run notebooks print only the last lines of an error: name it after its message.
    def _render_traceback_(self):
        return ["\n".join(f"ContentError: {line}" for line in self.problems)]


def raise_if(problems):
    """Raise one ContentError with all the problems, if there are any."""
    if problems:
        raise ContentError(problems)


def nearest(name, known):
    """A hint that ends a message: the allowed names, and the one that was probably meant."""
    known = sorted(map(str, known))
    close = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"allowed: {', '.join(known) or 'none'}{hint}"


@cache
def root():
    """The folder that holds data/ and notebooks/.

    The environment variable WORKEDARGUMENTS_ROOT wins, then the repository this package was
    installed from (editable), then the nearest such folder above the working directory.
    """
    named = os.environ.get("WORKEDARGUMENTS_ROOT")
    places = [Path(named)] if named else [Path(__file__).parents[3], *Path.cwd().resolve().parents, Path.cwd()]
    for place in places:
        if (place / "data").is_dir() and (place / "notebooks").is_dir():
            return place.resolve()
    raise ContentError(
        "no folder with data/ and notebooks/ found; run inside the repository or set WORKEDARGUMENTS_ROOT"
    )


def data(*parts):
    """A path below data/."""
    return root().joinpath("data", *parts)


def relative(path):
    """A path as it is shown to people: from the repository's root, with forward slashes."""
    path = Path(path)
    try:
        return path.resolve().relative_to(root()).as_posix()
    except ValueError:
        return path.name


def known(name, names, what, where=""):
    """`name` itself if it is among `names`; otherwise a ContentError that lists them."""
    names = list(names)
    if name not in names:
        raise ContentError(f"{where + ': ' if where else ''}no {what} {name!r}; {nearest(name, names)}")
    return name


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


def check_keys(where, entry, required=(), optional=()):
    """Problems of a mapping's keys: missing ones, unknown ones (with the nearest match)."""
    if not isinstance(entry, dict):
        return [f"{where}: must be a mapping of keys to values, not {entry!r}"]
    allowed = [*required, *optional]
    missing = [f"{where}: {key!r} is missing" for key in required if entry.get(key) in (None, "")]
    unknown = [f"{where}: unknown key {key!r}; {nearest(key, allowed)}" for key in entry if key not in allowed]
    return missing + unknown


def check_choice(where, key, value, allowed):
    """Problem of a value that must be one of a few words."""
    return [] if value in allowed else [f"{where}: {key}: {value!r}; {nearest(value, allowed)}"]


def read_csv(path):
    """The rows of a CSV file as dictionaries of text."""
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        raise ContentError(f"{relative(path)}: no such file") from None


def fingerprint(paths):
    """A short SHA-256 over names and bytes of files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(map(Path, paths)):
        digest.update(relative(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def kept_until_changed(*patterns):
    """Keep what a function reads until a file below data/ that matches one of the patterns changes.

    The function takes no arguments and returns a dictionary; each call gets a copy of its own.
    """

    def decorate(function):
        kept = {}

        @wraps(function)
        def read():
            files = sorted(path for pattern in patterns for path in data().glob(pattern))
            stamp = tuple((path, path.stat().st_mtime_ns) for path in files)
            if stamp not in kept:
                kept.clear()
                kept[stamp] = function()
            return dict(kept[stamp])

        return read

    return decorate
