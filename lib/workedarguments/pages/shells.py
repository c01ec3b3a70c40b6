"""Our page templates, filled and written: a file is there whole or not at all."""

import os
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def render(template, **values):
    """A template of ours with its values."""
    return _environment().get_template(template).render(**values)


@cache
def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals["css"] = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))
    return made


def write(path, text):
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Named after the process: two runs at once must not write into each other's file.
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)
