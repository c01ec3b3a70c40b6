"""Speed of the kit against its targets: `python tests/benchmarks/library.py` prints one table. A script, not a test.

Measured, with one thread of computation:
  sweeps    1,000,000 parameter sets through the library, results labelled; best of three
  verdict   one whole verdict (scenarios, draws, indices, flips) of about 100,000 model evaluations, all
            of them counted, in a process that has imported everything; best of three
  slider    a real kernel: from sending a slider's new value to receiving the last picture it causes
  notebook  processor time of the kernel's process under papermill, imports included, less that of an
            empty notebook; median of three
  search    10,000 random landscapes of ten decisions, most rugged and shaken, searched by seven forms of firm
  loading   first reading of all claims, of all scenarios, and all checks, each in a process of its own; best
            of three
Not measured: browser and web socket (a picture takes some milliseconds more to be seen), papermill's own
process, pages, the first import on a cold disk. Other load on the machine shows in every number.
"""

import os
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"

import resource
import statistics
import subprocess
from pathlib import Path

import numpy as np
import workedarguments as wa
from workedarguments.authoring import notebooks as committed
from workedarguments.ground import quantities
from workedarguments.maths import landscapes
from workedarguments.reasoning import judging, ranges
from workedarguments.reasoning.verdict import DRAWS

SETS, EVALUATIONS, STEPS, WAIT_SECONDS = 1_000_000, 100_000, 60, 20
STEM, CLAIM = "ten_to_two", "casado.tenx-to-2x"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
# A kernel's own messages on its connections would stand between the lines of the table.
QUIET = ["--IPKernelApp.log_level=CRITICAL"]


def seconds(function, rounds=3):
    """The shortest of some runs of a function, in seconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        function()
        taken.append(time.perf_counter() - started)
    return min(taken)


def sweeps(case):
    """Rows of the table: 1,000,000 parameter sets, over one headline and over all."""
    fields = quantities.specs(case.model.Parameters)
    headlines = list(quantities.specs(case.model.Headlines))
    side = round(SETS**0.5)
    shares, tools = (quantities.grid(fields[name], side) for name in ("hard_share", "tool_speedup"))
    line = quantities.grid(fields["hard_share"], SETS)
    drawn = ranges.draw(fields, case.movable, SETS, seed=1)
    yield (
        "sweep of 1,000,000 sets, one headline over two inputs", 1.0,
        seconds(lambda: case.sweep("overall_speedup", hard_share=shares, tool_speedup=tools)), "s",
    )  # fmt: skip
    yield (
        "sweep of 1,000,000 sets, all headlines over one input", 1.0,
        seconds(lambda: case.sweep(*headlines, hard_share=line)), "s",
    )  # fmt: skip
    yield (
        f"1,000,000 sets that differ in {len(drawn)} inputs, all headlines", 1.0,
        seconds(lambda: case.solve(**drawn)), "s",
    )  # fmt: skip
    yield "the same with drawing and a table of everything", None, seconds(lambda: case.draw(SETS), rounds=1), "s"


def evaluations(case, draws):
    """How often a verdict evaluates the model, arrays counted by their length."""
    counted, solve, results = [], case.model.solve, judging.results

    def count(parameters):
        counted.append(np.broadcast(*(np.asarray(value) for value in quantities.values(parameters).values())).size)

    def solving(parameters):
        count(parameters)
        return solve(parameters)

    def some(made, parameters, names):
        count(parameters)
        case.model.solve = solve  # a model that is not made of parts is counted once
        found = results(made, parameters, names)
        case.model.solve = solving
        return found

    case.model.solve, judging.results = solving, some
    try:
        case.verdict(CLAIM, draws)
    finally:
        case.model.solve, judging.results = solve, results
    return sum(counted)


def verdicts(case):
    """Rows of the table: a verdict of about 100,000 evaluations, and one as it is by default."""
    few, more = evaluations(case, 200), evaluations(case, 400)
    per_draw = (more - few) / 200
    draws = max(1, round((EVALUATIONS - (few - 200 * per_draw)) / per_draw))
    counted = evaluations(case, draws)
    yield f"verdict of {counted:,} evaluations ({draws:,} draws)", 2.0, seconds(lambda: case.verdict(CLAIM, draws)), "s"
    yield (
        f"verdict as shown, {evaluations(case, DRAWS):,} evaluations", None,
        seconds(lambda: case.verdict(CLAIM)), "s",
    )  # fmt: skip


def searches():
    """The row of the table: 10,000 landscapes with 9 neighbours, drawn, shaken three times and searched."""
    def every():
        for seed in range(10):
            landscapes.search(1_000, 9, 8, 100, 25, 15, seed)

    yield "10,000 landscapes searched by seven forms of firm", 10.0, seconds(every, rounds=1), "s"


class Sliders:
    """A kernel that shows the sliders of a notebook, and a client that moves them."""

    def __init__(self, path):
        from jupyter_client.manager import start_new_kernel

        self.manager, self.client = start_new_kernel(kernel_name="python3", extra_arguments=QUIET)
        self.models = {}
        code = [cell for cell in committed.read(path).cells if cell.cell_type == "code"]
        wanted = {"parameters", "setup", "explore"}
        for cell in code:
            if wanted & set(committed.tags(cell)):
                self._run(cell.source)

    def _run(self, source):
        """Run a cell; keep what it says of the widgets it makes."""
        sent = self.client.execute(source)
        for message in self._until_idle(sent):
            if message["msg_type"] == "comm_open":
                self.models[message["content"]["comm_id"]] = message["content"]["data"]["state"]
            elif message["msg_type"] == "error":
                raise RuntimeError(message["content"]["evalue"])

    def _until_idle(self, sent):
        """Messages that answer one of ours, until the kernel has done with it."""
        while True:
            message = self.client.get_iopub_msg(timeout=WAIT_SECONDS)
            if message["parent_header"].get("msg_id") != sent:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return
            yield message

    def model(self, kind, **about):
        """The id and the state of the first widget model of a kind with these values."""
        return next(
            (key, state)
            for key, state in self.models.items()
            if state["_model_name"] == kind and all(state.get(name) == value for name, value in about.items())
        )

    def step(self, slider, value, picture):
        """Milliseconds from sending a slider's value to receiving the last picture it causes."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        message = self.client.session.msg("comm_msg", {"comm_id": slider, "data": data})
        started, seen = time.perf_counter(), None
        self.client.shell_channel.send(message)
        for answer in self._until_idle(message["header"]["msg_id"]):
            if answer["msg_type"] == "comm_msg" and answer["content"]["comm_id"] == picture:
                seen = time.perf_counter()
        if seen is None:
            raise RuntimeError(f"no picture came after the value {value}")
        return 1000 * (seen - started)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def sliders(case, path):
    """Rows of the table: steps of the slider on the figure's axis, and of one that moves the curve."""
    fields = quantities.specs(case.model.Parameters)
    kernel = Sliders(path)
    try:
        picture, _ = kernel.model("ImageModel")
        for name, kind in (("hard_share", "FloatSliderModel"), ("tool_speedup", "FloatLogSliderModel")):
            slider, _ = kernel.model(kind, description=fields[name].label)
            # Values no two of which are the same: an unchanged value draws nothing.
            values = quantities.grid(fields[name], STEPS + 2)[1:-1]
            kernel.step(slider, float(values[-1]), picture)
            taken = [kernel.step(slider, float(value), picture) for value in values]
            yield f"slider {name}, median of {len(taken)} steps", 30.0, statistics.median(taken), "ms"
            yield f"slider {name}, 95th percentile", None, float(np.percentile(taken, 95)), "ms"
    finally:
        kernel.close()


