"""The engine that forks: what a notebook puts out is what it puts out in an ordinary kernel, pictures included."""

import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from workedarguments.models import stems
from workedarguments.pages.page import executed
from workedarguments.pages.plan import notebooks_by_stem, scenario_names
from workedarguments.pages.workers import can_fork, done

pytestmark = pytest.mark.thorough

forking = pytest.mark.skipif(not can_fork(), reason="this system cannot fork a warm process")
SCENARIOS = 3 if os.environ.get("ALL_PAGES") else 1
OF_A_RUN = re.compile(r"[0-9a-f]{32}|(?<=ipykernel_)\d+")  # the random name of a widget; the number of a process


def tasks(more=()):
    """Every committed notebook, in its first scenario, or with ALL_PAGES=true in three that are far apart."""
    found = [(executed, (Path(path), {})) for path in more]
    for stem, path in notebooks_by_stem().items():
        names = scenario_names(stem)[:: max(1, len(scenario_names(stem)) // SCENARIOS)] if stem in stems() else []
        found += [(executed, (path, {"scenario": name})) for name in names[:SCENARIOS]] or [(executed, (path, {}))]
    return found


def outputs(notebook):
    """Counts and outputs of a notebook's cells, with the random names of widgets and the number of the process
    numbered in their order: nothing else differs between two runs in ordinary kernels.
    """
    cells = [(c.get("execution_count"), c.get("outputs")) for c in notebook.cells if c.cell_type == "code"]
    seen = {}
    text = json.dumps(cells, sort_keys=True)
    return json.loads(OF_A_RUN.sub(lambda found: seen.setdefault(found.group(), f"number {len(seen)}"), text))


@pytest.fixture
def others(tmp_path):
    """A notebook with what lessons do not do, but other people's notebooks may."""
    cells = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);",
        "figure, axes = plt.subplots()\naxes.bar([1, 2], [3, 4])\nplt.show()\nprint('after')",
        "import numpy as np\nimport pandas as pd\nprint(pd.DataFrame(np.arange(60.0).reshape(2, 30)))",
        "from IPython.display import HTML, Markdown, clear_output, display\nhandle = display(HTML('<b>a</b>'), "
        "display_id='k')\nprint('one')\nhandle.update(HTML('<i>b</i>'))\ndisplay(Markdown('# z'))",
        "import sys\nclear_output(wait=True)\nprint('two')\nprint('three', file=sys.stderr)",
        "import subprocess\nsubprocess.run(['echo', 'from another program'])\nNone",
        "!echo bang",
        "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
        "type(get_ipython()).__name__, get_ipython().kernel is not None, __name__, sys.path[0]",
        "import ipywidgets\nslider, box = ipywidgets.IntSlider(3), ipywidgets.Output()\nwith box:\n    print('inside')\n"
        "display(slider, box)",
        "import warnings\nwarnings.warn('careful')",
        "_, In[3][:20], Out[8]",
        "%matplotlib inline\nplt.plot([3, 1]);",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n"
        "    print(list(pool.map(abs, [-1, -2])))",
        "sorted(name for name in globals() if not name.startswith('_'))",
        "def fails():\n    return 1 / 0\nfails()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    nbformat.write(notebook, tmp_path / "others.ipynb")
    return tmp_path / "others.ipynb"


@forking
def test_outputs_are_those_of_an_ordinary_kernel(others, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, a kernel leaves alone what other programs write
    wanted = tasks([others])
    made = {}
    for engine in (True, False):
        found = {repr(task): value for task, value, why in done(wanted, os.cpu_count(), 120, engine) if not why}
        assert set(found) == {repr(task) for task in wanted}
        made[engine] = found
    assert len(made[True]) > len(notebooks_by_stem())
    for name, (warm, message) in made[True].items():
        stock, same_message = made[False][name]
        assert message == same_message
        for one, two in zip(outputs(warm), outputs(stock), strict=True):
            assert one == two, name
        assert warm.metadata.get("widgets", {}).keys() == stock.metadata.get("widgets", {}).keys()
    pictures = sum("image/png" in text for text in map(json.dumps, (outputs(nb) for nb, _ in made[True].values())))
    assert pictures > len(stems())


@forking
def test_runs_do_not_share_their_chance(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(
        "import random\nimport numpy as np\nrandom.random(), np.random.rand()")])  # fmt: skip
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    nbformat.write(notebook, tmp_path / "chance.ipynb")
    found = [value for _, value, _ in done([(executed, (tmp_path / "chance.ipynb", {}))] * 3, 2, 120)]
    assert len({repr(outputs(one)) for one, _ in found}) == 3
