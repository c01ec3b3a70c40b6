"""Our page templates, filled."""

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..ground.files import MADE_HERE

TEMPLATES = Path(__file__).parent / "templates"


def render(template, **values):
    """A template of ours with its values."""
    return _environment().get_template(template).render(**values)


@cache
def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals["generator"] = Markup(MADE_HERE)
    made.globals["css"] = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))
    return made

