"""What pages call things: groups of scenarios, states of pages, options of a choice, a page itself.

People see titles and labels. Leaves out the words of content itself, which have their homes in its files.
"""

from ..ground.errors import ContentError
from ..reasoning.scenarios import AS_TOLD, read_scenarios
from .plan import title_of

# By role of a scenario: one word for the head of a column, and a heading.
GROUPS = {
    "speaker": ("told", "As speakers tell it"),
    "study": ("measured", "As studies measured it"),
    "counter-case": ("tested", "Put to the test"),
}
UNREADABLE = ("more", "More sets of numbers")
COMPARED = " – all scenarios compared"
STATES = {"done": "up to date", "failed": "failed", "stale": "out of date", "missing": "not made yet"}
KINDS = {
    "scenario": "lesson with one set of numbers",
    "comparison": "all scenarios of a lesson",
    "plain": "lesson without a model",
    "text": "text with notes",
    "across": "claims across lessons",
}


def group_of(row):
    """The group of a page that stands for a row of a file; of a scenario that cannot be read, where there is no row."""
    return (f"from {row.source}", f"From the list {row.source}") if row else UNREADABLE


def in_words(name):
    """An option or a name of a file as people read it, where nothing better is known."""
    return str(name).replace("_", " ")


def scenario_titles(stem):
    """The scenarios of an argument that can be read, by name; a broken file hides no other. Of a text, none."""
    return read_scenarios(stem, None).found


def title_of_page(page, scenarios=None):
    """What a page is called: its title, and for a scenario the lesson's and its own.

    `scenarios` are those of the page's argument, if they were read before.
    """
    try:
        title = title_of(page.notebook)
    except ContentError:
        title = in_words(page.stem)
    if page.kind == "scenario":
        return f"{title} – {scenario_title(page, scenarios)}"
    return title + COMPARED if page.kind == "comparison" else title


def scenario_title(page, scenarios=None):
    """What a page's scenario is called: by the page, by its file, or else its name in words."""
    if page.row:
        return page.row.title
    about = (scenario_titles(page.stem) if scenarios is None else scenarios).get(page.scenario)
    return about.title if about else in_words(page.scenario or AS_TOLD)
