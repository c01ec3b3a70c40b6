"""General figures over labelled data. Every figure takes alt text and says in words what it plots.

A figure is drawn once, to PNG, without pyplot and without state. Its text output is its caption,
alt text and a digest of the drawn data, because notebook regression tests compare text and never
pictures. Leaves out: interaction (controls.py) and anything that knows a particular argument.
"""

import gc
import hashlib
import io
import textwrap
from dataclasses import dataclass

import numpy as np
import pandas as pd
from PIL import Image

from ..ground.errors import ContentError
from ..ground.numbers import digits
from .kept import kept
from .plotting import Canvas, FigureCanvasAgg, drawing, mpl

# Okabe and Ito's palette: told apart by people with any common colour vision, and in grey print.
INK, BLUE, ORANGE, GREEN, RED, SKY, PURPLE = "#222222", "#0072B2", "#D55E00", "#007A5A", "#B00020", "#56B4E9", "#AA4499"
LINES = (BLUE, ORANGE, GREEN, PURPLE, INK, SKY)
PALE = "#6b6b6b"
STYLE = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.unicode_minus": False,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "lines.linewidth": 2.2,
    "svg.hashsalt": "workedarguments",
}
DPI = 120
SHOWN = 100  # pixels per inch at which a page shows a figure
INCHES = 6.0  # 720 pixels: the lettering stays readable when a phone shows the picture at half its size
LEAST_ALT = 30


@dataclass(frozen=True)
class Figure:
    """A drawn figure: PNG bytes, and the words that stand for it."""

    png: bytes
    alt: str
    caption: str
    digest: str
    width: int

    def _repr_mimebundle_(self, **_):
        return {"image/png": self.png, "text/plain": repr(self)}, {"image/png": {"alt": self.alt, "width": self.width}}

    def __repr__(self):
        return f"{self.caption}\nAlt: {self.alt}\nPlots: {self.digest}"


def new(width=INCHES, height=3.7, left=0.75, right=0.25, bottom=0.65, top=0.5):
    """An empty (canvas, axes) in the kit's style; sizes and margins in inches. Give it back to `finish`; what you
    draw in between `with drawing():` is drawn with no font and no setting of the machine.

    Margins are given because a layout engine draws everything twice to find them.
    """
    with drawing(STYLE):
        canvas = Canvas(figsize=(width, height), dpi=DPI)
        FigureCanvasAgg(canvas)
        inner = (left / width, bottom / height, 1 - (left + right) / width, 1 - (bottom + top) / height)
        return canvas, canvas.add_axes(inner)


def log_ticks(axis):
    """Few plain ticks on a logarithmic axis: its default minor ticks and labels cost most of a drawing."""
    axis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5), numticks=8))
    axis.set_major_formatter(lambda value, _: digits(value))
    axis.set_minor_locator(mpl.ticker.NullLocator())


def _text_width(names):
    """Inches that the longest of some labels takes."""
    return 0.25 + 0.088 * max(len(line) for name in names for line in str(name).split("\n"))


def label_axes(axes, x="", y=""):
    """Axis labels, wrapped to the length of their axis; room is made for a second line."""
    inner = axes.get_position()
    width, height = axes.figure.get_size_inches()
    x, y = (textwrap.wrap(text, max(12, int(length / 0.088))) for text, length in
            ((x, inner.width * width), (y, inner.height * height)))
    more = np.array([0.17 * max(0, len(y) - 1) / width, 0.17 * max(0, len(x) - 1) / height])
    axes.set_position((inner.x0 + more[0], inner.y0 + more[1], inner.width - more[0], inner.height - more[1]))
    axes.set_xlabel("\n".join(x))
    axes.set_ylabel("\n".join(y))


def finish(canvas, *, title, alt, caption):
    """The Figure of a drawn canvas; ContentError if the alt text says nothing that the title does not."""
    if len(alt.strip()) < LEAST_ALT or alt.strip() in (title.strip(), caption.strip()):
        raise ContentError(
            f"figure {title!r}: alt must say in {LEAST_ALT} characters or more what the picture shows, "
            "and be neither title nor caption"
        )
    with drawing(STYLE):
        canvas.text(0.015, 1 - 0.09 / canvas.get_figheight(), "\n".join(textwrap.wrap(title, 62)), va="top",
                    fontsize=12, fontweight="bold")
        for text in canvas.findobj(mpl.text.Text):
            text.set_parse_math(False)  # of what was drawn outside the style
        canvas.canvas.draw()
    agg, small = canvas.canvas, io.BytesIO()
    picture = Image.frombuffer("RGBA", agg.get_width_height(), agg.buffer_rgba()).convert("RGB")
    # A palette makes the file a third of its size; the fast octree finds one in a tenth of the time.
    picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(small, "PNG")
    width = round(canvas.get_figwidth() * SHOWN)
    return Figure(small.getvalue(), alt, caption, digest(canvas), width)


