"""Pages made again, from what a manifest says of them, in a folder of their own: the same bytes, or what differs.

Leaves out why a page would be made otherwise; the first difference and what moved are told.
"""

import difflib
import hashlib
import os
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup

from ..ground.errors import raise_if, short, whole
from ..ground.files import read_bytes, root
from .compare import between
from .manifest import NAME, now, put, read_manifest
from .pace import Pace
from .page import make
from .plan import Page, notebooks_by_stem, plan, state, versions
from .rows import row_of
from .workers import LIMIT, done

SAME = "same bytes"
BEFORE, SHOWN = 20, 50  # characters before the first that differs, and in all
MOST_MOVES = 5  # that are told of one page


def verify(out=None, sample=None, jobs=None, progress=print, limit=LIMIT):
    """Make the pages of a folder again and compare them; 1 if one differs, is missing, or cannot be made, else 0.

    `out` is the folder (reports/ at the root); with `sample`, so many pages: those that were not verified for longest.
    Of a page that is the same, its manifest then says when that was found. ContentError if there is no manifest.
    """
    for name, value in (("sample", sample), ("jobs", jobs)):
        if value is not None:
            whole(value, 1, 1_000_000, name)
    whole(limit, 1, 100_000, "limit")
    out = Path(root() / "reports" if out is None else out).resolve()
    manifest = read_manifest(out)
    entries = [entry for entry in manifest["pages"] if entry["state"] != "missing"]
    if sample is not None:
        entries.sort(key=lambda entry: (entry["verified"] or "", entry["sha256"] or ""))
        entries = entries[:sample]
    raise_if([] if entries else [f"{out.name}: {NAME} says of no page that it was made"])
    every = {page.path: page for page in plan()}
    pages, wrong, at = {}, 0, 0

    def tell(entry, outcome, more=""):
        nonlocal wrong, at
        at += 1
        wrong += outcome != SAME
        entry["verified"] = now() if outcome == SAME else None
        progress(f"[{at:{len(str(len(entries)))}}/{len(entries)}] {entry['title']}: {outcome}{more}")

    try:
        for entry in entries:
            page = _row_page(entry) if entry["row"] else every.get(entry["path"])
            if page is None:
                tell(entry, f"cannot be made again: there is no {entry['notebook']} for it any more")
            elif not (out / page.path).is_file():
                tell(entry, "is missing")
            else:
                pages[page] = entry
        pace = Pace(len(pages))
        with tempfile.TemporaryDirectory(prefix="worked-verify-") as folder:
            tasks = [(make, (page, Path(folder))) for page in pages]
            for (_, (page, _)), made, why in done(tasks, min(jobs or os.cpu_count() or 1, len(tasks) or 1), limit):
                outcome = _outcome(pages[page], out / page.path, Path(folder) / page.path, made, why)
                tell(pages[page], outcome, pace.words())
    finally:
        put(out, manifest)
    return 1 if wrong else 0


def _row_page(entry):
    """The page of a row, or None if its notebook is gone or it would lie elsewhere."""
    notebooks = {path.stem: path for path in notebooks_by_stem().values()}
    read, notebook = row_of(entry["row"] | {"scenario": entry["scenario"]}), notebooks.get(entry["name"])
    page = Page("scenario", notebook, read[1], row=read[0]) if read and notebook else None
    return page if page and page.path == entry["path"] else None


def _outcome(entry, before, after, made, why):
    """What came of one page, in words."""
    if not after.is_file():
        return f"could not be made again: {why}"
    old, new = (read_bytes(path, most=10**12) for path in (before, after))
    changed = hashlib.sha256(old).hexdigest() != entry["sha256"]
    if old == new:
        return SAME
    parts = ["differs"]
    if changed:
        parts.append("something else has changed the page since it was made")
    if why := state(before).why:
        parts.append(why)
    sides = ({"versions": versions(), "pages": [one]} for one in (entry, entry | {"shows": made and made.shown}))
    moves = between(*sides).moves
    parts += [str(one) for one in moves[:MOST_MOVES]]
    if len(moves) > MOST_MOVES:
        parts.append(f"and {len(moves) - MOST_MOVES} more")
    return "; ".join([*parts, *_first(old, new)])


def _first(old, new):
    """The first words that a reader would see differ, before and after; nothing if none do."""
    one, other = (_words(raw) for raw in (old, new))
    for what, low, high, begin, end in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            was, is_now = " ".join(one[low:high]), " ".join(other[begin:end])
            differ_at = (at for at, pair in enumerate(zip(was, is_now, strict=False)) if pair[0] != pair[1])
            at = max(0, next(differ_at, min(len(was), len(is_now))) - BEFORE)
            return [f"first: {short(was[at:at + SHOWN])} → {short(is_now[at:at + SHOWN])}"]
    return ["every word is the same; what differs is how it is marked up or drawn"]


def _words(raw):
    soup = BeautifulSoup(raw.decode("utf-8", "replace"), "html.parser")
    for tag in soup(["style", "script"]):
        tag.decompose()
    return [line.strip() for line in soup.get_text("\n").splitlines() if line.strip()]
