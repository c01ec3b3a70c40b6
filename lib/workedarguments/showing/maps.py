"""The drawing of an argument map: our own SVG, the same bytes for the same claims.

The thesis stands on top, every other box below and to the right of the one it bears on, joined by an
elbow that points up to it. Lines never run behind boxes, and a phone can show it. Relations that the
tree does not show run in lanes at the right. Colour, dash and sign say the kind of relation together.
Leaves out: more than about a dozen boxes, on purpose.
"""

import textwrap
import unicodedata
from dataclasses import dataclass

import pandas as pd

from ..ground import uses
from ..ground.errors import known, whole
from ..ground.escaping import in_attribute, in_html
from ..texts.claims import claims, languages_begun
from ..texts.relations import MOST_BOXES, TYPES, across, grounded, label, name_of, relations, thesis_of, tree, words_of

WIDTH, INDENT, HEIGHT, GAP, LANE, EDGE = 600, 34, 58, 14, 16, 10
COLOURS = {
    "supports": "#00684a",
    "attacks": "#b00020",
    "undercuts": "#b00020",
    "qualifies": "#7a5c00",
    "same-as": "#0b5394",
    "example-of": "#00684a",
}
DASHES = {"undercuts": "2 4", "qualifies": "7 4", "same-as": "1 3", "example-of": "9 3 2 3"}
SIGNS = {
    "supported": "✓ ",
    "refuted": "✗ ",
    "mixed": "± ",
    "insufficient": "? ",
    "pending": "… ",
    "not-truth-apt": "§ ",
    "in part": "◐ ",
    "attributed": "“” ",
    "misattributed": "≠ ",
}
# Attributes of the drawing say the rest: a page's policy lets no element bring a style of its own.
STYLE = """.map svg { max-width: 100%; height: auto; }
.outline ul ul { padding-left: 1em; list-style: inherit; }"""
FILL = {"in": "#ffffff", "out": "#f7ecec", "undecided": "#f5f2ec"}


