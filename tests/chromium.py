"""Chromium for the tests of this folder. Where it is missing they skip, and say so; with CI=true they fail."""

import os
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI") == "true"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def missing(what, so="nothing is seen in a browser"):
    """Skip, or with CI=true fail, because something that a test needs is not here."""
    (pytest.fail if IN_CI else pytest.skip)(f"{what} is missing, so {so}")
