"""What was used while something was made, by name, so that it is made again when that changes, and only then.

A name is a kind and a key, such as ("claim", "casado.tenx-to-2x"). Whoever reads content says so with `used`; whoever
makes something `collects` the names. For each kind there is a function that gives what stands behind a key today,
and its digest is what is compared.

While it collects, a broken entry is left out instead of ending everything, and what was left out is kept as `unread`:
one broken file costs what cannot be without it. Leaves out: which kinds there are, since each is where it is read.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from pathlib import Path

from .errors import ContentError, Unread, raise_if

# Names a file to which a process of its own, such as a kernel, adds what it uses.
VARIABLE = "WORKEDARGUMENTS_USES"
ALL = "*"
FILE = re.compile(r"(data/[^:]*?)(?: line \d+)?:")
_kinds, _words = {}, {}


@dataclass
class Uses:
    """Names that were used, and files that could not be read: {file: (problem, ...)}."""

    names: set = field(default_factory=set)
    unread: dict = field(default_factory=dict)

    def tidy(self):
        """The names in order, without those that another of all of a kind has in it."""
        whole = {kind for kind, key in self.names if key == ALL}
        return sorted(name for name in self.names if name[1] == ALL or name[0] not in whole)

    def take(self, path):
        """Add what another process has left in a file."""
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            what, first, *rest = json.loads(line)
            if what == "used":
                self.names.add((first, rest[0]))
            else:
                self.unread[first] = tuple(dict.fromkeys((*self.unread.get(first, ()), *rest)))


# A kernel collects from its beginning, for whoever started it.
_collecting = [Uses()] if os.environ.get(VARIABLE) else []


@contextlib.contextmanager
def collects():
    """Collect what is used inside; yields the Uses."""
    uses = Uses()
    _collecting.append(uses)
    try:
        yield uses
    finally:
        _collecting.remove(uses)


@contextlib.contextmanager
def only(kind, key=ALL):
    """Note one name, and nothing of what is used inside, of which it says enough."""
    used(kind, key)
    held, inside = _collecting[:], Uses()
    _collecting[:] = [inside] if held else []
    try:
        yield
    finally:
        _collecting[:] = held
        for path, problems in inside.unread.items():
            unread(path, problems)


def _left(*parts):
    if path := os.environ.get(VARIABLE):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(parts) + "\n")


def used(kind, key=ALL):
    """Note that what stands behind a key was used."""
    for uses in _collecting:
        if uses is _collecting[-1] and (kind, key) not in uses.names:
            _left("used", kind, key)
        uses.names.add((kind, key))


def unread(path, problems):
    """Note that a file, or a part of it, could not be read where it was wanted."""
    for uses in _collecting:
        if path not in uses.unread:
            _left("unread", path, *problems)
        uses.unread[path] = tuple(problems)


def unread_so_far():
    """The files that could not be read so far, in this process or in one that left them in a file."""
    every = Uses(unread=dict(_collecting[-1].unread) if _collecting else {})
    if path := os.environ.get(VARIABLE):
        every.take(path)
    return list(every.unread)


def unread_below(*folders):
    """The files that could not be read so far while something is made, of those in some folders below data/."""
    files = _collecting[-1].unread if _collecting else ()
    return [path for path in files if path.startswith(tuple(f"data/{folder}/" for folder in folders))]


def is_collecting():
    """Whether something is being made of what is read, and may be without what is broken."""
    return bool(_collecting)


def kind(name, words):
    """A decorator of the function that gives, for a key, what stands behind it today; `words` name it to people."""

    def decorate(function):
        _kinds[name], _words[name] = function, words
        return function

    return decorate


def in_words(name):
    """A name as people read it."""
    of, key = name
    return _words.get(of, of).format(key if key != ALL else "").strip()


def digests_today(names, kept=None):
    """{name: short digest of what stands behind it today}; `kept` holds those that were looked up before."""
    kept = {} if kept is None else kept
    for name in names:
        if name not in kept:
            kept[name] = digest_today(name)
    return {name: kept[name] for name in names}


def stamp(digests):
    """Names and digests as one line of text."""
    return ";".join(f"{of}:{key}={code}" for (of, key), code in digests.items())


def stamped(line):
    """Names and digests of a line of text; ValueError if it is none."""
    found = {}
    for part in filter(None, line.split(";")):
        name, code = part.rsplit("=", 1)
        of, key = name.split(":", 1)
        found[of, key] = code
    return found


def digest_today(name):
    """A short digest of what stands behind a name; one of its own where there is nothing, or nothing readable."""
    of, key = name
    if of not in _kinds:
        return "unknown"
    held = _collecting[:]
    _collecting.clear()  # looking is not using
    try:
        return digest(_kinds[of](key))
    except (KeyError, ContentError, OSError) as error:  # broken content: the way it is broken counts
        return digest(f"{type(error).__name__}: {error}")
    except Exception:  # broken code, of which a message says too little: never the same
        return digest(os.urandom(8))
    finally:
        _collecting[:] = held


def digest(value, length=8):
    """A digest of plain values, arrays, mappings, sequences, sets and dataclasses; the same in every process."""
    made = hashlib.sha256()
    _feed(made.update, value)
    return made.hexdigest()[:length]


def _feed(take, value):
    if is_dataclass(value) and not isinstance(value, type):
        take(type(value).__name__.encode())
        for one in fields(value):
            take(one.name.encode() + b"=")
            _feed(take, getattr(value, one.name))
    elif isinstance(value, Mapping):
        take(b"{")
        for key, item in value.items():
            _feed(take, key)
            _feed(take, item)
        take(b"}")
    elif isinstance(value, set | frozenset):
        _feed(take, sorted(value, key=repr))
    elif isinstance(value, list | tuple):
        take(b"[")
        for item in value:
            _feed(take, item)
            take(b",")
        take(b"]")
    elif isinstance(value, bytes):
        take(b"b" + hashlib.sha256(value).digest())
    elif hasattr(value, "tobytes"):  # an array
        take(f"{value.dtype}{value.shape}".encode())
        take(repr(value.tolist()).encode() if value.dtype == object else value.tobytes())
    else:
        take(f"{type(value).__name__}:{value!r};".encode())


def of_those(every, keys):
    """The entries of some keys, without those that are not there; what cannot be read is noted."""
    found = []
    for key in keys:
        if key in every or (isinstance(every, Noted) and every.unreadable(key)):
            with contextlib.suppress(Unread):
                found.append(every[key])
    return found


def by_file(problems):
    """{file: its problems}, in the order of the problems, which begin with the name of their file."""
    found = {}
    for problem in problems:
        if match := FILE.match(problem):
            found.setdefault(match.group(1), []).append(problem)
    return {path: tuple(lines) for path, lines in found.items()}


def entries(read, of, files_of, more=()):
    """The entries of a Read by key: all of them, or one ContentError. While something is made, a Noted of what can be
    read.

    `files_of` gives the files on which a key depends, `more` are problems of other files that have a part in it.
    """
    if not _collecting:
        raise_if((*more, *read.problems))
        return dict(read.found)
    return Noted(read.found, by_file((*more, *read.problems)), files_of, of)


def today(read, key, files_of):
    """What stands behind a key of a Read today, for a digest: the entry, or what is wrong with its files."""
    if key == ALL:
        return read.found, read.problems
    return read.found[key] if key in read.found else [by_file(read.problems).get(path) for path in files_of(key)]


@contextlib.contextmanager
def reading(path):
    """Read one file as a whole: while something is made, what is wrong with it is an Unread error."""
    try:
        yield
    except ContentError as error:
        if not _collecting:
            raise
        unread(path, error.problems)
        raise Unread(error.problems, path) from None


class Noted(dict):
    """Entries by key, of which each look is noted; to ask for one that cannot be read is an Unread error.

    `problems` maps files to what is wrong in them, `files_of` gives the files of a key, `of` is the kind to note; of
    what was noted as a whole, none.
    """

    def __init__(self, found, problems, files_of, of=None):
        super().__init__(found)
        self.of, self.problems, self.files_of = of, problems, files_of

    def _used(self, key=ALL):
        if self.of:
            used(self.of, str(key))

    def unreadable(self, key):
        """The file for which an entry is not there, or None."""
        if super().__contains__(key):
            return None
        return next((path for path in self.files_of(key) if path in self.problems), None)

    def __getitem__(self, key):
        self._used(key)
        if path := self.unreadable(key):
            unread(path, self.problems[path])
            raise Unread(self.problems[path], path)
        return super().__getitem__(key)

    def __contains__(self, key):
        self._used(key)
        return super().__contains__(key)

    def get(self, key, default=None):
        """The entry of a key, or the default."""
        there = key in self
        return self[key] if there else default

    def _all(self):
        self._used()
        for path, problems in self.problems.items():
            unread(path, problems)

    __hash__ = None


def _of_all(name):
    """A dict's own method, which notes that all entries were used."""

    @wraps(getattr(dict, name))
    def method(self, *arguments):
        self._all()
        return getattr(dict, name)(self, *arguments)

    return method


# All by which a dict gives away more than one entry.
for _name in ("__iter__", "__reversed__", "__len__", "__eq__", "__ne__", "__or__", "__ror__", "__repr__", "copy",
              "items", "keys", "pop", "popitem", "values"):
    setattr(Noted, _name, _of_all(_name))
