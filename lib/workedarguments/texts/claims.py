"""Claims: one thing one speaker says, and what it says about a number that the kit computes.

data/claims/<text>.yml maps a slug to an entry; its id is <text>.<slug>. `says` holds operational
tests: {argument, headline or parameter, is, value, tolerance, reading, mechanism}. A verdict is
never written here; reasoning/verdict.py computes it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..ground import uses
from ..ground.declared import (
    SHORT,
    Date,
    Either,
    KeyOf,
    ListOf,
    MappingOf,
    Name,
    Number,
    OneOf,
    Pattern,
    Place,
    Record,
    Text,
    declare,
    may,
    need,
)
from ..ground.errors import ContentError, known, raise_if
from ..ground.files import Read, data, kept_until_changed, read_bytes, read_text, relative, root
from ..ground.strict_yaml import load_entries, load_yaml
from .sources import key_of_source, read_sources
from .texts import VOICES, read_texts, uninvented

KINDS = ("empirical", "causal", "forecast", "definition", "normative", "anecdote")
HEDGES = ("asserts", "leans", "guesses", "hypothetical")
EXACTNESS = ("exact", "about", "at least", "at most", "rhetorical", "hypothetical", "hearsay")
TESTS = ("at_most", "at_least", "about", "between")
FACTS = ("correct", "imprecise", "wrong", "cannot tell")
COVERS = ("the claim", "a part", "that it was said")
SLUG = Name("-", number_first=True)
MECHANISM = Pattern(r"M\d\d", "a mechanism such as M50")
SAYS = Record({
    "argument": need(Name(), "the argument that computes the number"),
    "headline": may(Name(), "the result that is judged; or else"),
    "parameter": may(Name(), "the input that is judged"),
    "is": need(OneOf(TESTS), "what the claim asks of the number"),
    "value": need(Either(Number(), ListOf(Number(), least=2, most=2)), "what is asked for; [low, high] with between"),
    "tolerance": may(Number(0, 1), "by which share of the value the number may miss it"),
    "reading": may(Name(), "which reading of the claim, where the model has several"),
    "mechanism": may(MECHANISM, "where it differs from the claim's"),
})


def languages_begun():
    """The languages in which words may be given: English, and each that has a file in data/words."""
    return ("en", *sorted(path.stem for path in data("words").glob("*.yml")))


def entry_kind(speakers=None, source=None, languages=None):
    """The kind of one claim's entry, for the ids of its text's speakers, the kind of a source's key and languages."""
    source = source or KeyOf("source", several=True)

    def words(most):
        return MappingOf(Text(most), KeyOf("language", languages), required=("en",))

    return Record({
        "short": need(words(SHORT), "three or four words in each language, for maps and margins"),
        "paraphrase": need(words(1_000), "what is claimed, in our words, so that its author would nod"),
        "speaker": need(KeyOf("speaker", speakers), "id of a speaker of the text"),
        "voice": need(OneOf(VOICES), "how the speaker comes to speak here"),
        "kind": need(OneOf(KINDS), "what sort of thing is claimed"),
        "hedge": need(OneOf(HEDGES), "how surely it is said"),
        "passage": need(Text(SHORT), "the part of the text where it stands"),
        "importance": need(OneOf((1, 2, 3)), "3 central, 2 worth a note, 1 in passing"),
        "scope": may(Text(SHORT), "of whom, where and when it is said"),
        "quantity": may(ListOf(Record({
            "value": need(Either(Number(), ListOf(Number(), least=2, most=2)), "the number; [low, high] for a span"),
            "unit": need(Text(60), "of what"),
            "exactness": need(OneOf(EXACTNESS), "how exactly the text means it"),
            "of": may(Text(SHORT), "what is counted"),
        })), "the numbers that the text gives"),
        "mechanism": may(MECHANISM, "the mechanism that the claim describes"),
        "says": may(ListOf(SAYS), "operational tests: what it says about numbers that the kit computes"),
        "check": may(Record({
            "verdict": need(OneOf(FACTS), "what a check of the facts found"),
            "covers": need(OneOf(COVERS), "what was checked; only a check of the claim is a word on the claim"),
            "value": may(Text(), "what is so instead"),
            "source": need(source, "on what the check stands"),
            "date": need(Date(), "when it was checked"),
        }), "a check of the facts"),
        "after": may(Record({
            "what": need(Text(), "what happened"),
            "value": may(Text(), "in numbers"),
            "source": need(source, "on what this stands"),
            "date": need(Date(), "when we looked"),
        }), "what happened once the text was written"),
        "note": may(Text(), "what a hasty reader would miss"),
        "sentences": may(ListOf(Number(0, 1_000_000, whole=True)), "where it stands, as `worked anchors` counts"),
        "chain": may(ListOf(Text(SHORT)), "who told whom, where a thing is hearsay"),
    })