def digest(canvas):
    """What the artists of a canvas show, in words and a hash: it changes when a plotted value changes."""
    parts = []
    for axes in canvas.axes:
        drawn = [("line", line.get_xydata()) for line in axes.lines]
        drawn += [("bar", np.array([[p.get_x(), p.get_y(), p.get_width(), p.get_height()]]))
                  for p in axes.patches if hasattr(p, "get_width")]
        drawn += [("points", np.asarray(c.get_offsets())) for c in axes.collections if len(c.get_offsets()) > 1]
        drawn += [("grid", np.ma.filled(c.get_array(), 0)) for c in axes.collections if c.get_array() is not None]
        drawn += [("image", np.asarray(i.get_array())) for i in axes.images]
        values = [np.asarray(array, dtype=float).ravel() for _, array in drawn]
        every = np.concatenate(values) if values else np.empty(0)
        words = " ".join(text.get_text() for text in axes.texts)
        code = hashlib.sha256(_rounded(every).tobytes() + words.encode()).hexdigest()[:10]
        kinds = [kind for kind, _ in drawn]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        finite = every[np.isfinite(every)]
        span = f"{digits(finite.min())} to {digits(finite.max())}" if len(finite) else "nothing"
        parts.append(f"{counts}; {every.size} numbers from {span}; code {code}")
    return " | ".join(parts)


def _rounded(values):
    """Numbers to four significant digits, as whole digits and power of ten: the same bytes on every machine."""
    powers = np.floor(np.log10(np.abs(values), where=(values != 0) & np.isfinite(values), out=np.zeros(values.shape)))
    digits_of = np.nan_to_num(values * 10.0 ** (3 - powers), nan=1e6, posinf=1e7, neginf=-1e7)
    return np.stack([np.round(digits_of), powers]).astype(np.int64)


@kept
@drawing()
def staircase(steps, *, title, alt, caption, unit="×", promised=None, y_label=""):
    """Steps down: bars of a Series in its order, labelled with their values. Beside them `promised`,
    (name, value), as an open bar on the same scale.
    """
    canvas, axes = new(right=0.95)
    names, heights = list(steps.index), list(steps)
    if promised:
        names, heights = [promised[0], *names], [promised[1], *heights]
    colours = [BLUE] * len(names)
    bars = axes.bar(range(len(names)), heights, color=colours, width=0.72)
    if promised:
        bars[0].set(facecolor="white", edgecolor=ORANGE, linestyle="--", linewidth=2)
    for bar, height in zip(bars, heights, strict=True):
        axes.annotate(f"{digits(height)}{unit}", (bar.get_x() + bar.get_width() / 2, height), (0, 5),
                      textcoords="offset points", ha="center", fontweight="bold", fontsize=13)
    axes.axhline(1, color=PALE, linewidth=1, linestyle=":")
    axes.annotate("1: as before", (1, 1), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                  color=PALE, va="center", fontsize=9, annotation_clip=False)
    axes.set_xticks(range(len(names)), ["\n".join(textwrap.wrap(name, 16)) for name in names])
    label_axes(axes, y=y_label)
    axes.set_ylim(0, max(heights) * 1.12)
    axes.tick_params(axis="x", length=0)
    return finish(canvas, title=title, alt=alt, caption=caption)


def described(case, caption):
    """The caption that says whose numbers a figure computed from a case shows."""
    own = ", ".join(f"{name} = {digits(value)}" for name, value in case.overrides.items())
    return caption or f"Computed here, scenario {case.scenario.name}{f', with {own}' if own else ''}."


