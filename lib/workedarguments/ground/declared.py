"""What a value in a file may be: one declaration gives the check, its message and the table of keys.

A kind knows the words that end "must be ..." and finds the problems of a value, all at once. Kinds are put
together: a record of keys, a mapping, a list. A `File` declares one kind of file; the documentation and the tests
of bad files are made from the same declarations. Leaves out what needs two values at once (a pair in order, an id
that stands twice): each reader checks that itself.
"""

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from .errors import nearest, short

SHORT, LONG = 300, 2_000  # characters of a line, and of a paragraph
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Place:
    """Where a value stands: file, keys that lead to it, and the line of the nearest of them that has one."""

    file: str
    keys: tuple = ()
    line: int | None = None

    def __str__(self):
        line = f" line {self.line}" if self.line else ""
        return ": ".join([f"{self.file}{line}", *map(str, self.keys)])

    def inside(self, key, parent=None):
        """The place of one value of a mapping or list here."""
        line = getattr(parent, "lines", {}).get(key) if isinstance(key, str) else None
        return Place(self.file, (*self.keys, key), line or self.line)


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `words` end the sentence "must be ..."; `allows` says whether a single value is one."""

    @property
    def words(self):
        """What a value must be."""
        raise NotImplementedError

    def allows(self, value):
        """Whether a value is of this kind."""
        return not self.problems(value, Place(""))

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        return [] if self.allows(value) else [f"{at}: must be {self.words}, not {short(value)}"]

    def inside(self, value, at, key, parent):
        """The problems of a value that stands under a key of a mapping or list at a place."""
        return self.problems(value, at.inside(key, parent))


class Single(Kind):
    """Base of kinds that hold no others: of a good value not even the place is worked out, for most values are good."""

    def inside(self, value, at, key, parent):
        """The problems of a value that stands under a key of a mapping or list at a place."""
        return [] if self.allows(value) else self.problems(value, at.inside(key, parent))


@dataclass(frozen=True)
class Text(Single):
    """Words for people: not blank, no control characters and none that nobody sees."""

    most: int = LONG

    @property
    def words(self):
        """What a value must be."""
        return f"text of at most {self.most:,} characters"

    def allows(self, value):
        """Whether a value is of this kind."""
        return isinstance(value, str) and bool(value.strip()) and len(value) <= self.most and not UNSEEN.search(value)


@dataclass(frozen=True)
class Pattern(Single):
    """Text of a fixed form, told in words."""

    form: str
    told: str

    @property
    def words(self):
        """What a value must be."""
        return self.told

    def allows(self, value):
        """Whether a value is of this kind."""
        return isinstance(value, str) and len(value) <= LONG and re.fullmatch(self.form, value) is not None


@dataclass(frozen=True)
class Number(Single):
    """A finite number between two bounds, both included; `whole` if it counts."""

    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = False

    @property
    def words(self):
        """What a value must be."""
        what = "a whole number" if self.whole else "a number"
        if self.high == float("inf"):
            return what if self.low == float("-inf") else f"{what} of at least {self.low:g}"
        return f"{what} between {self.low:g} and {self.high:g}"

    def allows(self, value):
        """Whether a value is of this kind."""
        if type(value) not in ((int,) if self.whole else (int, float)):
            return False
        return self.low <= value <= self.high and abs(value) < float("inf")


@dataclass(frozen=True)
class Flag(Single):
    """True or false."""

    @property
    def words(self):
        """What a value must be."""
        return "true or false"

    def allows(self, value):
        """Whether a value is of this kind."""
        return isinstance(value, bool)


@dataclass(frozen=True)
class Plain(Single):
    """A number, text, true or false: what it must be is said where it is used."""

    @property
    def words(self):
        """What a value must be."""
        return "a plain value"

    def allows(self, value):
        """Whether a value is of this kind."""
        return isinstance(value, bool) or Number().allows(value) or Text(SHORT).allows(value)


@dataclass(frozen=True)
class Date(Single):
    """A year, a month or a day; with `span` also a time from one of them to a later one."""

    span: bool = False

    @property
    def words(self):
        """What a value must be."""
        return "a date such as 1849, 1849-06 or 1849-06-30" + (", or two with a slash between" if self.span else "")

    def allows(self, value):
        """Whether a value is of this kind."""
        parts = value.split("/") if isinstance(value, str) else []
        if not 1 <= len(parts) <= 1 + self.span or not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", one) for one in parts):
            return False
        try:
            days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in parts]
        except ValueError:
            return False
        return days == sorted(days)


@dataclass(frozen=True)
class Address(Single):
    """An address on the web that a page may link to."""

    @property
    def words(self):
        """What a value must be."""
        return "an address that begins with https:// or http://"

    def allows(self, value):
        """Whether a value is of this kind."""
        form = r"(?i:https?)://[^\s<>\"'`\\^{}|\x00-\x20\x7f]{3,500}"
        if not isinstance(value, str) or not re.fullmatch(form, value):
            return False
        try:
            return bool(urlsplit(value).hostname)
        except ValueError:
            return False


@dataclass(frozen=True)
class OneOf(Single):
    """One of a few values."""

    options: Collection

    @property
    def words(self):
        """What a value must be."""
        return f"one of {', '.join(map(str, self.options))}"

    def allows(self, value):
        """Whether a value is of this kind."""
        return any(type(value) is type(option) and value == option for option in self.options)

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        return [] if self.allows(value) else [f"{at}: {short(value)}; {nearest(value, self.options)}"]


@dataclass(frozen=True)
class KeyOf(Kind):
    """The key of something that stands elsewhere, or with `several` a few with semicolons between.

    `names` are the keys that are there; None where they cannot be known, as in a table of what is allowed.
    """

    what: str
    names: Collection | None = None
    several: bool = False

    @property
    def words(self):
        """What a value must be."""
        return f"the key of a {self.what}" + (", or several with semicolons between" if self.several else "")

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        if not Text(SHORT).allows(value):
            return [f"{at}: must be {self.words}, not {short(value)}"]
        keys = [key.strip() for key in value.split(";")] if self.several else [value]
        unknown = [key for key in keys if not key or (self.names is not None and key not in self.names)]
        return [f"{at}: no {self.what} {key!r}; {nearest(key, self.names or ())}" for key in unknown]


@dataclass(frozen=True)
class Name(Kind):
    """A name that becomes a file, an address or an identifier: the one rule for all of them.

    Words that a system or a page keeps for itself are not free. `joint` is what may join words: an
    underscore where the name is Python's too, a hyphen elsewhere, or both.
    """

    joint: str = "_"
    most: int = 60
    number_first: bool = False
    RESERVED = frozenset(
        ["index", "yours", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
    )

    @property
    def words(self):
        """What a value must be."""
        joints = {"_": "underscores", "-": "hyphens"}
        return (
            f"a name of at most {self.most} small letters, digits and "
            f"{' or '.join(joints[joint] for joint in self.joint)}"
            f"{'' if self.number_first else ' that begins with a letter'}"
        )

    def allows(self, value):
        """Whether a value is of this kind."""
        form = rf"[a-z{'0-9' if self.number_first else ''}][a-z0-9]*(?:[{re.escape(self.joint)}][a-z0-9]+)*"
        return (
            isinstance(value, str)
            and len(value) <= self.most
            and re.fullmatch(form, value) is not None
            and value not in self.RESERVED
        )

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        if isinstance(value, str) and value in self.RESERVED:
            return [f"{at}: {value!r} is a word that the kit or a system keeps for itself; choose another"]
        return super().problems(value, at)


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of values of one kind."""

    kind: Kind
    least: int = 0
    most: int = 10_000

    @property
    def words(self):
        """What a value must be."""
        return f"a list{_how_many(self)}, each {self.kind.words}"

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            return [f"{at}: must be {self.words}, not {short(value)}"]
        return [line for n, one in enumerate(value, 1) for line in self.kind.inside(one, at, n, None)]


