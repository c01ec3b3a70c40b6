"""Worked Arguments: claim -> model -> evidence -> verdict, for a class to compute with."""

import gc

from .argument import Argument, argument, arguments, stems
from .argument import argument as open
from .claims import claim, claim_table, claims, glossary
from .content import ContentError
from .evidence import dated, evidence, multiples
from .sources import source, sources
from .tables import show
from .texts import reading_list, text, texts

__all__ = [
    "Argument",
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
    """`wa.figures` and `wa.argument_map`, loaded when first asked for: not every session draws."""
    import importlib

    if name == "figures":
        return importlib.import_module(f"{__name__}.figures")
    if name == "argument_map":
        return importlib.import_module(f"{__name__}.relations").argument_map
    raise AttributeError(name)


# What is imported stays until the process ends. Telling the garbage collector so, once here and once where
# figures are imported, saves a tenth of a second in each notebook.
gc.freeze()
