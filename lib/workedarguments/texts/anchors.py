"""Anchors: fingerprints that find a passage again in a reader's own copy, and hold none of its words.

A passage is a sentence of the original. Its fingerprint is a 64-bit hash of the folded sentence, a
sketch of 32 four-bit minima over its pairs of units, its length, position and order. From these no
sentence can be rebuilt; with a copy at hand they say exact, exact-repeat, strong, weak or absent.

Folding ignores script (Traditional or Simplified), width, case, punctuation and space. A unit is a
CJK character, or a run of Latin letters or digits. Thresholds and the scheme were chosen on the
sentences of the five articles. Leaves out: a new translation, whose sentences are others.
"""

import hashlib
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

SCHEME, FOLD = "zhsketch-1", "zhfold-1"
SKETCH, NIBBLE = 32, 4
LEAST_UNITS, GUARD_UNITS = 10, 12
STRONG, MARGIN, INSIDE, GATE = 0.47, 0.15, 0.13, 0.25
PEAKS = 6
CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# A full stop ends a sentence between a small letter or digit and, after a space, a capital: not in "Mr. X", "3.5".
STOP = r"(?<=[a-zß-ÿ\d)\]’”\"'%]{2})\.(?=[」』”’）)\"'*]*\s+[\"'“‘(*]*[A-ZÀ-Þ])"
SENTENCE_END = re.compile(rf"(?:[。！？!?；;\n]+|{STOP})[」』”’）)\"'*]*")
FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*\n", re.DOTALL)
MASKED = re.compile(r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)\s]*\)|https?://[^\s)）]+")
BLOCKS = ("p", "div", "section", "article", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "tr", "td")
DROPPED = ("script", "style", "nav", "aside", "header", "footer", "noscript", "template", "iframe", "svg")


@cache
def _table():
    old, new = Path(__file__).with_name("fold.txt").read_text(encoding="utf-8").splitlines()
    return dict(zip(old, new, strict=True))


@lru_cache(maxsize=1 << 16)
def _fold(character):
    kept = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_table().get(c, c) for c in kept if unicodedata.category(c)[0] in "LN")


def plain(text):
    """The text of a copy with front matter, images, link targets and addresses blanked out.

    Offsets do not move, except that HTML is reduced to its readable text first.
    """
    if re.match(r"\s*(?:<!doctype html|<html|<\?xml|<head|<body|<div|<article|<p[ >])", text[:2000], re.IGNORECASE):
        text = _from_html(text)
    text = FRONT_MATTER.sub(lambda match: _blank(match.group(0)), text)
    return MASKED.sub(lambda match: _blank(match.group(0)), text)


def _blank(text):
    return "".join(c if c == "\n" else " " for c in text)


def _from_html(text):
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(DROPPED):
        tag.decompose()
    body = soup.find(id="js_content") or soup.find("article") or soup.find("main") or soup.body or soup
    for tag in body(BLOCKS):
        tag.append("\n")
    return body.get_text()


@dataclass(frozen=True)
class Units:
    """A folded text: its units, and where each begins and ends in the text it came from."""

    text: str
    units: tuple
    start: np.ndarray
    end: np.ndarray


def fold(text):
    """The Units of a text."""
    units, start, end = [], [], []
    run = False
    for position, character in enumerate(text):
        folded = _fold(character)
        if not folded:
            # Zero-width and private-use characters are transparent; all others end a Latin run.
            run = run and unicodedata.category(character) in ("Cf", "Co", "Mn")
        elif CJK.match(folded):
            for one in folded:
                units.append(one)
                start.append(position)
                end.append(position + 1)
            run = False
        elif run:
            units[-1] += folded
            end[-1] = position + 1
        else:
            units.append(folded)
            start.append(position)
            end.append(position + 1)
            run = True
    return Units(text, tuple(units), np.array(start, dtype=int), np.array(end, dtype=int))


def sentences(folded):
    """Sentences of a folded text as (first unit, one past the last), in order; empty ones left out."""
    cuts = [match.end() for match in SENTENCE_END.finditer(folded.text)]
    edges = np.searchsorted(folded.start, [0, *cuts, len(folded.text)])
    return [(int(a), int(b)) for a, b in itertools.pairwise(edges) if b > a]