def _how_many(kind):
    return f" of {kind.least}" if kind.least == kind.most else f" of {kind.least} or more" if kind.least else ""


@dataclass(frozen=True)
class MappingOf(Kind):
    """A mapping whose keys and values are each of one kind."""

    kind: Kind
    keys: Kind = field(default_factory=lambda: Text(SHORT))
    least: int = 0
    required: tuple = ()

    @property
    def words(self):
        """What a value must be."""
        return f"a mapping of keys, each {self.keys.words}, to values, each {self.kind.words}"

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        if not isinstance(value, dict) or len(value) < self.least:
            return [f"{at}: must be a mapping of keys to values, not {short(value)}"]
        found = [f"{at}: {key!r} is missing" for key in self.required if value.get(key) in (None, "")]
        for key, one in value.items():
            name = key if isinstance(key, str) else short(key)
            found += [*self.keys.inside(key, at, name, value), *self.kind.inside(one, at, name, value)]
        return found


@dataclass(frozen=True)
class Either(Kind):
    """A value of one of two kinds, of which one is a mapping or list and the other is not."""

    one: Kind
    other: Kind

    @property
    def words(self):
        """What a value must be."""
        return f"{self.one.words}, or {self.other.words}"

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        for kind in (self.one, self.other):
            nested = dict if isinstance(kind, Record | MappingOf) else list if isinstance(kind, ListOf) else None
            if nested and isinstance(value, nested):
                return kind.problems(value, at)
        if self.one.allows(value) or self.other.allows(value):
            return []
        return [f"{at}: must be {self.words}, not {short(value)}"]


