"""`worked new argument` in a copy of the repository: its files pass every test before the first edit."""

import os
import shutil
import subprocess
import sys

import pytest
from workedarguments.ground.files import root


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository whose own package and content are used."""
    there = tmp_path_factory.mktemp("copy")
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("lib", "data", "notebooks", "tests", "binder"):
        shutil.copytree(root() / name, there / name, ignore=skip)
    for name in ("requirements.txt", "README.md", ".pytest.ini"):
        shutil.copy(root() / name, there / name)
    return there


def run(copy, *arguments):
    """A Python command that sees the copy only."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "lib"), "WORKEDARGUMENTS_ROOT": str(copy)}
    return subprocess.run([sys.executable, "-m", *arguments], cwd=copy, env=environment, capture_output=True, encoding="utf-8",
                          check=False)


@pytest.mark.thorough
def test_a_new_argument_passes_before_the_first_edit(copy):
    made = run(copy, "workedarguments", "new", "argument", "brand_new")
    assert made.returncode == 0, made.stderr
    notebook = next(path.relative_to(copy).as_posix() for path in copy.glob("notebooks/*_brand_new.ipynb"))
    for name in ("lib/workedarguments/models/brand_new.py", "data/scenarios/brand_new/as_told.yml",
                 "tests/test_brand_new.py", "data/results/brand_new.csv", notebook):
        assert copy.joinpath(name).exists(), name
        assert name.split("/")[-1] in made.stdout
    checked = run(copy, "workedarguments", "check")
    assert checked.returncode == 0, checked.stdout
    tested = run(copy, "pytest", "-q", "tests/test_contract.py", "tests/test_brand_new.py",
                 notebook, "lib/workedarguments/models/brand_new.py")
    assert tested.returncode == 0, tested.stdout
    listed = run(copy, "workedarguments", "list")
    assert "brand_new: How much is left" in listed.stdout


@pytest.mark.parametrize("stem", ["ten_to_two", "Bad-Name", "9lives"])
def test_a_bad_stem_writes_nothing(copy, stem):
    before = sorted(path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    done = run(copy, "workedarguments", "new", "argument", stem)
    assert done.returncode == 1
    assert "argument" in done.stderr
    assert sorted(path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts) == before
