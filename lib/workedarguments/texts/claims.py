"""Claims: one thing one speaker says, and what it says about a number that the kit computes.

data/claims/<text>.yml maps a slug to an entry; its id is <text>.<slug>. `says` holds operational
tests: {argument, headline or parameter, is, value, tolerance, reading, mechanism}. A verdict is
never written here; verdict.py computes it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..ground.errors import check_choice, check_keys, known, nearest, raise_if
from ..ground.files import data, kept_until_changed
from ..ground.strict_yaml import load_yaml
from .sources import source_problems, sources
from .texts import VOICES, texts, uninvented

KINDS = ("empirical", "causal", "forecast", "definition", "normative", "anecdote")
HEDGES = ("asserts", "leans", "guesses", "hypothetical")
EXACTNESS = ("exact", "about", "at most", "rhetorical", "hypothetical", "hearsay")
TESTS = ("at_most", "at_least", "about", "between")
FACTS = ("correct", "imprecise", "wrong", "cannot tell")
REQUIRED = ("short", "paraphrase", "speaker", "voice", "kind", "hedge", "passage", "importance")
OPTIONAL = ("scope", "quantity", "mechanism", "says", "check", "note", "sentences", "chain", "after")
WORDS = ("en", "zh-Hans", "zh-Hant")


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


def _says(where, entry):
    problems = check_keys(
        where, entry, ("argument", "is", "value"), ("headline", "parameter", "tolerance", "reading", "mechanism")
    )
    if problems:
        return problems, None
    problems += check_choice(where, "is", entry["is"], TESTS)
    targets = [entry[key] for key in ("headline", "parameter") if entry.get(key)]
    if len(targets) != 1:
        problems.append(f"{where}: must name one headline or one parameter")
    value = entry["value"]
    pair = entry["is"] == "between"
    numbers = value if pair and isinstance(value, list) and len(value) == 2 else [value]
    if pair == (numbers == [value]) or not all(type(v) in (int, float) for v in numbers):
        problems.append(f"{where}: value must be {'[low, high]' if pair else 'a number'}, not {value!r}")
    if problems:
        return problems, None
    return [], Says(
        entry["argument"],
        targets[0],
        entry["is"],
        tuple(value) if pair else value,
        entry.get("tolerance", 0.0),
        entry.get("reading"),
        entry.get("mechanism"),
    )


@kept_until_changed("claims/*.yml", "sources.yml", "texts/*/text.yml")
def claims():
    """All claims by id, in the order of their files; ContentError lists every broken entry."""
    problems, found, every_text, every_source = [], {}, texts(), sources()
    for path in sorted(data("claims").glob("*.yml")):
        if path.stem not in every_text:
            problems.append(f"data/claims/{path.name}: no text {path.stem!r}; {nearest(path.stem, every_text)}")
            continue
        more, wrong = read_claims(path, every_text[path.stem], every_source)
        found |= more
        problems += wrong
    raise_if(problems)
    return found


def read_claims(path, text, every_source):
    """The claims of one file by id, and its problems."""
    problems, found = [], {}
    speakers = [speaker["id"] for speaker in text.speakers]
    for slug, entry in (load_yaml(path) or {}).items():
        where = f"data/claims/{path.name}: {slug}"
        wrong = check_keys(where, entry, REQUIRED, OPTIONAL) or _entry_problems(where, entry, speakers, every_source)
        says = []
        for one in (entry.get("says") or ()) if isinstance(entry, dict) else ():
            more, made = _says(f"{where}: says", one)
            wrong += more
            says.append(made)
        problems += wrong
        if not wrong:
            plain = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
            found[f"{text.id}.{slug}"] = Claim(f"{text.id}.{slug}", text.id, **{**plain, "says": tuple(says)})
    return found, problems


def _entry_problems(where, entry, speakers, every_source):
    wrong = check_choice(where, "speaker", entry["speaker"], speakers)
    wrong += check_choice(where, "voice", entry["voice"], VOICES)
    wrong += check_choice(where, "kind", entry["kind"], KINDS)
    wrong += check_choice(where, "hedge", entry["hedge"], HEDGES)
    wrong += check_choice(where, "importance", entry["importance"], (1, 2, 3))
    for key in ("short", "paraphrase"):
        wrong += check_keys(f"{where}: {key}", entry[key], ("en",), WORDS[1:])
    for quantity in entry.get("quantity") or ():
        at = f"{where}: quantity"
        wrong += check_keys(at, quantity, ("value", "unit", "exactness"), ("of",)) or check_choice(
            at, "exactness", quantity["exactness"], EXACTNESS
        )
    for key, required in (("check", ("verdict", "source", "date")), ("after", ("what", "source", "date"))):
        fact, at = entry.get(key), f"{where}: {key}"
        if fact:
            missing = check_keys(at, fact, required, ("value",))
            wrong += missing or source_problems(at, fact["source"], every_source)
            if key == "check" and not missing:
                wrong += check_choice(at, "verdict", fact["verdict"], FACTS)
    return wrong


def claim(key):
    """One claim by its id; ContentError with the nearest id if there is none."""
    every = claims()
    return every[known(key, every, "claim", "data/claims")]


def claims_of(text_id, least=1, argument=None):
    """The claims of a text by slug, of at least an importance and, if asked, about one argument."""
    return {
        key.partition(".")[2]: one
        for key, one in claims().items()
        if one.text == text_id
        and one.importance >= least
        and (argument is None or any(says.argument == argument for says in one.says))
    }


def claim_table(*ids, language="en"):
    """Claims as a DataFrame: what is said, by whom, how surely, of what kind, what a check found.

    Without ids, all claims but those of invented texts.
    """
    every, texts_that_count = claims(), uninvented()
    rows = {}
    for key in ids or [one.id for one in every.values() if one.text in texts_that_count]:
        one = every[known(key, every, "claim", "data/claims")]
        found = one.check["verdict"] if one.check else ""
        words = one.paraphrase.get(language) or one.paraphrase["en"]
        said = (one.speaker, one.voice, one.kind, one.hedge, one.importance, one.mechanism or "")
        rows[key] = (words, one.text, *said, found)
    columns = ["says", "text", "speaker", "voice", "kind", "hedge", "importance", "mechanism", "fact check"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("claim")


def glossary(*terms):
    """Terms in English and in both Chinese scripts, the texts' own word, and what the pairing does."""
    rows = {entry["term"]: entry for entry in load_yaml(data("glossary.yml"))}
    for term in terms:
        known(term, rows, "term", "data/glossary.yml")
    columns = ["zh-Hans", "zh-Hant", "original", "note"]
    chosen = {term: [rows[term][key] for key in columns] for term in terms or rows}
    return pd.DataFrame.from_dict(chosen, orient="index", columns=columns).rename_axis("term")
