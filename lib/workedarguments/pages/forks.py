"""A warm process that forks a child for each page: the child makes the page, writes it, answers and is gone.

A program that workers.py starts, and to which it sends tasks. It has one thread and is never left running: when the
line to who started it is closed, for whatever reason, it ends its children and all that they started. A child has
limits of time, memory and size of files, and a session of its own. Leaves out: which pages, how many at once, and
what to do about a child that was lost (workers.py). Linux only.
"""

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import selectors
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ..ground.errors import ContentError
from ..ground.files import sweep
from ..showing import kept
from . import kernel
from .page import rehearse

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
MOST_MEMORY = 4_000_000_000  # bytes of data a page; ten times what a lesson takes
MOST_FILE = 1_000_000_000  # bytes a file
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """A child at work on a task."""

    task: int
    pid: int
    pidfd: int
    answers: int  # descriptor from which its answer is read
    deadline: float
    limit: float
    answer: bytes = b""
    late: bool = False

    def close(self):
        """Close its descriptors."""
        os.close(self.pidfd)
        os.close(self.answers)


def serve(line):
    """Take tasks (number, function, arguments, limit in seconds) from a Connection until its end; tell, for each,
    (number, kind, value).

    The kinds: "ready" and "started" with a process id, "done" with what the function returned, "lost" with words that
    say how the child ended.
    """
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGINT, signal.SIGTERM):  # who sent the tasks decides, and closes the line
        signal.signal(number, signal.SIG_IGN)
    children, watch, folders = {}, selectors.DefaultSelector(), set()
    watch.register(line, selectors.EVENT_READ)
    try:
        line.send((None, "ready", os.getpid()))
        while True:
            soonest = min((child.deadline for child in children.values()), default=None)
            for key, _ in watch.select(None if soonest is None else max(0.0, soonest - time.monotonic())):
                child = key.data
                if child is None:
                    task, function, arguments, limit = line.recv()
                    folders |= {one for one in arguments if isinstance(one, Path)}
                    child = fork(task, function, arguments, limit, (line, *children.values()))
                    children[child.pid] = child
                    for descriptor in (child.pidfd, child.answers):
                        watch.register(descriptor, selectors.EVENT_READ, child)
                    line.send((task, "started", child.pid))
                elif child.pid in children:
                    child.answer += received(child.answers)
                    if key.fd == child.pidfd:
                        line.send(end(child, children, watch))
            for child in [one for one in children.values() if one.deadline <= time.monotonic()]:
                child.late = True
                line.send(end(child, children, watch))
    except (EOFError, OSError):  # nobody is there any more
        pass
    finally:
        for child in list(children.values()):
            end(child, children, watch)
        for folder in folders:
            sweep(folder)


def received(descriptor):
    """What can be read without waiting."""
    parts = []
    with contextlib.suppress(BlockingIOError):
        while part := os.read(descriptor, 2**20):
            parts.append(part)
    return b"".join(parts)


def end(child, children, watch):
    """Take leave of a child and of all that it started; returns what to tell of it."""
    for kill, which in ((os.killpg, signal.SIGKILL), (os.kill, signal.SIGKILL)):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # too early for the group, or too late
            kill(child.pid, which)
    _, status = os.waitpid(child.pid, 0)
    child.answer += received(child.answers)
    for descriptor in (child.pidfd, child.answers):
        watch.unregister(descriptor)
    child.close()
    del children[child.pid]
    kill_orphans(children)
    try:
        kind, value = pickle.loads(child.answer)
    except Exception:  # cut off, or none at all
        kind, value = "lost", words(child, os.waitstatus_to_exitcode(status))
    if kind == "done":
        value, drawn = value
        kept.add(drawn)
    return child.task, kind, value


def words(child, status):
    """How a child ended that gave no answer."""
    if child.late:
        return f"stopped: it took longer than {child.limit:g} seconds"
    if status == -signal.SIGXCPU:
        return f"stopped: it used more than {child.limit:g} seconds of processor time"
    if status == -signal.SIGKILL:
        return "its process was killed from outside; the machine may have been short of memory"
    if status < 0:
        return f"its process ended with {signal.Signals(-status).name}"
    return f"its process ended with status {status} before the page was made"


def kill_orphans(children):
    """Kill what has left the group of a child that has ended: it has become a child of this process."""
    own = Path(f"/proc/self/task/{os.getpid()}/children")
    for pid in map(int, own.read_text(encoding="utf-8").split()):
        if pid not in children:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def fork(task, function, arguments, limit, others):
    """Start a child that calls a function and answers with what it returns; `others` are what it has to close."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        os.set_blocking(read, False)
        return Child(task, pid, os.pidfd_open(pid), read, time.monotonic() + limit, limit)
    status = 1
    try:
        os.setsid()
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for other in others:
            other.close()
        become_child(limit)
        before = kept.names()
        try:
            answer = "done", (function(*arguments), kept.fresh(before))
        except BaseException as error:  # also what a cell may raise to end a program
            answer = "lost", str(error) if isinstance(error, ContentError) else f"{type(error).__name__}: {error}"
        with os.fdopen(write, "wb") as file:
            pickle.dump(answer, file)
        status = 0
    finally:
        os._exit(status)


def become_child(limit):
    """What a child changes about itself before it works: signals, limits, streams, chance."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    seconds = max(1, int(limit))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for what, most in ((resource.RLIMIT_DATA, MOST_MEMORY), (resource.RLIMIT_FSIZE, MOST_FILE)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kernel.take_streams()
    sys.modules["numpy"].random.seed()


def main():
    """Be the warm process: its one argument is the descriptor of the line to who started it."""
    line = Connection(int(sys.argv[1]))
    kernel.warm(rehearse)
    kept.begin()
    threads = len([*Path("/proc/self/task").iterdir()])
    if threads > 1:
        raise RuntimeError(f"{threads} threads before the first fork, of which a child would have one")
    gc.collect()
    gc.freeze()
    serve(line)
