"""The notebooks in a real JupyterLab: every cell runs, and a slider moves a number and a picture.

The server works on a copy of notebooks/ and keeps its own settings in a temporary folder, so nothing is
written into the repository or the user's home. Cells are run and read through JupyterLab's own
application object, because cells out of sight are not in the page. Leaves out: other browsers, and what
the pages of reports look like.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from chromium import missing
from payloads import CONTENT
from workedarguments.ground.files import root

pytestmark = pytest.mark.lab

NOTEBOOKS = sorted(root().joinpath("notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if "case.explore(" in path.read_text(encoding="utf-8")]
TOKEN = "worked"  # of a server that only this machine can reach, for as long as the test runs
START_SECONDS, RUN_SECONDS, STEP_SECONDS = 60, 120, 15
WIDE = {"width": 1400, "height": 1000}
# What JupyterLab says of the cells of the open notebook, seen or unseen.
CELLS = """
() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === 'code')
  .map(cell => ({
    source: cell.model.sharedModel.getSource(),
    count: cell.model.executionCount,
    state: cell.model.executionState,
    outputs: cell.model.outputs.toJSON(),
  }))
"""
READY = """
() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.session?.kernel?.status === 'idle'
    && panel.content?.widgets.length > 1;
}
"""
CLEAR = "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
RUN_ALL = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
SHUT_DOWN = "window.jupyterapp.serviceManager.sessions.shutdownAll()"
SHOW = """
async word => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const at = notebook.widgets.findIndex(cell => cell.model.sharedModel.getSource().includes(word));
  notebook.activeCellIndex = at;
  await notebook.scrollToItem(at, 'start');
}
"""
# What a picture shows, whatever address it has: its pixels.
# A picture whose source changes while it is decoded refuses: then the new one is what a reader has in front of them.
PIXELS = """
async picture => {
  for (let source = null; source !== picture.src;) {
    source = picture.src;
    await picture.decode().catch(refused => { if (source === picture.src) throw refused; });
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.toDataURL();
}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab of our own, on a copy of the notebooks."""
    if subprocess.run([sys.executable, "-m", "jupyterlab", "--version"], capture_output=True, check=False).returncode:
        missing("JupyterLab")
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(root() / "notebooks", place / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    port, log = free_port(), place / "log"
    settings = {f"JUPYTER_{name}_DIR": str(place / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    settings |= {f"JUPYTERLAB_{name}_DIR": str(place / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={place / 'notebooks'}",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    quiet = place / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    environment = {**os.environ, **settings, "WORKEDARGUMENTS_ROOT": str(root()), "OMP_NUM_THREADS": "1"}
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=place, env=environment, stdout=file, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(server, f"{address}/api/status?token={TOKEN}", log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server, address, log):
    """Until the server answers."""
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture
def opened(lab, browser, tmp_path):
    """A function that opens a notebook, runs all of it and gives back the page; a picture of each page is kept."""
    contexts = []

    def open_notebook(name):
        context = browser.new_context(viewport=WIDE)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(1000 * START_SECONDS)
        # A workspace of its own: a shared one would open the notebooks of the test before as well.
        page.goto(f"{lab}/lab/workspaces/{tmp_path.name}/tree/{name}?token={TOKEN}")
        page.wait_for_function(READY)
        page.evaluate(CLEAR)
        page.evaluate(RUN_ALL)
        page.wait_for_function(READY, timeout=1000 * RUN_SECONDS)
        return page

    yield open_notebook
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=tmp_path / f"{number}.png")
            page.evaluate(SHUT_DOWN)
        context.close()


# A text as cells show it: in prose, in an exercise that is folded, in a table. JupyterLab looks for formulas last.
ATTACKED = """import sys
sys.path.insert(0, {tests!r})
import pandas as pd, workedarguments as wa
from payloads import CONTENT
from workedarguments.showing.exercises import Folded
from workedarguments.showing.tables import Prose"""
SHOWN = """text = CONTENT[{number}]
display(Prose(text), wa.argument("ten_to_two").say("{{a}} and {{a}}", a=text), Folded(text, text, text))
wa.show(pd.DataFrame({{"a": [text]}}), "a")"""
FOUND = """
() => {
  const outputs = [...document.querySelectorAll('.jp-Notebook .jp-OutputArea')];
  const parts = outputs.flatMap(one => [...one.querySelectorAll('.jp-RenderedHTMLCommon *')]);
  return {
    ran: window.pwned !== undefined,
    tags: [...new Set(parts.map(one => one.localName))],
    words: outputs.map(one => one.textContent).join(' '),
  };
}
"""
HARMLESS = {"caption", "details", "div", "p", "span", "summary", "table", "tbody", "td", "th", "thead", "tr"}


def test_a_text_that_is_bound_shows_as_itself(lab, opened):
    first = ATTACKED.format(tests=str(Path(__file__).parents[1]))
    sources = [first, *(SHOWN.format(number=number) for number in range(len(CONTENT)))]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    body = json.dumps({"type": "notebook", "content": notebook}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{lab}/api/contents/attacked.ipynb?token={TOKEN}", body, method="PUT"))
    page = opened("attacked.ipynb")
    page.wait_for_timeout(3000)  # formulas would be set by now
    found = page.evaluate(FOUND)
    assert not found["ran"]
    assert {*found["tags"]} <= HARMLESS
    words = "".join(found["words"].split())
    assert [text for text in CONTENT if words.count("".join(text.split())) < 7] == []


def problems(cells):
    """Cells that did not run, and what went wrong in those that did."""
    found = [f"not run: {cell['source']}" for cell in cells if not cell["count"]]
    outputs = [(cell["source"], output) for cell in cells for output in cell["outputs"]]
    return found + [f"{source}: {output}" for source, output in outputs if output["output_type"] in ("error", "stream")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_without_error(path, opened):
    page = opened(path.name)
    cells = page.evaluate(CELLS)
    assert not problems(cells)
    assert len({cell["count"] for cell in cells}) == len(cells)


def seen(page):
    """The words and the picture of the sliders, as a reader has them in front of them."""
    return page.locator(".widget-html-content").inner_text(), page.locator("img.widget-image").evaluate(PIXELS)


def waited(page, wanted):
    """What is seen as soon as it is as wanted, or what is seen when time is up."""
    ends = time.monotonic() + STEP_SECONDS
    while not wanted(now := seen(page)) and time.monotonic() < ends:
        page.wait_for_timeout(50)
    return now


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_slider_moves_the_number_and_the_picture(path, opened):
    page = opened(path.name)
    page.evaluate(SHOW, "case.explore(")
    page.locator("img.widget-image").wait_for()
    before, handle = seen(page), page.locator(".noUi-handle").first
    handle.press("ArrowRight")
    words, picture = waited(page, lambda now: now[0] != before[0] and now[1] != before[1])
    assert words != before[0]
    assert picture != before[1]
    handle.press("ArrowLeft")
    assert waited(page, lambda now: now == before) == before
