"""The status page: of every page its state, how long it took, when it was made and when it was last found right.

Made from a manifest: {"pages": [{path, kind, name, scenario, key, seconds, state, message, made, verified}, ...],
"versions": {name: version}}; times are ISO 8601 in UTC, and what is not known is None or missing. Leaves out keeping
the manifest.
"""

from datetime import UTC, datetime
from pathlib import Path

from ..ground.files import write_text
from ..ground.numbers import digits
from . import naming
from .plan import plan
from .shells import render, sheet


def write_status(manifest, out):
    """Write status.html into the folder of the pages, from a manifest; returns its path."""
    titles = _titles()
    rows = [_row(one, titles) for one in manifest.get("pages") or ()]
    states = [row["state"] for row in rows]
    seconds = [row["seconds"] for row in rows if row["seconds"] is not None]
    html = render(
        "status.html.j2",
        scripts=[sheet("lists.js")],
        more=[sheet("index.css")],
        rows=rows,
        words=naming.STATES,
        counts=[(naming.STATES.get(one, one), states.count(one)) for one in dict.fromkeys([*naming.STATES, *states])
                if one in states],
        seconds=digits(sum(seconds)) if seconds else "",
        longest=max(rows, key=lambda row: row["seconds"] or 0, default=None) if seconds else None,
        versions=manifest.get("versions") or {},
    )
    return write_text(Path(out) / "status.html", html)


def _titles():
    """What each page that is planned is called, by its path."""
    every, scenarios = plan(), {}
    for page in every:
        if page.stem not in scenarios:
            scenarios[page.stem] = naming.scenario_titles(page.stem)
    return {page.path: naming.title_of_page(page, scenarios[page.stem]) for page in every}


def _row(one, titles):
    """What the table shows of one page of the manifest."""
    path, seconds = one["path"], one.get("seconds")
    named = " ".join(naming.in_words(part) for part in (one.get("name"), one.get("scenario")) if part)
    return {
        "path": path,
        "title": one.get("title") or titles.get(path) or named or path,
        "kind": naming.KINDS.get(one.get("kind"), one.get("kind") or ""),
        "state": one.get("state") or "missing",
        "message": one.get("message") or "",
        "seconds": seconds,
        "shown": digits(seconds) if seconds is not None else "",
        "made": _time(one.get("made")),
        "verified": _time(one.get("verified")),
    }


def _time(text):
    """(time as it is, time in words) of an ISO 8601 text; None where there is none, or it is no time."""
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (TypeError, ValueError):
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{at.day} {at:%b %Y, %H:%M}"
