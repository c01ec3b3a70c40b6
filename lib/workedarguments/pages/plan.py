"""Which pages there are, what each is made from, and whether the page that lies there is still right."""

import html
import platform
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..ground import uses
from ..ground.errors import ContentError, known
from ..ground.files import data, read_json, relative, root
from ..models import files_behind, stems
from ..reasoning import scenarios
from ..texts.texts import texts
from .rows import Row

LIBRARY = Path(__file__).parents[1]
BY_ONE = ("models", "maths")  # rooms of which a page uses a few modules, and always what finds them
APART = (*BY_ONE, "authoring", "__main__.py")
MOST_REASONS = 3
PACKAGES = ("workedarguments", "numpy", "pandas", "matplotlib", "papermill", "nbconvert", "jinja2", "beautifulsoup4",
            "latex2mathml", "pillow")
ACROSS = "Which claims hold where"
META = re.compile(r'<meta name="worked-(uses|failure|unread)" content="([^"]*)">')
MAGIC = re.compile(r"(?m)^\s*[%!?].*$")  # a line of a cell that is not Python
BLOCK = 32_000  # characters in which the head of most pages ends


@dataclass(frozen=True)
class Page:
    """One page: a notebook in a scenario, one without ("plain"), a "comparison", a "text" with notes, or the one
    "across" all arguments.

    `notebook` is the file a page is made from: of a text, its digest; across arguments, the folder of claims. A page
    of kind "scenario" may stand for a `row` of a file of scenarios; then `scenario` is what the row is on top of.
    """

    kind: str
    notebook: Path
    scenario: str | None
    language: str = "en"
    row: Row | None = None

    @property
    def name(self):
        """The notebook's name with its number, or a text's id."""
        return self.notebook.parent.name if self.kind == "text" else self.notebook.stem

    @property
    def stem(self):
        """The notebook's name without its number, or a text's id."""
        return self.name if self.kind in ("text", "across") else self.name.partition("_")[2]

    @property
    def path(self):
        """Where the page lies, from the folder of all pages."""
        if self.row:
            return f"{self.name}/{self.row.batch}/{self.row.name}.html"
        return {
            "scenario": f"{self.name}/{self.scenario}.html",
            "comparison": f"{self.name}/index.html",
            "plain": f"{self.name}.html",
            "text": f"texts/{self.name}.html",
            "across": f"{self.name}.html",
        }[self.kind]

    @property
    def parameters(self):
        """What papermill is given."""
        if self.kind != "scenario":
            return {}
        changed = {"overrides": self.overrides} if self.row else {}
        return {"scenario": self.scenario, **changed, "language": self.language}

    @property
    def overrides(self):
        """Values by parameter on top of the scenario."""
        return dict(self.row.overrides) if self.row else {}

    @property
    def label(self):
        """Notebook and scenario, for one line of progress."""
        if self.row:
            return f"{self.name} {self.row.batch} {self.row.name}"
        return " ".join([self.name, *([self.scenario or self.kind] if self.kind != "plain" else [])])

    def begin(self):
        """Note what every page uses: what it is, its notebook, the library, the versions of packages."""
        for name in (("page", self.call), ("library", uses.ALL), ("versions", uses.ALL)):
            uses.used(*name)
        if self.kind not in ("text", "across"):
            uses.used("notebook", self.notebook.name)

    @property
    def call(self):
        """What is asked for, as one word that is the same for no other page."""
        return uses.digest([self.kind, self.name, self.parameters, *([self.row] if self.row else [])])


@dataclass(frozen=True)
class State:
    """The state of a page that lies there: done, stale, failed or missing; what went wrong, why it is to be made
    again, and the files that it should have used and could not: {file: problem}.
    """

    word: str
    message: str = ""
    why: str = ""
    unread: dict = field(default_factory=dict)


def notebooks_by_stem():
    """The notebooks by their names without number, in the order of their numbers."""
    paths = sorted(root().joinpath("notebooks").glob("[0-9][0-9]_*.ipynb"))
    return {path.stem.partition("_")[2]: path for path in paths}


