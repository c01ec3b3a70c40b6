"""The readable text of a copy: a saved page without its markup, any text without front matter, images and addresses.

In one pass and without a tree. The kept parsers were measured on five megabytes of what a copy may hold: html.parser
with Beautiful Soup takes hours for tags or comments that never close, lxml more than minutes for tags inside tags.
The tests compare this one with Beautiful Soup on pages that are pages. Leaves out: what is in a text (anchors.py).
"""

import html
import re
from collections import Counter

from ..ground.errors import ContentError

MOST_TAGS = 200_000
FRONT_MATTER, FRONT_MATTER_END = re.compile(r"\ufeff?---\s*\n"), re.compile(r"\n---\s*\n")
MASKED = re.compile(r"!\[|(?<=\])\(|https?://[^\s)）]+")
MARKUP, TAG, END_TAG = (re.compile(p) for p in (r"<[a-zA-Z/!?]", r"<([a-zA-Z][^\s/>]*)", r"</\s*([a-zA-Z][^\s/>]*)"))
STEP, VALUE = re.compile("[>=]"), re.compile(r"""\s*(?:(["'])|[^\s>]*)""")
WECHAT = re.compile(r"""[\s"'/]id\s*=\s*(?:"js_content"|'js_content'|js_content(?=[\s>]))""", re.IGNORECASE)
RAW = {name: re.compile(rf"</\s*{name}\s*>", re.IGNORECASE) for name in ("script", "style")}
LONG_NUMBER = re.compile("&#[0-9]{8,};?")
BLOCKS = {"p", "div", "section", "article", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "tr", "td"}
DROPPED = {"script", "style", "nav", "aside", "header", "footer", "noscript", "template", "iframe", "svg"}
EMPTY = {"area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input",
         "isindex", "keygen", "link", "menuitem", "meta", "nextid", "param", "source", "spacer", "track", "wbr"}
PLACES = ("js_content", "article", "main", "body")


def plain(text):
    """The text of a copy with front matter, images, link targets and addresses blanked out.

    Offsets do not move, except that HTML is reduced to its readable text first. ContentError for HTML
    with more than MOST_TAGS tags.
    """
    if re.match(r"\s*(?:<!doctype html|<html|<\?xml|<head|<body|<div|<article|<p[ >])", text[:2000], re.IGNORECASE):
        text = _from_html(text)
    first = FRONT_MATTER.match(text)
    last = FRONT_MATTER_END.search(text, first.end() - 1) if first else None
    pieces, at = [], last.end() if last else 0
    pieces.append(_blank(text[:at]))
    for start, end in _masked(text, at):
        pieces += text[at:start], _blank(text[start:end])
        at = end
    return "".join([*pieces, text[at:]])


def _blank(text):
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _ahead(text, pattern):
    """A function of a position: where the pattern matches next, or -1. Asked in order, it reads the text once."""
    search, place = re.compile(pattern).search, -2

    def ahead(position):
        nonlocal place
        if place < position and place != -1:
            match = search(text, position)
            place = match.start() if match else -1
        return place

    return ahead


def _masked(text, at):
    """Spans of images, link targets and addresses, in order, from a position on.

    An image is ![ ]( ) and may hold anything but its own brackets; a link's target has no space. One
    pattern for each would look for its end anew from each beginning.
    """
    bracket, parenthesis, blank = (_ahead(text, pattern) for pattern in (r"\]", r"\)", r"[)\s]"))
    while match := MASKED.search(text, at):
        start, end = match.span()
        if text[start] == "!":
            words = bracket(end)
            end = parenthesis(words + 2) + 1 if text.startswith("](", words) else 0
        elif text[start] == "(":
            end = blank(end) + 1
            end = end if text[end - 1] == ")" else 0
        if end:
            yield start, end
        at = end or start + 1


