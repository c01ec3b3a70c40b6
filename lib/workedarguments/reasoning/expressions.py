"""Arithmetic expressions over names, as answers to exercises are written: "1 / hard_share". Small, bounded, and quick.

Leaves out everything that is not + - * / ** and, where it is asked for, log(): no other calls, no comparisons, no text.
"""

import ast
import math
import operator
import re

from ..ground.errors import ContentError, known

MOST_CHARACTERS, MOST_EXPONENT, MOST_VALUE = 200, 1000, 1e300
ALLOWED = re.compile(r"[\w\s.+\-*/()]*")
ARITHMETIC_ONLY = "only numbers, names and + - * / ** are allowed"
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def evaluate(expression, names, logarithms=False):
    """The value of an arithmetic expression over `names`: a float, or as it is what a name alone stands for.

    With `logarithms` log(...) is the natural logarithm. Only what comes from a name may be infinite or nan.
    ContentError for anything but numbers, names and + - * / **, for a name of a text in arithmetic, and for what is
    too long, too large or no real number.
    """
    text = str(expression).strip()
    where = f"expression {text if len(text) <= MOST_CHARACTERS else text[:40] + '...'!r}"

    def walk(node):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return _within(where, node, node.value)
        if isinstance(node, ast.Name):
            return names[known(node.id, names, "headline or parameter", where)]
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return _combined(where, node, number(node.left), number(node.right))
        if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
            return _combined(where, node, number(node.operand))
        if logarithms and isinstance(node, ast.Call) and ast.unparse(node.func) == "log" and len(node.args) == 1:
            return _logarithm(where, node, number(node.args[0]))
        raise ContentError(f"{where}: {ARITHMETIC_ONLY}")

    def number(node):
        value = walk(node)
        try:
            # Before any arithmetic: a power of whole numbers may have more digits than fit the memory.
            return float(value if not isinstance(value, str) else "")
        except (TypeError, ValueError, OverflowError):
            raise ContentError(f"{where}: {ast.unparse(node)} is {value!r}, no number to compute with") from None

    try:
        tree = _parsed(where, text)
        return walk(tree) if isinstance(tree, ast.Name) else number(tree)
    except (RecursionError, MemoryError):
        raise ContentError(f"{where}: nested too deeply") from None


def _parsed(where, text):
    """The syntax tree of an expression; ContentError if it is too long, and so too deep, or cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise ContentError(f"{where}: {len(text):,} characters; {MOST_CHARACTERS} at most")
    # Before Python reads it: other brackets, nested, keep its parser busy for long.
    if not ALLOWED.fullmatch(text):
        raise ContentError(f"{where}: {ARITHMETIC_ONLY}")
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ContentError(f"{where}: {error.msg}") from None
    except ValueError as error:
        raise ContentError(f"{where}: {error}") from None


def _combined(where, node, *operands):
    """One operation on floats; ContentError if it gives no real number, or too large a one from finite ones."""
    finite = all(map(math.isfinite, operands))
    if isinstance(node.op, ast.Pow) and finite and abs(operands[1]) > MOST_EXPONENT:
        raise ContentError(f"{where}: {operands[1]:g} as an exponent; {MOST_EXPONENT} at most")
    try:
        value = OPERATORS[type(node.op)](*operands)
    except OverflowError:
        value = math.inf
    except ZeroDivisionError:
        raise ContentError(f"{where}: {ast.unparse(node)} divides by zero") from None
    if isinstance(value, complex) or (math.isnan(value) and not any(map(math.isnan, operands))):
        raise ContentError(f"{where}: {ast.unparse(node)} is no real number")
    return _within(where, node, value) if finite else value


def _logarithm(where, node, value):
    """A natural logarithm; ContentError if there is none."""
    if value <= 0:
        raise ContentError(f"{where}: {ast.unparse(node)} has no value")
    return math.log(value)


def _within(where, node, value):
    """A number that is not too large; ContentError if it is."""
    if abs(value) > MOST_VALUE:
        raise ContentError(f"{where}: {ast.unparse(node)} is larger than {MOST_VALUE:g}")
    return value
