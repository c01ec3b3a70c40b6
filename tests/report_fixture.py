"""All pages, rendered once a session into a folder of their own; pages in reports/ that are up to date are reused."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from workedarguments.ground.files import root
from workedarguments.pages.render import render


@cache
def rendered():
    """The folder of all pages. A page that fails does not stop the others; the tests of pages report it."""
    folder = Path(tempfile.mkdtemp(prefix="worked-pages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    out = folder / "reports"
    if (root() / "reports").is_dir():
        shutil.copytree(root() / "reports", out)
    render(out=out, progress=lambda line: None)
    return out


@pytest.fixture(scope="session")
def pages():
    return rendered()
