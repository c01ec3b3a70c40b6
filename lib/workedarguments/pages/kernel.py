"""A kernel without sockets, in this very process: papermill runs a notebook's cells here, one after the other.

A process that is `warm` has imported what notebooks import, so that a child forked from it has nothing left to load.
What a cell sends goes through nbclient's own code and becomes the outputs that an ordinary kernel would have given.
One process runs one notebook, because cells leave their names behind. Leaves out: the forking (forks.py).
"""

import ast
import asyncio
import contextlib
import io
import json
import logging
import os
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import papermill.engines
from jupyter_client.jsonutil import extract_dates
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient

from ..ground import uses
from ..ground.errors import Unread
from ..ground.escaping import in_html

NOT_DEFINED = re.compile("name '(.*)' is not defined")
COLUMNS = 20  # of a table as text
MOST_OUTPUT = 64_000_000  # bytes that a notebook may send; a page of that size opens nowhere
AS_OFTEN = 0.2  # seconds between two messages of a stream, as in an ordinary kernel
_warm = SimpleNamespace(kernel=None, sent=[], size=0)  # the one kernel of this process, and what it has sent


class TooMuchOutput(BaseException):
    """A notebook sent more than a page can hold; no `except Exception` of a cell takes it."""


def warm(hook):
    """Make the kernel, then call `hook`, which imports what notebooks import.

    To be called once, by a process with one thread, in whose environment workers.ENVIRONMENT was when it began.
    """
    _warm.kernel = _kernel()  # first: pandas, ipywidgets and others look for a shell when they are imported
    with _warm.kernel.shell.builtin_trap:
        hook()
        # What pandas decides for itself when it is imported, by whether there is a kernel.
        pd.set_option("display.max_columns", COLUMNS)


def engine():
    """The engine for the notebooks of this process: papermill knows it by its `name`."""
    return Here if _warm.kernel else Stock


def _kernel():
    from ipykernel.eventloops import enable_gui
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.session import Session
    from traitlets.config import Config

    class Collecting(Session):
        """Keeps each message, as it would arrive, instead of sending it."""

        def send(self, _, message, content=None, parent=None, buffers=None, header=None, metadata=None, **_more):
            if not isinstance(message, dict):
                message = self.msg(message, content=content, parent=parent, header=header, metadata=metadata)
            _keep(self.pack(message), buffers)
            return message

    # debugpy would be imported for nothing, and a history database would start a thread in this process.
    before = {name: sys.modules.get(name) for name in ("debugpy",)}
    sys.modules["debugpy"] = None
    config = Config({"HistoryManager": {"enabled": False}})
    try:
        made = IPythonKernel.instance(
            session=Collecting(key=b""), iopub_socket=SimpleNamespace(), config=config, log=logging.getLogger("kernel")
        )
    finally:
        for name, module in before.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module
    # Asked without a kernel, it looks for one in the running application, of which there is none.
    made.shell.enable_gui = lambda gui=None: enable_gui(gui, made)
    made.shell_channel_thread = SimpleNamespace(parent_thread=None)  # asked for when a cell awaits something
    return made


def _keep(packed, buffers=()):
    _warm.size += len(packed)
    if _warm.size > MOST_OUTPUT:
        _warm.size = 0  # what tells of it has to get through
        _warm.sent.clear()
        raise TooMuchOutput(f"more than {MOST_OUTPUT // 1_000_000} MB of output")
    message = json.loads(packed)
    message["header"] = extract_dates(message["header"])
    message["buffers"] = [bytes(part) for part in buffers or ()]
    _warm.sent.append(message)


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a notebook: text becomes messages, as does what others write to its descriptor."""

    encoding = "utf-8"

    def __init__(self, name, descriptor):
        self.name, self._descriptor, self._parts, self._size, self._at, self._raw = name, descriptor, [], 0, 0.0, 0

    def writable(self):
        """True."""
        return True

    def fileno(self):
        """The descriptor beneath, 1 or 2."""
        return self._descriptor

    def write(self, text):
        """Keep text, and send it if there is much or the last message is a while ago; returns its length."""
        self._parts.append(text)
        self._size += len(text)
        if self._size > 2**16 or time.monotonic() - self._at > AS_OFTEN:
            self.flush()
        return len(text)

    def flush(self):
        """Send what was written, and what a program that a cell started has written to the descriptor."""
        text, self._parts, self._size, self._at = "".join(self._parts), [], 0, time.monotonic()
        for part in (self._from_descriptor(), text):
            if part:
                _send("stream", {"name": self.name, "text": part}, _warm.kernel.get_parent())

    def _from_descriptor(self):
        size = os.fstat(self._descriptor).st_size - self._raw
        if size <= 0:
            return ""
        self._raw += size
        if size > MOST_OUTPUT:
            raise TooMuchOutput(f"more than {MOST_OUTPUT // 1_000_000} MB of output")
        data = os.pread(self._descriptor, size, self._raw - size)
        return data.decode("utf-8", "replace")


def _send(kind, content, parent):
    _warm.kernel.session.send(None, kind, content, parent=parent)


def take_streams():
    """Give this process, a child that runs one notebook, streams and standard input as a kernel has them."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.memfd_create(name), descriptor)
        setattr(sys, name, Stream(name, descriptor))
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - as long as the process
    first = next((at for at, place in enumerate(sys.path) if place.endswith(("site-packages", "dist-packages"))), 0)
    sys.path.insert(first, "")  # where IPython puts it


