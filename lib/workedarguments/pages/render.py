"""Making pages: which are wanted, which are still right, and the rest in processes of their own."""

import contextlib
import os
from pathlib import Path

from ..ground.errors import ContentError, nearest, raise_if, whole
from ..ground.files import is_foreign, root, sweep, write_text
from ..models import stems
from ..reasoning.scenarios import paths
from .index import write_index
from .page import make, shell
from .plan import notebooks_by_stem, plan, state
from .workers import done

LIMIT = 120  # seconds that a page may take, if nothing else is said


def render(notebooks=(), scenarios=(), out=None, jobs=None, progress=print, force=False, limit=LIMIT, forking=None):
    """Make the pages of the named notebooks and scenarios (all by default) that are not up to date.

    `out` is the folder of the pages (reports/ at the root), `jobs` the number of processes (one a
    core), `progress` takes one line as each page ends, `limit` is in seconds a page, of time as of processor time;
    with `forking` False every notebook has a kernel of its own. Returns the exit status: 1 if a page failed,
    else 0. ContentError, before anything runs, if a notebook or scenario does not exist, if nothing can
    be written there, or if a page would stand where a file lies that is not ours, unless `force`.
    """
    if jobs is not None:
        whole(jobs, 1, 1_000, "jobs")
    whole(limit, 1, 100_000, "limit")
    wanted, every = selection(notebooks, scenarios), plan()
    pages = [page for page in every if wanted(page)]
    out = Path(out or root() / "reports").resolve()
    if not force:
        raise_if([
            f"{path.name}: is there already, and not made by this kit; choose another folder, or --force"
            for path in (out / "index.html", *(out / page.path for page in pages))
            if is_foreign(path)
        ])
    _check_writable(out)
    todo = [page for page in pages if state(out / page.path, page.key)[0] != "done"]
    outcomes = [(page, "unchanged") for page in pages if page not in todo]
    for at, (page, outcome) in enumerate(outcomes, 1):
        progress(_line(at, len(pages), page, outcome))
    failed = 0
    write_index(every, out)  # for whoever looks in before the end, or if this process is killed
    try:
        for at, (page, message, seconds) in enumerate(_made(todo, out, jobs, limit, forking), len(outcomes) + 1):
            failed += bool(message)
            outcome = f"FAILED: {cause(message)}" if message else f"{seconds:.1f} s"
            progress(_line(at, len(pages), page, outcome))
    finally:
        sweep(out)
        write_index(every, out)
    if not notebooks and not scenarios:
        _remove_others(every, out)
    return 1 if failed else 0


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
            return named and (not scenarios or page.scenario in scenarios)
        return named and (page.kind == "comparison" or not scenarios or page.stem in names)

    return wanted


def _check_writable(out):
    """ContentError, before anything runs, if nothing can be written into the folder of the pages."""
    write_text(out / ".can-be-written", "").unlink()


def cause(message):
    """The line of a message that says what happened: the last one with a word in it."""
    lines = [line.strip() for line in message.splitlines() if any(map(str.isalpha, line))]
    return lines[-1] if lines else message


def _line(at, of, page, outcome):
    return f"[{at:{len(str(of))}}/{of}] {page.label} {outcome}"


def _made(pages, out, jobs, limit, forking):
    """Make pages in processes of their own; yields (page, message of a failure or "", seconds)."""
    jobs = min(jobs or os.cpu_count() or 1, len(pages))
    for (_, (page, _)), made, why in done([(make, (page, out)) for page in pages], jobs, limit, forking):
        if made:
            yield page, *made
            continue
        if state(out / page.path, page.key)[0] != "done":  # it may have been written before the process was lost
            with contextlib.suppress(ContentError):  # a full disk has no room for what went wrong either
                write_text(out / page.path, shell(page, "", why))
        yield page, why, 0.0


def _remove_others(pages, out):
    """Remove pages of ours that no notebook or scenario stands behind any more, and nothing else."""
    kept = {out / page.path for page in pages}
    for path in [*out.glob("*.html"), *out.glob("*/*.html")]:
        if path not in kept and state(path, "")[0] in ("stale", "failed"):
            path.unlink()
