"""Rows of a file of scenarios, and the pages that were made of them.

The head of such a page holds its row: so a later run knows of it without the file. Leaves out: reading the file
(batch.py).
"""

import html
import json
import re
from dataclasses import asdict, dataclass, fields

META = re.compile(r'<meta name="worked-row" content="([^"]*)">')
HEAD = 32_000  # bytes of a page in which its meta elements stand


@dataclass(frozen=True)
class Row:
    """One row: `batch` is the folder of its page, `source` the file it stands in, `overrides` are (parameter, value);
    `before` and `after` name the rows of the same argument beside it.
    """

    batch: str
    source: str
    name: str
    title: str
    who: str = ""
    why: str = ""
    overrides: tuple = ()
    before: str | None = None
    after: str | None = None

    def head(self, scenario):
        """The row, and the scenario on which it stands, as the head of its page holds them."""
        return json.dumps(self.to_dict() | {"scenario": scenario}, ensure_ascii=False)

    def to_dict(self):
        """The row as plain values."""
        return asdict(self) | {"overrides": dict(self.overrides)}


def row_of(values):
    """(row, scenario) of what `head` gave, read as JSON; None if it is something else."""
    try:
        plain = {name: values[name] for name in (field.name for field in fields(Row))}
        overrides = tuple(plain.pop("overrides").items())
        known = [plain["batch"], plain["source"], plain["name"], plain["title"], values["scenario"]]
    except (KeyError, TypeError, AttributeError):
        return None
    if not all(isinstance(one, str) for one in known):
        return None
    return Row(**plain, overrides=overrides), values["scenario"]


def row_in(path):
    """(row, scenario) that the head of a page holds, or None."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            found = META.search(file.read(HEAD))
        return row_of(json.loads(html.unescape(found.group(1)))) if found else None
    except (OSError, ValueError):
        return None