def _run(loop, code, cell_id):
    """Run a cell's code; returns its messages, the last of them its reply."""
    kernel = _warm.kernel
    parent = {
        "header": kernel.session.msg_header("execute_request") | {"msg_id": cell_id},
        "parent_header": {}, "metadata": {}, "content": {},
    }
    kernel.set_parent([], parent)
    _send("execute_input", {"code": code, "execution_count": kernel.shell.execution_count}, parent)
    try:
        reply = loop.run_until_complete(kernel.do_execute(code, silent=False, store_history=True, user_expressions={}))
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except TooMuchOutput as error:  # met after the cell, or by what IPython itself wrote
        told = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
        _send("error", told, parent)
        reply = {"status": "error", "execution_count": kernel.shell.execution_count, **told}
    _send("execute_reply", {key: value for key, value in reply.items() if key != "payload"}, parent)
    messages, _warm.sent = _warm.sent, []
    return messages


class Forgiving(PapermillNotebookClient):
    """papermill's client, for which a cell that asks for something unreadable is no failure: in its place stands
    which file it is, and so it does in place of later cells that lack a name which that cell would have defined.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lacking = {}  # {name that was never defined: what stands in place of a cell that needs it}

    async def _check_raise_for_error(self, cell, cell_index, exec_reply):
        content = exec_reply["content"] if exec_reply else {}
        what, words = content.get("ename"), content.get("evalue", "")
        name = NOT_DEFINED.match(words) if what == "NameError" else None
        instead = words if what == Unread.__name__ else self.lacking.get(name and name.group(1))
        if what == "KeyError":  # a table has no row of what could not be read
            instead = next((path for path in uses.unread_so_far() if names_one_of(words, path)), None)
        if content.get("status") != "error" or instead is None:
            return await super()._check_raise_for_error(cell, cell_index, exec_reply)
        self.lacking |= dict.fromkeys(defined(cell.source), instead)
        box = {"text/html": f'<p class="unread">not read: {in_html(instead)}</p>', "text/plain": f"not read: {instead}"}
        cell.outputs = [nbformat.v4.new_output("display_data", box)]
        return None


def names_one_of(words, path):
    """Whether an error's words name, between quotation marks, what stands in a file that could not be read."""
    path = Path(path)
    name = path.parent.name if path.parent.parent.name == "texts" else path.stem
    return f"'{name}'" in words or f"'{name}." in words


def defined(code):
    """The names that a cell's code would define."""
    try:
        nodes = [*ast.walk(ast.parse(code))]
    except SyntaxError:  # a magic
        return set()
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = (node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))
    return stored | made | {one.asname or one.name.partition(".")[0] for node in imports for one in node.names}


class Client(Forgiving):
    """The client for which this process is the kernel."""

    def execute(self, **_):
        """Run all cells; returns the notebook."""
        self.reset_execution_trackers()
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        # nbclient's Output widget answers through a channel.
        self.kc = SimpleNamespace(session=_warm.kernel.session, shell_channel=SimpleNamespace(send=self._comm))
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = _warm.kernel.language_info
        self.set_widgets_metadata()
        return self.nb

    def _comm(self, message):
        _warm.kernel.comm_manager.comm_msg(None, None, message | {"buffers": []})

    def execute_cell(self, cell, cell_index, **_):
        """Run one cell, unless its tags say not to; returns it with its outputs. CellExecutionError if it fails."""
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        if self.record_timing:
            cell["metadata"]["execution"] = {}
        cell.outputs, self.clear_before_next_output = [], False
        *messages, reply = _run(self.loop, cell.source, str(cell_index))
        for message in messages:
            with contextlib.suppress(CellExecutionComplete):
                self.process_message(message, cell, cell_index)
        self.code_cells_executed += 1
        cell.outputs = merged(cell.outputs)
        cell.execution_count = reply["content"]["execution_count"]
        if self.record_timing:
            cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(reply)
        run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        return cell


def merged(outputs):
    """Outputs with neighbours of one stream joined, as a kernel that sends seldom has them."""
    found = []
    for output in outputs:
        last = found[-1] if found else None
        if last is not None and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            found.append(output)
    return found


class Remembered:
    """An engine of which `notebook` is what it ran last, also when a cell failed, where papermill returns nothing."""

    notebook = None

    @classmethod
    def execute_notebook(cls, nb, *args, **kwargs):
        """Run a notebook; returns it."""
        cls.notebook = nb
        return super().execute_notebook(nb, *args, **kwargs)


class Here(Remembered, papermill.engines.Engine):
    """Cells run in this process, which must be warm."""

    name = "worked-here"

    @classmethod
    def execute_managed_notebook(cls, nb_man, _, log_output=False, skip_cells_with_tag="", **_more):
        """Run the cells in this process's kernel; returns the notebook."""
        return Client(nb_man, log_output=log_output, skip_cells_with_tag=skip_cells_with_tag).execute()


class Stock(Remembered, papermill.engines.Engine):
    """As papermill's own: a kernel for each notebook. For systems where no warm process can be forked."""

    name = "worked-stock"

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=None, **options):
        """Run the cells in a kernel; returns the notebook."""
        for unused in ("input_path", "stdout_file", "stderr_file", "start_timeout"):
            options.pop(unused, None)
        return Forgiving(nb_man, kernel_name=kernel_name, timeout=execution_timeout, **options).execute()


for one in (Here, Stock):
    papermill.engines.papermill_engines.register(one.name, one)