FILE = declare("data/claims/<text>.yml", "The claims of one text, each under a slug.", MappingOf(entry_kind(), SLUG))


@dataclass(frozen=True)
class Says:
    """One operational test: the value of a headline or parameter against a threshold."""

    argument: str
    target: str
    is_: str
    value: float | tuple
    tolerance: float = 0.0
    reading: str | None = None
    mechanism: str | None = None
    of: str | None = None  # "headline" or "parameter", as the file names it

    def limits(self):
        """Lower and upper limit of the values for which the claim holds, tolerance included."""
        if self.is_ == "between":
            low, high = self.value
        else:
            slack = abs(self.value) * self.tolerance
            low = self.value - slack if self.is_ in ("at_least", "about") else -np.inf
            high = self.value + slack if self.is_ in ("at_most", "about") else np.inf
        return low, high

    def margin(self, value):
        """Signed distance to the nearest limit, in the value's unit: at least 0 where it holds."""
        low, high = self.limits()
        value = np.asarray(value, dtype=float)
        with np.errstate(invalid="ignore"):
            above = value - low if np.isfinite(low) else np.full_like(value, np.inf)
            below = high - value if np.isfinite(high) else np.full_like(value, np.inf)
        return np.minimum(above, below)

    def holds(self, value):
        """Where the claim holds, limits included to rounding; nan does not hold."""
        low, high = self.limits()
        slack = 1e-9 * max(abs(limit) for limit in (low, high) if np.isfinite(limit))
        return (np.asarray(value) >= low - slack) & (np.asarray(value) <= high + slack)


@dataclass(frozen=True)
class Claim:
    """One claim; fields as in the YAML, with `id` and `text` from its place.

    `short` and `paraphrase` are words by language; `sentences` are the places of its passage in the
    original, counted as anchors.sentences counts; `chain` names who told whom where a thing is
    hearsay; `after` is what happened once the text was written.
    """

    id: str
    text: str
    short: dict
    paraphrase: dict
    speaker: str
    voice: str
    kind: str
    hedge: str
    passage: str
    importance: int
    scope: str | None = None
    quantity: tuple = ()
    mechanism: str | None = None
    says: tuple = ()
    check: dict | None = None
    note: str | None = None
    sentences: tuple = ()
    chain: tuple = ()
    after: dict | None = None


def ends_of(quantity):
    """The numbers of one entry of a claim's quantities: its one, or the two ends of its span."""
    value = quantity["value"]
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def checked(claim):
    """What a check of a claim found, in words that say what it covers; empty without a check.

    Only a check of the claim as a whole is a bare verdict.
    """
    if not claim.check:
        return ""
    beside = {"the claim": "", "a part": " (of a part)", "that it was said": " (that it was said)"}
    return claim.check["verdict"] + beside[claim.check["covers"]]


def _says(entry, at):
    """(problems, Says) of one test; what takes two of its keys to see is checked here."""
    targets = [entry[key] for key in ("headline", "parameter") if entry.get(key)]
    value, problems = entry["value"], []
    if len(targets) != 1:
        problems.append(f"{at}: must name one headline or one parameter")
    if isinstance(value, list) != (entry["is"] == "between"):
        wanted = "[low, high]" if entry["is"] == "between" else "a number"
        problems.append(f"{at}: value must be {wanted}, not {value!r}")
    elif isinstance(value, list) and value[0] > value[1]:
        problems.append(f"{at}: value must be [low, high], the lower number first, not {value!r}")
    if problems:
        return problems, None
    return [], Says(
        entry["argument"],
        targets[0],
        entry["is"],
        tuple(value) if isinstance(value, list) else value,
        entry.get("tolerance") or 0.0,
        entry.get("reading"),
        entry.get("mechanism"),
        "headline" if entry.get("headline") else "parameter",
    )


