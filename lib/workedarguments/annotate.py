"""Texts with our notes in the margin: the digest for everyone, a reader's own copy for its owner.

The digest is ours: data/texts/<id>/digest.md, in plain words, with claims marked [words]{slug}. A
copy is the reader's: its passages are found by fingerprints (anchors.py), shown only to the reader,
and written nowhere but where the reader says. Whatever stands in a copy is escaped.
"""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from . import anchors
from .claims import WORDS, claims
from .content import ContentError, check_choice, data, raise_if, relative, root
from .words import word

SPAN = re.compile(r"\[([^\]\[]+)\]\{([a-z0-9-]+)\}")
MOST_BYTES = 5_000_000
RANK = ("exact", "exact-repeat", "strong", "weak", "absent")
STYLE = Path(__file__).with_name("annotate.css")


def claims_of(text_id, least=1, argument=None):
    """The claims of a text by slug, of at least an importance and, if asked, about one argument."""
    return {
        key.partition(".")[2]: one
        for key, one in claims().items()
        if one.text == text_id
        and one.importance >= least
        and (argument is None or any(says.argument == argument for says in one.says))
    }


def note(text, claim, language="en"):
    """The words in the margin beside a claim: (short, who and how surely, paraphrase, further lines)."""
    name = text.speaker(claim.speaker)["name"].partition(" (")[0]
    said = ", ".join(dict.fromkeys([claim.voice if name == "unnamed" else name, claim.voice, claim.kind, claim.hedge]))
    more = ["hearsay: " + " told by ".join(claim.chain)] if claim.chain else []
    for one in claim.quantity:
        of = f" of {one['of']}" if one.get("of") else ""
        more.append(f"{one['value']:g} {one['unit']} ({one['exactness']}){of}")
    for fact, head in ((claim.check, "fact check"), (claim.after, "afterwards")):
        if fact:
            found = "; ".join(str(fact[key]) for key in ("verdict", "value", "what") if fact.get(key))
            more.append(f"{head}: {found} ({fact['source']}, {fact['date']})")
    if claim.note:
        more.append(claim.note)
    words = claim.paraphrase.get(language) or claim.paraphrase["en"]
    return claim.short.get(language) or claim.short["en"], said, words, more


def _aside(text, number, claim, language, status=""):
    """One note: its first line stands open, the rest is folded unless the claim is central."""
    short, said, words, more = note(text, claim, language)
    lang = f' lang="{language}"' if language in claim.paraphrase and language != "en" else ""
    lines = "".join(f"<li>{html.escape(part)}</li>" for part in more)
    checked = f" · {claim.check['verdict']}" if claim.check else ""
    return (
        f'<details class="note note-{claim.importance}" id="note-{number}"{" open" if claim.importance == 3 else ""}>'
        f"<summary><b>{number} <span{lang}>{html.escape(short)}</span></b> "
        f"{html.escape(said + checked + status)}</summary>"
        f"<p{lang}>{html.escape(words)}</p>{f'<ul>{lines}</ul>' if lines else ''}</details>"
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
        return f'<style>{STYLE.read_text(encoding="utf-8")}</style><div class="annotated">{self.body}</div>'

    def page(self):
        """One self-contained HTML page: no script, no request."""
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{html.escape(self.title)}</title>"
            f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>"
            f'<body><main class="annotated"><h1>{html.escape(self.title)}</h1>{self.body}</main></body></html>'
        )


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


def annotated(text, argument=None, least=1, language="en"):
    """The digest of a text with its claims underlined and our notes beside them.

    Only claims of at least the importance `least` (3 is central) and, with `argument`, about it; then
    only the sections in which one of them stands.
    """
    raise_if(check_choice("language", "language", language, WORDS))
    chosen, number, body, words = claims_of(text.id, least, argument), 0, [], []
    for heading, paragraphs in digest(text.id):
        if argument and not any(slug in chosen for part in paragraphs for _, slug in SPAN.findall(part)):
            continue
        body.append(f"<h3>{html.escape(heading)}</h3>" if heading else "")
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
                title = html.escape(chosen[slug].short["en"], quote=True)
                kind = f"claim importance-{chosen[slug].importance}"
                return f'<a class="{kind}" href="#note-{number}" title="{title}">{inner}<sup>{number}</sup></a>'

            marked = SPAN.sub(mark, html.escape(part, quote=False))
            body.append(_passage(marked, notes))
            words.append(SPAN.sub(r"\1 [\2]", part))
    title = word(f"text.{text.id}", language, text.title)
    return Annotated(title, "".join(body), "\n\n".join(filter(None, words)), "en")


