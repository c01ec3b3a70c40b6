"""Speed of reports against papermill and nbconvert: `python tests/benchmarks/reports.py` prints one table.

Twenty-four pages (eight scenarios of three lessons), nothing kept from before, in four ways that take turns in each
round on one machine:
  one by one   `papermill` and `jupyter nbconvert --to html`, one after the other
  two at once  the same under `xargs -P2`
  worked       `worked render`, two pages at once
  floor        the same cells and the same export in warm processes that isolate nothing, two at once; each has warmed
               up before its clock begins
Wall time a page, after start and with it; start is the time of the same run with one page, less that of a page.
Processor seconds are those of all processes. Rounds and pages may be fewer: `--rounds 1 --pages 6`.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workedarguments.ground.files import root
from workedarguments.pages import plan as planning

LESSONS = ("ten_to_two", "industrial_bubble", "bottoms_up_velocity")
SCENARIOS = 8
PAIR = """
name=$(basename "$1" .ipynb)-$2
papermill --no-progress-bar "$1" "$3/$name.ipynb" -p scenario "$2" && jupyter nbconvert --to html "$3/$name.ipynb"
"""
FLOOR = """
import sys, time
from pathlib import Path
from workedarguments.pages import kernel, page, plan
kernel.warm(page.rehearse)
out, *wanted = sys.argv[1:]
pages = [one for one in plan.plan() if one.label in wanted]
print("ready", flush=True)
sys.stdin.readline()
for one in pages:
    kernel._warm.kernel.shell.reset(new_session=True)
    page.make(one, Path(out))
"""


def chosen(number):
    """Some scenario pages of the lessons, spread over them."""
    every = [page for page in planning.plan() if page.kind == "scenario"]
    rows = zip(*([page for page in every if page.stem == stem][:SCENARIOS] for stem in LESSONS), strict=True)
    return [page for row in rows for page in row][:number]


def used():
    """Processor seconds of all that this process has waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run(command, **options):
    """Run a command to its end, in silence."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def one_by_one(pages, out):
    """papermill and nbconvert, one page after the other."""
    for page in pages:
        run(["bash", "-c", PAIR, "-", page.notebook, page.scenario, out])


def two_at_once(pages, out):
    """The same, two at once."""
    lines = "".join(f"{page.notebook}\n{page.scenario}\n{out}\n" for page in pages)
    run(["xargs", "-P2", "-n3", "-d", "\n", "bash", "-c", PAIR, "-"], input=lines.encode())


def worked(pages, out):
    """The kit."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom workedarguments.pages import plan, render\n"
        "out, *wanted = sys.argv[1:]\npages = [one for one in plan.plan() if one.label in wanted]\n"
        "made = [one.message for _, one in render._made(pages, Path(out), 2, 120, None)]\n"
        "sys.exit(len(made) != len(wanted) or any(made))"
    )
    run([sys.executable, "-c", script, out, *(page.label for page in pages)])


def floor(pages, out):
    """Warm processes; returns the time at which they were ready."""
    parts = [pages[at::2] for at in (0, 1) if pages[at::2]]
    command = [sys.executable, "-c", FLOOR, out]
    started = [
        subprocess.Popen([*command, *(page.label for page in part)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
        for part in parts
    ]  # fmt: skip
    for process in started:
        process.stdout.readline()
    spent = sum(_spent(process.pid) for process in started)
    begun = time.perf_counter()
    for process in started:
        process.stdin.write(b"\n")
        process.stdin.close()
    for process in started:
        process.wait()
    return begun, spent


def _spent(number):
    fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def measured(way, pages):
    """(wall seconds, processor seconds) of a way to make pages."""
    out = tempfile.mkdtemp(prefix="worked-benchmark-")
    try:
        before, begun = used(), time.perf_counter()
        ready = way(pages, out)
        ended, spent = time.perf_counter(), used() - before
        if ready:
            begun, already = ready
            spent -= already
        there = len([*Path(out).rglob("*.html")])
        if there != len(pages):
            raise SystemExit(f"{way.__name__}: {there} pages")
        return ended - begun, spent
    finally:
        shutil.rmtree(out)


def main():
    """Measure, and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pages", type=int, default=SCENARIOS * len(LESSONS))
    options = options.parse_args()
    os.environ.update(OMP_NUM_THREADS="1", WORKEDARGUMENTS_ROOT=str(root()))
    pages = chosen(options.pages)
    ways, rows = (one_by_one, two_at_once, worked, floor), {}
    for _ in range(options.rounds):
        for way in ways:
            rows.setdefault(way, []).append(measured(way, pages))
        rows.setdefault("start", []).append(measured(worked, pages[:1]))
    wall = {way: statistics.median(wall for wall, _ in found) / len(pages) for way, found in rows.items()}
    cpu = {way: statistics.median(cpu for _, cpu in found) / len(pages) for way, found in rows.items()}
    whole = wall[worked] * len(pages)
    start = wall["start"] * len(pages)
    # What one page takes by itself is taken off its start: two at once are made later, so each counts half.
    after = (whole - start) / (len(pages) - 1) if len(pages) > 1 else whole
    write = sys.stdout.write
    write(f"{len(pages)} pages, {options.rounds} rounds, medians; {os.cpu_count()} cores\n")
    write(f"{'':14} seconds a page  processor seconds  times as long as worked, after start  with start\n")
    for way in ways:
        name, after_start = way.__name__.replace("_", " "), after if way is worked else wall[way]
        write(f"{name:14} {after_start:14.2f}  {cpu[way]:17.2f}  {after_start / after:36.2f}  {wall[way] / wall[worked]:10.2f}\n")
    write(f"worked: {start:.1f} s with one page, {whole:.1f} s with {len(pages)}\n")
    write(f"worked is {after / wall[floor]:.2f} times the floor, after start\n")


if __name__ == "__main__":
    main()