@kept
@drawing()
def lines(data, *, of, title, alt, caption="", y=None, reference=None, marks=(), band=None, log_y=False):
    """Curves of a sweep of the case `of`, labelled at their ends: a Series, or a frame's columns.

    `y` names the headline if the columns are not its; `reference` is (value, words) for a horizontal
    limit; `marks` are (x, y, words) for single points; `band` is (low, high, words) for a stretch of the
    horizontal axis. Axis labels and scales are the fields' own.
    """
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    x_label, y_label = of.label(frame.index.name), of.label(y or frame.columns[0])
    log_x = of.log_scaled(frame.index.name)
    canvas, axes = new(right=_text_width(frame.columns) if frame.shape[1] > 1 else 0.3)
    x = frame.index.to_numpy()
    for name, colour, dashes in zip(frame, LINES * 3, ("-", "--", "-.", ":") * 5, strict=False):
        axes.plot(x, frame[name].to_numpy(), color=colour, linestyle=dashes if frame.shape[1] > 1 else "-")
    if log_x:
        axes.set_xscale("log")
        log_ticks(axes.xaxis)
    if log_y:
        axes.set_yscale("log")
        log_ticks(axes.yaxis)
    axes.margins(x=0)
    finite = frame.to_numpy()[np.isfinite(frame.to_numpy())]
    low, high = (finite.min(), finite.max()) if len(finite) else (0, 1)
    if reference:
        axes.axhline(reference[0], color=RED, linewidth=1.2, linestyle=(0, (5, 3)))
        axes.annotate(reference[1], (0.01, reference[0]), (0, 4), xycoords=("axes fraction", "data"),
                      textcoords="offset points", color=RED, fontsize=10)
        low, high = min(low, reference[0]), max(high, reference[0])
    if band:
        _shade(axes, *band)
    if not log_y:
        axes.set_ylim(min(0, low), high + 0.08 * (high - min(0, low)))
    if frame.shape[1] > 1:
        _label_ends(axes, frame)
    rises = frame.iloc[-1, 0] > frame.iloc[0, 0]
    for mark_x, mark_y, words in marks:
        axes.plot([mark_x], [mark_y], "o", color=INK, markersize=8, zorder=5)
        far = mark_x > x[0] + 0.75 * (x[-1] - x[0])
        axes.annotate(words, (mark_x, mark_y), (-9 if far else 9, -17 if rises != far else 9), fontweight="bold",
                      textcoords="offset points", ha="right" if far else "left")
    label_axes(axes, x_label, y_label)
    return finish(canvas, title=title, alt=alt, caption=described(of, caption))


def _shade(axes, low, high, words):
    """A stretch of the horizontal axis in grey, named above it."""
    axes.axvspan(low, high, color="#ececec", zorder=0, linewidth=0)
    axes.annotate(words, ((low + high) / 2, 1), (0, 2), xycoords=("data", "axes fraction"), color=PALE, fontsize=10,
                  textcoords="offset points", ha="center", va="bottom", annotation_clip=False)


@kept
@drawing()
def history(curves, *, title, alt, caption, x_label, y_label, counted=None, band=None, log_y=False):
    """Curves over calendar years, labelled at their ends, and dots at the values somebody `counted`.

    `curves` is a frame indexed by year, `counted` a Series by year; labels are given in words. `band` is
    (low, high, words) for a stretch of years.
    """
    canvas, axes = new(right=_text_width(curves.columns) if curves.shape[1] > 1 else 0.3)
    for name, colour, dashes in zip(curves, LINES, ("-", "--", "-.", ":") * 2, strict=False):
        axes.plot(curves.index, curves[name], color=colour, linestyle=dashes)
    if counted is not None:
        axes.plot(counted.index, counted, "o", color=INK, markersize=7, zorder=5)
    if log_y:
        axes.set_yscale("log")
        log_ticks(axes.yaxis)
    else:
        axes.set_ylim(min(0, axes.get_ylim()[0]), None)
    axes.margins(x=0)
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(7, integer=True))
    if band:
        _shade(axes, *band)
    if curves.shape[1] > 1:
        _label_ends(axes, curves)
    label_axes(axes, x_label, y_label)
    return finish(canvas, title=title, alt=alt, caption=caption)


