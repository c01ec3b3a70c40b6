"""Our page templates, filled."""

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..ground.escaping import in_address, link
from ..ground.files import MADE_HERE
from ..ground.policy import policy_meta
from ..showing import maps

TEMPLATES = Path(__file__).parent / "templates"


def render(template, scripts=(), more=(), **values):
    """A template of ours with its values. A page has the styles of every page and `more`, runs the inline `scripts`
    that are listed here, and no others.
    """
    sheets = (*styles(), *more)
    head = {"policy": policy_meta(scripts, sheets), "styles": [Markup(one) for one in sheets]}
    return _environment().get_template(template).render(**values, **head, scripts=[Markup(one) for one in scripts])


@cache
def styles():
    """The style sheets of every page, in their order."""
    return sheet("page.css"), maps.STYLE


@cache
def sheet(name):
    """A style sheet or a script of ours, as it stands in a page."""
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


@cache
def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals["generator"] = Markup(MADE_HERE)
    made.globals["link"] = link
    made.filters["in_address"] = in_address
    return made
