"""Words in other languages: titles, questions, labels and units, one file a language.

data/words/<language>.yml maps a key to words: text.<id>, argument.<stem>, <stem>.<field>, unit.<unit>.
A language is complete, and only then accepted, when it has every key that English has here and every
central claim has words in it. A text or argument with no word in a language, as a new one, asks for none
and is shown in English. Leaves out prose: a notebook in another language is a sibling file.
"""

from functools import cache
from pathlib import Path

from . import quantities
from .claims import claims
from .content import data, load_yaml, nearest
from .texts import texts

FONT = Path(__file__).with_name("fonts") / "NotoSansCJK-subset.otf"


def english(parts=None):
    """Every key with its English words, from where each has its home; of some texts and arguments alone."""
    from .argument import argument, stems

    found = {f"text.{one.id}": one.title for one in texts().values() if parts is None or one.id in parts}
    for stem in stems():
        if parts is not None and stem not in parts:
            continue
        case = argument(stem)
        found[f"argument.{stem}"] = case.question
        for cls in (case.model.Parameters, case.model.Headlines):
            for name, spec in quantities.specs(cls).items():
                found[f"{stem}.{name}"] = spec.label
                if spec.unit:
                    found[f"unit.{spec.unit}"] = spec.unit
    return found


def files():
    """The words files by language."""
    return {path.stem: path for path in sorted(data("words").glob("*.yml"))}


def _begun(language, have):
    """Ids of the texts and arguments that have a word in a language."""
    named = {key.partition(".")[2 if key.startswith(("text.", "argument.")) else 0] for key in have}
    return named | {one.text for one in claims().values() if language in one.short or language in one.paraphrase}


def problems(language):
    """What keeps a language from being complete: missing keys, unknown keys, central claims without words."""
    where, have, known = f"data/words/{language}.yml", load_yaml(files()[language]) or {}, english()
    begun = _begun(language, have)
    wanted = english(begun)
    found = [f"{where}: {key!r} is missing ({wanted[key]})" for key in wanted if not have.get(key)]
    found += [f"{where}: unknown key {key!r}; {_hint(key, known)}" for key in have if key not in known]
    for key, one in claims().items():
        done = one.short.get(language) and one.paraphrase.get(language)
        if one.importance == 3 and one.text in begun and not done:
            slug = key.partition(".")[2]
            found.append(f"data/claims/{one.text}.yml: {slug}: central, but has no words in {language}")
    return found


def _hint(key, wanted):
    return nearest(key, wanted).partition("; ")[2] or "see data/words of another language"


def languages():
    """The languages that are complete: English, and each whose words file lacks nothing."""
    return ["en", *(language for language in files() if not problems(language))]


@cache
def _words(path, _changed):
    return load_yaml(path) or {}


def word(key, language, fallback=""):
    """Words for a key in a language; the English ones where it has none."""
    if language != "en" and language in files():
        path = files()[language]
        return _words(path, path.stat().st_mtime_ns).get(key, fallback)
    return fallback


def every_character():
    """All characters that figures may have to draw, with the words in which each stands."""
    found = {}
    for words in (words for path in files().values() for words in (load_yaml(path) or {}).values()):
        for character in words:
            found.setdefault(character, words)
    return found


def font_problems():
    """Characters that neither the kit's own font nor matplotlib's can draw."""
    from .plotting import characters

    known = characters()
    return [
        f"fonts/{FONT.name}: no glyph for {character!r} (in {words[:30]!r}); make the subset again"
        for character, words in every_character().items()
        if ord(character) not in known and not character.isspace()
    ]


def make_font(source, number=2):
    """Write the kit's font again: the glyphs of every word here and of the commonest Chinese characters.

    `source` is a full Noto Sans CJK collection, `number` the face in it. Needs the package fonttools,
    which the kit itself does not.
    """
    from fontTools import subset

    common = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low))
    said = {c for one in claims().values() for words in (*one.short.values(), *one.paraphrase.values()) for c in words}
    wanted = set(every_character()) | said | set(common.decode("gb2312", errors="ignore"))
    options = subset.Options(font_number=number, layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "BASE"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in wanted if ord(character) > 0x2000])
    subsetter.subset(font)
    FONT.parent.mkdir(exist_ok=True)
    subset.save_font(font, str(FONT), options)
    return FONT
