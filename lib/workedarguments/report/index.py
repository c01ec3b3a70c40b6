"""The index of all pages: what there is, what failed, and where to begin."""

import json

from .. import scenarios
from ..argument import argument, stems
from ..content import ContentError
from .plan import state


def write_index(pages, out):
    """Write index.html over all pages, with the state each is in."""
    from .page import environment, write

    states = {page.path: state(out / page.path, page.key) for page in pages}
    parts = {}
    for page in pages:
        parts.setdefault(page.notebook, []).append(page)
    entries = [_entry(notebook, mine, states) for notebook, mine in parts.items()]
    failed = [(page, states[page.path][1]) for page in pages if states[page.path][0] == "failed"]
    html = environment().get_template("index.html.j2").render(entries=entries, failed=failed, roles=scenarios.ROLES)
    write(out / "index.html", html)


def _entry(notebook, pages, states):
    """What the index shows of one notebook; `groups` are its scenario pages by role."""
    stem, groups = pages[0].stem, {}
    first = states[pages[0].path][0]
    for page in pages:
        if page.kind == "scenario":
            about = _scenario(stem, page.scenario)
            groups.setdefault(about.role if about else "", []).append((page, about, states[page.path][0]))
    question = ""
    if stem in stems():
        question = argument(stem).question
    title = title_of(notebook)
    return {"title": title, "question": question if question != title else "", "first": pages[0], "state": first,
            "groups": groups, "count": sum(map(len, groups.values()))}


def _scenario(stem, name):
    try:
        return scenarios.scenario(stem, name)
    except ContentError:
        return None


def title_of(notebook):
    """The first line of a notebook's first heading, or its file name."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return notebook.stem
