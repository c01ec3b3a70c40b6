"""One page: run its notebook or compute its comparison, put our page around it, write it.

Runs in a process of its own. A run that fails still becomes a page, which shows what went wrong.
Leaves out times and machine paths, so that the same inputs give the same bytes.
"""

import contextlib
import logging
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from markupsafe import Markup

from ..ground import quantities, uses
from ..ground.errors import ContentError
from ..ground.escaping import in_html
from ..ground.files import relative, root, write_text
from ..ground.numbers import quantity
from ..models import record, stems
from ..reasoning.scenarios import ROLES
from ..showing import kept
from ..showing.annotated import style
from ..showing.case import open_case
from ..showing.maps import argument_map
from ..showing.reading import text
from ..showing.tables import show
from ..texts.sources import sources, split_keys
from . import meanwhile, naming
from .across import across
from .comparison import comparison
from .plan import notebooks_by_stem, scenario_names, title_or_name, versions
from .shells import render, sheet
from .shown import shown

CELL_TIMEOUT = 600


def prepare(root_folder=None):
    """Set up a process that makes pages: one thread a kernel, the same root in kernels, no chatter."""
    os.environ.update(OMP_NUM_THREADS="1", WORKEDARGUMENTS_ROOT=root_folder or str(root()))
    for name in ("papermill", "traitlets", "nbconvert"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def rehearse():
    """Load and use once what most pages use, so that a child of this process has it already.

    What goes wrong here goes wrong again in the page that needs it, and is told there.
    """
    import ipywidgets  # noqa: F401
    import nbformat

    from ..showing.figures import dots  # loads matplotlib
    from .export import cells_html, finished  # loads nbconvert

    prepare()
    row = pd.Series([1.0, 2.0], index=["one", "two"])
    dots(row, title="-", alt="A figure that nobody sees, drawn once", caption="", label="x", log=True)
    np.linalg.svd(np.eye(3))
    body = ""
    for path in notebooks_by_stem().values():
        with contextlib.suppress(Exception):
            body = cells_html(nbformat.read(path, as_version=4))
    finished(body)
    for stem in stems():
        with contextlib.suppress(Exception):
            case = open_case(stem)
            record(case.model)
            show(case.mechanisms(), "-")._repr_html_()
            case.sources()


@dataclass(frozen=True)
class Made:
    """What became of a page: the message of a failure or "", seconds, and files that it had to do without:
    {file: problems}; and what it shows, as the manifest keeps it, or None of a page that failed.
    """

    message: str
    seconds: float
    unread: dict = field(default_factory=dict)
    shown: dict | None = None


def make(page, out):
    """Make and write one page; returns a Made."""
    started, before = time.perf_counter(), meanwhile.content(page)
    with uses.collects() as found:
        page.begin()
        try:
            if page.kind == "comparison":
                body, message = comparison(page.stem), ""
            elif page.kind == "across":
                body, message = across()
            elif page.kind == "text":
                body, message = annotated_text(page.stem), ""
            else:
                if page.kind == "scenario":
                    open_case(page.stem, page.scenario, page.overrides)  # a page cannot do without what it is about
                body, message = run(page, found)
        except Exception as error:  # whatever stops this page, a dead kernel included, must not stop the others
            told = isinstance(error, ContentError)  # whose lines say what they are
            body, message = "", in_words("" if told else type(error).__name__, error)
        whole = shell(page, body, message, found)
        if meanwhile.is_edited(page, before):
            uses.used("edited")
            whole = shell(page, body, message, found)
        write_text(out / page.path, whole)
    # Looked at when the page is written: what is looked up for it is not used by the page.
    shows = None if message else shown(page, whole)
    return Made(message, time.perf_counter() - started, dict(found.unread), shows)


def annotated_text(key):
    """HTML of a text's page: what a reader should know first, the digest with notes, the map around its thesis."""
    one, related = text(key), argument_map(text=key)
    about = "".join(f"<li>{in_html(line)}</li>" for line in one.notes)
    return (
        f"<p>{in_html(one.question)}</p><ul>{about}</ul><p>{in_html(one.rights)}</p>"
        f"<h2>The text in our words</h2>{one.annotated()._repr_html_()}"
        f'<h2>What bears on what</h2>{related._repr_html_()}'
    )


def in_words(name, message):
    """An error as one message, without this machine's folders."""
    words = f"{name}{name and ': '}{message}".replace(f"{root()}{os.sep}", "").strip()
    try:
        home = Path.home()
    except RuntimeError:  # a user without one, as in some containers; in others it is the root of all paths
        return words
    return words.replace(f"{home}{os.sep}", f"~{os.sep}") if home.name else words


def run(page, found):
    """(HTML of the cells, message or "") of a page's notebook; what a kernel used is added to the Uses `found`."""
    from .export import LIVELY, cells_html  # loads nbconvert

    with tempfile.TemporaryDirectory() if _has_kernels() else contextlib.nullcontext() as folder:
        if folder:
            left = Path(folder, "uses")
            left.touch()
            os.environ[uses.VARIABLE] = str(left)
        try:
            notebook, message = executed(page.notebook, page.parameters, LIVELY)
        finally:
            if folder:
                del os.environ[uses.VARIABLE]
                found.take(left)
    return cells_html(notebook), message


def _has_kernels():
    from . import kernel  # loads papermill and nbclient

    return kernel.engine() is kernel.Stock


def executed(path, parameters, skipped=""):
    """(notebook with outputs, message or "") of a notebook run by papermill, cell by cell: in this process if it is
    warm, else in a kernel. Cells with the tag `skipped` are not run.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from . import kernel  # loads papermill and nbclient

    engine = kernel.engine()
    try:
        notebook = papermill.execute_notebook(
            path,
            None,
            parameters,
            engine_name=engine.name,
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT,
            skip_cells_with_tag=skipped,
            # A kernel's own messages, on connections and interrupts, would mix with the lines of progress.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        return engine.notebook, in_words(error.ename, error.evalue)
    return notebook, ""


def shell(page, body, message="", found=None):
    """The whole page around its inner HTML; with a message, a page that says that it failed. `found` is the Uses of
    what it was made from, to which what stands around it is added.
    """
    from .export import finished  # loads nbconvert

    title, contents, inner = finished(body)
    about = {}
    # A broken scenario is what the message is about: the page then says less, but it is there.
    with contextlib.suppress(ContentError):
        if page.kind == "scenario":
            about = provenance(open_case(page.stem, page.scenario, page.overrides))
    heading, around = title or title_or_name(page.notebook), neighbours(page)
    digests = kept.digests_today(found.tidy()) if found else {}
    return render(
        "page.html.j2",
        page=page,
        uses=uses.stamp(digests),
        unread=dict(found.unread) if found else {},
        title=heading,
        contents=contents,
        body=Markup(inner),
        message=message,
        roles=ROLES,
        top="../" * page.path.count("/"),
        neighbours=around,
        library=digests.get(("library", uses.ALL)),
        versions=versions(),
        # Styles within the body were taken out: a page has one place for them.
        more=[style()] if 'class="annotated"' in inner else [sheet("across.css")] if page.kind == "across" else [],
        notebook=relative(page.notebook),
        **about,
    )


def neighbours(page):
    """(name, title) of the scenarios, or rows, before and after a page's own; None at the ends."""
    if page.row:
        return tuple(name and (name, naming.in_words(name)) for name in (page.row.before, page.row.after))
    if page.kind != "scenario":
        return None, None
    names, titles = [None, *scenario_names(page.stem), None], naming.scenario_titles(page.stem)
    at = names.index(page.scenario)
    return tuple(
        name and (name, titles[name].title if name in titles else naming.in_words(name))
        for name in (names[at - 1], names[at + 1])
    )


def provenance(case):
    """What a page's footer says about a case: inputs that differ, assumed share, sources used."""
    defaults, now = quantities.values(case.model.Parameters()), quantities.values(case.parameters)
    changed = [
        (spec.label, _shown(now[name], spec), _shown(defaults[name], spec), *case.basis(name))
        for name, spec in quantities.specs(case.model.Parameters).items()
        if now[name] != defaults[name]
    ]
    every = sources()
    keys = {*case.sources().index, *split_keys(case.scenario.source)}
    used = sorted(uses.of_those(every, sorted(keys)), key=lambda source: source.citation.lower())
    assumed = quantity(case.assumed_share(), "share")
    # Asked for here: a template is filled after what was used is written down.
    return {"scenario": case.scenario, "why": case.scenario.why, "changed": changed, "assumed": assumed, "used": used}


def _shown(value, spec):
    return value if isinstance(value, str) else quantity(value, spec.unit)
