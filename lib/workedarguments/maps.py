"""The drawing of an argument map: our own layered SVG, the same bytes for the same claims.

The thesis stands on top; a box stands one row below the box it bears on; arrows point up to what
they bear on. Colour, dash and sign say the kind of a relation together. At most three boxes a row,
so that a phone can show it. Leaves out: more than about a dozen boxes, on purpose.
"""

import html
import textwrap
import unicodedata

from .relations import TYPES, _ends, label
from .texts import texts

WIDTH, HEIGHT, GAP_X, GAP_Y, ROW, LINE = 196, 92, 18, 62, 3, 17
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
    "supported": "✓",
    "refuted": "✗",
    "mixed": "±",
    "insufficient": "?",
    "pending": "…",
    "not-truth-apt": "§",
    "unchecked": "",
}
FILL = {"in": "#ffffff", "out": "#f7ecec", "undecided": "#f5f2ec"}


def _wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _wrap(text, columns):
    """Lines of at most so many columns; Chinese may break anywhere."""
    if _wide(text) == len(text):
        return textwrap.wrap(text, columns)
    lines = [""]
    for c in text:
        if _wide(lines[-1] + c) > columns:
            lines.append("")
        lines[-1] += c
    return lines


def rows(boxes, edges):
    """The boxes by row: a breadth-first walk down from the thesis, at most ROW in each."""
    below, level = {key: [] for key in boxes}, {boxes[0]: 0}
    for start, end, _ in edges:
        below[end].append(start)
        below[start].append(end)
    queue = [boxes[0]]
    for key in queue:
        for other in below[key]:
            if other not in level:
                level[other] = level[key] + 1
                queue.append(other)
    for key in boxes:
        level.setdefault(key, 1)
    out = []
    for depth in range(max(level.values()) + 1):
        here = [key for key in boxes if level[key] == depth]
        if out:
            order = {key: k for k, key in enumerate(out[-1])}
            here.sort(
                key=lambda key: (
                    sum(order.get(o, ROW / 2) for o in below[key]) / max(1, len(below[key])),
                    boxes.index(key),
                )
            )
        out += [here[k : k + ROW] for k in range(0, len(here), ROW)]
    return out


def draw(boxes, inner, every_claim, every, status, language):
    """The SVG of a map: `boxes` are claim ids, thesis first; `inner` the relations among them."""
    edges = [(*_ends(one, every), one) for one in inner]
    place, width = {}, ROW * WIDTH + (ROW - 1) * GAP_X + 24
    layers = rows(boxes, edges)
    for depth, keys in enumerate(layers):
        left = (width - len(keys) * WIDTH - (len(keys) - 1) * GAP_X) / 2
        for k, key in enumerate(keys):
            place[key] = (left + k * (WIDTH + GAP_X), 12 + depth * (HEIGHT + GAP_Y))
    height = 24 + len(layers) * HEIGHT + (len(layers) - 1) * GAP_Y
    title = html.escape(every_claim[boxes[0]].short["en"])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="Argument map around: {title}; the outline below says the same in words" '
        f"style=\"width:100%;max-width:{width:.0f}px;height:auto;font-family:system-ui,'Noto Sans CJK SC',sans-serif\">"
    ]
    parts += [_arrow(place[start], place[end], one.type) for start, end, one in edges]
    parts += [_box(place[key], every_claim[key], status[key], language, key == boxes[0]) for key in boxes]
    return "".join([*parts, "</svg>"])


def _arrow(start, end, kind):
    colour = COLOURS[kind]
    dash = f' stroke-dasharray="{DASHES[kind]}"' if kind in DASHES else ""
    middle = WIDTH / 2
    if start[1] > end[1]:
        x1, y1, x2, y2 = start[0] + middle, start[1], end[0] + middle, end[1] + HEIGHT
    elif start[1] < end[1]:
        x1, y1, x2, y2 = start[0] + middle, start[1] + HEIGHT, end[0] + middle, end[1]
    else:
        side = 1 if start[0] < end[0] else -1
        x1, x2 = (start[0] + WIDTH, end[0]) if side > 0 else (start[0], end[0] + WIDTH)
        y1 = y2 = start[1] + HEIGHT / 2
    bend = (y1 - y2) / 2
    path = f"M{x1:.1f} {y1:.1f} C{x1:.1f} {y1 - bend:.1f} {x2:.1f} {y2 + bend:.1f} {x2:.1f} {y2:.1f}"
    up = 1 if y1 >= y2 else -1
    head = f"M{x2 - 5:.1f} {y2 + 9 * up:.1f} L{x2:.1f} {y2 + 1 * up:.1f} L{x2 + 5:.1f} {y2 + 9 * up:.1f} Z"
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    sign = html.escape(TYPES[kind])
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/><path d="{head}" fill="{colour}"/>'
        f'<rect x="{mx - 13:.1f}" y="{my - 10:.1f}" width="26" height="20" rx="10" fill="#fff" stroke="{colour}"/>'
        + _text(mx, my + 5, sign, 11 if len(sign) > 1 else 15, f'fill="{colour}" text-anchor="middle"')
    )


def _box(at, claim, status, language, thesis):
    words = claim.short.get(language) or claim.short["en"]
    speaker = texts()[claim.text].speaker(claim.speaker)["name"]
    who = f"{claim.text}, {claim.voice}" if speaker == "unnamed" else speaker.partition(" (")[0]
    lines = _wrap(words, 22)[:2]
    full = html.escape(claim.paraphrase.get(language) or claim.paraphrase["en"])
    badge = f"{SIGNS[label(claim)]} {label(claim)}".strip()
    bold = 'fill="#222" font-weight="700"'
    text = "".join(
        _text(at[0] + 12, at[1] + 24 + k * LINE, html.escape(line), 15, bold) for k, line in enumerate(lines)
    )
    dash = ' stroke-dasharray="5 3"' if status == "out" else ""
    return (
        f"<g><title>{full}</title>"
        f'<rect x="{at[0]:.1f}" y="{at[1]:.1f}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{FILL[status]}" '
        f'stroke="{"#8a3b12" if thesis else "#5b6770"}" stroke-width="{3 if thesis else 1.5}"{dash}/>{text}'
        + _text(at[0] + 12, at[1] + HEIGHT - 28, html.escape(who[:28]), 12, 'fill="#4a4a4a"')
        + _text(at[0] + 12, at[1] + HEIGHT - 11, f"{html.escape(badge)} · {status}", 12, 'fill="#222"')
        + "</g>"
    )


def _text(x, y, words, size, more):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" {more}>{words}</text>'
