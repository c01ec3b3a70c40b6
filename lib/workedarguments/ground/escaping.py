"""Text as it is bound into HTML and Markdown: escaped here, once, so that it shows as it was written.

Content, names of files, readers' copies and messages of errors are data: nothing in them becomes a tag, a
formula, emphasis or a link. What is escaped is marked, and escaping it again changes nothing. Leaves out
templates of pages, which escape what they are given, and the Markdown that a notebook's author writes.
"""

import html
import re
from urllib.parse import quote

from markupsafe import Markup

from .declared import Address

# Notebooks look for formulas in what is shown, after everything was escaped, but never across two elements.
FORMULA = re.compile(r"[$\\]")
# What means something in Markdown: anywhere; where a line begins; in an address that becomes a link by itself.
MARKED = re.compile(r"[&<>*_`~\[\]|^{}@]|^ ?(?:[-+=#:.)]|\d+[.)](?= |$))|:(?=//)|(?<=www)\.", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")


class Markdown(str):
    """A part of a line of Markdown in which what was bound is escaped."""

    __slots__ = ()


def in_html(text, quote=True):
    """A text as it stands in an HTML element; with `quote`, quotation marks are escaped as well."""
    if hasattr(text, "__html__"):
        return text
    return Markup(FORMULA.sub(r"<span>\g<0></span>", html.escape(str(text), quote)))


def in_attribute(text):
    """A text as the value of an HTML attribute, in quotation marks, or as the title of a drawing."""
    return Markup(html.escape(str(text)))


def in_markdown(text):
    """A text as a part of a line of Markdown; not for a place between backquotes, where nothing is escaped."""
    if isinstance(text, Markdown):
        return text
    line = MARKED.sub(lambda found: _references(found.group(0)), BLANKS.sub(" ", str(text)))
    return Markdown(FORMULA.sub(lambda found: f"<span>{_references(found.group(0))}</span>", line))


def _references(characters):
    return "".join(c if c == " " else f"&#{ord(c)};" for c in characters)


def in_address(path):
    """The path of a file as a relative address: a file's name may hold what an address would read as its own."""
    return quote(path)


def is_web(address):
    """Whether an address is one of http or https: no other is made a link."""
    return Address().allows(address)


def link(address, words):
    """A link as HTML; the words alone where the address is not one of http or https."""
    words = in_html(words)
    return Markup(f'<a href="{in_attribute(address)}">{words}</a>') if is_web(address) else words
