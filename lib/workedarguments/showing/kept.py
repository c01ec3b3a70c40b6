"""What was made for one page, kept by what it was made from, for other pages that need the same: figures, and digests
of content.

Only a process that makes many pages keeps anything: it `begins`, and gives what its children have drawn to those that
come later. Leaves out: figures themselves (figures.py), and keeping on a disk: what is there is as old as its code.
"""

from functools import wraps

import numpy as np
import pandas as pd

from ..ground import uses

MOST = 5_000  # of a kind; a lesson draws about ten figures, of which most scenarios share the greater part
_kept, digests = {}, {}
_state = {"keeping": False}


def begin():
    """Keep from now on."""
    _state["keeping"] = True


def names():
    """The names of what is kept."""
    return {*_kept, *digests}


def fresh(before):
    """What was made since `names` were those: plain data that `add` takes."""
    return [{name: made for name, made in one.items() if name not in before} for one in (_kept, digests)]


def add(made):
    """Keep what another process has made, until there is very much."""
    for one, more in zip((_kept, digests), made, strict=True):
        if len(one) + len(more) <= MOST:
            one.update(more)


def digests_today(names):
    """{name: digest} of names of content; those that are kept are not looked up again."""
    return uses.digests_today(names, digests if _state["keeping"] else None)


def kept(draw):
    """A decorator of functions that draw: the same arguments give the figure that was drawn for them before."""

    @wraps(draw)
    def once(*arguments, **named):
        if not _state["keeping"]:
            return draw(*arguments, **named)
        name = uses.digest([draw.__name__, _plain(arguments), _plain(named)], length=64)
        if name not in _kept:
            with uses.collects() as found:
                figure = draw(*arguments, **named)
            _kept[name] = figure, found.tidy()
        figure, used = _kept[name]
        for one in used:  # whoever shows it has used what it was drawn from
            uses.used(*one)
        return figure

    return once


def _plain(value):
    """A value that may hold pandas' tables, as what `uses.digest` takes."""
    if isinstance(value, pd.DataFrame):
        columns = [value.iloc[:, at] for at in range(value.shape[1])]
        return ["frame", _plain(value.index), _plain(value.columns), *map(_plain, columns)]
    if isinstance(value, pd.Series):
        return ["series", value.name, _plain(value.index), np.asarray(value)]
    if isinstance(value, pd.Index):
        return ["index", list(value.names), np.asarray(value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