@kept_until_changed("claims/*.yml", "sources.yml", "texts/*/text.yml", "words/*.yml")
def read_claims():
    """What the claims of all texts say, good and broken, in the order of their files: a Read by claim id.

    A text whose claims cannot be read at all is `unreadable`.
    """
    found, problems, broken, unreadable, told = {}, [], set(), set(), read_texts()
    source, languages = key_of_source(read_sources()), languages_begun()
    for path in sorted(data("claims").glob("*.yml")):
        at, text = Place(relative(path)), told.found.get(path.stem)
        if path.stem not in told.names():
            problems += KeyOf("text", told.names()).problems(path.stem, at)
        speakers = {speaker["id"] for speaker in text.speakers} if text else None
        entries, unread = load_entries(path, FILE.kind)
        problems += unread
        if entries is None:
            unreadable.add(path.stem)
            continue
        kind = entry_kind(speakers, source, languages)
        for slug, entry in entries.items():
            wrong, made = _entry(path.stem, slug, entry, kind, at.inside(str(slug), entries))
            problems += wrong
            if wrong or not text:
                broken.add(f"{path.stem}.{slug}")
            else:
                found[made.id] = made
    return Read(found, tuple(problems), frozenset(broken), frozenset(unreadable))


def _entry(text_id, slug, entry, kind, at):
    """(problems, Claim) of one entry of a file of claims."""
    wrong = SLUG.problems(slug, at) + kind.problems(entry, at)
    if wrong:
        return wrong, None
    says = [_says(one, at.inside("says", entry).inside(n)) for n, one in enumerate(entry.get("says") or (), 1)]
    wrong = [line for lines, _ in says for line in lines]
    for n, one in enumerate(entry.get("quantity") or (), 1):
        if isinstance(one["value"], list) and one["value"][0] >= one["value"][1]:
            here = at.inside("quantity", entry).inside(n)
            wrong.append(f"{here}: value must be [low, high], the lower number first, not {one['value']!r}")
    if wrong:
        return wrong, None
    given = {key: value for key, value in entry.items() if value is not None}
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return [], Claim(f"{text_id}.{slug}", text_id, **{**plain, "says": tuple(made for _, made in says)})


def key_of_claim():
    """A function that says whether a claim id stands somewhere, broken or in a file that cannot be read included."""
    every = read_claims()
    names, unreadable = every.names(), every.unreadable
    return lambda key: key in names or key.partition(".")[0] in unreadable


def _files_of(key):
    text = str(key).partition(".")[0]
    return [_file(text), f"data/texts/{text}/text.yml"]


def claims():
    """All claims by id, in the order of their files; ContentError lists every broken entry."""
    return uses.entries(read_claims(), "claim", _files_of, _problems_of_texts())


def _problems_of_texts():
    """Of texts, while something is made of claims: a claim of a broken text is broken too."""
    return read_texts().problems if uses.is_collecting() else ()


@uses.kind("claim", "the claim {}")
def _today(key):
    return uses.today(read_claims(), key, _files_of)


def claims_about(argument):
    """The claims that say something about an argument, by id; ContentError lists every broken entry of all."""
    every = claims()
    if not uses.is_collecting():
        return _about(argument, every)
    uses.used("claims about", argument)
    return uses.Noted(*_today_about(argument), _files_of)


@uses.kind("claims about", "the claims about {}")
def _today_about(argument):
    """The claims about an argument, and what is wrong in the files in which such claims stand, or might."""
    read = read_claims()
    wrong = uses.by_file((*read_texts().problems, *read.problems))
    return _about(argument, read.found), {path: lines for path, lines in wrong.items() if _may_name(path, argument)}


def _may_name(path, argument):
    """Whether the claims of a text of which a file is broken name an argument, as far as one can see."""
    path = root() / path
    claims_file = path if path.parent.name == "claims" else data("claims", f"{path.parent.name}.yml")
    try:
        return f"argument: {argument}" in read_text(claims_file)
    except ContentError:
        return True


def _about(argument, every):
    return {key: one for key, one in every.items() if any(says.argument == argument for says in one.says)}


def _file(text):
    return f"data/claims/{text}.yml"


def claim(key):
    """One claim by its id; ContentError with the nearest id if there is none."""
    every = claims()
    return every[known(key, every, "claim", "data/claims")]


