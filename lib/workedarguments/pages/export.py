"""From an executed notebook to the inner HTML of a page.

Cells are dropped, folded or shown by their tags; formulas become MathML; figures keep their alt
text and show their caption; tables can be scrolled with the keyboard. Importing this module loads
nbconvert, so import it where it is used. Leaves out: everything around the cells (page.py).
"""

import html
import re
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import tostring

import nbformat
from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from jinja2 import pass_context
from latex2mathml.converter import convert_to_element
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

from ..ground.escaping import in_html, is_web
from .heads import tie

TEMPLATES = Path(__file__).parent / "templates"
DROPPED = {"parameters", "injected-parameters", "instructor", "papermill-error-cell-tag"}
SHOWN = ["text/html", "image/png", "text/markdown", "text/plain"]
LIVELY = "explore"  # the tag of a cell with sliders: a page shows none, and so the cell is not run for one
LIVING = '<p class="note">In the notebook there are sliders at this place; a page has none.</p>'
LONG = 45  # characters; such a cell keeps a readable width when its table is wider than the screen
ALIGNED = re.compile(r"text-align:\s*(right|center)")
SCHEME = re.compile(r"[^/?#]*:|[/\\]{2}")
LETTER = re.compile(r"<mi>([A-Za-z])</mi>")
AS_HTML = HTMLFormatter(entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix="")
UNKNOWN_COMMAND = re.compile(r"<m(?:i|o|n|text)[^<>]*>\\")


def mathml(formula, display):
    """MathML of a LaTeX formula, or None if it cannot be converted in full."""
    # Money in running text ("$5 and $10") pairs its signs around a blank; a formula has none inside its signs.
    if display == "inline" and formula != formula.strip():
        return None
    try:
        # A formula may be spread over the lines of a paragraph.
        tree = convert_to_element(formula.strip(), display=display)
    except Exception:  # the converter has no error class of its own, and StopIteration is among what it raises
        return None
    # The converter's own text would let a tag in a formula through: its tree is written out here.
    for element in tree.iter():
        element.text, element.tail = (html.unescape(part or "") for part in (element.text, element.tail))
        for name in ("href", "style"):
            element.attrib.pop(name, None)
    converted = tostring(tree, encoding="unicode")
    return None if UNKNOWN_COMMAND.search(converted) else LETTER.sub(r'<mi class="letter">\1</mi>', converted)


class Renderer(IPythonRenderer):
    """Markdown to HTML with formulas as MathML; `failed` collects those that could not be converted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.failed = []

    def block_math(self, body):
        """A displayed formula, which can be scrolled if it is wide."""
        converted = mathml(body, "block")
        if converted is None:
            return self._as_code(body, f"$${body}$$")
        # A span, because a displayed formula may stand within a paragraph, where no block may.
        return f'<span class="formula" role="group" aria-label="Formula" tabindex="0">{converted}</span>'

    def inline_math(self, body):
        """A formula within a line."""
        return mathml(body, "inline") or self._as_code(body, f"${body}$")

    def latex_environment(self, name, body):
        """A LaTeX environment, which is a displayed formula."""
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def _as_code(self, body, whole):
        self.failed.append(whole)
        return f'<code class="unconverted">{in_html(whole if body != body.strip() else body)}</code>'


def unconverted(markdown_text):
    """The formulas of a Markdown text that cannot be shown as MathML, as they stand in the text."""
    renderer = Renderer(escape=False, exclude_anchor_links=True)
    MarkdownWithMath(renderer=renderer).render(markdown_text)
    return renderer.failed


class CellExporter(HTMLExporter):
    """nbconvert's HTML exporter with our template for cells, and nothing around them."""

    def from_notebook_node(self, nb, resources=None, **more):
        """(HTML, resources) of a notebook. HTMLExporter's own reads the HTML again to add what `finished` adds."""
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **more)

    @pass_context
    def markdown2html(self, _context, source):
        """HTML of a Markdown cell or output; raw HTML in it passes through."""
        return markdown(source)


@cache
def markdown(source):
    """HTML of a Markdown text. Kept: the cells of a notebook are the same in all its scenarios."""
    return MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(source)


