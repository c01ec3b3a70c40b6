"""Pages made by the workers of a dask.distributed scheduler, on this machine or on others that have the same content.

A worker makes a page as this machine would, in a fork of a warm process of its own, and sends it back; here it is
written. So a lost worker costs the page it was at, which another makes. A page made from other content than is here
is stale as soon as it is written, and said to be. Takes the package `distributed` (`pip install ./lib[cluster]`).
Leaves out: starting schedulers and workers.
"""

import re
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from ..ground.errors import ContentError, short
from ..ground.files import root, write_text
from .page import make
from .plan import state
from .workers import Warm, done

RETRIES = 3  # of a page whose worker was lost
_one_at_a_time = threading.Lock()
_held = []


def connected(address):
    """A client of the scheduler at an address; ContentError if there is none, or dask.distributed is not installed."""
    if not re.fullmatch(r"(tcp|tls|ucx|wss?)://\S+:\d+", address):
        raise ContentError(f"--scheduler: {short(address)} is no address of a scheduler, such as tcp://192.0.2.7:8786")
    try:
        from distributed import Client
    except ImportError:
        raise ContentError("--scheduler: needs the package distributed; pip install './lib[cluster]'") from None
    try:
        return Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise ContentError(f"--scheduler {address}: no scheduler answers there ({type(error).__name__})") from None


def made(client, pages, out, limit):
    """Have pages made by the workers of a client, and write them; yields (page, Made or None, "" or why not)."""
    from distributed import as_completed

    futures = {
        client.submit(remade, replace(page, notebook=_relative(page.notebook)), limit, key=f"{page.path}-{page.call}",
                      pure=False, retries=RETRIES): page
        for page in pages
    }  # fmt: skip
    for future in as_completed(list(futures)):
        page = futures.pop(future)
        try:
            result, text, why = future.result()
        except Exception as error:  # whatever has become of the workers, one page must not end the others
            result, text, why = None, None, f"no worker could make it: {type(error).__name__}: {error}"
        # What a worker holds is made again if the worker is lost.
        future.release()
        if text is not None:
            write_text(out / page.path, text)
            there = state(out / page.path)
            if there.word == "stale":
                result, why = None, f"a worker made it from other content than is here; {there.why}"
        yield page, result, why


def _relative(path):
    return path.relative_to(root())


def remade(page, limit):
    """On a worker: make a page in a folder of its own; returns (Made or None, its text or None, "" or why not)."""
    page = replace(page, notebook=root() / page.notebook)
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="worked-page-") as folder:
        if not _held:
            _held.append(Warm())
        ((_, result, why),) = done([(make, (page, Path(folder)))], 1, limit, held=_held)
        path = Path(folder, page.path)
        return result, path.read_text(encoding="utf-8") if result else None, why
