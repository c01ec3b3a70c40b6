"""Digests: our own account of a text, in plain words, with claims marked as [words]{slug}.

What is not the text's but a remark of the kit's own stands in ((double brackets)).
data/texts/<id>/digest.md. Leaves out: how a digest with notes looks (showing/annotated.py).
"""

import re

from ..ground import uses
from ..ground.errors import nearest
from ..ground.files import data, read_bytes, read_text, relative
from .claims import slugs_of

REMARK = re.compile(r"\(\((.+?)\)\)")
SPAN = re.compile(r"\[([^\]\[]+)\]\{([a-z0-9-]+)\}")


def digest(text_id):
    """The digest of a text as (heading, [paragraph, ...]) in order; paragraphs hold [words]{slug} spans."""
    sections, path = [], data("texts", text_id, "digest.md")
    uses.used("digest", text_id)
    with uses.reading(relative(path)):
        blocks = re.split(r"\n[^\S\n]*\n", read_text(path).strip())
    for block in blocks:
        head = re.match(r"#+\s+(.*)", block)
        if head:
            _first, _, rest = block.partition("\n")
            sections.append((head.group(1).strip(), [rest.strip()] if rest.strip() else []))
        elif sections:
            sections[-1][1].append(" ".join(block.split()))
        else:
            sections.append(("", [" ".join(block.split())]))
    return sections


@uses.kind("digest", "the digest of the text {}")
def _today(text_id):
    return read_bytes(data("texts", text_id, "digest.md"))


def digest_problems(text_id):
    """Problems of a digest: spans that name no claim, central claims without a span, a remark that does not end."""
    where, (readable, slugs) = f"data/texts/{text_id}/digest.md", slugs_of(text_id)
    if slugs is None:
        return []
    parts = [part for _, paragraphs in digest(text_id) for part in paragraphs]
    named = {slug for part in parts for _, slug in SPAN.findall(part)}
    found = [f"{where}: no claim {slug!r}; {nearest(slug, slugs)}" for slug in sorted(named - slugs)]
    for part in parts:
        rest = REMARK.sub("", part)
        if "((" in rest or "))" in rest or any("((" in inner for inner in REMARK.findall(part)):
            found.append(f"{where}: a remark is ((words)) within one paragraph, and holds no other: {part[:60]!r}")
    return found + [
        f"{where}: central claim {slug!r} has no span"
        for slug, one in readable.items()
        if one.importance == 3 and slug not in named
    ]
