"""A text to be read: its digest with notes, and a reader's own copy with the passages found in it."""

from dataclasses import dataclass, fields

from ..ground.errors import known
from ..texts import copies
from ..texts import texts as described
from .annotated import annotated, annotated_copy


@dataclass(frozen=True, repr=False)  # its words are those of what it extends, which names none of the copy's
class Attachment(copies.Attachment):
    """What became of a text's passages in a reader's copy; it can show the copy with our notes."""

    def annotated(self, language="en"):
        """The copy itself with our notes beside its passages; see annotated.annotated_copy."""
        return annotated_copy(self, language)


@dataclass(frozen=True)
class Text(described.Text):
    """One text's description, with its digest and its reader's copy at hand."""

    def annotated(self, argument=None, least=1, language="en"):
        """Our digest with the claims underlined and notes in the margin; see annotated.annotated."""
        return annotated(self, argument, least, language)

    def attach(self, path=None):
        """Find the passages in a reader's own copy, or in the original that is ours; see copies.attach."""
        return _as(Attachment, copies.attach(self, self.shipped() if path is None else path))

    def sentences(self, path=None):
        """The sentences of such a copy, numbered as claims count them; see copies.numbered."""
        return copies.numbered(self.shipped() if path is None else path)


def _as(shown, plain):
    return shown(**{field.name: getattr(plain, field.name) for field in fields(plain)})


def texts():
    """All texts by id; ContentError lists every broken entry."""
    return {key: _as(Text, one) for key, one in described.texts().items()}


def text(key):
    """One text by its id; ContentError with the nearest id if there is none."""
    every = described.texts()
    return _as(Text, every[known(key, every, "text", "data/texts")])
