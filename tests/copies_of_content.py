"""A copy of the content in which tests may break things."""

import contextlib
import shutil

import pytest
from workedarguments.ground.files import root


@contextlib.contextmanager
def content_in(folder):
    """A copy of the content in a folder, which is the kit's for as long as it lasts."""
    for name in ("data", "notebooks", "binder"):
        shutil.copytree(root() / name, folder / name)
    shutil.copy(root() / "requirements.txt", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKEDARGUMENTS_ROOT", str(folder))
        root.cache_clear()
        try:
            yield folder
        finally:
            patch.undo()
            root.cache_clear()
