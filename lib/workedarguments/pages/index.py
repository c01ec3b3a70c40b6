"""The index of all pages: what there is, what failed, and where to begin."""

from ..ground.errors import ContentError
from ..ground.files import write_text
from ..models import stems
from ..reasoning import scenarios
from ..reasoning.argument import argument
from .plan import state, title_of
from .shells import render


def write_index(pages, out):
    """Write index.html over all pages, with the state each is in."""
    states = {page.path: state(out / page.path, page.key) for page in pages}
    parts, texts = {}, [page for page in pages if page.kind == "text"]
    for page in pages:
        if page.kind != "text":
            parts.setdefault(page.notebook, []).append(page)
    entries = [_entry(notebook, mine, states) for notebook, mine in parts.items()]
    read = [(page, title_of(page.notebook), states[page.path][0]) for page in texts]
    failed = [(page, states[page.path][1]) for page in pages if states[page.path][0] == "failed"]
    write_text(out / "index.html", render("index.html.j2", entries=entries, texts=read, failed=failed))


def _entry(notebook, pages, states):
    """What the index shows of one notebook; `groups` are its scenario pages by role."""
    stem, title, groups = pages[0].stem, title_of(notebook), {}
    for page in pages:
        if page.kind == "scenario":
            about = _scenario(stem, page.scenario)
            groups.setdefault(about and about.role, []).append((page, about, states[page.path][0]))
    question = argument(stem).question if stem in stems() else title
    return {
        "title": title,
        "question": "" if question == title else question,
        "first": pages[0],
        "state": states[pages[0].path][0],
        "groups": groups,
        "count": sum(map(len, groups.values())),
    }


def _scenario(stem, name):
    try:
        return scenarios.scenario(stem, name)
    except ContentError:
        return None
