"""Shared fixtures. Kernels and this process compute with one thread, so that times and sums repeat; what a
command says to a test is UTF-8, whatever the terminal takes.
"""

import os
import shutil

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["PYTHONIOENCODING"] = "utf-8"

import workedarguments as wa
from workedarguments.ground import files


@pytest.fixture(scope="session")
def case():
    return wa.argument("ten_to_two")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A copy of the content in which a test may break things."""
    for name in ("data", "notebooks"):
        shutil.copytree(files.root() / name, tmp_path / name)
    monkeypatch.setenv("WORKEDARGUMENTS_ROOT", str(tmp_path))
    files.root.cache_clear()
    yield tmp_path
    files.root.cache_clear()
