"""The manifest: what lies in a folder of pages, when each page was made, and what it shows that can move.

reports/manifest.json, of the form in manifest.schema.json. Pages hold no times, so that the same inputs give the same
bytes; the times stand here. Written whole at the end of each run; of a page that was not touched the entry stays.
"""

import contextlib
import hashlib
import html
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from ..ground import uses
from ..ground.errors import ContentError, raise_if, short
from ..ground.files import read_bytes, read_json, relative, write_text
from ..ground.numbers import plain
from . import naming
from .plan import META, state, versions
from .rows import HEAD
from .shown import shown

NAME, SCHEMA = "manifest.json", "workedarguments/manifest-1"
MOST_TOLD = 10  # problems of a manifest that somebody has changed


def now():
    """The time in UTC, as manifests write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def schema():
    """The JSON schema of a manifest."""
    return json.loads(Path(__file__).with_name("manifest.schema.json").read_text(encoding="utf-8"))


def is_another(path):
    """Whether a file lies there that is no manifest of any version of the kit's."""
    try:
        return b'"workedarguments/manifest-' not in path.open("rb").read(200)
    except OSError:
        return False


def read_manifest(path):
    """The manifest at a path or in the folder at a path; ContentError if there is none, or it is none."""
    given, path, there = path, Path(path), False
    with contextlib.suppress(OSError, ValueError):  # a name that no system takes
        path = path / NAME if path.is_dir() else path
        there = path.is_file()
    if not there:
        raise ContentError(f"{short(str(given))}: no {NAME} there; `worked render` writes one")
    found = read_json(path)
    if isinstance(found, dict) and found.get("schema") != SCHEMA:
        raise ContentError(f"{relative(path)}: its schema is {short(found.get('schema'))}; this kit reads {SCHEMA!r}")
    from jsonschema import Draft202012Validator  # takes a while, and most runs read none

    problems = []
    for error in Draft202012Validator(schema()).iter_errors(found):
        at = "".join(f"{part}: " for part in error.absolute_path)
        problems.append(f"{relative(path)}: {at}{error.message[:200]}")
    raise_if(problems[:MOST_TOLD])
    return found


def write_manifest(pages, out, made):
    """Write the manifest of a folder over all its pages; returns it. `made` is what was made now: {path: (Made, time)}.

    A manifest that cannot be read is written anew.
    """
    try:
        before = {entry["path"]: entry for entry in read_manifest(out)["pages"]}
    except ContentError:
        before = {}
    digests, titles, entries = {}, {}, []
    for page in pages:
        if page.stem not in titles:
            titles[page.stem] = naming.scenario_titles(page.stem)
        entries.append(_entry(page, Path(out), digests, titles[page.stem], made.get(page.path), before.get(page.path)))
    return put(out, {"schema": SCHEMA, "versions": versions(), "pages": entries})


def put(out, manifest):
    """Write a manifest into its folder; returns it."""
    write_text(Path(out) / NAME, json.dumps(plain(manifest), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    return manifest


def _entry(page, out, digests, titles, made, before):
    """The entry of one page: from this run, or else what the entry before says, if it is of these bytes."""
    found = state(out / page.path, digests, page.call)
    raw = read_bytes(out / page.path, most=10**12) if found.word != "missing" else None
    text = raw.decode("utf-8", "replace") if raw is not None else ""
    sha256 = hashlib.sha256(raw).hexdigest() if raw is not None else None
    same = before if before and sha256 and before["sha256"] == sha256 else {}
    report, time = made or (None, None)
    shows = report.shown if report else same.get("shows")
    if shows is None and found.word == "done":
        shows = shown(page, text)
    return {
        "path": page.path,
        "kind": page.kind,
        "name": page.name,
        "notebook": relative(page.notebook),
        "title": naming.title_of_page(page, titles),
        "scenario": page.scenario,
        "row": page.row.to_dict() if page.row else None,
        "parameters": page.parameters,
        "key": page.call,
        "uses": uses_in(text),
        "state": found.word,
        "message": found.message,
        "seconds": round(report.seconds, 3) if report else same.get("seconds"),
        "made": time or same.get("made"),
        "verified": same.get("verified"),
        "bytes": len(raw) if raw is not None else None,
        "sha256": sha256,
        "shows": shows if found.word != "missing" else None,
    }


def uses_in(text):
    """What a page says in its head that it was made from: {name: short digest}."""
    meta = {key: html.unescape(value) for key, value in META.findall(text[:HEAD])}
    try:
        return {f"{of}:{key}": code for (of, key), code in uses.stamped(meta.get("uses", "")).items()}
    except ValueError:
        return {}
