"""Shared fixtures. Kernels and this process compute with one thread, so that times and sums repeat."""

import os

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")

import workedarguments as wa


@pytest.fixture(scope="session")
def case():
    return wa.argument("ten_to_two")