def _from_html(text):
    """The readable text of a saved page: of its article, where it says which part that is.

    What html.parser and Beautiful Soup make of real pages, but in one pass and without a tree: there,
    many unclosed tags or comments take hours.
    """
    if (count := text.count("<")) > MOST_TAGS:
        raise ContentError(f"{count:,} tags; {MOST_TAGS:,} at most")
    page, quotes = _Page(), True
    ahead = {end: _ahead(text, re.escape(end)) for end in ("-->", "]]>", ">", '"', "'")}
    at = look = 0
    while match := MARKUP.search(text, look):
        start = match.start()
        end = _markup_end(text, start, ahead)
        if not end:
            look = start + 1
            continue
        page.words(text[at:start])
        at = look = end
        if text.startswith("<![CDATA[", start):
            page.words(text[start + 9 : end - 3])
        elif name := TAG.match(text, start):
            tag, closed = name.group(1).lower(), text[end - 2] == "/"
            if quotes:
                whole, closed = _tag_end(text, name.end(), ahead)
                # A tag without an end has a stray quotation mark: from there on they mean nothing.
                quotes, at = bool(whole), whole or end
            page.start(tag, bool(WECHAT.search(text, start, at)))
            if closed or tag in EMPTY:
                page.end(tag)
            elif tag in RAW:
                match = RAW[tag].search(text, at)
                at = match.start() if match else len(text)
            look = at
        elif name := END_TAG.match(text, start, end):
            page.end(name.group(1).lower())
    page.words(text[at:])
    return page.text()


def _markup_end(text, start, ahead):
    """Where a comment, a section or whatever else begins with < ends, quotation marks apart; 0 if it does not."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<", ">")):
        if text.startswith(opening, start):
            place = ahead[closing](start + 2)
            return place + len(closing) if place >= 0 else 0
    return 0


def _tag_end(text, at, ahead):
    """Where a tag ends whose attributes begin at a position (0 if nowhere), and whether it closes itself."""
    bare = None
    while match := STEP.search(text, at):
        at = match.end()
        if match.group() == ">":
            return at, text[at - 2] == "/" and bare != at - 1
        value = VALUE.match(text, at)
        at = bare = value.end()
        if (quote := value.group(1)) and (closing := ahead[quote](at)) >= 0:
            at, bare = closing + 1, None
    return 0, False


class _Page:
    """A page while its tags open and close: its readable text, and which of it belongs to the article."""

    def __init__(self):
        self.pieces, self.open, self.count = [], [], Counter()
        self.hidden = 0
        self.begins, self.ends, self.closing = {}, {}, {}

    def words(self, text):
        """Text between tags; space alone is one space or line break."""
        if not text or self.hidden or self.count["rt"] or self.count["rp"]:
            return
        if "&" in text:
            text = html.unescape(LONG_NUMBER.sub("\ufffd", text))
        if not text.strip(" \t\n\f\r") and not self.count["pre"] and not self.count["textarea"]:
            text = "\n" if "\n" in text else " "
        self.pieces.append(text)

    def start(self, name, wechat):
        """A tag opens."""
        self.open.append(name)
        self.count[name] += 1
        self.hidden += name in DROPPED
        for place in ((name,) if not wechat else (name, PLACES[0])):
            if place in PLACES and place not in self.begins and not self.hidden:
                self.begins[place] = len(self.pieces)
                self.closing.setdefault(len(self.open), []).append(place)

    def end(self, name):
        """A tag closes, and with it all that opened inside it; nothing if it is not open."""
        while self.count[name]:
            for place in self.closing.pop(len(self.open), ()):
                self.ends[place] = len(self.pieces)
            last = self.open.pop()
            self.count[last] -= 1
            self.hidden -= last in DROPPED
            if last in BLOCKS and not self.hidden:
                self.pieces.append("\n")
            if last == name:
                return

    def text(self):
        """The readable text of the article, or of the whole page if it names none."""
        while self.open:
            self.end(self.open[-1])
        place = next((place for place in PLACES if place in self.begins), None)
        return "".join(self.pieces[self.begins[place] : self.ends[place]] if place else self.pieces)
