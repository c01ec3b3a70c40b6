"""One argument a module: Parameters, Headlines, pure functions over arrays, solve. Found by their names.

Leaves out everything else about an argument: its scenarios and claims join it in reasoning.
"""

import ast
import importlib
import importlib.util
import itertools
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..ground import uses
from ..ground.errors import known
from ..ground.files import root
from ..ground.quantities import Quantities, moved, specs
from ..ground.traced import Traced, program

HERE = Path(__file__).parent
PACKAGES = (__name__, f"{__name__.rpartition('.')[0]}.maths")


def stems():
    """Names of all arguments: the modules here, in the order of their notebooks."""
    notebooks = root() / "notebooks"
    return list(_stems(HERE, notebooks, *(path.stat().st_mtime_ns for path in (HERE, notebooks) if path.exists())))


@lru_cache(maxsize=4)
def _stems(here, notebooks, *_changed):
    modules = here.glob("[!_]*.py")
    numbers = {path.stem.partition("_")[2]: path.stem for path in notebooks.glob("*.ipynb")}
    return sorted((path.stem for path in modules), key=lambda stem: (numbers.get(stem, "~"), stem))


def model(stem):
    """The module of an argument; ContentError with the nearest name if there is none."""
    uses.used("model", known(stem, stems(), "argument", "models"))
    return importlib.import_module(f"{__name__}.{stem}")


def results(made, parameters, names):
    """Some results of a model: {name: value}; of a model that is made of parts only what gives them is solved.

    Such a model names its SOLVERS, functions of its Parameters that give results by name, each result in one of them.
    What these do for the results asked is recorded once for each combination of options, where it can be, and worked
    out again from then on.
    """
    if not hasattr(made, "SOLVERS"):
        solved = made.solve(parameters)
        return {name: getattr(solved, name) for name in names}
    work, _ = recorded(made, parameters, names)
    if work:
        return work(vars(parameters))
    giving = _giving(made.SOLVERS, made.Parameters)
    found = {}
    for name in names:
        if name not in found:
            found |= giving[name](parameters)
    return {name: found[name] for name in names}


def recorded(made, parameters, names):
    """(What gives some results of a model with these options, names of the inputs on which they hang); (None, all its
    inputs) where it cannot be recorded.
    """
    if hasattr(made, "SOLVERS") and isinstance(parameters, Quantities):
        choices = [name for name, spec in specs(made.Parameters).items() if spec.kind == "choice"]
        options = tuple(getattr(parameters, name) for name in choices)
        if found := _recorded(made.SOLVERS, made.Parameters, options, tuple(names)):
            return found
    return None, frozenset(vars(parameters))


@lru_cache(maxsize=64)
def _giving(solvers, inputs):
    """{result: the solver that gives it}."""
    return {name: solver for solver in solvers for name in solver(inputs())}


@lru_cache(maxsize=512)
def _recorded(solvers, inputs, options, names):
    """What gives some results at some options of the choices, and what it needs; None if it cannot be recorded."""
    giving, found, plain = _giving(solvers, inputs), {}, {}
    for solver in dict.fromkeys(giving[name] for name in names):
        to_come, now = _traced(solver, inputs, options)
        found |= to_come
        plain |= now
    if any(name not in found for name in names):
        return None
    work, needed = program({name: found[name] for name in names})
    # A model may have looked at a value without being refused; then one case tells.
    again = work(vars(inputs()))
    alike = (np.allclose(again[name], plain[name], rtol=1e-12, atol=1e-12, equal_nan=True) for name in names)
    return (work, needed) if all(alike) else None


def record(made):
    """Record all that a model does, at all options of its choices, so that nobody has to wait for it later."""
    choices = [spec.options for spec in specs(made.Parameters).values() if spec.kind == "choice"]
    for options in itertools.product(*choices):
        for solver in getattr(made, "SOLVERS", ()):
            _traced(solver, made.Parameters, options)


@lru_cache(maxsize=512)
def _traced(solver, inputs, options):
    """What a solver gives where the choices stand at some options, recorded and of the defaults; nothing recorded if it
    cannot be.
    """
    fields = specs(inputs)
    choices = dict(zip((name for name, spec in fields.items() if spec.kind == "choice"), options, strict=True))
    case = moved(inputs(), choices)
    to_come = moved(case, {name: Traced("input", name) for name in fields if name not in choices})
    try:
        return solver(to_come), solver(case)
    except Exception:  # whatever it does with what it cannot take: it is then asked itself, and says so
        return {}, {}


@uses.kind("model", "the model of {}")
def _today(stem):
    return files_behind(f"from . import {stem}")


def files_behind(code):
    """{file: its bytes} of the modules here and in maths that some Python code imports, of those that they import, and
    of data beside them that one of them names.
    """
    found, todo = {}, _imported(code, __name__)
    while todo:
        package, _, name = todo.pop().rpartition(".")
        if package not in PACKAGES:
            continue
        room = package.rpartition(".")[2]
        path = HERE.with_name(room) / f"{name}.py"
        if f"{room}/{path.name}" in found or not path.is_file():
            continue
        found[f"{room}/{path.name}"] = path.read_bytes()
        text = path.read_text(encoding="utf-8", errors="replace")
        todo += _imported(text, package)
        beside = (other for other in path.parent.iterdir() if other.is_file() and other.suffix != ".py")
        found |= {f"{room}/{other.name}": other.read_bytes() for other in beside if other.name in text}
    return dict(sorted(found.items()))


def _imported(code, package):
    """Full names of what the code of a package may import: modules, or names in them."""
    names = []
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):  # whoever imports it says what is wrong
        return names
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return names


@uses.kind("arguments", "which arguments there are, and their notebooks")
def _today_all(_):
    return stems(), sorted(path.name for path in root().joinpath("notebooks").glob("*.ipynb"))


def question(stem):
    """The question that an argument answers: the first line of its model's docstring."""
    return model(stem).__doc__.strip().splitlines()[0]
