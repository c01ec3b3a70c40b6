"""The one error for what a person wrote, and the words of its messages."""

import difflib
import operator
import reprlib


class ContentError(ValueError):
    """What is wrong in a file, an option or a parameter that a person wrote.

    `problems` holds one line each: where, what is wrong, what is allowed, the nearest match.
    """

    def __init__(self, problems):
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))

    # Frameworks that run notebooks print only the last lines of an error: each line of it says what it is.
    def _render_traceback_(self):
        return ["\n".join(f"ContentError: {line}" for line in self.problems)]


class Unread(ContentError):
    """What was asked for stands in a file that cannot be read, or not in this part; `path` is the file."""

    def __init__(self, problems, path):
        super().__init__(problems)
        self.path = path

    def __reduce__(self):
        return type(self), (self.problems, self.path)


def raise_if(problems):
    """Raise one ContentError with all the problems, if there are any."""
    if problems:
        raise ContentError(problems)


_short = reprlib.Repr()
_short.maxstring = _short.maxother = _short.maxlong = 60


def short(value):
    """A value as a message repeats it, cut to a readable length."""
    try:
        return "nothing" if value is None else _short.repr(value)
    except ValueError:  # a whole number with more digits than Python writes
        return f"something of the kind {type(value).__name__}"


MOST_NAMES = 40


def nearest(name, known):
    """A hint that ends a message: the allowed names, or how many there are, and the one that was probably meant."""
    known = sorted(map(str, known))
    close = difflib.get_close_matches(str(name)[:100], known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    allowed = ", ".join(known) or "none" if len(known) <= MOST_NAMES else f"one of {len(known)}"
    return f"allowed: {allowed}{hint}"


def known(name, names, what, where=""):
    """`name` itself if it is among `names`; otherwise a ContentError that lists them."""
    noted = getattr(names, "unreadable", None)  # asked for all its names, it notes that all were used
    if noted and isinstance(name, str) and (name in names or noted(name)):
        return name  # taking it says what is wrong with it
    names = list(names)
    if name not in names:
        raise ContentError(f"{where + ': ' if where else ''}no {what} {short(name)}; {nearest(name, names)}")
    return name


def whole(value, low, high, what):
    """`value` itself if it is a whole number between two bounds; otherwise a ContentError that names them."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool) or not low <= number <= high:
        raise ContentError(f"{what} must be a whole number between {low:,} and {high:,}, not {short(value)}")
    return number


def check_choice(where, key, value, allowed):
    """Problem of a value that must be one of a few words."""
    return [] if value in allowed else [f"{where}: {key}: {short(value)}; {nearest(value, allowed)}"]
