"""One argument a module: Parameters, Headlines, pure functions over arrays, solve. Found by their names.

Leaves out everything else about an argument: its scenarios and claims join it in reasoning.
"""

import ast
import importlib
from pathlib import Path

from ..ground import uses
from ..ground.errors import known
from ..ground.files import root

HERE = Path(__file__).parent


def stems():
    """Names of all arguments: the modules here, in the order of their notebooks."""
    modules = HERE.glob("[!_]*.py")
    numbers = {path.stem.partition("_")[2]: path.stem for path in root().joinpath("notebooks").glob("*.ipynb")}
    return sorted((path.stem for path in modules), key=lambda stem: (numbers.get(stem, "~"), stem))


def model(stem):
    """The module of an argument; ContentError with the nearest name if there is none."""
    uses.used("model", known(stem, stems(), "argument", "models"))
    return importlib.import_module(f"{__name__}.{stem}")


@uses.kind("model", "the model of {}")
def _today(stem):
    """The files of a model: its module, what that imports from here and from maths, and data that one of them names."""
    rooms = {folder.name: folder for folder in (HERE, HERE.with_name("maths"))}
    found, todo = {}, [HERE / f"{stem}.py"]
    while todo:
        path = todo.pop()
        if path.name in found or not path.is_file():
            continue
        found[path.name] = path.read_bytes()
        if path.suffix != ".py":
            continue
        text = found[path.name].decode()
        todo += [other for other in path.parent.iterdir() if other.suffix != ".py" and other.name in text]
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.level:
                first, *rest = (node.module or "").split(".")
                room = rooms.get(first, path.parent if node.level == 1 else None)
                if room:
                    names = [*rest, first] if room == path.parent else rest
                    todo += [room / f"{name}.py" for name in (*names, *(alias.name for alias in node.names))]
    return dict(sorted(found.items()))


@uses.kind("arguments", "which arguments there are")
def _today_all(_):
    return stems()


def question(stem):
    """The question that an argument answers: the first line of its model's docstring."""
    return model(stem).__doc__.strip().splitlines()[0]
