"""Texts with our notes in the margin: the digest for everyone, a reader's own copy for its owner.

Whatever stands in a digest, a claim or a copy is escaped. Leaves out: finding passages (texts/copies.py).
"""

from dataclasses import dataclass
from pathlib import Path

from ..ground.errors import known, whole
from ..ground.escaping import in_attribute, in_html
from ..ground.files import MADE_HERE
from ..ground.policy import policy_meta
from ..models import stems
from ..texts.claims import checked, claims, claims_of, ends_of, languages_begun
from ..texts.digests import REMARK, SPAN, digest
from ..texts.words import word

# Square brackets are what an editor's own words stand in; who listens is told.
_REMARK = r'<span class="remark">[<span class="heard">our remark: </span>\1]</span>'
STYLE = Path(__file__).with_name("annotated.css")


def style():
    """The style sheet of a text with notes."""
    return STYLE.read_text(encoding="utf-8").strip()


def note(text, claim, language="en"):
    """The words in the margin beside a claim: (short, who and how surely, paraphrase, further lines)."""
    name = text.speaker(claim.speaker)["name"].partition(" (")[0]
    said = ", ".join(dict.fromkeys([claim.voice if name == "unnamed" else name, claim.voice, claim.kind, claim.hedge]))
    more = ["hearsay: " + " told by ".join(claim.chain)] if claim.chain else []
    for one in claim.quantity:
        of = f" of {one['of']}" if one.get("of") else ""
        value = " to ".join(f"{end:g}" for end in ends_of(one))
        more.append(f"{value} {one['unit']} ({one['exactness']}){of}")
    for fact, head, first in ((claim.check, "fact check", checked(claim)), (claim.after, "afterwards", "")):
        if fact:
            found = "; ".join(filter(None, (first, fact.get("what"), fact.get("value"))))
            more.append(f"{head}: {found} ({fact['source']}, {fact['date']})")
    if claim.note:
        more.append(claim.note)
    words = claim.paraphrase.get(language) or claim.paraphrase["en"]
    return claim.short.get(language) or claim.short["en"], said, words, more


def _aside(text, number, claim, language, status=""):
    """One note: its first line stands open, the rest is folded unless the claim is central."""
    short, said, words, more = note(text, claim, language)
    lang = f' lang="{in_attribute(language)}"' if language in claim.paraphrase and language != "en" else ""
    lines = "".join(f"<li>{in_html(part)}</li>" for part in more)
    checked = f" · {claim.check['verdict']}" if claim.check else ""
    return (
        f'<details class="note note-{claim.importance}" id="note-{number}"{" open" if claim.importance == 3 else ""}>'
        f"<summary><b>{number} <span{lang}>{in_html(short)}</span></b> "
        f"{in_html(said + checked + status)}</summary>"
        f"<p{lang}>{in_html(words)}</p>{f'<ul>{lines}</ul>' if lines else ''}</details>"
    )


def _passage(words, notes):
    margin = f'<div class="margin">{"".join(notes)}</div>' if notes else ""
    return f'<div class="passage"><p>{words}</p>{margin}</div>'


def _marked(words, row, numbers):
    links = "".join(f'<a href="#note-{numbers[key]}"><sup>{numbers[key]}</sup></a>' for key in row["claims"])
    return f'<span class="claim {row["status"]}">{words}</span>{links}'


@dataclass(frozen=True)
class Annotated:
    """A text on the page: paragraphs with their notes beside them. `body` is HTML, `plain` its words."""

    title: str
    body: str
    plain: str
    language: str = "en"

    def __repr__(self):
        return self.plain

    def _repr_html_(self):
        return f'<style>{style()}</style><div class="annotated">{self.body}</div>'

    def page(self):
        """One self-contained HTML page: no script, no request."""
        # On a page of its own nothing stands between its title and its sections. All other words are escaped.
        body = self.body.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
        return (
            f'<!doctype html><html lang="{in_attribute(self.language)}"><head>{policy_meta(styles=[style()])}'
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{MADE_HERE}'
            f"<title>{in_attribute(self.title)}</title>"
            f'<link rel="icon" href="data:,"><style>{style()}</style></head>'
            f'<body><main class="annotated"><h1>{in_html(self.title)}</h1>{body}</main></body></html>'
        )


def annotated(text, argument=None, least=1, language="en"):
    """The digest of a text with its claims underlined and our notes beside them.

    Only claims of at least the importance `least` (3 is central) and, with `argument`, about it; then
    only the sections in which one of them stands.
    """
    known(language, languages_begun(), "language")
    whole(least, 1, 3, "least")
    if argument is not None:
        known(argument, stems(), "argument", "models")
    chosen, number, body, words = claims_of(text.id, least, argument), 0, [], []
    for heading, paragraphs in digest(text.id):
        if argument and not any(slug in chosen for part in paragraphs for _, slug in SPAN.findall(part)):
            continue
        body.append(f"<h3>{in_html(heading)}</h3>" if heading else "")
        words.append(heading)
        for part in paragraphs:
            notes = []

            def mark(match, notes=notes):
                nonlocal number
                inner, slug = match.group(1), match.group(2)
                if slug not in chosen:
                    return inner
                number += 1
                notes.append(_aside(text, number, chosen[slug], language))
                title = in_attribute(chosen[slug].short["en"])
                kind = f"claim importance-{chosen[slug].importance}"
                return f'<a class="{kind}" href="#note-{number}" title="{title}">{inner}<sup>{number}</sup></a>'

            marked = REMARK.sub(_REMARK, SPAN.sub(mark, in_html(part, quote=False)))
            body.append(_passage(marked, notes))
            words.append(REMARK.sub(r"[our remark: \1]", SPAN.sub(r"\1 [\2]", part)))
    title = word(f"text.{text.id}", language, text.title)
    return Annotated(title, "".join(body), "\n\n".join(filter(None, words)), "en")


def annotated_copy(attached, language="en"):
    """A reader's copy itself with our notes beside its passages; absent ones are listed at the end."""
    every, numbers, at = claims(), {}, 0
    # From the end, so that each line takes its own passages off and looks at no others.
    found = sorted((row for row in attached.passages if row["start"] is not None), key=lambda row: row["start"])[::-1]
    lines = [f'<p class="coverage">{in_html(repr(attached))}</p>']
    for line in attached.copy.splitlines(keepends=True):
        if line.isspace():
            at += len(line)
            continue
        pieces, notes, here = [], [], at
        while found and found[-1]["start"] < at + len(line):
            row = found.pop()
            if row["start"] < here:
                continue
            end = min(row["end"], at + len(line.rstrip("\n")))
            status = f" · {row['status']} {row['score']:.2f}"
            for key in row["claims"]:
                if key not in numbers:
                    numbers[key] = len(numbers) + 1
                    notes.append(_aside(attached.text, numbers[key], every[key], language, status))
            pieces.append(in_html(attached.copy[here : row["start"]]))
            pieces.append(_marked(in_html(attached.copy[row["start"] : end]), row, numbers))
            here = end
        pieces.append(in_html(attached.copy[here : at + len(line)]))
        at += len(line)
        if "".join(pieces).strip():
            lines.append(_passage("".join(pieces), notes))
    absent = [row for row in attached.passages if row["status"] == "absent"]
    if absent:
        names = "".join(
            f"<li>{in_html(every[key].paraphrase['en'])}</li>" for row in absent for key in row["claims"]
        )
        lines.append(f"<h3>Not found in this copy</h3><ul>{names}</ul>")
    return Annotated(f"{attached.text.title}: a copy with notes", "".join(lines), repr(attached))
