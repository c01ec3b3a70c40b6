"""Worked Arguments: claim -> model -> evidence -> verdict, for a class to compute with."""

from .argument import Argument, argument, arguments, stems
from .argument import argument as open
from .claims import claim, claims
from .content import ContentError
from .evidence import evidence, multiples
from .sources import source, sources
from .tables import show
from .texts import reading_list, text, texts

__all__ = [
    "Argument",
    "ContentError",
    "argument",
    "arguments",
    "claim",
    "claims",
    "evidence",
    "multiples",
    "open",
    "reading_list",
    "show",
    "source",
    "sources",
    "stems",
    "text",
    "texts",
]


def __getattr__(name):
    """`wa.figures`, loaded when it is first asked for: drawing costs more to import than computing."""
    if name == "figures":
        import importlib

        return importlib.import_module(f"{__name__}.figures")
    raise AttributeError(name)
