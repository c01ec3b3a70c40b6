"""Tables and paragraphs as people read them: captions, notes, rounded cells.

Tables inside the library are plain pandas and hold full precision; cells are rounded when they are shown.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..ground import uses
from ..ground.errors import ContentError
from ..ground.escaping import in_html, in_markdown
from ..ground.numbers import digits

# What a table has rows of, by the name of its index: the folders of data/ from which they come.
ROWS_OF = {"scenario": ["scenarios"], "claim": ["claims"], "mechanism": ["claims", "scenarios"]}


@dataclass(frozen=True)
class Table:
    """A frame with a caption, ready to be shown in a notebook, a report or a terminal; without rows, its note."""

    frame: pd.DataFrame
    caption: str = ""
    note: str = ""
    collapsed: bool = False
    unread: tuple = ()  # files of which there would be more rows

    def __repr__(self):
        if self.frame.empty and self.note:
            return self.note
        text = _as_text(self.frame).to_string()
        lines = (self.caption, text, *(f"not read: {path}" for path in self.unread), self.note)
        return "\n".join(filter(None, lines))

    def _repr_html_(self):
        if self.frame.empty and self.note:
            return f'<p class="note">{_html(self.note)}</p>'
        cells = _as_text(self.frame)
        numeric = [pd.api.types.is_numeric_dtype(dtype) for dtype in self.frame.dtypes]
        names = [name or "" for name in cells.index.names]
        head = "".join(f'<th scope="col">{_html(name)}</th>' for name in [*names, *cells.columns])
        head = head.replace('<th scope="col"></th>', "<td></td>")
        body = []
        for key, row in zip(cells.index, cells.itertuples(index=False), strict=True):
            keys = key if isinstance(key, tuple) else (key,)
            start = "".join(f'<th scope="row">{_html(part) or "–"}</th>' for part in keys)
            kinds = ['<td class="number">' if number else "<td>" for number in numeric]
            rest = "".join(f"{kind}{_html(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
            body.append(f"<tr>{start}{rest}</tr>")
        width = len(names) + len(cells.columns) - 1
        body += [
            f'<tr class="unread"><th scope="row">not read</th><td colspan="{max(1, width)}">{_html(path)}</td></tr>'
            for path in self.unread
        ]
        caption = f"<caption>{_html(self.caption)}</caption>" if self.caption and not self.collapsed else ""
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        note = f'<p class="note">{_html(self.note)}</p>' if self.note else ""
        if self.collapsed:
            return f"<details><summary>{_html(self.caption)}</summary>{table}{note}</details>"
        return f'<div class="table">{table}{note}</div>'


def _html(text):
    return "<br>".join(in_html(line) for line in str(text).split("\n"))


def _as_text(frame):
    """The cells as people read them, without levels of the index in which nothing stands."""
    levels = range(frame.index.nlevels)
    empty = [level for level in levels if all(part == "" for part in frame.index.get_level_values(level))]
    if 0 < len(empty) < len(levels):
        frame = frame.droplevel(empty)
    return frame.map(lambda value: digits(value) if np.isscalar(value) or value is None else str(value))


def show(frame, caption="", note="", collapsed=False):
    """A Series or DataFrame as a Table; `collapsed` folds it behind its caption."""
    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    if not isinstance(frame, pd.DataFrame):
        raise ContentError(f"show takes a table (a Series or a DataFrame), not {type(frame).__name__}")
    return Table(frame, caption, note, collapsed, tuple(uses.unread_below(*ROWS_OF.get(frame.index.name, ()))))


@dataclass(frozen=True)
class Prose:
    """A paragraph whose numbers were bound to results. Without `markdown` it is shown letter by letter."""

    text: str
    markdown: str | None = None

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return in_markdown(self.text) if self.markdown is None else self.markdown