@dataclass(frozen=True)
class Map:
    """An argument map: SVG for the eye, an outline and a table as its equals."""

    svg: str
    outline: str
    table: pd.DataFrame

    def __repr__(self):
        return self.outline

    def _repr_html_(self):
        lines = [((len(line) - len(line.lstrip())) // 2, line.strip()) for line in self.outline.split("\n")]
        folded = f'<details class="outline"><summary>The same in words</summary>{_nested(lines)}</details>'
        return f'<style>{STYLE}</style><figure class="map mathjax_ignore">{self.svg}</figure>{folded}'


def _nested(lines):
    """Lists in lists of (depth, line), each deeper line inside the one above it."""
    parts, open_lists = [], 0
    for depth, line in lines:
        parts.append("<ul>" if depth == open_lists else f"</li>{'</ul></li>' * (open_lists - depth - 1)}")
        parts.append(f"<li>{in_html(line)}")
        open_lists = depth + 1
    return "".join([*parts, "</li></ul>" * open_lists])


def argument_map(argument=None, text=None, thesis=None, language="en", most=MOST_BOXES):
    """The Map around a thesis (by default the claim of an argument or a text on which most bears)."""
    known(language, languages_begun(), "language")
    whole(most, 1, 200, "most")
    every_claim, every = claims(), relations()
    nodes = tree(thesis or thesis_of(argument, text), most)
    with uses.only("claims in outline"):
        status = grounded(every_claim, every)
    more = across(nodes)
    frame = [
        (n.claim, name_of(every_claim[n.claim]), words_of(every_claim[n.claim], language), label(every_claim[n.claim]),
         status[n.claim])
        for n in nodes
    ]
    columns = ["claim", "speaker", "short", "evidence label", "grounded"]
    return Map(
        draw(nodes, more, every_claim, status, language),
        _outline(nodes, more, every_claim, status, language),
        pd.DataFrame(frame, columns=columns).set_index("claim"),
    )


def _outline(nodes, more, every_claim, status, language):
    lines = []
    for node in nodes:
        one = every_claim[node.claim]
        words = one.paraphrase.get(language) or one.paraphrase["en"]
        sign = TYPES[node.relation.type] if node.relation else "*"
        about = f"{name_of(one)}; {label(one)}; {status[node.claim]}"
        lines.append("  " * node.depth + " ".join(f"{sign} {node.claim}: {words} [{about}]".split()))
        lines += [f"{'  ' * (node.depth + 1)}also {TYPES[r.type]} {r.end}" for r in more if r.start == node.claim]
    return "\n".join(lines)


def draw(nodes, more, every_claim, status, language):
    """The SVG of a map: `nodes` as relations.tree gives them, `more` the relations outside the tree."""
    top = {node.claim: EDGE + k * (HEIGHT + GAP) for k, node in enumerate(nodes)}
    left = {node.claim: EDGE + node.depth * INDENT for node in nodes}
    width = WIDTH + len(more) * LANE + 2 * EDGE
    height = 2 * EDGE + len(nodes) * HEIGHT + (len(nodes) - 1) * GAP
    title = in_attribute(words_of(every_claim[nodes[0].claim], language))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Argument map around: {title}; the outline below says the same in words" '
        f'width="{width}" font-family="system-ui,\'Noto Sans CJK SC\',sans-serif">'
    ]
    above, stubs = [], []
    for node in nodes:
        del above[node.depth :]
        if node.relation:
            parent = above[-1]
            parts.append(_trunk(left[parent], top[parent], top[node.claim]))
            stubs.append(_stub(left[parent], left[node.claim], top[node.claim], node.relation.type))
        above.append(node.claim)
    parts += stubs
    for k, one in enumerate(more):
        parts.append(_lane(EDGE + WIDTH + (k + 0.8) * LANE, top[one.start], top[one.end], one.type))
    for node in nodes:
        claim = every_claim[node.claim]
        parts.append(_box(left[node.claim], top[node.claim], claim, status[node.claim], language, not node.depth))
    return "".join([*parts, "</svg>"])


def _stroke(kind):
    dash = f' stroke-dasharray="{DASHES[kind]}"' if kind in DASHES else ""
    return f'fill="none" stroke="{COLOURS[kind]}" stroke-width="2"{dash}'


def _badge(x, y, kind):
    sign = TYPES[kind]
    wide = 13 if len(sign) > 1 else 9
    return (
        f'<rect x="{x - wide}" y="{y - 9}" width="{2 * wide}" height="18" rx="9" fill="#fff" stroke="{COLOURS[kind]}"/>'
        + _text(x, y + 5, sign, 10 if len(sign) > 1 else 14, f'fill="{COLOURS[kind]}" text-anchor="middle"')
    )


def _trunk(parent_left, parent_top, top):
    """The grey line that leads up to a box from what bears on it; signs and stubs say how."""
    x, y1, y2 = parent_left + 16, top + HEIGHT / 2, parent_top + HEIGHT
    head = f"M{x - 5} {y2 + 9} L{x} {y2 + 1} L{x + 5} {y2 + 9} Z"
    return f'<path d="M{x} {y1} V{y2 + 5}" stroke="#8a97a1" stroke-width="2"/><path d="{head}" fill="#5b6770"/>'


def _stub(parent_left, left, top, kind):
    """From a box's left side to the trunk, with its sign."""
    x, y = parent_left + 16, top + HEIGHT / 2
    return f'<path d="M{left} {y} H{x}" {_stroke(kind)}/>' + _badge(x, y, kind)


def _lane(x, start, end, kind):
    """From one box to another along the right margin, with a head at the one it bears on."""
    right, y1, y2 = EDGE + WIDTH, start + HEIGHT / 2 + 8, end + HEIGHT / 2 - 8
    head = f"M{right + 9} {y2 - 5} L{right + 1} {y2} L{right + 9} {y2 + 5} Z"
    return (
        f'<path d="M{right} {y1} H{x:.1f} V{y2} H{right + 5}" {_stroke(kind)}/>'
        f'<path d="{head}" fill="{COLOURS[kind]}"/>' + _badge(round(x, 1), (y1 + y2) / 2, kind)
    )


def _wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _box(left, top, claim, status, language, thesis):
    words, width = words_of(claim, language), EDGE + WIDTH - left
    short = textwrap.shorten(words, 60) if _wide(words) == len(words) else words[:26]
    about = f"{name_of(claim)[:30]} · {SIGNS.get(label(claim), '')}{label(claim)} · {status}"
    full = in_attribute(claim.paraphrase.get(language) or claim.paraphrase["en"])
    border = 'stroke="#8a3b12" stroke-width="3"' if thesis else 'stroke="#5b6770" stroke-width="1.5"'
    dash = ' stroke-dasharray="5 3"' if status == "out" else ""
    return (
        f"<g><title>{full}</title>"
        f'<rect x="{left}" y="{top}" width="{width}" height="{HEIGHT}" rx="7" fill="{FILL[status]}" {border}{dash}/>'
        + _text(left + 30, top + 24, short, 17, 'fill="#222" font-weight="700"')
        + _text(left + 30, top + 45, about, 14, 'fill="#3c3c3c"')
        + "</g>"
    )


def _text(x, y, words, size, more):
    return f'<text x="{x}" y="{y}" font-size="{size}" {more}>{in_attribute(words)}</text>'
