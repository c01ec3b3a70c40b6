"""The kit's own font: whether it can draw every word here, and how to make it again."""

import contextlib

from ..ground.errors import ContentError
from ..ground.files import relative
from ..showing.plotting import FONT, characters
from ..texts.claims import claims
from ..texts.words import files, readable


def every_character():
    """All characters that figures may have to draw, with the words in which each stands."""
    found = {}
    for language in files():
        with contextlib.suppress(ContentError):  # a broken file's problems are told where languages are checked
            for words in readable(language).values():
                for character in words:
                    found.setdefault(character, words)
    return found


def problems():
    """Characters that neither the kit's own font nor matplotlib's can draw."""
    known = characters()
    return [
        f"{relative(FONT)}: no glyph for {character!r} (in {words[:30]!r}); make it again with fonts.make_font"
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