@kept
@drawing()
def balance(series, *, title, alt, caption, label, total=None):
    """Horizontal bars to both sides of nothing, in the order of a Series: losses left, gains right.

    `total` is (name, value) for a last bar, outlined, that the others add up to.
    """
    series = pd.concat([series, pd.Series([total[1]], index=[total[0]])]) if total else series
    canvas, axes = new(height=1.3 + 0.42 * len(series), left=_text_width(series.index))
    rows = np.arange(len(series))[::-1]
    colours = [BLUE if value >= 0 else ORANGE for value in series]
    bars = axes.barh(rows, series.to_numpy(), color=colours, height=0.66)
    if total:
        bars[-1].set(facecolor="white", edgecolor=colours[-1], linewidth=2)
    for row, value in zip(rows, series, strict=True):
        side = 1 if value >= 0 else -1
        axes.annotate(digits(value, 2), (value, row), (5 * side, 0), textcoords="offset points", va="center",
                      ha="left" if side > 0 else "right", fontweight="bold")
    axes.axvline(0, color=INK, linewidth=1)
    axes.margins(x=0.16)
    axes.set_yticks(rows, series.index)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    label_axes(axes, label)
    return finish(canvas, title=title, alt=alt, caption=caption)


def _label_ends(axes, frame):
    """Names at the right ends of the curves, pushed apart where the curves end close together."""
    ends = {name: frame[name].to_numpy()[-1] for name in frame}
    axes.autoscale_view()
    height = axes.transData.transform([(1, value) for value in ends.values()])[:, 1]
    order, gap = np.argsort(height), 19
    placed = height[order].copy()
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + gap)
    for k, index in enumerate(order):
        name = list(ends)[index]
        axes.annotate(name, (1, ends[name]), (6, (placed[k] - height[index]) * 72 / DPI),
                      xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
                      color=LINES[index % len(LINES)], fontsize=10, annotation_clip=False)


@kept
@drawing()
def dots(series, *, title, alt, caption, label, reference=None, low=None, high=None, groups=None, log=False):
    """One row a case: a dot at each value of a Series, with a whisker from `low` to `high` where given.

    `reference` is (value, words) for a limit; `groups` maps a case to a word that colours it.
    """
    kinds = sorted({(groups or {}).get(name, "") for name in series.index})
    below, above = 0.65 + 0.3 * (len(kinds) > 1), 0.45 + 0.2 * bool(reference)
    row_height = 0.42 if any("\n" in str(name) for name in series.index) else 0.28
    canvas, axes = new(height=below + above + row_height * len(series), left=_text_width(series.index), right=0.75,
                       bottom=below, top=above)
    rows = np.arange(len(series))[::-1]
    shapes = dict(zip(kinds, "osD^v", strict=False))
    colours = dict(zip(kinds, LINES, strict=False))
    if low is not None:
        axes.hlines(rows, low.to_numpy(), high.to_numpy(), color=PALE, linewidth=1.6)
    for kind in kinds:
        mine = np.array([(groups or {}).get(name, "") == kind for name in series.index])
        axes.scatter(series.to_numpy()[mine], rows[mine], s=52, color=colours[kind], marker=shapes[kind], zorder=3,
                     label=kind)
    if log:
        axes.set_xscale("log")
        log_ticks(axes.xaxis)
    right = axes.get_xlim()[1] if high is None else max(axes.get_xlim()[1], high.max())
    for row, value in zip(rows, series, strict=True):
        axes.annotate(digits(value), (1.01, row), xycoords=("axes fraction", "data"), va="center", fontsize=10,
                      annotation_clip=False)
    if reference:
        axes.axvline(reference[0], color=RED, linewidth=1.2, linestyle=(0, (5, 3)), zorder=1)
        axes.annotate(reference[1], (reference[0], 1), (4, 2), xycoords=("data", "axes fraction"),
                      textcoords="offset points", color=RED, fontsize=10, va="bottom", annotation_clip=False)
        right = max(right, reference[0])
    axes.set_xlim(axes.get_xlim()[0] if log else min(0, axes.get_xlim()[0]), right)
    axes.set_ylim(-0.7, len(series) - 0.3)
    axes.set_yticks(rows, series.index)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8, zorder=0)
    label_axes(axes, label)
    if len(kinds) > 1:
        canvas.legend(loc="lower center", ncols=len(kinds), frameon=False, fontsize=10)
    return finish(canvas, title=title, alt=alt, caption=caption)