@dataclass(frozen=True)
class Key:
    """One key of a record: what its value may be, what it means, and whether it must be there."""

    kind: Kind
    meaning: str
    required: bool = True


def need(kind, meaning):
    """A key that must be there."""
    return Key(kind, meaning)


def may(kind, meaning):
    """A key that may be left out; null is the same as leaving it out."""
    return Key(kind, meaning, required=False)


@dataclass(frozen=True)
class Record(Kind):
    """A mapping with known keys, each with a kind of its own."""

    keys: dict

    @property
    def words(self):
        """What a value must be."""
        return f"a mapping of {', '.join(key if one.required else f'{key}?' for key, one in self.keys.items())}"

    def problems(self, value, at):
        """Lines that say what is wrong with a value, where, and what is allowed."""
        if not isinstance(value, dict):
            return [f"{at}: must be a mapping of keys to values, not {short(value)}"]
        empty = [key for key, one in self.keys.items() if one.required and value.get(key) in (None, "")]
        found = [f"{at}: {key!r} is missing" for key in empty]
        for key, one in value.items():
            if key not in self.keys:
                found.append(f"{at.inside(key, value) if isinstance(key, str) else at}: unknown key {short(key)}; "
                             f"{nearest(key, self.keys)}")
            elif one is not None and key not in empty:
                found += self.keys[key].kind.inside(one, at, key, value)
        return found


FILES = {}


@dataclass(frozen=True)
class File:
    """One kind of file: where it lies, what it holds, and the kind of its whole content."""

    pattern: str
    meaning: str
    kind: Kind


def declare(pattern, meaning, kind):
    """Declare a kind of file, for the documentation and for the tests of bad files; returns its File."""
    FILES[pattern] = File(pattern, meaning, kind)
    return FILES[pattern]


def rows(kind, path=""):
    """The keys of a kind as (path, must be there, what it must be, what it means), nested ones below their parent."""
    if isinstance(kind, Either):
        return list(itertools.chain(rows(kind.one, path), rows(kind.other, path)))
    if isinstance(kind, ListOf):
        return rows(kind.kind, path)
    if isinstance(kind, MappingOf):
        return rows(kind.kind, f"{path}*." if not path or path.endswith(".") else f"{path}.*.")
    found = []
    for name, key in kind.keys.items() if isinstance(kind, Record) else ():
        here = f"{path}{name}"
        found.append((here, key.required, _words(key.kind), key.meaning))
        found += rows(key.kind, f"{here}.")
    return found


def _words(kind):
    """What a key must be, without the keys of a record inside it: they have rows of their own."""
    if isinstance(kind, ListOf):
        return f"a list{_how_many(kind)}, each {_words(kind.kind)}"
    if isinstance(kind, MappingOf):
        return f"a mapping; each value {_words(kind.kind)}"
    if isinstance(kind, Either):
        return f"{_words(kind.one)}, or {_words(kind.other)}"
    return "a mapping" if isinstance(kind, Record) else kind.words
