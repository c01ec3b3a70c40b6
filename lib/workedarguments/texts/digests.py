"""Digests: our own account of a text, in plain words, with claims marked as [words]{slug}.

data/texts/<id>/digest.md. Leaves out: how a digest with notes looks (showing/annotated.py).
"""

import re

from ..ground.errors import ContentError
from ..ground.files import data, relative
from .claims import claims_of

SPAN = re.compile(r"\[([^\]\[]+)\]\{([a-z0-9-]+)\}")


def digest(text_id):
    """The digest of a text as (heading, [paragraph, ...]) in order; paragraphs hold [words]{slug} spans."""
    path = data("texts", text_id, "digest.md")
    if not path.exists():
        raise ContentError(f"{relative(path)}: no such file")
    sections = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        head = re.match(r"#+\s+(.*)", block)
        if head:
            _first, _, rest = block.partition("\n")
            sections.append((head.group(1).strip(), [rest.strip()] if rest.strip() else []))
        elif sections:
            sections[-1][1].append(" ".join(block.split()))
        else:
            sections.append(("", [" ".join(block.split())]))
    return sections


def digest_problems(text_id):
    """Problems of a digest: spans that name no claim, central claims without a span."""
    where, known = f"data/texts/{text_id}/digest.md", claims_of(text_id)
    named = {slug for _, paragraphs in digest(text_id) for part in paragraphs for _, slug in SPAN.findall(part)}
    found = [f"{where}: no claim {slug!r}" for slug in sorted(named - set(known))]
    return found + [
        f"{where}: central claim {slug!r} has no span"
        for slug, one in known.items()
        if one.importance == 3 and slug not in named
    ]