@kept
@drawing()
def tornado(swing, *, told, title, alt, caption, label):
    """One bar an input, between the results with it at the low and at the high end of its evidence, all else as told;
    at its ends the input's values. A frame as `Argument.swing` gives it, in its order; a line stands at `told`.

    The parts at the low and at the high end differ in colour and outline. A bar that does not reach the line, as of
    an input that was told outside its evidence, is grey, and a dotted line leads to it.
    """
    names = ["\n".join(textwrap.wrap(name, 30)) for name in swing["input"]]
    canvas, axes = new(height=1.95 + 0.5 * len(names), left=_text_width(names), right=0.3, bottom=1.0, top=0.8)
    rows = np.arange(len(names))[::-1]
    sides = {"low": {"facecolor": "white", "edgecolor": ORANGE}, "high": {"facecolor": BLUE, "edgecolor": BLUE}}
    outside = {"facecolor": "#d9d9d9", "edgecolor": PALE}
    for row, one in zip(rows, swing.to_dict("records"), strict=True):
        ends = {end: one[f"headline at {end}"] for end in sides}
        if min(ends.values()) <= told <= max(ends.values()):
            for end, value in ends.items():
                axes.barh(row, value - told, left=told, height=0.6, linewidth=2, **sides[end])
        else:
            near = min(ends.values(), key=lambda value: abs(value - told))
            axes.barh(row, ends["high"] - ends["low"], left=ends["low"], height=0.6, linewidth=2, **outside)
            axes.plot([near, told], [row, row], color=PALE, linewidth=1.2, linestyle=":")
        for end, value in ends.items():
            right = value == max(ends.values())
            axes.annotate(digits(one[end]), (value, row), (5 if right else -5, 0), textcoords="offset points",
                          va="center", ha="left" if right else "right", fontsize=10,
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    axes.axvline(told, color=INK, linewidth=1.4)
    axes.annotate(f"as told: {digits(told)}", (told, 1), (0, 2), xycoords=("data", "axes fraction"), ha="center",
                  textcoords="offset points", va="bottom", fontsize=10, annotation_clip=False)
    axes.margins(x=0.2)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_yticks(rows, names)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    label_axes(axes, label)
    handles = [mpl.patches.Patch(linewidth=2, **side) for side in sides.values()]
    canvas.legend(handles, ["input at its lowest", "input at its highest"], loc="lower center", ncols=2, frameon=False,
                  fontsize=10)
    return finish(canvas, title=title, alt=alt, caption=caption)


@kept
@drawing()
def shares(series, *, title, alt, caption, label):
    """Horizontal bars of a Series, longest on top, for indices and shares of draws."""
    series = series.sort_values()
    names = ["\n".join(textwrap.wrap(str(name), 40)) for name in series.index]
    canvas, axes = new(height=1.2 + 0.36 * len(series), left=_text_width(names))
    axes.barh(range(len(series)), series.to_numpy(), color=BLUE, height=0.62)
    for row, value in enumerate(series):
        axes.annotate(digits(value, 2), (value, row), (5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(series)), names)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, max(1e-9, float(series.max())) * 1.15)
    label_axes(axes, label)
    return finish(canvas, title=title, alt=alt, caption=caption)


