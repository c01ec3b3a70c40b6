"""A number that is not there yet: a Traced records what a model does to it, operation by operation.

numpy hands each operation to it through its own protocols, and nothing of numpy is replaced. What cannot be recorded is
an Untraceable, which names the line. The rule for models is therefore: arithmetic, numpy's elementwise functions,
np.where, np.clip, np.interp over a table, sums and products of tuples, and `floats` in place of np.asarray; no `if`,
`float`, `int`, `max` or list on a value. What was recorded can be worked out again without what else a model does: a
`program`. Leaves out: which models are recorded, and when (models).
"""

import math
import operator
import traceback

import numpy as np

# numpy's name of an operation, and the name under which it is recorded.
OPERATIONS = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**", "float_power": "**", "remainder": "%",
    "negative": "neg", "positive": "pos", "absolute": "abs", "fabs": "abs", "square": "square", "reciprocal": "1/",
    "less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=", "equal": "==", "not_equal": "!=",
    "logical_and": "&", "logical_or": "|", "logical_not": "!", "bitwise_and": "&", "bitwise_or": "|", "invert": "!",
    "maximum": "max", "minimum": "min", "exp": "exp", "exp2": "exp2", "log": "log", "log2": "log2", "log10": "log10",
    "log1p": "log1p", "expm1": "expm1", "sqrt": "sqrt", "hypot": "hypot", "sin": "sin", "cos": "cos", "tan": "tan",
    "arctan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "arcsinh": "asinh", "radians": "radians",
    "isfinite": "isfinite", "isnan": "isnan", "sign": "sign", "floor": "floor", "ceil": "ceil", "rint": "rint",
    "trunc": "trunc", "erf (vectorized)": "erf",  # np.frompyfunc(math.erf, 1, 1)
}  # fmt: skip
# How each is worked out.
WORK = {name: getattr(np, ufunc) for ufunc, name in OPERATIONS.items() if hasattr(np, ufunc)} | {
    "**": operator.pow,  # which has its own ways for squares and roots, as models have
    "where": np.where,
    "interp": np.interp,
    "take": lambda row, table: np.take(table, np.asarray(row).astype(int)),
    "erf": np.frompyfunc(math.erf, 1, 1),
}
FUNCTIONS = {}  # numpy's functions that are no elementwise operations, and what each does with a Traced


class Untraceable(TypeError):
    """Something that cannot be recorded was done to a traced value; says what, and in which line."""

    def __init__(self, what):
        super().__init__(f"{what} cannot be recorded: {_place()}")


def _place():
    """File, line and words of what runs now, of a model or of what it uses."""
    for frame in reversed(traceback.extract_stack()):
        *_, folder, name = ("", *frame.filename.replace("\\", "/").split("/"))
        if folder in ("models", "maths"):
            return f"{folder}/{name}:{frame.lineno}: {frame.line}"
    return "outside of models"


def floats(value):
    """A value as an array of floats; a Traced as it is."""
    return value if isinstance(value, Traced) else np.asarray(value, dtype=float)


def lookup(table, *places):
    """What a table holds at some whole numbers, one along each of its axes; arrays broadcast, Traced are recorded."""
    if not any(isinstance(place, Traced) for place in places):
        return table[tuple(floats(place).astype(int) for place in places)]
    for axis in reversed(range(len(places))):  # what is known already makes the table smaller
        if not isinstance(places[axis], Traced):
            table = table.take(int(scalar(places[axis], "a look-up")), axis=axis)
    row = 0
    for length, place in zip(table.shape, (one for one in places if isinstance(one, Traced)), strict=True):
        row = row * length + place
    return Traced("take", row, tuple(table.ravel().tolist()))