@cache
def exporter():
    """The exporter, built once a process: loading its templates takes longer than a page."""
    config = Config({"NbConvertBase": {"display_data_priority": SHOWN}})
    made = CellExporter(config=config, template_name="basic", template_file=str(TEMPLATES / "cells.html.j2"))
    made.register_filter("caption", caption)
    made.register_filter("plots", plots)
    # Else a notebook is checked a dozen times on its way, each time by a schema compiled anew.
    made.optimistic_validation = True
    return made


def caption(text):
    """The caption of a figure: the first line of its text output, unless that is only a type's name."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    return "" if first.startswith(("<", "Figure(")) else first


def plots(text):
    """What a figure plots, as the last line of its text output says; "" of a figure that is not the library's."""
    last = text.strip().splitlines()[-1] if text.strip() else ""
    return last.removeprefix("Plots: ") if last.startswith("Plots: ") else ""


def prepared(notebook):
    """A notebook with only what a page shows; folds are marked in each cell's metadata.

    After a cell that failed, nothing more was run: what follows is dropped.
    """
    cells = []
    for original in notebook.cells:
        tags = {*original.metadata.get("tags", [])}
        if tags & DROPPED or not original.source.strip():
            continue
        cell = nbformat.v4.new_markdown_cell(LIVING) if LIVELY in tags else original.copy()
        cell.metadata = {"solution": "solution" in tags, "fold": not tags & {"headline", "solution"}}
        cells.append(cell)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _is_shown(output)]
            if any(output.output_type == "error" for output in cell.outputs):
                cell.metadata["fold"] = False
                break
    return nbformat.v4.new_notebook(cells=cells)


def _is_shown(output):
    if output.output_type == "stream":
        return False
    return output.output_type == "error" or not any("widget-view" in kind for kind in output.data)


def cells_html(notebook):
    """The cells of an executed notebook as HTML, not yet `finished`."""
    return exporter().from_notebook_node(prepared(notebook))[0]


def finished(body):
    """(title, contents, HTML) of a page's inner HTML.

    The first h1 becomes the title and others sections, headings get unique ids, and every table
    gets a labelled container that scrolls, and heads tied to its cells. `contents` is [(id, heading)]
    of the sections. Styles of elements' own go, which a page's policy would refuse, and links to what is
    neither a page nor of the web.
    """
    soup = BeautifulSoup(body, "html.parser")
    title = soup.h1.extract().get_text(" ", strip=True) if soup.h1 else ""
    for heading in soup("h1"):
        heading.name = "h2"
    for number, box in enumerate(soup(class_="annotated")[1:], 2):
        _renumber(box, number)
    ids = Counter(tag["id"] for tag in soup(id=True))
    contents = []
    for heading in soup(["h2", "h3", "h4"]):
        slug = re.sub(r"[^\w]+", "-", heading.get_text().lower()).strip("-") or "section"
        ids[slug] += 1
        heading["id"] = slug if ids[slug] == 1 else f"{slug}-{ids[slug]}"
        if heading.name == "h2":
            contents.append((heading["id"], heading.get_text(" ", strip=True)))
    labels = Counter()
    for number, table in enumerate(soup("table"), 1):
        tie(table, f"head-{number}")
        frame = table.find_parent("div", class_="table") or table.wrap(soup.new_tag("div", attrs={"class": "table"}))
        label = _label(table)
        labels[label] += 1
        frame["role"], frame["tabindex"] = "region", "0"
        frame["aria-label"] = label if labels[label] == 1 else f"{label} ({labels[label]})"
        del table["border"]
        for cell in table(["td", "th"]):
            if len(cell.get_text()) > LONG:
                cell["class"] = [*cell.get("class", []), "long"]
    for style in soup("style"):
        style.decompose()
    for tag in soup(style=True):
        aligned = ALIGNED.search(tag["style"])
        tag["class"] = [*tag.get("class", []), *(aligned.groups() if aligned else ())]
        del tag["style"]
    for tag in soup(href=True):
        if SCHEME.match(tag["href"]) and not is_web(tag["href"]):
            del tag["href"]
    return title, contents, soup.decode(formatter=AS_HTML)


def _renumber(box, number):
    """Tell the notes of a second text on a page from those of the first."""
    for tag in box(id=True):
        tag["id"] += f"-{number}"
    for link in box("a", href=re.compile("^#")):
        link["href"] += f"-{number}"


def _label(table):
    fold = table.find_parent("details")
    named = table.caption or (fold and fold.summary) or table.find_previous(["h2", "h3"])
    return named.get_text(" ", strip=True)[:120] if named else "Table"
