"""The rooms of the library: a room imports one way only, no circle anywhere, no import that hides one.

import-linter reads every import, those inside functions included, so that none can hide a circle.
"""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import workedarguments as wa
from workedarguments.ground.files import root

LIBRARY = Path(wa.__file__).parent
ROOMS = [path.parent for path in sorted(LIBRARY.glob("*/__init__.py"))]


def linted(library):
    """(exit status, output) of import-linter over the package in a folder."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(sys.argv[1], no_cache=True))"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(library.parent)!r}); {code}"]
    found = subprocess.run([*command, str(root() / ".importlinter")], capture_output=True, text=True, encoding="utf-8",
                           cwd=library.parent, check=False)
    return found.returncode, found.stdout + found.stderr


def test_a_room_imports_one_way_only_and_nothing_imports_in_a_circle():
    status, output = linted(LIBRARY)
    assert status == 0, output


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("texts/claims.py", "from ..showing import tables"),  # upward
        ("ground/numbers.py", "def late():\n    from ..models import stems\n    return stems"),  # upward, hidden
        ("reasoning/judging.py", "from . import verdict"),  # a circle within a room
    ],
)
def test_an_arrow_upward_or_a_circle_is_found(tmp_path, name, line):
    library = tmp_path / LIBRARY.name
    shutil.copytree(LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    with (library / name).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{line}\n")
    status, output = linted(library)
    assert status == 1, output
    assert name.rpartition("/")[2].removesuffix(".py") in output


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_in_a_few_lines_what_it_is_and_what_it_leaves_out(room):
    words = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert 1 <= len(words.splitlines()) <= 8, room.name


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.py")), ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_an_import_inside_a_function_says_why(path):
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    inner = {
        child.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for child in ast.walk(node)
        if isinstance(child, ast.ImportFrom) and child.level
    }
    assert not [line for line in (lines[number - 1] for number in sorted(inner)) if "  # loads " not in line]
