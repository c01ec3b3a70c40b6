"""Worked Arguments: claim -> model -> evidence -> verdict, for a class to compute with."""

from .argument import Argument, argument, stems
from .argument import argument as open  # noqa: A004 - reads as `wa.open("ten_to_two", scenario, ...)`
from .claims import claim, claims
from .content import ContentError
from .sources import source, sources
from .tables import show
from .texts import text, texts

__all__ = [
    "Argument",
    "ContentError",
    "argument",
    "claim",
    "claims",
    "open",
    "show",
    "source",
    "sources",
    "stems",
    "text",
    "texts",
]
