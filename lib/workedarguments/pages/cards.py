"""What the home page shows of a lesson beside its title: what was said and by whom, a drawing, how long it takes.

data/cards/<stem>.yml holds the line, data/cards/<stem>.svg the drawing: the empty task, never its answer. <stem> is
the notebook's name without its number. The time stands in the notebook's own first lines. A lesson without a card is
shown all the same, with a plain drawing.
"""

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from ..ground.declared import SHORT, Place, Record, Text, declare, need
from ..ground.drawings import read_drawing
from ..ground.errors import ContentError, nearest
from ..ground.files import Read, data, kept_until_changed, relative
from ..ground.strict_yaml import load_yaml
from .plan import cells_of, notebooks_by_stem
from .shells import TEMPLATES

KIND = Record({"said": need(Text(SHORT), "one line for the home page: who said what, and when")})
FILE = declare("data/cards/<argument>.yml", "A lesson on the home page; beside it `<argument>.svg`, its drawing.", KIND)
TIME = re.compile(r"\b(?:half an hour|an hour|[\w-]+ (?:minutes|hours))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """What a card shows: `said` may be empty; `drawing` is HTML."""

    said: str
    drawing: Markup


@kept_until_changed("cards/*.yml", "cards/*.svg")
def read_cards():
    """All cards, good and broken: a Read by stem. What cannot be read of a card is left out of it."""
    found, problems, broken = {}, [], set()
    for stem in sorted({path.stem for ending in ("yml", "svg") for path in data("cards").glob(f"*.{ending}")}):
        said, drawing, wrong = "", plain_drawing(), []
        words, picture = data("cards", f"{stem}.yml"), data("cards", f"{stem}.svg")
        try:
            if words.exists():
                entry = load_yaml(words)
                wrong += KIND.problems(entry, Place(relative(words)))
                said = "" if wrong else entry["said"]
        except ContentError as error:
            wrong += error.problems
        try:
            drawing = read_drawing(picture) if picture.exists() else drawing
        except ContentError as error:
            wrong += error.problems
        found[stem] = Card(said, drawing)
        problems += wrong
        broken |= {stem} if wrong else set()
    return Read(found, tuple(problems), frozenset(broken))


def card_of(stem):
    """The card of a notebook by its name without number; without files of its own, a plain one."""
    return read_cards().found.get(stem) or Card("", plain_drawing())


def card_problems():
    """Cards that cannot be read, and cards of no notebook."""
    there = notebooks_by_stem()
    strays = sorted({*read_cards().found} - {*there})
    return [*read_cards().problems, *(f"data/cards: no notebook {stem!r}; {nearest(stem, there)}" for stem in strays)]


@cache
def plain_drawing():
    """The drawing of a lesson that has none."""
    return read_drawing(TEMPLATES / "card.svg")


def time_of(notebook):
    """How long a notebook takes, in the words of its first cell: "fifty minutes"; empty if it does not say."""
    first = "".join(next((cell["source"] for cell in cells_of(notebook) if cell["cell_type"] == "markdown"), ""))
    found = TIME.search(next((line for line in first.splitlines() if line.startswith("*")), ""))
    return found.group().lower() if found else ""
