"""Shared fixtures. Kernels and this process compute with one thread, so that times and sums repeat; what a
command says to a test is UTF-8, whatever the terminal takes.
"""

import os

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["PYTHONIOENCODING"] = "utf-8"

import workedarguments as wa
from chromium import CHROMIUM, missing
from copies_of_content import content_in


@pytest.fixture(scope="session")
def case():
    return wa.argument("ten_to_two")


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of the content in which a test may break things."""
    with content_in(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory):
    """A copy of the content for all tests of a module: each puts back what it changes."""
    with content_in(tmp_path_factory.mktemp("content")) as folder:
        yield folder


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    if not CHROMIUM.exists():
        missing("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
