"""Pages in a browser: nothing is loaded, nothing fails, nothing sticks out; two audits of accessibility pass.

The audits are axe-core and HTML_CodeSniffer (which pa11y runs), and the Nu Html Checker finds the HTML valid.
One page of each kind, a reader's copy with notes and a page that failed among them; every page with
ALL_PAGES=true. Without a browser, an engine or Java the tests skip, and say so; with CI=true they fail.
"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import workedarguments as wa
from chromium import missing
from report_fixture import pages, rendered  # noqa: F401 - pages is a fixture
from workedarguments.ground.files import root
from workedarguments.pages.index import write_index
from workedarguments.pages.page import shell
from workedarguments.pages.plan import plan
from workedarguments.pages.status import write_status

ALL_PAGES = os.environ.get("ALL_PAGES") == "true"
AXE = Path(os.environ.get("AXE_CORE", root() / "node_modules/axe-core/axe.min.js"))
CODESNIFFER = Path(os.environ.get("HTML_CODESNIFFER", root() / "node_modules/@pa11y/html_codesniffer/build/HTMLCS.js"))
VNU = Path(os.environ.get("VNU_JAR", root() / "node_modules/vnu-jar/build/dist/vnu.jar"))
WIDTHS = (390, 1280)
COPY, FAILED, STATUS, MANY = "a reader's copy", "a page that failed", "the status page", "a home page of many pages"
OPEN = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
# Errors of the standard AA of the Web Content Accessibility Guidelines, which the engine gives as type 1.
SNIFF = """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages()
  .filter(m => m.type === HTMLCS.ERROR).map(m => `${m.code}: ${m.msg} ${m.element.outerHTML?.slice(0, 200)}`))))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def names(every=ALL_PAGES):
    """Pages to look at, from the folder of all pages: `every` one, or one of each kind."""
    planned, more = plan(), ["index.html", COPY, FAILED, STATUS, MANY]
    if every:
        return [*more, *(page.path for page in planned)]
    first = {page.kind: page.path for page in reversed(planned)}
    return [*more, *sorted(first.values())]


def audited():
    """Pages and widths for the audit: all on a narrow screen, one of each kind on a wide one, where no more is shown."""
    return [*((name, WIDTHS[0]) for name in names()), *((name, WIDTHS[1]) for name in names(every=False))]


@pytest.fixture(scope="session")
def place(pages, tmp_path_factory):  # noqa: F811
    """A function that gives the file of a page by its name."""
    own, other = wa.text("sourdough"), tmp_path_factory.mktemp("pages")
    copy = other / "copy.md"
    # Without its last lines, so that some passages are listed as not found.
    copy.write_text("\n".join(own.shipped().read_text(encoding="utf-8").splitlines()[:-4]), encoding="utf-8")
    made = {COPY: other / "copy.html", FAILED: other / "failed.html"}
    attached = own.attach(copy)
    assert attached.coverage()["absent"]
    made[COPY].write_text(attached.annotated().page(), encoding="utf-8")
    made[FAILED].write_text(shell(plan()[0], "<h2>Begun</h2>", "ValueError: <none>"), encoding="utf-8")
    manifest = [{"path": page.path, "kind": page.kind, "seconds": 1.0, "state": "done"} for page in plan()]
    made[STATUS] = write_status({"pages": manifest, "versions": {"python": "3"}}, other)
    lesson = next(page for page in plan() if page.kind == "scenario")
    runs = [replace(lesson, scenario=f"run_{n}") for n in range(300)]
    for n, run in enumerate(runs):
        (other / run.path).parent.mkdir(exist_ok=True)
        mark = "failure" if n == 7 else "uses"
        (other / run.path).write_text(f'<meta name="worked-{mark}" content="as it was">', encoding="utf-8")
    write_index([*plan(), *runs], other)
    made[MANY] = other / "index.html"
    return lambda name: made.get(name, pages / name)


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
    """Findings of axe-core, with every fold open. Over the shadows of a table it could not judge contrast."""
    page.evaluate(OPEN)
    page.evaluate("document.querySelectorAll('.table').forEach(table => table.style.background = '#fff')")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(r => r.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})" for one in found]


@pytest.fixture(scope="session")
def codesniffer():
    if not CODESNIFFER.exists():
        missing("HTML_CodeSniffer")
    return CODESNIFFER.read_text(encoding="utf-8")


def sniff(page, codesniffer):
    """Errors that HTML_CodeSniffer finds, with every fold open."""
    page.evaluate(OPEN)
    page.evaluate(codesniffer)
    return page.evaluate(SNIFF)


