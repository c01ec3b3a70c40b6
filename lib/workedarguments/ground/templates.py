"""Text with names in braces, such as "{tool_speedup} on part gives {overall_speedup}", filled in with values."""

import string

from .errors import ContentError, nearest


def filled(template, values):
    """The text with each {name} replaced; ContentError for an unknown name, or for anything in braces but a name.

    {{ and }} stand for braces themselves.
    """
    out = []
    try:
        for words, name, form, conversion in string.Formatter().parse(template):
            out.append(words)
            if name is None:
                continue
            if form or conversion or not name.isidentifier():
                raise ContentError(f"text: {{{name}}} must be a plain name in braces; write {{{{ and }}}} for braces")
            if name not in values:
                raise ContentError(f"text: no value {name!r}; {nearest(name, values)}")
            out.append(str(values[name]))
    except ValueError as error:
        if isinstance(error, ContentError):
            raise
        raise ContentError("text: a brace without its partner; write {{ and }} for braces") from None
    return "".join(out)
