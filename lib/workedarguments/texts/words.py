"""Words in other languages: titles, questions, labels and units, one file a language.

data/words/<language>.yml maps a key to words: text.<id>, argument.<stem>, <stem>.<field>, unit.<unit>, and
<stem>.<field>.undefined for why a result is no number. A language is complete, and only then accepted, when it
has every key that English has here and every central claim has words in it. A text or argument with no word in
a language, as a new one, asks for none and is shown in English. Leaves out prose: a notebook in another language
is a sibling file.
"""

import re
from functools import cache

from ..ground import quantities, uses
from ..ground.declared import SHORT, MappingOf, Pattern, Place, Text, declare
from ..ground.errors import ContentError, nearest, raise_if
from ..ground.files import data, read_bytes, relative
from ..ground.strict_yaml import load_yaml
from ..models import model, question, stems
from .claims import read_claims, read_glossary
from .texts import read_texts

KEY = Pattern("[^:\\x00-\\x1f]{1,120}", "text.<id>, argument.<stem>, <stem>.<field> or unit.<unit>")
# A blank beside a Chinese character or sign: pages set that gap (.github/TRANSLATING.md).
SPACED = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e] | [\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e]")
FILE = declare("data/words/<language>.yml", "Titles, questions, labels and units in another language.",
               MappingOf(Text(SHORT), KEY))


def english(parts=None):
    """Every key with its English words, from where each has its home; of some texts and arguments alone."""
    found = {f"text.{one.id}": one.title for one in read_texts().found.values() if parts is None or one.id in parts}
    for stem in stems():
        if parts is not None and stem not in parts:
            continue
        found[f"argument.{stem}"] = question(stem)
        for cls in (model(stem).Parameters, model(stem).Headlines):
            for name, spec in quantities.specs(cls).items():
                found[f"{stem}.{name}"] = spec.label
                if spec.undefined:
                    found[f"{stem}.{name}.undefined"] = spec.undefined
                if spec.unit:
                    found[f"unit.{spec.unit}"] = spec.unit
    return found


def files():
    """The words files by language."""
    return {path.stem: path for path in sorted(data("words").glob("*.yml"))}


def _begun(language, have):
    """Ids of the texts and arguments that have a word in a language."""
    named = {key.partition(".")[2 if key.startswith(("text.", "argument.")) else 0] for key in have}
    every = read_claims().found.values()
    return named | {one.text for one in every if language in one.short or language in one.paraphrase}


def problems(language):
    """What keeps a language from being complete: missing keys, unknown keys, central claims without words."""
    where, known = f"data/words/{language}.yml", english()
    try:
        have = load_yaml(files()[language])
    except ContentError as error:
        return list(error.problems)
    at = Place(where)
    code = Pattern("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "named after a language code such as fr or zh-Hans")
    if wrong := code.problems(language, at) + FILE.kind.problems(have, at):
        return wrong
    begun = _begun(language, have)
    wanted = english(begun)
    found = [f"{where}: {key!r} is missing ({wanted[key]})" for key in wanted if not have.get(key)]
    broken = {f"text.{key}" for key in read_texts().broken}  # whose own problems are told elsewhere
    found += [f"{where}: unknown key {key!r}; {_hint(key, known)}" for key in have if key not in {*known, *broken}]
    for key, one in read_claims().found.items():
        done = one.short.get(language) and one.paraphrase.get(language)
        if one.importance == 3 and one.text in begun and not done:
            slug = key.partition(".")[2]
            found.append(f"data/claims/{one.text}.yml: {slug}: central, but has no words in {language}")
    return found


def spacing_problems():
    """Chinese words anywhere in which a blank stands beside a Chinese character or sign, one line each."""
    return [
        f"{where}: no blank beside a Chinese character or sign: {said[max(0, blank.start() - 6) : blank.end() + 6]!r}"
        for language in files()
        if language.startswith("zh")
        for where, said in _said(language)
        if (blank := SPACED.search(said))
    ]


def _said(language):
    """All that is said in a language, with where it stands."""
    path = files()[language]
    yield from ((f"{relative(path)}: {key}", said) for key, said in readable(language).items())
    for one in read_claims().found.values():
        for key in ("short", "paraphrase"):
            where = f"data/claims/{one.text}.yml: {one.id.partition('.')[2]}: {key}: {language}"
            yield where, getattr(one, key).get(language, "")
    yield from ((f"data/glossary.yml: {one['term']}: {language}", one.get(language, "")) for one in read_glossary())


def _hint(key, wanted):
    return nearest(key, wanted).partition("; ")[2] or "see data/words of another language"


def languages():
    """The languages that are complete: English, and each whose words file lacks nothing."""
    uses.used("words")
    return ["en", *(language for language in files() if not problems(language))]


@uses.kind("words", "the words in other languages {}")
def _today(language):
    """A file of words; of all languages, which of them are complete."""
    return languages() if language == uses.ALL else read_bytes(files()[language])


def readable(language):
    """The words of a language by key; ContentError if its file is broken."""
    path = files()[language]
    have = load_yaml(path)
    raise_if(FILE.kind.problems(have, Place(relative(path))))
    return have


@cache
def _words(path, _changed):
    return readable(path.stem)


def word(key, language, fallback=""):
    """Words for a key in a language; the English ones where it has none."""
    if language != "en":
        uses.used("words", language)
    if language != "en" and language in files():
        path = files()[language]
        return _words(path, path.stat().st_mtime_ns).get(key, fallback)
    return fallback
