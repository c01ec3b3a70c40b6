"""The bibliography: every source key used anywhere resolves here, or is the id of a text.

data/sources.yml maps a key to {citation, year, url, checked, interest}. `checked` says how far the
figure was followed: to its source, to somebody who reports it, or not at all.
"""

from dataclasses import dataclass

from ..ground.errors import check_choice, check_keys, known, nearest, raise_if
from ..ground.files import data, kept_until_changed
from ..ground.strict_yaml import load_yaml
from .texts import texts

CHECKED = ("source", "secondary", "memory")


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
def sources():
    """All sources by key, the texts included; ContentError lists every broken entry."""
    where, problems, found = "data/sources.yml", [], {}
    for key, entry in (load_yaml(data("sources.yml")) or {}).items():
        wrong = check_keys(f"{where}: {key}", entry, ("citation", "checked"), ("year", "url", "interest"))
        wrong = wrong or check_choice(f"{where}: {key}", "checked", entry["checked"], CHECKED)
        problems += wrong
        if not wrong:
            found[key] = Source(key, **entry)
    raise_if(problems)
    return found | {
        text.id: Source(
            text.id,
            f"{text.title} ({text.date})",
            int(text.date[:4]),
            text.where.get("article"),
            # What we read is the article; where it translates a recording, that was not heard.
            "secondary" if text.where.get("recording") else "source",
            "; ".join(text.speakers[0].get("interests") or ()) or None,
        )
        for text in texts().values()
    }


def source(key):
    """One source by its key; ContentError with the nearest key if there is none."""
    every = sources()
    return every[known(key, every, "source", "data/sources.yml")]


def split_keys(keys):
    """The keys in a `source` value: one, or several with semicolons between them."""
    return [key.strip() for key in (keys or "").split(";") if key.strip()]


def source_problems(where, keys, every):
    """Problems of source keys that resolve to nothing in `every`."""
    return [f"{where}: no source {key!r}; {nearest(key, every)}" for key in split_keys(keys) if key not in every]
