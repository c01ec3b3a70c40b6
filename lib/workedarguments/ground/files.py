"""Where the content is, and how its files are found and read.

Content is everything that people edit without Python: texts, claims, scenarios, evidence, exercises.
Leaves out YAML (strict_yaml.py) and what a file may hold: each kind is checked where it is used.
"""

import csv
import hashlib
import os
from functools import cache, wraps
from pathlib import Path

from .errors import ContentError


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


def local(name):
    """A path in the reader's own folder, which git ignores."""
    folder = root() / "local"
    folder.mkdir(exist_ok=True)
    return folder / name


def relative(path):
    """A path as it is shown to people: from the repository's root, with forward slashes."""
    path = Path(path)
    try:
        return path.resolve().relative_to(root()).as_posix()
    except ValueError:
        return path.name


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
