"""Pages in a browser: nothing is loaded, nothing fails, nothing sticks out, and an audit of accessibility passes.

One page of each kind; every page with ALL_PAGES=true. Without a browser or axe-core the tests skip, and
say so; with CI=true they fail.
"""

import os
from pathlib import Path

import pytest
from report_fixture import pages, rendered  # noqa: F401 - pages is a fixture
from workedarguments.ground.files import root
from workedarguments.pages.plan import plan

IN_CI = os.environ.get("CI") == "true"
ALL_PAGES = os.environ.get("ALL_PAGES") == "true"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(os.environ.get("AXE_CORE", root() / "node_modules/axe-core/axe.min.js"))
WIDTHS = (390, 1280)
SERIOUS = "r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def missing(what):
    (pytest.fail if IN_CI else pytest.skip)(f"{what} is missing, so pages are not seen in a browser")


def names():
    """Pages to look at, from the folder of all pages."""
    every = plan()
    if ALL_PAGES:
        return ["index.html", *(page.path for page in every)]
    first = {page.kind: page.path for page in reversed(every)}
    return ["index.html", *sorted(first.values())]


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


@pytest.fixture
def seen(browser):
    """A function that opens a page at a width: (page, requests, complaints)."""
    contexts = []

    def look(address, width=1280):
        context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
        contexts.append(context)
        page, requests, complaints = context.new_page(), [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page, [url for url in requests if not url.startswith("data:")], complaints

    yield look
    for context in contexts:
        context.close()


def check(page, address, requests, complaints):
    """What is wrong with an open page."""
    wrong = [f"requests {url}" for url in requests if url != address] + [f"console: {words}" for words in complaints]
    if page.evaluate("[...document.images].filter(i => !i.alt || !i.complete || !i.naturalWidth).length"):
        wrong.append("an image without alt text, or that cannot be shown")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if (over := page.evaluate(OVERFLOW)) > 0:
            wrong.append(f"sticks out by {over} px at {width} px")
    return wrong


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        missing("axe-core")
    return AXE.read_text(encoding="utf-8")


def audit(page, axe):
    """Serious findings of axe-core, with every fold open."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.evaluate(axe)
    found = page.evaluate(f"axe.run().then({SERIOUS})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})" for one in found]


# The browser comes first: without one, no page is rendered in vain.
@pytest.mark.parametrize("name", names())
def test_page_is_quiet_and_fits(name, browser, seen, pages):  # noqa: F811
    address = (pages / name).as_uri()
    page, requests, complaints = seen(address)
    assert not check(page, address, requests, complaints)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", names())
def test_page_passes_the_audit(name, width, browser, axe, seen, pages):  # noqa: F811
    assert not audit(seen((pages / name).as_uri(), width)[0], axe)


@pytest.mark.parametrize(
    "broken",
    ['<img src="data:,">', '<img src="https://example.org/a.png" alt="a">', '<pre style="width: 3000px">a</pre>',
     "<script>console.error('a')</script>"],
)  # fmt: skip
def test_check_has_teeth(broken, tmp_path, seen):
    path = tmp_path / "broken.html"
    path.write_text(f'<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>t</title>{broken}', encoding="utf-8")
    page, requests, complaints = seen(path.as_uri())
    assert check(page, path.as_uri(), requests, complaints)


def test_audit_has_teeth(tmp_path, seen, axe):
    path = tmp_path / "broken.html"
    path.write_text('<!doctype html><html lang="en"><title>t</title><p style="color: #ccc">pale</p><img src="data:,">', encoding="utf-8")
    assert {line.partition(":")[0] for line in audit(seen(path.as_uri())[0], axe)} >= {"color-contrast", "image-alt"}