@dataclass(frozen=True)
class Attachment:
    """What became of a text's passages in a reader's copy."""

    text: object
    copy: str
    share: float
    passages: tuple

    @property
    def status(self):
        """matched, or refused: the copy is another text, and nothing is attached."""
        return "matched" if self.share >= anchors.GATE else "refused"

    def coverage(self):
        """How many passages have which status."""
        return {status: sum(row["status"] == status for row in self.passages) for status in RANK}

    def table(self):
        """The passages as a DataFrame: claims, status, score, start, end."""
        return pd.DataFrame(self.passages).set_index("id")

    def to_dict(self):
        """Plain data for JSON; an absent passage has a null span. Holds nothing of the copy's words."""
        return {
            "schema": "workedarguments/annotate-1",
            "text": self.text.id,
            "document": {"status": self.status, "share": self.share},
            "coverage": self.coverage(),
            "passages": list(self.passages),
        }

    def __repr__(self):
        counts = ", ".join(f"{count} {status}" for status, count in self.coverage().items() if count)
        if self.status == "refused":
            share = f"{self.share:.0%} of its passages were found"
            return f"This is not the text {self.text.id!r}: {share}. Nothing is attached."
        return f"{self.text.id}: {len(self.passages)} passages, {counts}."

    def annotated(self, language="en"):
        """The copy itself with our notes beside its passages; absent ones are listed at the end."""
        every, numbers, at = claims(), {}, 0
        found = sorted((row for row in self.passages if row["start"] is not None), key=lambda row: row["start"])
        lines = [f'<p class="coverage">{html.escape(repr(self))}</p>']
        for line in self.copy.splitlines(keepends=True):
            pieces, notes, here = [], [], at
            for row in (row for row in found if at <= row["start"] < at + len(line) and row["start"] >= here):
                end = min(row["end"], at + len(line.rstrip("\n")))
                status = f" · {row['status']} {row['score']:.2f}"
                for key in row["claims"]:
                    if key not in numbers:
                        numbers[key] = len(numbers) + 1
                        notes.append(_aside(self.text, numbers[key], every[key], language, status))
                pieces.append(html.escape(self.copy[here : row["start"]]))
                pieces.append(_marked(html.escape(self.copy[row["start"] : end]), row, numbers))
                here = end
            pieces.append(html.escape(self.copy[here : at + len(line)]))
            at += len(line)
            if "".join(pieces).strip():
                lines.append(_passage("".join(pieces), notes))
        absent = [row for row in self.passages if row["status"] == "absent"]
        if absent:
            names = "".join(
                f"<li>{html.escape(every[key].paraphrase['en'])}</li>" for row in absent for key in row["claims"]
            )
            lines.append(f"<h3>Not found in this copy</h3><ul>{names}</ul>")
        return Annotated(f"{self.text.title}: a copy with notes", "".join(lines), repr(self))


def read_copy(path):
    """The text of a reader's copy; ContentError if it is missing, too large, empty, or no text."""
    path = Path(path)
    if not path.is_file():
        raise ContentError(f"{path.name}: no such file")
    if path.stat().st_size > MOST_BYTES:
        raise ContentError(f"{path.name}: {path.stat().st_size // 1_000_000} MB; {MOST_BYTES // 1_000_000} at most")
    raw = path.read_bytes()
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError(f"{path.name}: not a text (plain text, Markdown or saved HTML is)")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ContentError(f"{path.name}: not a text in UTF-8, UTF-16 or GB 18030")
    if not text.strip():
        raise ContentError(f"{path.name}: empty")
    return text


def folded_copy(path):
    """The Units of a reader's copy, folded; ContentError if it cannot be read or is too much for one article."""
    text = read_copy(path)
    try:
        return anchors.fold(anchors.plain(text))
    except ContentError as error:
        raise ContentError([f"{Path(path).name}: {problem}" for problem in error.problems]) from None


def numbered(path):
    """The sentences of a copy as a DataFrame: units and words, by the number with which claims point at them."""
    folded, units, words = folded_copy(path), [], []
    for first, last in anchors.sentences(folded):
        stop = anchors.SENTENCE_END.search(folded.text, folded.end[last - 1])
        units.append(last - first)
        words.append(folded.text[folded.start[first] : stop.end() if stop else None])
    words = [" ".join(one.split()).rstrip(" *") for one in words]
    return pd.DataFrame({"units": units, "words": words}).rename_axis("sentence")


