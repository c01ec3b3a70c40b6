"""Anchors: fingerprints that find a passage again in a reader's own copy, and hold none of its words.

A passage is a sentence of the original. Its fingerprint is a 64-bit hash of the folded sentence, a
sketch of 32 four-bit minima over its pairs of units, its length, position and order. From these no
sentence can be rebuilt; with a copy at hand they say exact, exact-repeat, strong, weak or absent.

Folding ignores script (Traditional or Simplified), width, case, punctuation and space. A unit is a
CJK character, or a run of Latin letters or digits. Thresholds and the scheme were chosen on the
sentences of the five articles. Leaves out: a new translation, whose sentences are others.

A copy may hold anything: all that reads one takes a time in proportion to its length, and what has
too many units for that is refused. Leaves out markup (readable.py) too.
"""

import hashlib
import itertools
import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path

import numpy as np

from ..ground.errors import ContentError

SCHEME, FOLD = "zhsketch-1", "zhfold-1"
SKETCH, NIBBLE = 32, 4
LEAST_UNITS, GUARD_UNITS = 10, 12
STRONG, MARGIN, INSIDE, GATE = 0.47, 0.15, 0.13, 0.25
PEAKS = 6
MOST_UNITS = 500_000
BLOCK = 4096
TRANSPARENT, BREAK, EACH, RUN = range(4)
CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# A full stop ends a sentence between a small letter or digit and, after a space, a capital: not in "Mr. X", "3.5".
STOP = r"(?<=[a-zß-ÿ\d)\]’”\"'%]{2})\.(?=[」』”’）)\"'*]*\s+[\"'“‘(*]*[A-ZÀ-Þ])"
SENTENCE_END = re.compile(rf"(?:[。！？!?；;\n]+|{STOP})[」』”’）)\"'*]*")


@cache
def _table():
    old, new = Path(__file__).with_name("fold.txt").read_text(encoding="utf-8").splitlines()
    return dict(zip(old, new, strict=True))


@lru_cache(maxsize=1 << 16)
def _fold(character):
    kept = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_table().get(c, c) for c in kept if unicodedata.category(c)[0] in "LN")


@dataclass(frozen=True)
class Units:
    """A folded text: its units, and where each begins and ends in the text it came from."""

    text: str
    units: tuple
    start: np.ndarray
    end: np.ndarray