def _deepest(mask):
    """(row, column) of a point of a mask that is farthest from its edges, for a word to stand there."""
    while True:
        inner = np.zeros_like(mask)
        inner[1:-1, 1:-1] = mask[1:-1, 1:-1] & mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
        if not inner.any():
            points = np.argwhere(mask)
            return points[len(points) // 2]
        mask = inner


@kept
@drawing()
def holds_map(margin, *, of, title, alt, caption="", here=None):
    """Where a claim of the case `of` holds over two inputs: a frame of signed distances, at least 0
    where it holds. The case `here`, by default `of`, is marked.
    """
    log_x, log_y = of.log_scaled(margin.columns.name), of.log_scaled(margin.index.name)
    canvas, axes = new(height=4.2, right=0.4)
    x, y = margin.columns.to_numpy(), margin.index.to_numpy()
    holds = (margin.to_numpy() >= 0).astype(float)
    # The grid is even on the axes' own scales, so that one image fills the axes: a mesh costs ten times as much.
    axes.imshow(holds, cmap=mpl.colors.ListedColormap(["#f3d9cf", "#cfe3f1"]), vmin=0, vmax=1, origin="lower",
                extent=(0, 1, 0, 1), transform=axes.transAxes, aspect="auto", interpolation="nearest")
    axes.set_xlim(x[0], x[-1])
    axes.set_ylim(y[0], y[-1])
    if holds.min() != holds.max():
        axes.contour(x, y, np.clip(margin.to_numpy(), -1e6, 1e6), levels=[0], colors=[INK], linewidths=1.6)
    axes.set_xscale("log" if log_x else "linear")
    axes.set_yscale("log" if log_y else "linear")
    for axis, log in ((axes.xaxis, log_x), (axes.yaxis, log_y)):
        if log:
            log_ticks(axis)
    shown = here or of
    here = [float(getattr(shown.parameters, name)) for name in (margin.columns.name, margin.index.name)]
    axes.plot([here[0]], [here[1]], "o", color=INK, markersize=8, clip_on=False)
    side = -1 if axes.transLimits.transform(axes.transScale.transform(here))[0] > 0.3 else 1
    axes.annotate("your own" if shown.overrides else shown.scenario.name, here, (8 * side, 8),
                  textcoords="offset points", ha="left" if side > 0 else "right")
    free = np.ones_like(holds, dtype=bool)
    row, column = np.searchsorted(y, here[1]), np.searchsorted(x, here[0])
    free[max(0, row - 4) : row + 12, column:] &= side < 0  # where the words beside the dot stand
    free[max(0, row - 4) : row + 12, :column] &= side > 0
    for value, word in ((1, "holds"), (0, "fails")):
        if (free & (holds == value)).any():
            row, column = _deepest(free & (holds == value))
            axes.text(x[column], y[row], word, ha="center", va="center", fontsize=13, fontweight="bold", color=INK)
    label_axes(axes, of.label(margin.columns.name), of.label(margin.index.name))
    return finish(canvas, title=title, alt=alt, caption=described(of, caption))


@kept
@drawing()
def crossings(panels, *, of, names, title, alt, caption="", y=""):
    """Two curves and where they cross, a panel for each frame of {words: frame of two columns}, side by side.

    `names` are the words for the two columns. All panels share the vertical axis; a dotted line leads
    from the crossing, if there is one, to its place on the horizontal axis, a parameter of the case `of`.
    """
    canvas, axes = new(height=3.9, left=0.95, right=0.15, top=1.0)
    frame = axes.get_position()
    gap, every = 0.02, [table.to_numpy() for table in panels.values()]
    width = (frame.width - gap * (len(panels) - 1)) / len(panels)
    low, high = min(v.min() for v in every), max(v.max() for v in every)
    canvas.delaxes(axes)
    for k, (words, table) in enumerate(panels.items()):
        with drawing(STYLE):
            panel = canvas.add_axes((frame.x0 + k * (width + gap), frame.y0, width, frame.height))
        x, (first, second) = table.index.to_numpy(), table.to_numpy().T
        handles = panel.plot(x, first, color=BLUE) + panel.plot(x, second, color=ORANGE, linestyle="--")
        for at in np.flatnonzero(np.diff(np.sign(first - second)))[:1]:
            ahead = first - second
            share = ahead[at] / (ahead[at] - ahead[at + 1])
            cross, level = (v[at] + share * (v[at + 1] - v[at]) for v in (x, first))
            panel.plot([cross, cross], [low - 0.1 * (high - low), level], color=INK, linewidth=1.2, linestyle=":")
            panel.plot([cross], [level], "o", color=INK, markersize=8)
            far = cross > (x[0] + x[-1]) / 2
            panel.annotate(digits(cross, 2), (cross, low), (-5 if far else 5, 0), textcoords="offset points",
                           ha="right" if far else "left", fontweight="bold")
        panel.set(xlim=(x[0], x[-1]), ylim=(low - 0.1 * (high - low), high + 0.08 * (high - low)))
        panel.set_title(words, fontsize=11)
        panel.set_xticks([x[0], (x[0] + x[-1]) / 2], [digits(x[0]), digits((x[0] + x[-1]) / 2)])
        if k:
            panel.tick_params(axis="y", labelleft=False)
        else:
            panel.set_ylabel("\n".join(textwrap.wrap(y, 28)))
    canvas.legend(handles, names, loc="upper left", bbox_to_anchor=(0, 1 - 0.3 / canvas.get_figheight()), ncols=2,
                  frameon=False, fontsize=10)
    canvas.text(frame.x0 + frame.width / 2, 0.15 / canvas.get_figheight(), of.label(table.index.name), ha="center")
    return finish(canvas, title=title, alt=alt, caption=described(of, caption))


gc.freeze()  # see __init__