def write_numbered(text_id, path):
    """Write the numbered sentences of a copy where git does not look: number, units, words. Returns the file."""
    lines = [
        f"Number, units, sentence: claims in data/claims/{text_id}.yml point at the numbers. A unit is a word, or a",
        f"Chinese character. A sentence in brackets has fewer than {anchors.LEAST_UNITS}: name a longer neighbour too.",
        "",
    ]
    for number, units, words in numbered(path).itertuples():
        lines.append(f"{number:>4} {units:>4}  {words if units >= anchors.LEAST_UNITS else f'({words})'}")
    target = local(f"{text_id}-sentences.txt")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def stored(text_id):
    """The stored anchors of a text: {scheme, fold, salt, units, passages: {sentence number: record}}."""
    path = data("anchors", f"{text_id}.json")
    if not path.exists():
        raise ContentError(f"{relative(path)}: no such file; make it with `worked anchors {text_id} COPY`")
    found = json.loads(path.read_text(encoding="utf-8"))
    if (found["scheme"], found["fold"]) != (anchors.SCHEME, anchors.FOLD):
        raise ContentError(
            f"{relative(path)}: made by {found['scheme']}, {found['fold']}; "
            f"this kit reads {anchors.SCHEME}, {anchors.FOLD}"
        )
    return found


def anchored_sentences(text_id):
    """{sentence number: [claim ids]} of a text: the sentences that its claims point at."""
    found = {}
    for one in claims_of(text_id).values():
        for number in one.sentences:
            found.setdefault(number, []).append(one.id)
    return dict(sorted(found.items()))


def anchor_problems(text_id):
    """Claims of a text that no stored anchor finds, and anchors that no claim points at."""
    where, wanted = f"data/anchors/{text_id}.json", anchored_sentences(text_id)
    if not wanted:
        return []
    have = set(stored(text_id)["passages"])
    found = [
        f"{where}: no anchor for claim {one.id}; make it again with `worked anchors {text_id} COPY`"
        for one in claims_of(text_id).values()
        if one.sentences and not any(str(number) in have for number in one.sentences)
    ]
    return found + [f"{where}: sentence {number} belongs to no claim" for number in have if int(number) not in wanted]


def make_anchors(text_id, path):
    """Write data/anchors/<text>.json from a copy of the original; sentences under 10 units are left out."""
    folded = folded_copy(path)
    spans = anchors.sentences(folded)
    wanted, problems = anchored_sentences(text_id), []
    records = {}
    for number, ids in wanted.items():
        if number >= len(spans):
            problems += [f"claim {key}: no sentence {number}; the copy has {len(spans)}" for key in ids]
        elif spans[number][1] - spans[number][0] >= anchors.LEAST_UNITS:
            records[str(number)] = anchors.fingerprint(folded, spans[number], number, text_id)
    for one in claims_of(text_id).values():
        if one.sentences and not any(str(number) in records for number in one.sentences):
            problems.append(
                f"claim {one.id}: no sentence of {anchors.LEAST_UNITS} units or more among {list(one.sentences)}; "
                "name a longer neighbour as well"
            )
    if not wanted:
        problems.append(f"data/claims/{text_id}.yml: no claim has `sentences`, so there is nothing to find again")
    raise_if(problems)
    content = {
        "scheme": anchors.SCHEME,
        "fold": anchors.FOLD,
        "salt": text_id,
        "units": len(folded.units),
        "passages": records,
        "guard": sorted(
            anchors.passage_hash(folded.units[a:b], text_id) for a, b in spans if b - a >= anchors.GUARD_UNITS
        ),
    }
    target = data("anchors", f"{text_id}.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")
    return target


def attach(text, path):
    """Find a text's passages in a reader's copy: an Attachment, refused if the copy is another text."""
    known, ids = stored(text.id), anchored_sentences(text.id)
    folded = folded_copy(path)
    records = list(known["passages"].values())
    found = anchors.attach(records, folded, known["salt"])
    share = anchors.share_found(found)
    passages = tuple(
        {
            "id": f"{text.id}#{number}",
            "claims": ids.get(int(number), []),
            "status": one.status,
            "score": round(one.score, 4),
            "start": one.start,
            "end": one.end,
        }
        for number, one in zip(known["passages"], found, strict=True)
    )
    return Attachment(text, folded.text, share, passages)


def copied(text, text_id):
    """Sentences of the original that stand in some text, by their hashes: for the guard against copying."""
    known, folded = set(stored(text_id)["guard"]), anchors.fold(text)
    return [
        folded.text[folded.start[a] : folded.end[b - 1]]
        for a, b in anchors.sentences(folded)
        if b - a >= anchors.GUARD_UNITS and anchors.passage_hash(folded.units[a:b], text_id) in known
    ]


def local(name):
    """A path in the reader's own folder, which git ignores."""
    folder = root() / "local"
    folder.mkdir(exist_ok=True)
    return folder / name
