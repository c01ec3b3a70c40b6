"""One fault costs one page: all pages of a committed lesson, made while something is broken, killed, full or endless.

    python tests/test_faults.py

prints a table of all faults: pages made, marked and missing, what was left over, the exit status, and what the next
run did. Leaves out broken content (test_broken_content.py).
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from workedarguments.ground.files import root
from workedarguments.pages.plan import plan
from workedarguments.pages.workers import can_fork

LESSON, LIMIT = "40_planning_horizons", 15  # of the lessons with twenty pages the quickest
PAGES = sum(page.stem in ("start_here", LESSON[3:]) for page in plan())  # at least 20
pytestmark = [pytest.mark.faults, pytest.mark.skipif(not can_fork(), reason="this system cannot fork a warm process")]

# What a cell does in one scenario, and words that its page and the index must have.
IN_A_PAGE = {
    "kernel killed": ("import os; os.kill(os.getpid(), 9)", "killed from outside"),
    "left by os._exit": ("import os; os._exit(3)", "status 3"),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    "out of memory": ("held = bytearray(10**13)", "MemoryError"),
    "endless, at work": ("while True: pass", f"than {LIMIT} seconds"),
    "endless, asleep": ("import time; time.sleep(1000)", f"than {LIMIT} seconds"),
    "deaf to signals": (
        "import signal, time\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\ntime.sleep(1000)", "longer than"),
    "200 MB of output": ("for _ in range(200): print('x' * 10**6)", "64 MB of output"),
    "200 MB by another program": ("import subprocess; subprocess.run('yes | head -c 200000000', shell=True)", "MB of output"),
    "an ending of dashes": ("raise ValueError('the number is wrong\\n' + '-' * 40)", "the number is wrong"),
    "a program left behind": ("import subprocess; subprocess.Popen(['sleep', '987'])", None),
    "a daemon left behind": (
        "import subprocess; subprocess.run('setsid sleep 987 > /dev/null 2>&1 &', shell=True)", None),
    "sys.exit": ("import sys; sys.exit(2)", "SystemExit"),
    "a thread that stays": ("import threading, time; threading.Thread(target=time.sleep, args=(900,)).start()", None),
}  # fmt: skip


@dataclass
class Seen:
    """What a run has left: its exit status and lines, pages by state, and leftovers."""

    status: int
    lines: list
    made: set
    failed: dict
    leftovers: list
    index: str

    def row(self):
        """One row of the table."""
        missing = PAGES - len(self.made) - len(self.failed)
        return f"{len(self.made):2} made, {len(self.failed):2} marked, {missing:2} not made, {len(self.leftovers)} left over, exit {self.status}"


@contextlib.contextmanager
def lesson(cells=()):
    """A copy of the content, the lesson in it with cells {scenario: code} before its end; yields the folder."""
    with tempfile.TemporaryDirectory(prefix="worked-faults-") as made:
        folder = Path(made)
        for name in ("data", "notebooks"):
            shutil.copytree(root() / name, folder / name)
        path = folder / "notebooks" / f"{LESSON}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for name, code in dict(cells).items():
            body = "\n".join(f"    {line}" for line in code.splitlines())
            notebook.cells.insert(-4, nbformat.v4.new_code_cell(f"if scenario == {name!r}:\n{body}"))
        nbformat.write(notebook, path)
        yield folder


def start(folder, out=None, prefix=()):
    command = [*prefix, sys.executable, "-m", "workedarguments", "render", "00_start_here", LESSON]
    command += ["--out", str(out or folder / "reports"), "--limit", str(LIMIT), "--jobs", "2"]
    return subprocess.Popen(command, env={**os.environ, "WORKEDARGUMENTS_ROOT": str(folder)}, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True,
                            # Whatever started these tests may have been told to ignore it, and that is inherited.
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # noqa: PLW1509 # fmt: skip


def run(folder, during=None, **options):
    """Run to the end; `during` gets the process once five pages are made."""
    process, lines = start(folder, **options), []
    for line in process.stdout:
        lines.append(line.rstrip())
        if during and len(lines) == 5:
            during(process)
    process.wait(60)
    return seen(process.returncode, lines, options.get("out") or folder / "reports", folder)


def seen(status, lines, out, folder):
    deadline = time.monotonic() + 2
    while (left := _processes(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    made, failed = set(), {}
    for path in out.glob("*/*.html") if out.is_dir() else ():
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert str(soup).rstrip().endswith("</html>"), path
        mark = soup.find("meta", attrs={"name": "worked-failure"})
        if mark:
            failed[path.stem] = soup.find(class_="failure").get_text(" ", strip=True)
        else:
            made.add(path.stem)
    made |= {path.stem for path in out.glob("0*.html")}
    leftovers = [*out.rglob(".*"), *sorted(left)]
    index = out / "index.html"
    text = BeautifulSoup(index.read_text(encoding="utf-8"), "html.parser").get_text(" ", strip=True) if index.is_file() else ""
    return Seen(status, lines, made, failed, leftovers, text)


def _processes(folder):
    """Processes that were started for a folder, by the kit or by its faults: {(number, command)}."""
    found, mark = set(), f"WORKEDARGUMENTS_ROOT={folder}".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes().split(b"\0"):
                command = path.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found.add((int(path.parent.name), command[:80]))
    return found


# Faults of one page


@pytest.fixture(scope="module")
def faulty():
    """One run with a fault in each of many scenarios: what was seen, and what the next run did."""
    names = sorted(path.stem for path in (root() / "data/scenarios" / LESSON[3:]).glob("*.yml"))
    chosen = dict(zip(IN_A_PAGE, names, strict=False))
    with lesson({chosen[fault]: code for fault, (code, _) in IN_A_PAGE.items()}) as folder:
        yield chosen, run(folder), run(folder)


class TestFaultsOfOnePage:  # a class, so that those who share its run can be told to stay together
    @pytest.mark.parametrize("fault", IN_A_PAGE)
    def test_a_fault_costs_its_own_page(self, fault, faulty):
        chosen, first, _ = faulty
        words = IN_A_PAGE[fault][1]
        if words is None:
            assert chosen[fault] in first.made
            return
        assert words in first.failed[chosen[fault]]
        assert any(chosen[fault] in line and words in line for line in first.lines)
        assert words in first.index

    def test_others_are_made_and_nothing_is_left(self, faulty):
        _, first, second = faulty
        bad = [fault for fault, (_, words) in IN_A_PAGE.items() if words]
        for one in (first, second):
            assert one.status == 1
            assert not one.leftovers
            assert len(one.failed) == len(bad)
            assert len(one.made) == PAGES - len(bad)
        assert sum("unchanged" in line for line in second.lines) == PAGES - len(bad)
        assert not any(re.search("FAILED: [-=]+$", line) for line in first.lines)


# Faults of a whole run


def kill_warm(process):
    """Kill the warm process, of which pages are forked."""
    (number,) = _children(process.pid)
    os.kill(number, signal.SIGKILL)


# A page that waits to be killed, once.
WAITS = """import os, pathlib, time
if not pathlib.Path({there!r}).exists():
    pathlib.Path({there!r}).write_text(str(os.getpid()))
    time.sleep(60)"""


def kill_worker(there):
    """Kill the child of the warm process that makes the page which waits."""

    def kill(_process):
        while not (there.exists() and there.read_text(encoding="utf-8")):
            time.sleep(0.01)
        os.kill(int(there.read_text(encoding="utf-8")), signal.SIGKILL)

    return kill


def _children(number):
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text(encoding="utf-8").split()]


def by(number):
    """Send a signal to the command itself, and to nobody else."""
    return lambda process: process.send_signal(number)


def test_of_a_killed_warm_process_nothing_is_lost():
    with lesson() as folder:
        first = run(folder, kill_warm)
        assert len(first.made) == PAGES, first.lines
        assert (first.status, first.failed, first.leftovers) == (0, {}, [])


def test_a_killed_worker_costs_its_page(tmp_path):
    there = tmp_path / "waits"
    with lesson({"as_told": WAITS.format(there=str(there))}) as folder:
        first = run(folder, kill_worker(there))
        assert (first.status, len(first.made), len(first.failed)) == (1, PAGES - 1, 1), first.lines
        assert not first.leftovers
        assert "killed from outside" in first.index
        second = run(folder)
        assert (second.status, len(second.made), second.leftovers) == (0, PAGES, [])
        assert sum("unchanged" in line for line in second.lines) == PAGES - 1


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)]
)
def test_a_run_that_is_stopped_leaves_nothing_and_goes_on_next_time(number, status):
    with lesson() as folder:
        first = run(folder, by(number))
        assert (first.status, first.failed, first.leftovers) == (status, {}, [])
        assert 5 <= len(first.made) < PAGES
        assert "not made yet" in first.index
        assert "Traceback" not in "".join(first.lines)
        second = run(folder)
        assert (second.status, len(second.made)) == (0, PAGES)
        assert sum("unchanged" in line for line in second.lines) == len(first.made)


def test_a_full_disk_costs_what_does_not_fit(tmp_path):
    mount = ["unshare", "--map-root-user", "--mount", "bash", "-c"]
    if shutil.which("unshare") is None or subprocess.run([*mount, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let a user mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    with lesson() as folder:
        # What is on the small disk is gone with its mount: it is copied out before that.
        script = f'mount -t tmpfs -o size=1500k none "{small}"; "$@"; status=$?; cp -r "{small}" "{tmp_path}/kept"; exit $status'
        process = start(folder, small / "reports", [*mount, script, "-"])
        lines = process.stdout.read().splitlines()
        first = seen(process.wait(60), lines, tmp_path / "kept/reports", folder)
        assert first.status == 1
        assert 3 <= len(first.made) < PAGES
        assert not first.leftovers
        assert "Traceback" not in "".join(lines)
        assert sum("no space left" in line for line in lines) >= PAGES - len(first.made) - 1
        second = run(folder, out=tmp_path / "kept/reports")
        assert (second.status, len(second.made)) == (0, PAGES)


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told_before_anything_runs(tmp_path):
    tmp_path.chmod(0o500)
    with lesson() as folder:
        first = run(folder, out=tmp_path / "reports")
    tmp_path.chmod(0o700)
    assert first.status == 1
    assert "cannot be written" in first.lines[0]
    assert len(first.lines) == 1


if __name__ == "__main__":
    write = sys.stdout.write
    names = sorted(path.stem for path in (root() / "data/scenarios" / LESSON[3:]).glob("*.yml"))
    tried = {fault: ({names[0]: code}, None) for fault, (code, _) in IN_A_PAGE.items()}
    tried |= {"warm process killed": ({}, kill_warm)}
    tried |= {f"{one.name} to the command": ({}, by(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)}
    for fault, (cells, during) in tried.items():
        with lesson(cells) as folder:
            one, two = run(folder, during), run(folder)
            kept = sum("unchanged" in line for line in two.lines)
            write(f"{fault:28} {one.row()}; next run: {kept} kept, {two.row()}\n")
            sys.stdout.flush()
