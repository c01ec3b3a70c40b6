"""Pages made by the workers of a dask.distributed scheduler: the same bytes, also when a worker is killed."""

import os
import signal
import subprocess
import sys

import pytest
from workedarguments.ground.errors import ContentError
from workedarguments.pages.plan import plan
from workedarguments.pages.render import _made, render

pytestmark = pytest.mark.faults
LESSON, BEFORE = "planning_horizons", 5
CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(worker.pid for worker in cluster.workers.values()), flush=True)
        input()
"""


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler with two workers, and the numbers of their processes."""
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    path = tmp_path / "cluster.py"
    path.write_text(CLUSTER, encoding="utf-8")
    process = subprocess.Popen([sys.executable, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
                               stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})  # fmt: skip
    address, *numbers = process.stdout.readline().split()
    yield address, [int(number) for number in numbers]
    process.communicate("\n", timeout=60)


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_nothing_but_time(cluster, tmp_path):
    address, numbers = cluster
    lines = []

    def progress(line):
        lines.append(line)
        if len(lines) == BEFORE:
            os.kill(numbers[0], signal.SIGKILL)

    assert render([LESSON, "00_start_here"], out=tmp_path / "there", progress=progress, scheduler=address) == 0
    wanted = [page for page in plan() if page.stem in (LESSON, "start_here")]
    assert len(lines) == len(wanted) >= 20
    assert not [made.message for _, made in _made(wanted, tmp_path / "here", 2, 120, None) if made.message]
    for page in wanted:
        assert (tmp_path / "there" / page.path).read_bytes() == (tmp_path / "here" / page.path).read_bytes(), page.label


def test_an_address_where_nobody_answers_is_refused_before_anything_runs(tmp_path):
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    with pytest.raises(ContentError, match="no scheduler answers"):
        render([LESSON], out=tmp_path / "reports", scheduler="tcp://127.0.0.1:9")
    assert not (tmp_path / "reports" / "index.html").exists()