def invalid(paths):
    """What the Nu Html Checker says of files: errors, warnings and hints."""
    java = shutil.which("java")
    if not java or not VNU.exists():
        missing("Java" if not java else "the Nu Html Checker", "no page is validated")
    command = [java, "-jar", VNU, "--format", "json", "--stdout", "--exit-zero-always", *paths]
    run = subprocess.run(command, capture_output=True, check=True)
    # Its policy check knows no scheme on its own, such as data:; a browser does, and would complain of a picture lost.
    found = [one for one in json.loads(run.stdout)["messages"] if "image “data:" not in one["message"]]
    return [f"{Path(one['url']).name}: {one['type']}: {one['message']} {one.get('extract', '')}"[:400] for one in found]


# The browser comes first: without one, no page is rendered in vain.
@pytest.mark.parametrize("name", names())
def test_page_is_quiet_and_fits(name, browser, seen, place):
    address = place(name).as_uri()
    page, requests, complaints = seen(address)
    assert not check(page, address, requests, complaints)


@pytest.mark.parametrize(("name", "width"), audited())
def test_page_passes_the_audit(name, width, browser, axe, seen, place):
    assert not audit(seen(place(name).as_uri(), width)[0], axe)


@pytest.mark.parametrize("name", names())
def test_page_passes_another_audit(name, browser, codesniffer, seen, place):
    assert not sniff(seen(place(name).as_uri())[0], codesniffer)


def test_pages_are_valid_html(place):
    assert not invalid([place(name) for name in names()])


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


TWO_LEVELS = """<table><caption>c</caption><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr>
<tr><th scope="row">1</th><th scope="row">2</th><td>3</td></tr></table>"""


def test_the_other_audit_has_teeth(tmp_path, seen, codesniffer):
    path = tmp_path / "broken.html"
    path.write_text(f'<!doctype html><html lang="en"><title>t</title>{TWO_LEVELS}<img src="data:,">', encoding="utf-8")
    found = sniff(seen(path.as_uri())[0], codesniffer)
    assert [code for code in ("H43", "H37") if not any(f".{code}" in line for line in found)] == []


def test_the_checker_has_teeth(tmp_path):
    path = tmp_path / "broken.html"
    path.write_text('<!doctype html><html lang="en"><title>t</title><p><div>a</div></p>', encoding="utf-8")
    assert [line.partition(": ")[2][:5] for line in invalid([path])] == ["error"]


# Lists


def shown(page):
    """How many of the pages that the home page lists can be seen."""
    return page.evaluate("[...document.querySelectorAll('[data-find]')].filter(one => one.checkVisibility()).length")


def test_a_page_is_found_by_title_lesson_or_state_with_the_keyboard(browser, seen, place):
    page, *_ = seen(place(MANY).as_uri(), 390)
    before = shown(page)
    page.get_by_label("Find a page").focus()
    page.keyboard.type("RUN 29")
    assert shown(page) == 13  # 29, 129, 229, 290 to 299
    assert page.locator("#found").inner_text() == f"13 of {page.locator('[data-find]').count()}"
    assert page.locator(".behind[open]").count() == 1
    page.get_by_label("Find a page").fill("ten times faster failed")
    assert shown(page) == 1
    page.get_by_label("Find a page").fill("no such page")
    assert shown(page) == 0
    assert page.locator("section:visible").count() == 0
    page.get_by_label("Find a page").fill("")
    assert shown(page) == before
    assert page.locator(".behind[open]").count() == 0


def test_a_long_list_is_sorted_with_the_keyboard(browser, seen, place):
    page, *_ = seen(place(MANY).as_uri())
    page.evaluate(OPEN)
    first = "document.querySelector('[data-sort] tbody tr').textContent"
    button = page.get_by_role("button", name="page", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert "run 0" in page.evaluate(first)
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.keyboard.press("Enter")
    assert "run 299" in page.evaluate(first)
    page.get_by_role("button", name="state", exact=True).press("Space")
    assert "failed" in page.evaluate(first)


def test_without_a_script_every_page_is_there_and_nothing_is_in_vain(browser, place):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(place(MANY).as_uri())
    assert page.locator("[data-find]").count() > 300
    assert page.locator(".lesson").first.is_visible()
    assert page.locator("input, button").count() == 0
    page.locator(".behind summary").first.click()
    assert page.locator("[data-sort] tr").nth(200).is_visible()
    context.close()
