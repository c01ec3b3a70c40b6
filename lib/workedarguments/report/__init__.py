"""Reports: every notebook in every scenario as one self-contained HTML page, with a comparison.

    render(["ten_to_two"], ["as_told", "metr_2025"])

papermill runs a notebook, nbconvert turns its cells into HTML, and a page of our own goes around
them. Comparison pages are computed by the library and never run a notebook. A page carries a key
of everything it was made from; one whose key is still right is not made again. Leaves out: PDF,
widgets (a page has no script), and any text of the originals.
"""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from .. import scenarios as scenario_files
from ..argument import stems
from ..content import ContentError, known, raise_if, root
from .plan import Page, notebooks_by_stem, plan, state

__all__ = ["Page", "render", "unconverted"]


def render(notebooks=(), scenarios=(), out=None, jobs=None, progress=print):
    """Make the pages of the named notebooks and scenarios (all by default) that are not up to date.

    `out` is the folder of the pages (reports/ at the root), `jobs` the number of processes (one a
    core), `progress` takes one line as each page ends. Returns the exit status: 1 if a page failed,
    else 0. ContentError, before anything runs, if a notebook or scenario does not exist.
    """
    wanted = chosen(notebooks, scenarios)
    every = plan()
    out = Path(out or root() / "reports").resolve()
    todo, done, failed = [], 0, 0
    pages = [page for page in every if wanted(page)]

    def report(page, outcome):
        nonlocal done
        done += 1
        progress(f"[{done:{len(str(len(pages)))}}/{len(pages)}] {page.label} {outcome}")

    for page in pages:
        if state(out / page.path, page.key)[0] == "done":
            report(page, "unchanged")
        else:
            todo.append(page)
    try:
        for page, message, seconds in _made(todo, out, jobs or os.cpu_count() or 1):
            failed += bool(message)
            last = message.strip().splitlines()[-1] if message else ""
            report(page, f"FAILED: {last}" if message else f"{seconds:.1f} s")
    finally:
        from .index import write_index

        write_index(every, out)
        if not notebooks and not scenarios:
            _remove_others(every, out)
    return 1 if failed else 0


def unconverted(markdown_text):
    """The formulas of a Markdown text that cannot be shown as MathML, as they stand in the text."""
    from .export import unconverted as found

    return found(markdown_text)


def chosen(notebooks=(), scenarios=()):
    """A function that says whether a Page is wanted; ContentError for names that do not exist."""
    there, problems, names = notebooks_by_stem(), [], set()
    for given in notebooks:
        name = Path(given).stem
        stem = next((stem for stem, path in there.items() if name in (stem, path.stem)), None)
        if stem is None:
            try:
                known(name, there, "notebook", "notebooks")
            except ContentError as error:
                problems += error.problems
        names.add(stem)
    arguments = [stem for stem in there if stem in stems() and (not notebooks or stem in names)]
    files = {name for stem in arguments for name in scenario_files.paths(stem)}
    for name in scenarios:
        try:
            known(name, files, "scenario", "data/scenarios")
        except ContentError as error:
            problems += error.problems
    raise_if(problems)

    def wanted(page):
        named = not notebooks or page.stem in names
        if page.kind == "plain":
            return named and (page.stem in names or not scenarios)
        return named and (page.kind == "comparison" or not scenarios or page.scenario in scenarios)

    return wanted


def _made(pages, out, jobs):
    """Make pages in processes of their own; yields (page, message of a failure or None, seconds)."""
    if not pages:
        return
    from .page import make, prepare, write_failure

    # A forked child would inherit locks of threads that the calling program may have: spawn is safe anywhere.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(pages)), context, initializer=prepare, initargs=(str(root()),))
    started = time.perf_counter()
    try:
        futures = {pool.submit(make, page, out): page for page in pages}
        for future in as_completed(futures):
            page = futures[future]
            try:
                yield page, *future.result()
            except Exception as error:  # the process itself died: the page must say so all the same
                message = f"{type(error).__name__}: {error}"
                write_failure(page, out, message)
                yield page, message, time.perf_counter() - started
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _remove_others(pages, out):
    """Remove pages of ours that no notebook or scenario stands behind any more; nothing else."""
    kept = {out / page.path for page in pages}
    for path in [*out.glob("*.html"), *out.glob("*/*.html")]:
        if path not in kept and state(path, "")[0] in ("stale", "failed") and path.name != "index.html":
            path.unlink()
