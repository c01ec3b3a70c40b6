"""The home page: the lessons as cards, what holds across them, the texts, and every other page by its title.

A page that failed, is out of date or is missing is shown as that, in words. Leaves out what each page is made from
and when (status.py).
"""

from dataclasses import dataclass

from ..ground import quantities
from ..ground.errors import ContentError
from ..ground.files import write_text
from ..ground.numbers import quantity
from ..models import model, question, stems
from ..reasoning.scenarios import AS_TOLD
from . import naming
from .cards import Card, card_of, time_of
from .plan import state
from .shells import render, sheet

MOST_LISTED = 24  # pages of one group; more are a table
FEW_FAILED = 8  # pages; more are folded, so that the lessons stay in sight
STATUS = "status.html"


@dataclass(frozen=True)
class Item:
    """One page in a list: what it is called there, who stands behind it, what it changes, its state."""

    page: object
    title: str
    state: str
    who: str = ""
    changes: str = ""


@dataclass(frozen=True)
class Entry:
    """A notebook on the home page: its `card`, the page to open first, and its scenarios by group."""

    number: str
    title: str
    question: str
    time: str
    card: Card
    first: Item
    compared: Item | None = None
    groups: tuple = ()

    @property
    def counts(self):
        """How many pages its groups have, in words: "5 told, 8 measured"."""
        return ", ".join(f"{len(items):,} {word}" for word, _, items in self.groups)

    @property
    def states(self):
        """How many of them are in which state other than done: "2 failed"; empty if none."""
        every = [item.state for *_, items in self.groups for item in items]
        return ", ".join(f"{every.count(one):,} {words}" for one, words in naming.STATES.items()
                         if one != "done" and one in every)


def write_index(pages, out):
    """Write index.html over all pages, with the state each is in."""
    digests = {}
    states = {page.path: state(out / page.path, digests, page.call) for page in pages}
    titles = {stem: naming.scenario_titles(stem) for stem in dict.fromkeys(page.stem for page in pages)}

    def item(page, title="", **more):
        return Item(page, title or naming.title_of_page(page, titles[page.stem]), states[page.path].word, **more)

    notebooks = {}
    for page in pages:
        if page.kind not in ("text", "across"):
            notebooks.setdefault(page.notebook, []).append(page)
    entries = [_entry(mine, titles, item) for mine in notebooks.values()]
    every = [one.word for one in states.values()]
    unread = {path: problem for one in states.values() for path, problem in one.unread.items()}
    html = render(
        "index.html.j2",
        scripts=[sheet("lists.js")],
        more=[sheet("index.css")],
        lessons=[one for one in entries if one.groups],
        others=[one for one in entries if not one.groups],
        across=[item(page) for page in pages if page.kind == "across"],
        texts=[item(page) for page in pages if page.kind == "text"],
        failed=[(item(page), states[page.path].message) for page in pages if states[page.path].word == "failed"],
        unread=dict(sorted(unread.items())),
        counts=[(words, every.count(one)) for one, words in naming.STATES.items() if one in every],
        total=len(pages),
        status=STATUS if (out / STATUS).exists() else "",
        words=naming.STATES,
        most=MOST_LISTED,
        few=FEW_FAILED,
    )
    write_text(out / "index.html", html)


def _entry(pages, titles, item):
    """What the home page shows of one notebook; a file of it that cannot be read costs what it says, no more."""
    first, stem, every = pages[0], pages[0].stem, titles[pages[0].stem]
    groups, compared = {}, None
    for page in pages:
        if page.kind == "comparison":
            compared = item(page)
        elif page.kind == "scenario":
            about = None if page.row else every.get(page.scenario)
            word, heading = naming.GROUPS[about.role] if about else naming.group_of(page.row)
            behind = about or page.row
            who = behind.who if behind else ""
            one = item(page, naming.scenario_title(page, every), who=who, changes=_changes(page))
            groups.setdefault((word, heading), []).append(one)
            if (page.scenario == AS_TOLD and not page.row) or first.kind == "comparison":
                first = page
    title = naming.title_of_page(pages[0]).removesuffix(naming.COMPARED)
    asked = question(stem) if stem in stems() else title
    try:
        time = time_of(first.notebook)
    except ContentError:
        time = ""
    number = first.notebook.stem.partition("_")[0]
    parts = tuple((word, heading, items) for (word, heading), items in groups.items())
    asked = "" if asked == title else asked
    return Entry(number, title, asked, time, card_of(stem), item(first, title), compared, parts)


def _changes(page):
    """What a page sets by itself, beyond a file of a scenario, in labels and numbers with units."""
    try:
        changes = page.overrides
        fields = quantities.specs(model(page.stem).Parameters) if changes else {}
        return "; ".join(f"{fields[name].label}: {_shown(value, fields[name].unit)}" for name, value in changes.items())
    except (ContentError, KeyError, TypeError):  # its own page says what is wrong with them
        return ""


def _shown(value, unit):
    return naming.in_words(value) if isinstance(value, str) else quantity(value, unit)
