"""The texts: who speaks, through whom it came to us, whose interests. Never the text itself.

One folder a text, data/texts/<id>/text.yml. The articles belong to others; where to find one is in
`where`, and what a reader should know before trusting it is in `notes`.
"""

from dataclasses import dataclass

import pandas as pd

from ..ground import uses
from ..ground.declared import (
    SHORT,
    Address,
    Date,
    Flag,
    ListOf,
    Name,
    Number,
    OneOf,
    Pattern,
    Place,
    Record,
    declare,
    may,
    need,
)
from ..ground.declared import (
    Text as Words,
)
from ..ground.errors import ContentError, known
from ..ground.files import Read, data, kept_until_changed, relative
from ..ground.strict_yaml import load_yaml

VOICES = ("guest", "host", "author", "editor", "reported")
SPEAKER = Record({
    "id": need(Name("-_"), "by which claims name the speaker"),
    "name": need(Words(SHORT), "as readers see it; \"unnamed\" where the text gives none"),
    "role": need(Words(SHORT), "what this person does for a living"),
    "voice": need(OneOf(VOICES), "how this person comes to speak in the text"),
    "interests": may(ListOf(Words(SHORT)), "what this person gains if readers believe it"),
})
KIND = Record({
    "title": need(Words(SHORT), "in our own words"),
    "question": need(Words(SHORT), "which the text answers"),
    "language": need(Pattern("[a-z]{2,3}", "a language code such as en or zh"), "of the original"),
    "script": need(Pattern("[A-Z][a-z]{3}", "a script code such as Latn, Hans or Hant"), "of the original"),
    "genre": need(Words(SHORT), "interview, essay, ..."),
    "date": need(Date(), "when it was published; a year alone is enough"),
    "event_date": may(Date(), "when it was said, if that was another day"),
    "speakers": need(ListOf(SPEAKER, least=1), "the lead speaker first"),
    "via": need(ListOf(Record({
        "who": need(Words(SHORT), "who passed it on"),
        "what": need(Words(SHORT), "what was done with it"),
        "date": may(Date(), "when"),
    }), least=1), "through whom it came to us, nearest to the speaker first"),
    "where": need(Record({
        "article": may(Address(), "where the article is"),
        "recording": may(Address(), "where the recording is"),
    }), "where to find the original"),
    "rights": need(Words(), "to whom it belongs, and what of it is here"),
    "notes": may(ListOf(Words()), "what a reader should know before trusting it"),
    "original": may(Record({
        "sha256": need(Pattern("[0-9a-f]{64}", "64 hexadecimal digits"), "of the file that the anchors were made from"),
        "characters": need(Number(1, whole=True), "how long it is"),
    }), "the copy that the anchors were made from"),
    "invented": may(Flag(), "true for an example, which counts in no table"),
})
FILE = declare("data/texts/<text>/text.yml", "One text: who speaks, through whom it came to us, whose interests.", KIND)


@dataclass(frozen=True)
class Text:
    """One text's description."""

    id: str
    title: str
    question: str
    language: str
    script: str
    genre: str
    date: str
    speakers: tuple
    via: tuple
    where: dict
    rights: str
    event_date: str | None = None
    notes: tuple = ()
    original: dict | None = None
    invented: bool = False

    def speaker(self, key):
        """The entry of one speaker: {id, name, role, voice, interests}; ContentError if the text has none such."""
        every = {entry["id"]: entry for entry in self.speakers}
        return every[known(key, every, "speaker", f"text {self.id}")]

    def shipped(self, language=None):
        """The file of the original in a language, for a text that is ours; ContentError for all others."""
        path = data("texts", self.id, f"original.{self.language if language is None else language}.md")
        if not path.is_file():
            raise ContentError(f"text {self.id}: no original {path.name} is kept here; give the path of your own copy")
        return path


@kept_until_changed("texts/*/text.yml")
def read_texts():
    """What the descriptions of all texts hold, good and broken: a Read by text id."""
    found, problems, broken = {}, [], set()
    for path in sorted(data("texts").glob("*/text.yml")):
        key, at = path.parent.name, Place(relative(path))
        wrong = Name("-_").problems(key, Place(f"data/texts/{key}"))
        try:
            entry = load_yaml(path)
            wrong += FILE.kind.problems(entry, at) or _speaker_problems(entry, at)
        except ContentError as error:
            wrong += error.problems
        if wrong:
            problems += wrong
            broken.add(key)
        else:
            found[key] = Text(key, **{name: value for name, value in entry.items() if value is not None})
    return Read(found, tuple(problems), frozenset(broken))


def _speaker_problems(entry, at):
    ids, here = [speaker["id"] for speaker in entry["speakers"]], at.inside("speakers", entry)
    return [f"{here}: id {key!r} stands twice" for key in dict.fromkeys(ids) if ids.count(key) > 1]


def _files_of(key):
    return [f"data/texts/{key}/text.yml"]


def texts():
    """All texts by id; ContentError lists every broken entry."""
    return uses.entries(read_texts(), "text", _files_of)


@uses.kind("text", "the text {}")
def _today(key):
    return uses.today(read_texts(), key, _files_of)


def uninvented():
    """Ids of the texts that somebody wrote to be believed; an invented one is an example and counts in no table."""
    return [one.id for one in texts().values() if not one.invented]


def reading_list(*ids):
    """Texts as a table: who speaks, through whom it came, whose interests; without ids, all but invented ones."""
    rows, every = {}, texts()
    for one in (every[known(key, every, "text", "data/texts")] for key in ids or uninvented()):
        said = [f"{speaker['name']} ({speaker['voice']})" for speaker in one.speakers if speaker["voice"] != "reported"]
        through = "; ".join(f"{step['who']} {step['what']}" for step in one.via)
        interests = "; ".join(i for speaker in one.speakers[:1] for i in speaker.get("interests") or ())
        rows[one.id] = (one.title, ", ".join(said), through, one.date, interests)
    columns = ["title", "who speaks", "came to us through", "date", "interests of the first speaker"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("text")
