"""The bibliography: every source key used anywhere resolves here, or is the id of a text.

data/sources.yml maps a key to {citation, year, url, checked, interest}. `checked` says how far the
figure was followed: to its source, to somebody who reports it, or not at all.
"""

from dataclasses import dataclass

from ..ground import uses
from ..ground.declared import (
    SHORT,
    Address,
    KeyOf,
    MappingOf,
    Name,
    Number,
    OneOf,
    Place,
    Record,
    Text,
    declare,
    may,
    need,
)
from ..ground.errors import known
from ..ground.files import Read, data, kept_until_changed
from ..ground.strict_yaml import load_entries
from .texts import read_texts

CHECKED = ("source", "secondary", "memory")
ENTRY = Record({
    "citation": need(Text(), "author, title, place and year"),
    "year": may(Number(1, 2200, whole=True), "when it appeared"),
    "url": may(Address(), "where it is"),
    "checked": need(OneOf(CHECKED), "how far we followed it: to its source, to somebody who reports it, or not at all"),
    "interest": may(Text(SHORT), "what its author gains if readers believe it"),
})
FILE = declare("data/sources.yml", "The bibliography, each source under a key.", MappingOf(ENTRY, Name("-_")))


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography."""

    key: str
    citation: str
    year: int | None = None
    url: str | None = None
    checked: str = "source"
    interest: str | None = None

    @property
    def seen(self):
        """How far the kit followed this source, in words."""
        return {
            "source": "seen at its source",
            "secondary": "seen where somebody else reports it",
            "memory": "from memory, not seen",
        }[self.checked]


@kept_until_changed("sources.yml", "texts/*/text.yml")
def read_sources():
    """What the bibliography holds, the texts included: a Read by source key."""
    at, found, broken, told = Place("data/sources.yml"), {}, set(), read_texts()
    entries, problems = load_entries(data("sources.yml"), FILE.kind)
    unreadable = frozenset(["sources"] if entries is None else [])
    for key, entry in (entries or {}).items():
        here = at.inside(key, entries)
        wrong = FILE.kind.keys.problems(key, here) + ENTRY.problems(entry, here)
        if key in told.names():
            wrong.append(f"{here}: is the id of a text; a text is a source already")
        problems += wrong
        if wrong:
            broken.add(str(key))
        else:
            found[key] = Source(key, **entry)
    for text in told.found.values():
        found[text.id] = Source(
            text.id,
            f"{text.title} ({text.date})",
            int(text.date[:4]),
            text.where.get("article"),
            # What we read is the article; where it translates a recording, that was not heard.
            "secondary" if text.where.get("recording") else "source",
            "; ".join(text.speakers[0].get("interests") or ()) or None,
        )
    return Read(found, tuple(problems), frozenset(broken) | told.broken, unreadable)


def _files_of(key):
    return ["data/sources.yml", f"data/texts/{key}/text.yml"]


def sources():
    """All sources by key, the texts included; ContentError lists every broken entry."""
    return uses.entries(read_sources(), "source", _files_of, read_texts().problems)


@uses.kind("source", "the source {}")
def _today(key):
    return uses.today(read_sources(), key, _files_of)


def key_of_source(every=None):
    """The kind of a value that names sources, several with semicolons; `every` is a Read, by default what is there.

    While the bibliography cannot be read, any key passes: its own problem is told already.
    """
    every = every or read_sources()
    return KeyOf("source", None if every.unreadable else every.names(), several=True)


def source(key):
    """One source by its key; ContentError with the nearest key if there is none."""
    every = sources()
    return every[known(key, every, "source", "data/sources.yml")]


def split_keys(keys):
    """The keys in a `source` value: one, or several with semicolons between them."""
    return [key.strip() for key in (keys or "").split(";") if key.strip()]
