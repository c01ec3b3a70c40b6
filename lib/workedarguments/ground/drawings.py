"""Small drawings in SVG files, read so that they can stand within a page: shapes, colours and words, nothing else.

What is not listed here is refused, so that a drawing can neither run nor load anything nor style what is around it.
Leaves out gradients, links, pictures and motion.
"""

import re
from html import escape
from xml.etree import ElementTree as ET

from markupsafe import Markup

from .errors import ContentError, raise_if
from .files import read_text, relative

MOST_CHARACTERS = 8_000
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan")
ATTRIBUTES = (
    "viewBox", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "width", "height", "cx", "cy", "r", "rx", "ry", "d",
    "points", "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor",
)
VALUE = re.compile(r"[\w\s.,#%()+-]*")


def read_drawing(path):
    """The drawing of a file as HTML, hidden from screen readers; ContentError if it holds what none may."""
    text, where = read_text(path), relative(path)
    if len(text) > MOST_CHARACTERS:
        raise ContentError(f"{where}: {len(text):,} characters; {MOST_CHARACTERS:,} at most")
    if "<!" in text.replace("<!--", "") or "<?" in text.replace("<?xml", ""):
        raise ContentError(f"{where}: a drawing has no document type, entities or instructions")
    try:
        tree = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise ContentError(f"{where}: not valid XML: {error}") from None
    problems = [] if tree.tag == f"{SVG}svg" else [f"{where}: the outermost element must be svg, with its namespace"]
    if not re.fullmatch(r"\s*0\s+0\s+\d+\s+\d+\s*", tree.get("viewBox", "")):
        problems.append(f"{where}: viewBox must be 0 0, a width and a height")
    for element in tree.iter():
        name = element.tag.removeprefix(SVG)
        if name not in ELEMENTS:
            problems.append(f"{where}: element {name[:60]!r}; allowed: {', '.join(ELEMENTS)}")
        for key, value in element.attrib.items():
            if key not in ATTRIBUTES:
                problems.append(f"{where}: attribute {key[:60]!r}; allowed: {', '.join(ATTRIBUTES)}")
            elif not VALUE.fullmatch(value) or "url" in value.lower():
                problems.append(f"{where}: {key} must be numbers, names and colours, not {value[:60]!r}")
    raise_if(list(dict.fromkeys(problems)))
    return Markup(_written(tree, ' aria-hidden="true"'))


def _written(element, more=""):
    name = element.tag.removeprefix(SVG)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items())
    words = escape((element.text or "").strip()) if name in ("text", "tspan") else ""
    inner = words + "".join(_written(child) for child in element)
    return f"<{name}{more}{attributes}>{inner}</{name}>"
