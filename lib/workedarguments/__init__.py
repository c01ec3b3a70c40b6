"""Worked Arguments: claim -> model -> evidence -> verdict, for a class to compute with."""

import gc

from .ground.errors import ContentError
from .models import stems
from .reasoning.argument import Argument
from .reasoning.evidence import dated, evidence, multiples
from .showing.case import Case, arguments
from .showing.case import open_case as argument
from .showing.case import open_case as open
from .showing.reading import text, texts
from .showing.tables import show
from .texts.claims import claim, claim_table, claims, glossary
from .texts.sources import source, sources
from .texts.texts import reading_list

__all__ = [
    "Argument",
    "Case",
    "ContentError",
    "argument",
    "arguments",
    "claim",
    "claim_table",
    "claims",
    "dated",
    "evidence",
    "glossary",
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
    """`wa.figures`, `wa.argument_map` and `wa.relations`, loaded when first asked for: not every session draws."""
    import importlib

    if name == "figures":
        return importlib.import_module(f"{__name__}.showing.figures")
    if name == "relations":
        return importlib.import_module(f"{__name__}.texts.relations")
    if name == "argument_map":
        return importlib.import_module(f"{__name__}.showing.maps").argument_map
    raise AttributeError(name)


# What is imported stays until the process ends. Telling the garbage collector so, once here and once where
# figures are imported, saves a tenth of a second in each notebook.
gc.freeze()