def slugs_of(text_id):
    """{slug: Claim} of the readable claims of a text, and the slugs of all, broken or not: None in their place if the
    file cannot be read.
    """
    every = read_claims()
    if text_id in every.unreadable:
        return {}, None
    start = f"{text_id}."
    readable = {key.removeprefix(start): one for key, one in every.found.items() if one.text == text_id}
    return readable, {key.removeprefix(start) for key in every.names() if key.startswith(start)}


def claims_of(text_id, least=1, argument=None):
    """The claims of a text by slug, of at least an importance and, if asked, about one argument."""
    if uses.is_collecting():
        uses.used("claims of", text_id)
        every, wrong = _today_of(text_id)
        for path, lines in wrong.items():
            uses.unread(path, lines)
    else:
        every = claims()
    return {
        key.partition(".")[2]: one
        for key, one in every.items()
        if one.text == text_id
        and one.importance >= least
        and (argument is None or any(says.argument == argument for says in one.says))
    }


@uses.kind("claims of", "the claims of the text {}")
def _today_of(text_id):
    """The claims of a text, and what is wrong in its files."""
    read, wrong = read_claims(), uses.by_file((*read_texts().problems, *read_claims().problems))
    found = {key: one for key, one in read.found.items() if one.text == text_id}
    return found, {path: lines for path, lines in wrong.items() if path in _files_of(f"{text_id}.")}


def claim_table(*ids, language="en"):
    """Claims as a DataFrame: what is said, by whom, how surely, of what kind, what a check found.

    Without ids, all claims but those of invented texts.
    """
    known(language, languages_begun(), "language")
    every, texts_that_count = claims(), uninvented()
    rows = {}
    for key in ids or [one.id for one in every.values() if one.text in texts_that_count]:
        one = every[known(key, every, "claim", "data/claims")]
        words = one.paraphrase.get(language) or one.paraphrase["en"]
        said = (one.speaker, one.voice, one.kind, one.hedge, one.importance, one.mechanism or "")
        rows[key] = (words, one.text, *said, checked(one))
    columns = ["says", "text", "speaker", "voice", "kind", "hedge", "importance", "mechanism", "fact check"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("claim")


GLOSSARY = declare("data/glossary.yml", "Terms, and what their pairing with other languages does.", ListOf(Record({
    "term": need(Text(60), "in English"),
    "zh-Hans": need(Text(60), "what readers of Simplified Chinese expect"),
    "zh-Hant": need(Text(60), "what readers of Traditional Chinese expect"),
    "original": need(Text(60), "the word as the first text named prints it"),
    "texts": need(ListOf(Name("-_"), least=1), "ids of the texts that use it"),
    "note": need(Text(), "what the word does, or what the pairing hides"),
})))


def glossary_problems():
    """Problems of the glossary's entries."""
    at, ids = Place("data/glossary.yml"), read_texts().names()
    entries = load_yaml(data("glossary.yml"))
    problems = GLOSSARY.kind.problems(entries, at)
    if problems:
        return problems
    terms = [entry["term"] for entry in entries]
    problems += [f"{at}: term {term!r} stands twice" for term in dict.fromkeys(terms) if terms.count(term) > 1]
    for entry in entries:
        for key in entry["texts"]:
            problems += KeyOf("text", ids).problems(key, at.inside(entry["term"]).inside("texts", entry))
    return problems


def read_glossary():
    """The glossary's entries as its file has them; ContentError if it is broken."""
    raise_if(glossary_problems())
    return load_yaml(data("glossary.yml"))


def glossary(*terms):
    """Terms in English and in both Chinese scripts, the texts' own word, and what the pairing does."""
    uses.used("glossary")
    with uses.reading("data/glossary.yml"):
        rows = {entry["term"]: entry for entry in read_glossary()}
    for term in terms:
        known(term, rows, "term", "data/glossary.yml")
    columns = ["zh-Hans", "zh-Hant", "original", "note"]
    chosen = {term: [rows[term][key] for key in columns] for term in terms or rows}
    return pd.DataFrame.from_dict(chosen, orient="index", columns=columns).rename_axis("term")


@uses.kind("glossary", "the glossary")
def _today_glossary(_):
    return read_bytes(data("glossary.yml"))