def _refused(what):
    def refuse(*_arguments, **_options):
        raise Untraceable(what)

    return refuse


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """A number to come: an operation's name and its operands, of which some are Traced; an input's is "input"."""

    shape, ndim, size, dtype = (), 0, 1, np.dtype(float)
    __hash__ = object.__hash__  # the mixin compares by value, and takes it away

    def __init__(self, operation, *operands):
        self.operation, self.operands = operation, operands

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        options.pop("dtype", None)
        operation = OPERATIONS.get(ufunc.__name__)
        if operation is None or method != "__call__" or out is not None or options:
            raise Untraceable(f"np.{ufunc.__name__}" + ("" if method == "__call__" else f".{method}"))
        return Traced(operation, *(scalar(value, f"np.{ufunc.__name__}") for value in inputs))

    def __array_function__(self, function, types, arguments, options):
        if function not in FUNCTIONS:
            raise Untraceable(f"np.{function.__name__}")
        return FUNCTIONS[function](*arguments, **options)

    __bool__ = _refused("the truth of a traced value (if, and, or, not, while, min, max)")
    __array__ = _refused("a plain array of a traced value (np.asarray, np.array, a list given to numpy)")
    __float__ = __int__ = __index__ = __complex__ = __round__ = _refused("a plain number of a traced value")
    __trunc__ = __iter__ = __len__ = __contains__ = _refused("a plain number of a traced value")
    __getitem__ = __setitem__ = _refused("an index into a traced value")
    max = min = sum = mean = any = all = clip = round = item = astype = _refused("a method of a traced value")


# In place is a new value, as it is for a float.
for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(Traced, f"__i{_name}__", getattr(Traced, f"__{_name}__"))


def scalar(value, what):
    """One number or Traced; Untraceable if it is an array of several."""
    if isinstance(value, np.ndarray | np.generic):
        if value.ndim:
            raise Untraceable(f"{what} of a traced value and an array")
        return value.item()
    return value


def _records(function):
    def register(made):
        FUNCTIONS[function] = made
        return made

    return register


@_records(np.where)
def _where(condition, yes, otherwise):
    return Traced("where", *(scalar(value, "np.where") for value in (condition, yes, otherwise)))


@_records(np.clip)
def _clip(value, low, high):
    return np.minimum(np.maximum(value, low), high)


@_records(np.broadcast_arrays)
def _broadcast_arrays(*values):
    return values


@_records(np.interp)
def _interp(value, places, heights):
    """A table read between its rows: a point at or beyond its ends has the height of that end."""
    return Traced("interp", value, tuple(map(float, places)), tuple(map(float, heights)))


@_records(np.sum)
def _sum(values, axis=0):  # noqa: ARG001 - of a tuple of numbers there is no other
    return sum(values)


@_records(np.prod)
def _prod(values, axis=0):  # noqa: ARG001
    product = 1.0
    for value in values:
        product = product * value
    return product


def program(recorded):
    """(A function that works out some recorded values, {name: Traced or number}, of inputs by name, numbers or arrays;
    names of the inputs that it needs.)

    Each part is worked out once, however often a model does it, and kept no longer than it is needed.
    """
    # A step is an operation and its operands, each the place of an earlier step or itself.
    places, known, steps = {}, {}, []

    def operand(value):
        return (place(value), None) if isinstance(value, Traced) else (None, value)

    def place(value):
        if id(value) not in places:
            step = (value.operation, tuple(map(operand, value.operands)))
            if step not in known:
                known[step] = len(steps)
                steps.append(step)
            places[id(value)] = known[step]
        return places[id(value)]

    wanted = {name: operand(value) for name, value in recorded.items()}
    last = {at: step for step, (_, operands) in enumerate(steps) for at, _ in operands if at is not None}
    done = [[] for _ in steps]  # what each step is the last to need
    for at in last.keys() - {at for at, _ in wanted.values()}:
        done[last[at]].append(at)

    def work(inputs):
        values = [None] * len(steps)
        for here, (operation, operands) in enumerate(steps):
            if operation == "input":
                values[here] = floats(inputs[operands[0][1]])
                continue
            found = WORK[operation](*(one if at is None else values[at] for at, one in operands))
            values[here] = floats(found) if operation == "erf" else found
            for at in done[here]:
                values[at] = None
        return {name: one if at is None else values[at] for name, (at, one) in wanted.items()}

    return work, frozenset(operands[0][1] for operation, operands in steps if operation == "input")