def fold(text):
    """The Units of a text; ContentError if it has more than MOST_UNITS."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = {character: _fold(character) for character in set(text)}
    kinds, lengths = np.zeros((2, sys.maxunicode + 1), dtype=np.uint8)
    for character, units in folded.items():
        kinds[ord(character)], lengths[ord(character)] = _kind(character, units), len(units)
    solid = np.flatnonzero(kinds[codes] != TRANSPARENT)
    kind = kinds[codes[solid]]
    # A run goes on over what is transparent, so in `solid` its characters are neighbours.
    run = np.concatenate([[False], kind == RUN, [False]])
    first, last = (solid[(kind == EACH) | (run[1:-1] & ~beside)] for beside in (run[:-2], run[2:]))
    many = np.where(kinds[codes[first]] == EACH, lengths[codes[first]], 1).astype(int)
    if (count := int(many.sum())) > MOST_UNITS:
        raise ContentError(f"{count:,} words or Chinese characters; {MOST_UNITS:,} at most")
    letters = "".join(map(folded.__getitem__, text))
    ends = np.cumsum(lengths[codes], dtype=int)
    within = np.arange(count) - np.repeat(np.cumsum(many) - many, many)
    cuts = np.repeat(ends[first] - lengths[codes[first]], many) + within
    units = tuple(letters[a:b] for a, b in itertools.pairwise([*cuts.tolist(), len(letters)]))
    return Units(text, units, np.repeat(first, many), np.repeat(last + 1, many))


def _kind(character, folded):
    """What a character does to units: it ends a run, lets it pass, is one or more units, or belongs to a run."""
    if not folded:
        # Zero-width and private-use characters are transparent; all others end a Latin run.
        return TRANSPARENT if unicodedata.category(character) in ("Cf", "Co", "Mn") else BREAK
    return EACH if CJK.match(folded) else RUN


def sentences(folded):
    """Sentences of a folded text as (first unit, one past the last), in order; empty ones left out."""
    cuts = [match.end() for match in SENTENCE_END.finditer(folded.text)]
    edges = np.unique(np.searchsorted(folded.start, [0, *cuts, len(folded.text)]))
    return list(itertools.pairwise(edges.tolist()))


def _key(salt):
    return salt.encode()[:64]


def passage_hash(units, salt):
    """64-bit keyed hash of a run of units, as 16 hexadecimal digits."""
    return hashlib.blake2b("\x1f".join(units).encode(), digest_size=8, key=_key(salt)).hexdigest()


def _grams(units, salt):
    """64-bit keyed hashes of the pairs of neighbouring units, each different pair hashed once."""
    key, numbers = _key(salt), {}
    row = np.array([numbers.setdefault(unit, len(numbers)) for unit in units], dtype=np.int64)
    distinct, place = np.unique(row[:-1] * len(numbers) + row[1:], return_inverse=True)
    names = list(numbers)
    pairs = (f"{names[pair // len(names)]}\x1f{names[pair % len(names)]}".encode() for pair in distinct.tolist())
    hashes = b"".join(hashlib.blake2b(pair, digest_size=8, key=key).digest() for pair in pairs)
    return np.frombuffer(hashes, dtype=">u8").astype(np.uint64)[place]


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


def _agreements(anchors, grams):
    """How many four-bit minima of each anchor are those of the window at each pair: a row of counts for each anchor.

    A block at a time, because all minima of a long copy would fill the memory. A row is as long as there
    are windows of the anchor's width, and empty if the copy is shorter.
    """
    own = [np.frombuffer(bytes(int(digit, 16) for digit in anchor["s"]), dtype=np.uint8)[:, None] for anchor in anchors]
    widths = [max(1, anchor["n"] - 1) for anchor in anchors]
    counts = [np.zeros(max(0, len(grams) - width + 1), dtype=np.uint8) for width in widths]
    order = sorted(range(len(anchors)), key=widths.__getitem__)
    for first in range(0, len(grams), BLOCK):
        # Minima over `reach` pairs from each one on; two of them that overlap make those of any width up to twice that.
        level, reach = _mixed(grams[first : first + BLOCK + max(widths, default=0)]), 1
        for width, rows in itertools.groupby(order, widths.__getitem__):
            while reach * 2 <= width:
                level, reach = np.minimum(level[:, :-reach], level[:, reach:]), reach * 2
            windows = max(0, min(BLOCK, len(grams) - width + 1 - first))
            shift = width - reach
            minima = np.minimum(level[:, :windows], level[:, shift : shift + windows]).astype(np.uint8) & 15
            for row in rows:
                agree = (minima == own[row]).view(np.uint8)
                counts[row][first : first + windows] = np.add.reduce(agree, axis=0, dtype=np.uint8)
    return counts


def _peaks(counts, width):
    """The best windows of a row of counts, at most PEAKS, no two closer than half a width; the row is used up."""
    found = []
    while len(counts) and len(found) < PEAKS:
        at = int(counts.argmax())
        if counts[at] <= SKETCH / 2**NIBBLE:
            break
        found.append(_Candidate(at, int(counts[at]) / SKETCH))
        counts[max(0, at - width // 2) : at + width // 2 + 1] = 0
    return found


def attach(anchors, folded, salt):
    """Where each anchor's passage stands in a folded copy: a list of Found in the anchors' order.

    Confident finds fence in the others: a candidate between its neighbours may score less, one
    outside needs a clear lead. If too few are confident the document is another one, and nothing
    is attached: see `share_found` and GATE.
    """
    counts = _agreements(anchors, _grams(folded.units, salt))
    candidates = [_candidates(anchor, row, folded, salt) for anchor, row in zip(anchors, counts, strict=True)]
    fence = _fence(anchors, candidates)
    found = [_choose(k, anchors, candidates, fence, len(folded.units)) for k in range(len(anchors))]
    confident = sum(one.status in ("exact", "exact-repeat", "strong") for one, _ in found)
    if not anchors or confident < GATE * len(anchors):
        return [Found("absent", one.score, one.runner_up) for one, _ in found]
    edges = np.array([cut for span in sentences(folded) for cut in span])
    return [_span(one, at, anchor, folded, edges) for (one, at), anchor in zip(found, anchors, strict=True)]


def _candidates(anchor, counts, folded, salt):
    peaks = _peaks(counts, anchor["n"])
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
    # For each length of run the find that ends one earliest in the copy: a further find goes on the longest it can.
    ends, tails, links, last = [], [], [], None
    for position, (_, at, _) in enumerate(sure):
        length = bisect_left(ends, at)
        links.append(tails[length - 1] if length else None)
        if length == len(ends):
            last = position
        ends[length : length + 1], tails[length : length + 1] = [at], [position]
    chain = []
    while last is not None:
        chain.append(sure[last])
        last = links[last]
    return chain[::-1]


def _choose(k, anchors, candidates, fence, units):
    """The status of one anchor and the unit at which it begins, by score, order and lead."""
    some, order = candidates[k], anchors[k]["o"]
    if not some:
        return Found("absent"), None
    before, after = bisect_left(fence, order, key=itemgetter(0)), bisect_right(fence, order, key=itemgetter(0))
    low = fence[before - 1][1] if before else -1
    high = fence[after][1] if after < len(fence) else units
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
        nearest = [_nearest(edges, cut) for cut in (first, last)]
        first, last = (
            int(edge) if abs(edge - cut) <= reach else cut for edge, cut in zip(nearest, (first, last), strict=True)
        )
    last = max(first + 1, last)
    start, end = int(folded.start[first]), int(folded.end[last - 1])
    return Found(found.status, found.score, found.runner_up, start, end)


def _nearest(edges, cut):
    """The edge nearest to a cut, of two at the same distance the first."""
    place = int(np.searchsorted(edges, cut))
    return min(edges[max(0, place - 1) : place + 1], key=lambda edge: abs(edge - cut))


def share_found(found):
    """Share of the passages (1) that were found exactly or strongly; below GATE the copy is another text."""
    sure = sum(one.status in ("exact", "exact-repeat", "strong") for one in found)
    return sure / len(found) if found else 0.0
