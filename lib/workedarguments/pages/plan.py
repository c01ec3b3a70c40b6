"""Which pages there are, what each is made from, and whether the page that lies there is still right."""

import hashlib
import html
import json
import platform
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..ground.errors import ContentError, known
from ..ground.files import data, fingerprint, read_json, relative, root
from ..models import stems
from ..reasoning import scenarios
from ..texts.texts import texts

PACKAGES = ("workedarguments", "numpy", "pandas", "matplotlib", "papermill", "nbconvert", "jinja2", "beautifulsoup4",
            "latex2mathml", "pillow")
ACROSS = "Which claims hold where"
META = re.compile(r'<meta name="worked-(key|failure)" content="([^"]*)">')


@dataclass(frozen=True)
class Page:
    """One page: a notebook in a scenario, one without ("plain"), a "comparison", a "text" with notes, or the one
    "across" all arguments.

    `notebook` is the file a page is made from: of a text, its digest; across arguments, the folder of claims.
    """

    kind: str
    notebook: Path
    scenario: str | None
    hashes: dict
    language: str = "en"

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
        return {"scenario": self.scenario, "language": self.language} if self.kind == "scenario" else {}

    @property
    def label(self):
        """Notebook and scenario, for one line of progress."""
        return " ".join([self.name, *([self.scenario or self.kind] if self.kind != "plain" else [])])

    @property
    def key(self):
        """A short hash of everything the page is made from."""
        return _short([self.kind, self.parameters, self.hashes, versions()])


def _short(what):
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:12]


def notebooks_by_stem():
    """The notebooks by their names without number, in the order of their numbers."""
    paths = sorted(root().joinpath("notebooks").glob("[0-9][0-9]_*.ipynb"))
    return {path.stem.partition("_")[2]: path for path in paths}


def plan():
    """All pages, in reading order. Notebooks that share a stem with a model have one per scenario."""
    shared = shared_hashes()
    pages, arguments = [], stems()
    for stem, path in notebooks_by_stem().items():
        hashes = {"notebook": notebook_hash(path), **shared}
        pages.append(Page("comparison" if stem in arguments else "plain", path, None, hashes))
        if stem in arguments:
            pages += [Page("scenario", path, name, hashes) for name in scenario_names(stem)]
    pages.append(Page("across", data("claims"), None, shared))
    digests = sorted(data("texts").glob("*/digest.md"))
    return pages + [Page("text", path, None, {"digest": fingerprint([path])[:12], **shared}) for path in digests]


def scenario_names(stem):
    """Names of an argument's scenarios in their order; by name if a file of them is broken."""
    try:
        return [scenario.name for scenario in scenarios.scenarios(stem, None)]
    except ContentError:
        return list(scenarios.paths(stem))


def notebook_hash(path):
    """A short hash of a notebook's cells, as they are written: outputs and counts do not matter."""
    parts = ((c["cell_type"], "".join(c["source"]), c.get("metadata", {}).get("tags", [])) for c in cells_of(path))
    return _short(list(parts))


def cells_of(path):
    """The cells of a notebook as its file has them; ContentError if it is none."""
    notebook = read_json(path)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(c, dict) and {"cell_type", "source"} <= set(c) for c in cells):
        raise ContentError(f"{relative(path)}: not a notebook")
    return cells


def shared_hashes():
    """Short hashes of what every page depends on: library, data, requirements."""
    library = Path(__file__).parents[1]
    code = [path for path in library.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    content = [path for path in data().rglob("*") if path.is_file() and not path.name.startswith(".")]
    requirements = [path for path in [root() / "requirements.txt"] if path.exists()]
    groups = {"library": code, "data": content, "requirements": requirements}
    return {name: fingerprint(paths)[:12] for name, paths in groups.items() if paths}


@cache
def versions():
    """Versions of Python and of the packages that make a page: {name: version}."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def state(path, key):
    """(state, message) of the page at a path: done, stale, failed (with its message) or missing."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            meta = dict(META.findall(file.read(4096)))
    except FileNotFoundError:
        return "missing", ""
    if "failure" in meta:
        return "failed", html.unescape(meta["failure"])
    return {key: "done", None: "missing"}.get(meta.get("key"), "stale"), ""


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
