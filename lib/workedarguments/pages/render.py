"""Making pages: which are wanted, which are still right, and the rest in processes of their own."""

import contextlib
import os
from pathlib import Path

from ..ground.errors import ContentError, nearest, raise_if, whole
from ..ground.files import is_foreign, root, sweep, write_text
from ..models import stems
from ..reasoning.scenarios import paths
from . import cluster
from .batch import every_page, remove_rows
from .index import STATUS, write_index
from .manifest import NAME, is_another, now, write_manifest
from .pace import Pace
from .page import Made, make, shell
from .plan import notebooks_by_stem, state
from .status import write_status
from .workers import LIMIT, done


def render(
    notebooks=(), scenarios=(), out=None, jobs=None, progress=print, force=False, limit=LIMIT, forking=None, why=False,
    scheduler=None, batch=None,
):
    """Make the pages of the named notebooks and scenarios (all by default) that are not up to date.

    `out` is the folder of the pages (reports/ at the root), `jobs` the number of processes (one a core), `progress`
    takes one line as each page ends, `limit` is in seconds a page, of time as of processor time; with `forking` False
    every notebook has a kernel of its own; `scheduler` is the address of a dask.distributed scheduler whose workers
    make the pages. With `why`, one line says of each page, before any is made, why it is to be made. With a `batch`,
    the pages of its file, and what they are compared on. Returns the exit status: 1 if a page failed or something
    could not be read, else 0. ContentError, before anything runs, if a notebook or scenario does not exist, if nothing
    can be written there, or if a page would stand where a file lies that is not ours, unless `force`.
    """
    if jobs is not None:
        whole(jobs, 1, 1_000, "jobs")
    whole(limit, 1, 100_000, "limit")
    wanted = batch.wanted if batch else selection(notebooks, scenarios)
    out = Path(out or root() / "reports").resolve()
    every = every_page(out, batch, force)
    pages = [page for page in every if wanted(page)]
    if not force:
        foreign = [path for path in (out / "index.html", *(out / page.path for page in pages)) if is_foreign(path)]
        foreign += [out / NAME] if is_another(out / NAME) else []
        raise_if([
            f"{path.name}: is there already, and not made by this kit; choose another folder, or --force"
            for path in foreign
        ])
    client = cluster.connected(scheduler) if scheduler is not None else contextlib.nullcontext()
    _check_writable(out)
    digests = {}
    states = {page: state(out / page.path, digests, page.call) for page in pages}
    todo = [page for page in pages if states[page].word != "done"]
    if why:
        for page in todo:
            progress(f"{page.label}: {states[page].why}")
    for at, page in enumerate([page for page in pages if page not in todo], 1):
        progress(_line(at, len(pages), page, "unchanged", states[page].unread))
    wrong = sum(bool(states[page].unread) for page in pages if page not in todo)
    write_index(every, out)  # for whoever looks in before the end, or if this process is killed
    pace, log = Pace(len(todo)), {}
    try:
        with client as connected:
            results = _made(todo, out, jobs, limit, forking, connected)
            for at, (page, made) in enumerate(results, len(pages) - len(todo) + 1):
                log[page.path] = made, now()
                wrong += bool(made.message or made.unread)
                outcome = f"FAILED: {cause(made.message)}" if made.message else f"{made.seconds:.1f} s"
                progress(_line(at, len(pages), page, outcome, made.unread) + pace.words())
    finally:
        sweep(out)
        _write_lists(every, out, log)
    if batch:
        remove_rows(out, every, batch)
    elif not notebooks and not scenarios:
        _remove_others(every, out)
    return 1 if wrong else 0


def _write_lists(pages, out, log):
    """Write what tells of all pages; a disk on which there is no room for one may have room for another."""
    problems = []
    for write in (
        lambda: write_status(write_manifest(pages, out, log), out),
        lambda: write_index(pages, out),  # last: it links to the others
    ):
        try:
            write()
        except ContentError as error:
            problems += error.problems
    raise_if(problems)


def selection(notebooks=(), scenarios=()):
    """A function that says whether a Page is wanted; ContentError for names that do not exist."""
    there = notebooks_by_stem()
    numbered = {path.stem: stem for stem, path in there.items()}
    names = [numbered.get(Path(name).stem, Path(name).stem) for name in notebooks]
    problems = [f"no notebook {name!r}; {nearest(name, there)}" for name in names if name not in there]
    arguments = {*stems()} & ({*names} & {*there} or {*there})
    known = {name for stem in arguments for name in paths(stem)}
    problems += [f"no scenario {name!r}; {nearest(name, known)}" for name in scenarios if name not in known]
    raise_if(problems)

    def wanted(page):
        if page.kind in ("text", "across"):
            return not names and not scenarios
        named = page.stem in (names or there)
        if page.kind == "scenario":
            return named and (not scenarios or (page.scenario in scenarios and not page.row))
        return named and (page.kind == "comparison" or not scenarios or page.stem in names)

    return wanted


def _check_writable(out):
    """ContentError, before anything runs, if nothing can be written into the folder of the pages."""
    write_text(out / ".can-be-written", "").unlink()


def cause(message):
    """The line of a message that says what happened: the last one with a word in it."""
    lines = [line.strip() for line in message.splitlines() if any(map(str.isalpha, line))]
    return lines[-1] if lines else message


def _line(at, of, page, outcome, unread):
    without = f", without what could not be read: {', '.join(unread)}" if unread else ""
    return f"[{at:{len(str(of))}}/{of}] {page.label} {outcome}{without}"


def _made(pages, out, jobs, limit, forking, client=None):
    """Make pages in processes of their own, or by the workers of a client; yields (page, Made)."""
    if client:
        results = cluster.made(client, pages, out, limit)
    else:
        jobs = min(jobs or os.cpu_count() or 1, len(pages))
        tasks = [(make, (page, out)) for page in pages]
        results = ((page, value, why) for (_, (page, _)), value, why in done(tasks, jobs, limit, forking))
    for page, value, why in results:
        # A page may have been written before its process was lost.
        if value is None and state(out / page.path).word != "done":
            with contextlib.suppress(ContentError):  # a full disk has no room for what went wrong either
                write_text(out / page.path, shell(page, "", why))
        yield page, value or Made(why, 0.0)


def _remove_others(pages, out):
    """Remove pages of ours that no notebook or scenario stands behind any more, and nothing else."""
    kept = {out / "index.html", out / STATUS, *(out / page.path for page in pages)}
    for path in [*out.glob("*.html"), *out.glob("*/*.html")]:
        if path not in kept and not is_foreign(path):
            path.unlink()
    remove_rows(out, pages)