def kernel_seconds(path, folder):
    """Processor seconds of the kernel that runs a notebook under papermill."""
    import papermill

    def used():
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    before = used()
    papermill.execute_notebook(path, folder / "out.ipynb", progress_bar=False, extra_arguments=QUIET)
    return used() - before


def runs(folder):
    """Rows of the table: processor time of an empty notebook and of each committed one."""
    import nbformat

    empty = folder / "empty.ipynb"
    nbformat.write(nbformat.v4.new_notebook(metadata=KERNEL, cells=[nbformat.v4.new_code_cell("1")]), empty)

    def median(path):
        return statistics.median(kernel_seconds(path, folder) for _ in range(3))

    nothing = median(empty)
    yield "kernel of an empty notebook, processor time", None, nothing, "s"
    for path in committed.paths():
        yield f"kernel of {path.name}, beyond that", 1.7, median(path) - nothing, "s"


def first_call(expression):
    """Milliseconds of the first call of something in a process that has imported the library and read nothing."""
    code = (
        "import time, workedarguments as wa; from workedarguments.authoring.checks import problems; started = time.perf_counter(); "
        f"{expression}; print(1000 * (time.perf_counter() - started))"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)


def loading():
    """Rows of the table: first reading of all claims with what they refer to, and of all scenarios."""
    stems = wa.stems()
    scenarios = sum(len(wa.argument(stem).every_scenario()) for stem in stems)
    yield f"{len(wa.claims())} claims with texts and sources", None, min(first_call("wa.claims()") for _ in range(3)), "ms"
    opened = f"[wa.argument(stem).every_scenario() for stem in {stems}]"
    yield f"{scenarios} scenarios, arguments opened", None, min(first_call(opened) for _ in range(3)), "ms"
    yield "worked check, after its imports", None, min(first_call("problems()") for _ in range(3)), "ms"


def rows():
    """All rows of the table, as they are measured: (what, target or None, measured, unit)."""
    case = wa.argument(STEM)
    path = next(path for path in committed.paths() if committed.stem(path) == STEM)
    yield from sweeps(case)
    yield from verdicts(case)
    yield from searches()
    yield from loading()
    yield from sliders(case, path)
    with tempfile.TemporaryDirectory() as folder:
        yield from runs(Path(folder))


def main():
    """Print the table; exit status 1 if a target is missed."""
    write = sys.stdout.write
    write(f"{'':62}{'target':>10}{'measured':>12}\n")
    missed = 0
    for what, target, measured, unit in rows():
        late = target is not None and measured > target
        missed += late
        asked = f"{target:g} {unit}" if target is not None else ""
        write(f"{what:62}{asked:>10}{f'{measured:.3g} {unit}':>12}{'  missed' if late else ''}\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
