"""The index of all pages: what there is, what failed, and where to begin."""

from ..ground.errors import ContentError
from ..ground.files import write_text
from ..models import question, stems
from ..reasoning import scenarios
from .plan import state, title_or_name
from .shells import render


def write_index(pages, out):
    """Write index.html over all pages, with the state each is in."""
    digests = {}
    states = {page.path: state(out / page.path, digests) for page in pages}
    parts, texts = {}, [page for page in pages if page.kind == "text"]
    for page in pages:
        if page.kind != "text":
            parts.setdefault(page.notebook, []).append(page)
    entries = [_entry(notebook, mine, states) for notebook, mine in parts.items()]
    read = [(page, title_or_name(page.notebook), states[page.path].word) for page in texts]
    failed = [(page, states[page.path].message) for page in pages if states[page.path].word == "failed"]
    unread = {path: problem for one in states.values() for path, problem in one.unread.items()}
    write_text(out / "index.html", render(
        "index.html.j2", entries=entries, texts=read, failed=failed, unread=dict(sorted(unread.items()))
    ))


def _entry(notebook, pages, states):
    """What the index shows of one notebook; `groups` are its scenario pages by role."""
    stem, title, groups = pages[0].stem, title_or_name(notebook), {}
    for page in pages:
        if page.kind == "scenario":
            about = _scenario(stem, page.scenario)
            groups.setdefault(about and about.role, []).append((page, about, states[page.path].word))
    asked = question(stem) if stem in stems() else title
    return {
        "title": title,
        "question": "" if asked == title else asked,
        "first": pages[0],
        "state": states[pages[0].path].word,
        "groups": groups,
        "count": sum(map(len, groups.values())),
    }


def _scenario(stem, name):
    try:
        return scenarios.scenario(stem, name)
    except ContentError:
        return None
