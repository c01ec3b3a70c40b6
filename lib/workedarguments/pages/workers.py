"""Tasks done in processes of their own, some at once: by forks of a warm process, or where that cannot be, by a pool.

A task that goes wrong costs itself and no other. Whatever is killed, nothing stays behind: the warm process ends when
the line to it is closed, and its children with it. Leaves out: what the tasks are (render.py).
"""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from ..ground.files import root

# Read when numpy and matplotlib are imported: a second thread would not survive a fork, and figures go to the kernel.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}

# Checking addresses of a kind that no notebook has in its metadata would take longer to load than all of papermill.
PROGRAM = """
import sys
sys.modules["rfc3987_syntax"] = None
from workedarguments.pages.forks import main
del sys.modules["rfc3987_syntax"]
main()
"""
LIMIT = 120  # seconds that a page may take, if nothing else is said
MOST_STARTS = 4  # of the warm process, within one call
MOST_TRIES = 2  # of a task whose process was killed, for which another may be to blame
KILLED = "the process that makes pages was killed from outside, more than once"


def done(tasks, jobs, limit, forking=None, held=None):
    """Do tasks, each a function and its arguments; yields (task, value or None, "" or why there is no value).

    `jobs` is how many at once, `limit` the seconds that one may take. With `forking` False never by forks: the stock
    way, in which a limit holds for a cell. A generator: closing it ends everything, but for the warm process in the
    list `held`, which is used, and put there if there is none.
    """
    if not tasks:
        return
    if forking is not False and can_fork():
        mine = [] if held is None else held
        try:
            left = yield from _by_forks(tasks, jobs, limit, mine)
        finally:
            while mine and held is None:
                mine.pop().close()
    else:
        left = tasks
    if left:
        yield from _by_pool(left, jobs)


def can_fork():
    """Whether this system has what forks.py takes."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and Path("/proc/self/task").is_dir()


class Warm:
    """A warm process and the line to it."""

    def __init__(self):
        self.ready = False
        self.line, theirs = multiprocessing.Pipe()
        environment = {**os.environ, **ENVIRONMENT, "WORKEDARGUMENTS_ROOT": str(root())}
        # A group of its own: Ctrl-C in a terminal is for who started it.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, str(theirs.fileno())], env=environment, pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
        )
        theirs.close()

    def close(self):
        """End it and all that it started."""
        self.line.close()
        self.process.wait()


def _by_forks(tasks, jobs, limit, held):
    """Yields as `done` does; returns the tasks that are left if no warm process can be had. `held` is a list of the
    warm process in use, if there is one.
    """
    waiting, tries, starts, running = deque(range(len(tasks))), [0] * len(tasks), 0, {}
    while waiting or running:
        if not held:
            if starts == MOST_STARTS:
                for at in waiting:
                    yield tasks[at], None, KILLED
                return []
            held.append(Warm())
            starts += 1
        warm = held[0]
        try:
            while warm.ready and waiting and len(running) < jobs:
                at = waiting.popleft()
                running[at] = None
                warm.line.send((at, *tasks[at], limit))
            at, kind, value = warm.line.recv()
        except (EOFError, OSError):
            for pid in filter(None, running.values()):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)
            held.pop().close()
            if not warm.ready and starts == 1:
                return [tasks[at] for at in waiting]
            for at in running:
                tries[at] += 1
                if tries[at] < MOST_TRIES:
                    waiting.append(at)
                else:
                    yield tasks[at], None, KILLED
            running = {}
            continue
        if kind == "ready":
            warm.ready = True
        elif kind == "started":
            running[at] = value
        else:
            del running[at]
            yield tasks[at], *((value, "") if kind == "done" else (None, value))
    return []


def _by_pool(tasks, jobs):
    """Yields as `done` does. A process that dies breaks its pool: another is made for what is left."""
    from .page import prepare  # loads numpy and pandas, for which a run with nothing to do has no use

    waiting, tries = list(range(len(tasks))), [0] * len(tasks)
    while waiting:
        # A forked child would inherit the locks of whatever threads the caller has; a spawned one does not.
        pool = ProcessPoolExecutor(
            min(jobs, len(waiting)), multiprocessing.get_context("spawn"), prepare, (str(root()),)
        )
        try:
            futures = {pool.submit(tasks[at][0], *tasks[at][1]): at for at in waiting}
            while futures:
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    at = futures.pop(future)
                    try:
                        value, why = future.result(), ""
                    except BrokenProcessPool:
                        continue
                    except Exception as error:
                        value, why = None, f"{type(error).__name__}: {error}"
                    waiting.remove(at)
                    yield tasks[at], value, why
        finally:
            pool.shutdown(cancel_futures=True)
        for at in list(waiting):
            tries[at] += 1
            if tries[at] == MOST_TRIES:
                waiting.remove(at)
                yield tasks[at], None, KILLED
