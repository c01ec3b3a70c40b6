"""One argument a module: Parameters, Headlines, pure functions over arrays, solve. Found by their names.

Leaves out everything else about an argument: its scenarios and claims join it in reasoning.
"""

import importlib
from pathlib import Path

from ..ground.errors import known
from ..ground.files import root


def stems():
    """Names of all arguments: the modules here, in the order of their notebooks."""
    modules = Path(__file__).parent.glob("[!_]*.py")
    numbers = {path.stem.partition("_")[2]: path.stem for path in root().joinpath("notebooks").glob("*.ipynb")}
    return sorted((path.stem for path in modules), key=lambda stem: (numbers.get(stem, "~"), stem))


def model(stem):
    """The module of an argument; ContentError with the nearest name if there is none."""
    return importlib.import_module(f"{__name__}.{known(stem, stems(), 'argument', 'models')}")


def question(stem):
    """The question that an argument answers: the first line of its model's docstring."""
    return model(stem).__doc__.strip().splitlines()[0]
