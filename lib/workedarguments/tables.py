"""Numbers and tables as people read them: three significant digits, units, captions.

Tables inside the library are plain pandas and hold full precision; rounding happens here only.
"""

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

FRACTIONS = {
    1 / 10: "a tenth",
    1 / 4: "a quarter",
    1 / 3: "a third",
    1 / 2: "half",
    2 / 3: "two thirds",
    3 / 4: "three quarters",
    9 / 10: "nine tenths",
}

LARGE = {1e12: "trillion", 1e9: "billion", 1e6: "million"}

PURE = ("elasticity", "log points", "ratio")


def digits(value, significant=3):
    """A number as text with three significant digits: 1,234, 0.0571, ∞; nan is "not computable"."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    value = float(value)
    if np.isnan(value):
        return "not computable"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 10**significant:
        return f"{value:,.0f}"
    text = f"{value:.{significant}g}"
    return (f"{value:.6f}".rstrip("0").rstrip(".") if "e" in text else text).replace("-", "−")


def quantity(value, unit=""):
    """A number with its unit as people say it: 1.82×, half, 44 in 100, 8 hours; nan is "not computable"."""
    if np.isnan(value):
        return digits(value)
    if unit == "share" and np.isfinite(value):
        if value in (0, 1):
            return "all" if value else "none"
        for fraction, word in FRACTIONS.items():
            if abs(value - fraction) < 0.005:
                return word
        return f"{digits(100 * float(value), 2 if value < 0.995 else 3)} in 100"
    if np.isinf(value):
        return f"{digits(value)}, out of reach"
    for size, word in LARGE.items():
        if abs(value) >= size:
            return f"{digits(value / size)} {word} {unit}".strip()
    if unit == "×":
        return f"{digits(value)}×"
    if unit in PURE:
        return digits(value)
    return f"{digits(value)} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


@dataclass(frozen=True)
class Table:
    """A frame with a caption, ready to be shown in a notebook, a report or a terminal; without rows, its note."""

    frame: pd.DataFrame
    caption: str = ""
    note: str = ""
    collapsed: bool = False

    def __repr__(self):
        if self.frame.empty and self.note:
            return self.note
        text = _as_text(self.frame).to_string()
        return "\n".join(part for part in (self.caption, text, self.note) if part)

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
            start = "".join(f'<th scope="row">{_html(part)}</th>' for part in keys)
            kinds = ['<td class="number">' if number else "<td>" for number in numeric]
            rest = "".join(f"{kind}{_html(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
            body.append(f"<tr>{start}{rest}</tr>")
        caption = f"<caption>{_html(self.caption)}</caption>" if self.caption and not self.collapsed else ""
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        note = f'<p class="note">{_html(self.note)}</p>' if self.note else ""
        if self.collapsed:
            return f"<details><summary>{_html(self.caption)}</summary>{table}{note}</details>"
        return f'<div class="table">{table}{note}</div>'


def _html(text):
    return html.escape(str(text)).replace("\n", "<br>")


def _as_text(frame):
    return frame.map(lambda value: digits(value) if np.isscalar(value) or value is None else str(value))


def show(frame, caption="", note="", collapsed=False):
    """A Series or DataFrame as a Table; `collapsed` folds it behind its caption."""
    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    return Table(frame, caption, note, collapsed)


@dataclass(frozen=True)
class Prose:
    """A paragraph whose numbers were bound to results."""

    text: str

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text