def _key(salt):
    return salt.encode()[:64]


def passage_hash(units, salt):
    """64-bit keyed hash of a run of units, as 16 hexadecimal digits."""
    return hashlib.blake2b("\x1f".join(units).encode(), digest_size=8, key=_key(salt)).hexdigest()


def _grams(units, salt):
    key = _key(salt)

    @cache
    def one(pair):
        return int.from_bytes(hashlib.blake2b("\x1f".join(pair).encode(), digest_size=8, key=key).digest(), "big")

    return np.array([one(pair) for pair in itertools.pairwise(units)], dtype=np.uint64)


@cache
def _mixers():
    generator = np.random.Generator(np.random.PCG64(20260101))
    masks = generator.integers(0, 2**63, SKETCH, dtype=np.uint64)
    factors = generator.integers(0, 2**63, SKETCH, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return masks, factors


def _mixed(grams):
    """32 well-mixed 32-bit values of each pair: an array of SKETCH x pairs."""
    masks, factors = _mixers()
    mixed = (grams[None, :] ^ masks[:, None]) * factors[:, None]
    return ((mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)).astype(np.uint32)


def sketch(units, salt):
    """32 four-bit minima over the pairs of a run of units, as 32 hexadecimal digits."""
    minima = _mixed(_grams(units, salt)).min(axis=1) & np.uint32(15)
    return "".join(f"{int(value):x}" for value in minima)


def fingerprint(folded, span, order, salt):
    """The record of one passage: sketch, hash, units, relative position, order. No words."""
    units = folded.units[span[0] : span[1]]
    return {
        "s": sketch(units, salt),
        "x": passage_hash(units, salt),
        "n": len(units),
        "r": round(span[0] / max(1, len(folded.units)), 4),
        "o": order,
    }


@dataclass(frozen=True)
class Found:
    """Where a passage was found: status, score and runner-up in [0, 1], and its span in the copy."""

    status: str
    score: float = 0.0
    runner_up: float = 0.0
    start: int | None = None
    end: int | None = None


@dataclass
class _Candidate:
    at: int
    score: float
    exact: bool = False


def _sliding_nibbles(mixed, width):
    """Four-bit minima over every window of `width` pairs: an array of windows x SKETCH."""
    level, reach = mixed, 1
    while reach * 2 <= width:
        level = np.minimum(level[:, : level.shape[1] - reach], level[:, reach:])
        reach *= 2
    if reach < width:
        shift = width - reach
        level = np.minimum(level[:, : level.shape[1] - shift], level[:, shift:])
    return np.ascontiguousarray((level & np.uint32(15)).astype(np.uint8).T)


def _peaks(scores, width):
    """The best windows, at most PEAKS, no two closer than half a width."""
    left, found = scores.copy(), []
    for _ in range(PEAKS):
        at = int(left.argmax())
        if left[at] <= 1 / 2**NIBBLE:
            break
        found.append(_Candidate(at, float(scores[at])))
        left[max(0, at - width // 2) : at + width // 2 + 1] = 0
    return found


def attach(anchors, folded, salt):
    """Where each anchor's passage stands in a folded copy: a list of Found in the anchors' order.

    Confident finds fence in the others: a candidate between its neighbours may score less, one
    outside needs a clear lead. If too few are confident the document is another one, and nothing
    is attached: see `share_found` and GATE.
    """
    grams = _grams(folded.units, salt)
    widths = sorted({max(1, anchor["n"] - 1) for anchor in anchors})
    mixed = _mixed(grams) if len(grams) else np.empty((SKETCH, 0), np.uint32)
    nibbles = {width: _sliding_nibbles(mixed, width) for width in widths if width <= mixed.shape[1]}
    candidates = [_candidates(anchor, nibbles, folded, salt) for anchor in anchors]
    fence = _fence(anchors, candidates)
    found = [_choose(k, anchors, candidates, fence, len(folded.units)) for k in range(len(anchors))]
    confident = sum(one.status in ("exact", "exact-repeat", "strong") for one, _ in found)
    if not anchors or confident < GATE * len(anchors):
        return [Found("absent", one.score, one.runner_up) for one, _ in found]
    edges = np.array([cut for span in sentences(folded) for cut in span])
    return [_span(one, at, anchor, folded, edges) for (one, at), anchor in zip(found, anchors, strict=True)]


def _candidates(anchor, nibbles, folded, salt):
    width = max(1, anchor["n"] - 1)
    if width not in nibbles:
        return []
    own = np.frombuffer(bytes(int(digit, 16) for digit in anchor["s"]), dtype=np.uint8)
    scores = (nibbles[width] == own).sum(axis=1, dtype=np.int16) / np.float32(SKETCH)
    peaks = _peaks(scores, anchor["n"])
    for peak in peaks:
        if peak.score >= 0.9:
            # Windows beside the passage may have the same sketch; the hash tells which one it is.
            for at in sorted(range(max(0, peak.at - 6), peak.at + 7), key=lambda at: abs(at - peak.at)):
                if passage_hash(folded.units[at : at + anchor["n"]], salt) == anchor["x"]:
                    peak.at, peak.score, peak.exact = at, 1.0, True
                    break
    return sorted(peaks, key=lambda peak: -peak.score)


def _fence(anchors, candidates):
    """The longest run of confident finds whose order in the copy is that of the original."""
    sure = [
        (anchors[k]["o"], some[0].at, k)
        for k, some in enumerate(candidates)
        if some and some[0].score >= STRONG and (len(some) == 1 or some[0].score - some[1].score >= MARGIN)
    ]
    sure.sort()
    best, links = [], []
    for position, (_, at, _) in enumerate(sure):
        before = [(best[j], j) for j in range(position) if sure[j][1] < at]
        length, link = max(before, default=(0, None))
        best.append(length + 1)
        links.append(link)
    chain, position = [], int(np.argmax(best)) if best else None
    while position is not None:
        chain.append(sure[position])
        position = links[position]
    return chain[::-1]


def _choose(k, anchors, candidates, fence, units):
    """The status of one anchor and the unit at which it begins, by score, order and lead."""
    some, order = candidates[k], anchors[k]["o"]
    if not some:
        return Found("absent"), None
    low = max((at for o, at, j in fence if o < order and j != k), default=-1)
    high = min((at for o, at, j in fence if o > order and j != k), default=units)
    inside = [one for one in some if low <= one.at <= high]
    exact = [one for one in some if one.exact]
    if exact:
        one = next((c for c in exact if c in inside), exact[0])
        return Found("exact-repeat" if len(exact) > 1 else "exact", 1.0, _second(some, one)), one.at
    one = max(some, key=lambda c: c.score + (INSIDE if c in inside else 0))
    rest = _second(some, one)
    lead = one.score - rest
    here = one in inside
    strong = one.score >= STRONG and (here or lead >= MARGIN)
    weak = (one.score >= STRONG - INSIDE and here) or one.score >= STRONG
    status = "strong" if strong else "weak" if weak else "absent"
    return Found(status, one.score, rest), one.at if status != "absent" else None


def _second(some, one):
    return max((other.score for other in some if other is not one), default=0.0)


def _span(found, at, anchor, folded, edges):
    """The find with its span in the copy, snapped to the edges of sentences close by."""
    if at is None:
        return found
    first, last = at, min(len(folded.units), at + anchor["n"])
    if found.status not in ("exact", "exact-repeat") and len(edges):
        reach = max(3, anchor["n"] // 6)
        nearest = [edges[np.abs(edges - cut).argmin()] for cut in (first, last)]
        first, last = (
            int(edge) if abs(edge - cut) <= reach else cut for edge, cut in zip(nearest, (first, last), strict=True)
        )
    last = max(first + 1, last)
    start, end = int(folded.start[first]), int(folded.end[last - 1])
    return Found(found.status, found.score, found.runner_up, start, end)


def share_found(found):
    """Share of the passages (1) that were found exactly or strongly; below GATE the copy is another text."""
    sure = sum(one.status in ("exact", "exact-repeat", "strong") for one in found)
    return sure / len(found) if found else 0.0
