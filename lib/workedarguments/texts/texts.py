"""The texts: who speaks, through whom it came to us, whose interests. Never the text itself.

One folder a text, data/texts/<id>/text.yml. The articles belong to others; where to find one is in
`where`, and what a reader should know before trusting it is in `notes`.
"""

from dataclasses import dataclass

import pandas as pd

from ..ground.errors import ContentError, check_choice, check_keys, known, raise_if
from ..ground.files import data, kept_until_changed
from ..ground.strict_yaml import load_yaml

REQUIRED = ("title", "question", "language", "script", "genre", "date", "speakers", "via", "where", "rights")
OPTIONAL = ("event_date", "notes", "original", "invented")
VOICES = ("guest", "host", "author", "editor", "reported")


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
        """The entry of one speaker: {id, name, role, voice, interests}."""
        return {entry["id"]: entry for entry in self.speakers}[key]

    def shipped(self, language=None):
        """The file of the original in a language, for a text that is ours; ContentError for all others."""
        path = data("texts", self.id, f"original.{language or self.language}.md")
        if not path.is_file():
            raise ContentError(f"text {self.id}: no original {path.name} is kept here; give the path of your own copy")
        return path


@kept_until_changed("texts/*/text.yml")
def texts():
    """All texts by id; ContentError lists every broken entry."""
    problems, found = [], {}
    for path in sorted(data("texts").glob("*/text.yml")):
        where, entry = f"data/texts/{path.parent.name}/text.yml", load_yaml(path)
        wrong = check_keys(where, entry, REQUIRED, OPTIONAL)
        if not wrong:
            for speaker in entry["speakers"]:
                at = f"{where}: speakers"
                missing = check_keys(at, speaker, ("id", "name", "role", "voice"), ("interests",))
                wrong += missing or check_choice(at, "voice", speaker["voice"], VOICES)
        problems += wrong
        if not wrong:
            found[path.parent.name] = Text(path.parent.name, **entry)
    raise_if(problems)
    return found


def uninvented():
    """Ids of the texts that somebody wrote to be believed; an invented one is an example and counts in no table."""
    return [one.id for one in texts().values() if not one.invented]


def text(key):
    """One text by its id; ContentError with the nearest id if there is none."""
    every = texts()
    return every[known(key, every, "text", "data/texts")]


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
