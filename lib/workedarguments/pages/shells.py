"""Our page templates, filled and written: a file is there whole or not at all."""

import os
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..ground.escaping import in_address, link
from ..ground.policy import policy_meta
from ..showing import maps

TEMPLATES = Path(__file__).parent / "templates"


def render(template, scripts=(), **values):
    """A template of ours with its values. A page runs the inline `scripts` that are listed here, and no others."""
    head = {"policy": policy_meta(scripts, styles()), "styles": [Markup(one) for one in styles()]}
    return _environment().get_template(template).render(**values, **head, scripts=[Markup(one) for one in scripts])


@cache
def styles():
    """The style sheets of every page, in their order."""
    return (TEMPLATES / "page.css").read_text(encoding="utf-8"), maps.STYLE


@cache
def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals["link"] = link
    made.filters["in_address"] = in_address
    return made


def write(path, text):
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Named after the process: two runs at once must not write into each other's file.
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)
