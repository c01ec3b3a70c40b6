"""The one error for what a person wrote, and the words of its messages."""

import difflib


class ContentError(ValueError):
    """What is wrong in a file, an option or a parameter that a person wrote.

    `problems` holds one line each: where, what is wrong, what is allowed, the nearest match.
    """

    def __init__(self, problems):
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))

    # Frameworks that run notebooks print only the last lines of an error: name it after its message.
    def _render_traceback_(self):
        return ["\n".join(f"ContentError: {line}" for line in self.problems)]


def raise_if(problems):
    """Raise one ContentError with all the problems, if there are any."""
    if problems:
        raise ContentError(problems)


def nearest(name, known):
    """A hint that ends a message: the allowed names, and the one that was probably meant."""
    known = sorted(map(str, known))
    close = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"allowed: {', '.join(known) or 'none'}{hint}"


def known(name, names, what, where=""):
    """`name` itself if it is among `names`; otherwise a ContentError that lists them."""
    names = list(names)
    if name not in names:
        raise ContentError(f"{where + ': ' if where else ''}no {what} {name!r}; {nearest(name, names)}")
    return name


def check_keys(where, entry, required=(), optional=()):
    """Problems of a mapping's keys: missing ones, unknown ones (with the nearest match)."""
    if not isinstance(entry, dict):
        return [f"{where}: must be a mapping of keys to values, not {entry!r}"]
    allowed = [*required, *optional]
    missing = [f"{where}: {key!r} is missing" for key in required if entry.get(key) in (None, "")]
    unknown = [f"{where}: unknown key {key!r}; {nearest(key, allowed)}" for key in entry if key not in allowed]
    return missing + unknown


def check_choice(where, key, value, allowed):
    """Problem of a value that must be one of a few words."""
    return [] if value in allowed else [f"{where}: {key}: {value!r}; {nearest(value, allowed)}"]
