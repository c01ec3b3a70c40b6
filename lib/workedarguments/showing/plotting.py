"""matplotlib as the kit uses it: a figure is the same picture on every machine.

Two families of fonts, each a file: DejaVu Sans as matplotlib brings it, and the kit's own subset of Noto
Sans CJK. They go by names of our own, so that no font of the machine answers to them. Settings are those that
matplotlib starts from, whatever a matplotlibrc or another library has set. Leaves out: the figures (figures.py).
"""

import logging
import os
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def _quietly(name):
    """Without a logger's warnings: matplotlib's first import tells on stderr that it found no place for its list
    of fonts, or that making the list takes long, and both would stand in a notebook as output of a cell.
    """
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


with _quietly("matplotlib"):
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

FONT = Path(__file__).with_name("fonts") / "NotoSansCJK-subset.otf"
__all__ = ["FAMILIES", "Canvas", "FigureCanvasAgg", "drawing", "latin", "mpl"]

LATIN, CJK = FAMILIES = ("Worked Arguments Latin", "Worked Arguments CJK")
OWN = Path(mpl.get_data_path(), "fonts")


def latin(weight=400, style="normal"):
    """The file of matplotlib's DejaVu Sans in a weight and style."""
    bold, slanted = "Bold" if weight >= 600 else "", "Oblique" if style != "normal" else ""
    return OWN / "ttf" / f"DejaVuSans{'-' if bold or slanted else ''}{bold}{slanted}.ttf"


def _below(folder, path):
    """A path to a file that begins with a folder it may not lie in: with MPL_IGNORE_SYSTEM_FONTS, matplotlib takes
    no font from elsewhere. The plain path where the two lie on different drives.
    """
    try:
        return folder / os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:
        return path


def _fonts():
    """An entry for each weight and style that can be asked for: a near match is taken too, but with a warning. The
    subset has one weight and no italics, and stands for all.
    """
    own = _below(OWN, FONT) if FONT.exists() else None
    for weight in range(100, 1000, 100):
        for style in ("normal", "italic", "oblique"):
            for name, path in ((LATIN, latin(weight, style)), (CJK, own)):
                if path:
                    yield font_manager.FontEntry(str(path), name=name, style=style, weight=weight, size="scalable")


FONTS = list(_fonts())
DEFAULTS = {key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"}
DEFAULTS["font.family"] = list(FAMILIES)


@contextmanager
def drawing(style=None):
    """Drawing with matplotlib's own settings and the kit's fonts, and with what `style` sets besides; the settings
    of before are back at the end. Also a decorator.
    """
    known = font_manager.fontManager.ttflist
    # matplotlib makes its list anew when it meets an entry without a file, and forgets what was added.
    if FONTS[0] not in known:
        known[:0] = FONTS
    with mpl.rc_context({**DEFAULTS, **(style or {})}):
        yield


def characters():
    """The numbers of all characters that a figure can draw."""
    paths = [latin(), *([FONT] if FONT.exists() else [])]
    return {number for path in paths for number in mpl.ft2font.FT2Font(str(path)).get_charmap()}