def plan():
    """All pages, in reading order. Notebooks that share a stem with a model have one per scenario."""
    pages, arguments = [], stems()
    for stem, path in notebooks_by_stem().items():
        pages.append(Page("comparison" if stem in arguments else "plain", path, None))
        if stem in arguments:
            pages += [Page("scenario", path, name) for name in scenario_names(stem)]
    pages.append(Page("across", data("claims"), None))
    return pages + [Page("text", path, None) for path in sorted(data("texts").glob("*/digest.md"))]


def scenario_names(stem):
    """Names of an argument's scenarios in their order, those that cannot be read last."""
    uses.used("scenarios", stem)
    read = scenarios.read_scenarios(stem, None)
    return [*read.found, *sorted(read.broken)]


@uses.kind("notebook", "the notebook {}")
def notebook_digest(name):
    """A short digest of a notebook's cells, as they are written, and of models and mathematics that they import by
    themselves: outputs and counts do not matter.
    """
    cells = cells_of(root() / "notebooks" / name)
    sources = (MAGIC.sub("", "".join(c["source"])) for c in cells if c["cell_type"] == "code")
    imported = [files_behind(source) for source in sources if "workedarguments." in source]
    parts = ((c["cell_type"], "".join(c["source"]), c.get("metadata", {}).get("tags", [])) for c in cells)
    return uses.digest([*parts, *filter(None, imported)])


@uses.kind("page", "its parameters")
def _call(key):
    return key


def cells_of(path):
    """The cells of a notebook as its file has them; ContentError if it is none."""
    notebook = read_json(path)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(c, dict) and {"cell_type", "source"} <= set(c) for c in cells):
        raise ContentError(f"{relative(path)}: not a notebook")
    return cells


@uses.kind("library", "the library")
def library_digest(_=uses.ALL):
    """The library's files, without the models and their mathematics, which pages use one by one, and without what no
    page can use.
    """
    files = [
        path for path in LIBRARY.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        and (path.relative_to(LIBRARY).parts[0] not in APART
             or (path.parent.name in BY_ONE and path.stem == "__init__"))
    ]
    return [(path.relative_to(LIBRARY).as_posix(), path.read_bytes()) for path in sorted(files)]


@uses.kind("versions", "the version of a package")
def _versions(_):
    return versions()


@cache
def versions():
    """Versions of Python and of the packages that make a page: {name: version}."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def state(path, kept=None, call=None):
    """The State of the page at a path. `kept` holds digests that were looked up before, if there are many pages;
    `call` is what the page is to be, where another may lie in its place.
    """
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            head = file.read(BLOCK)
            while "</head>" not in head and (more := file.read(BLOCK)):
                head += more
    except OSError:
        return State("missing", why="it is not there")
    meta = {key: html.unescape(value) for key, value in META.findall(head.partition("</head>")[0])}
    if not meta:  # somebody else's
        return State("missing", why="it is not there")
    unread = dict(line.split(": ", 1) for line in meta.get("unread", "").split("\n") if ": " in line)
    if "failure" in meta:
        return State("failed", meta["failure"], "it failed", unread)
    try:
        before = uses.stamped(meta["uses"])
    except (KeyError, ValueError):
        return State("stale", why="it is of another making")
    if call and ("page", call) not in before:
        return State("stale", why=f"changed: {uses.in_words(('page', call))}", unread=unread)
    today = uses.digests_today(before, {} if kept is None else kept)
    changed = [uses.in_words(name) for name in before if today[name] != before[name]]
    if changed:
        more = f" and {len(changed) - MOST_REASONS} more" if len(changed) > MOST_REASONS else ""
        return State("stale", why=f"changed: {', '.join(changed[:MOST_REASONS])}{more}", unread=unread)
    return State("done", unread=unread)


def title_or_name(notebook):
    """The title of a notebook or text; of one that is broken, the name of its file."""
    try:
        return title_of(notebook)
    except ContentError:
        return notebook.parent.name if notebook.suffix == ".md" else notebook.stem


def title_of(notebook):
    """The title of a text or of the page across arguments, the first heading of a notebook, or the name of its file."""
    if notebook == data("claims"):
        return ACROSS
    if notebook.suffix == ".md":
        every = texts()
        return every[known(notebook.parent.name, every, "text", "data/texts")].title
    for cell in cells_of(notebook):
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return notebook.stem
