"""Whether something was edited while a page was made of it: nobody could say which version such a page shows, so it is
made again. Leaves out what lies outside the kit's own folders.
"""

import os

from ..ground import uses
from ..ground.files import data
from .plan import LIBRARY


def stamps(*folders):
    """{file: (when it was changed last, its size)} of all files in some folders."""
    found = {}
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name not in ("__pycache__", "authoring")]
            for path in (os.path.join(place, name) for name in names):  # noqa: PTH118 - a page waits for this
                about = os.stat(path, follow_symlinks=os.path.exists(path))  # noqa: PTH110, PTH116
                found[path] = about.st_mtime_ns, about.st_size
    return found


LOADED = stamps(LIBRARY)  # what is imported stays as it is for as long as this process lives


def content(page):
    """The stamps of what people edit, as it is when a page of it is begun."""
    return stamps(data()) | {page.notebook: page.notebook.stat().st_mtime_ns}


def is_edited(page, before):
    """Whether content differs from what it was before, or code from what this process has loaded."""
    return content(page) != before or stamps(LIBRARY) != LOADED


@uses.kind("edited", "something, while it was made")
def _today(_):
    """Never the same."""
    return os.urandom(8)
