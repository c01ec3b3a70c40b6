"""People's files: one reader and one writer. What cannot be read or written is a ContentError that names the file; a
file is there whole or not at all; nothing is written over what the kit did not make, and never over its own input.
"""

import errno
import os
from pathlib import Path

import pytest
import workedarguments as wa
from workedarguments.__main__ import main
from workedarguments.authoring import checks
from workedarguments.authoring.new import new_argument
from workedarguments.ground import files
from workedarguments.ground.errors import ContentError
from workedarguments.pages.render import render


@pytest.mark.parametrize("read", [files.read_text, files.read_csv, files.read_json])
def test_a_reader_names_the_file_whatever_is_wrong(tmp_path, read):
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    for path, message in ((folder, "is a folder"), (loop, "cannot be read"), (tmp_path / "none.csv", "no such file"),
                          (tmp_path / ("x" * 400), "cannot be read"), (tmp_path / "a\0b", "cannot be read")):
        with pytest.raises(ContentError, match=message) as caught:
            read(path)
        assert str(tmp_path) not in str(caught.value)
    for path in (5, None, [], b"x"):
        with pytest.raises(ContentError, match="must be text"):
            read(path)


def test_a_reader_does_not_tell_what_else_lies_in_a_readers_folder(tmp_path):
    tmp_path.joinpath("diary.md").write_text("x", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        files.read_text(tmp_path / "dairy.md")
    assert "diary" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(ContentError, match="2 MB; 1 at most"):
        files.read_text(path, 1_000_000)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_what_cannot_be_written_is_said_and_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, number):
    path = tmp_path / "page.html"
    path.write_text("before", encoding="utf-8")

    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ContentError, match=r"page\.html: cannot be written"):
        files.write_text(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_written_below_folders_that_are_not_there_yet(tmp_path):
    path = files.write_for(tmp_path / "a" / "b" / "page.html", "x")
    assert path.read_text(encoding="utf-8") == "x"
    with pytest.raises(ContentError, match="cannot be written"):
        files.write_for(path / "c.html", "x")


def test_nothing_is_written_over_what_is_read(tmp_path):
    copy = tmp_path / "copy.html"
    copy.write_text(files.MADE_HERE, encoding="utf-8")
    tmp_path.joinpath("link.html").symlink_to(copy)
    tmp_path.joinpath("hard.html").hardlink_to(copy)
    for name in ("copy.html", "link.html", "hard.html", "../" + tmp_path.name + "/copy.html"):
        with pytest.raises(ContentError, match="nothing is written over it"):
            files.write_for(tmp_path / name, "x", source=copy, force=True)
    assert copy.read_text(encoding="utf-8") == files.MADE_HERE


def test_nothing_is_written_over_a_strangers_file_unless_told(tmp_path):
    path = tmp_path / "mine.html"
    path.write_text("my own page", encoding="utf-8")
    with pytest.raises(ContentError, match=r"mine\.html: is there already, and not made by this kit"):
        files.write_for(path, "x")
    assert path.read_text(encoding="utf-8") == "my own page"
    files.write_for(path, f"<head>{files.MADE_HERE}</head>1", force=True)
    files.write_for(path, f"<head>{files.MADE_HERE}</head>2")
    assert path.read_text(encoding="utf-8").endswith("2")


def annotate(folder, *arguments):
    """The exit status of the command on a copy of the example."""
    copy = folder / "copy.md"
    if not copy.exists():
        copy.write_bytes(wa.text("sourdough").shipped().read_bytes())
    return main(["annotate", "sourdough", str(copy), *arguments])


def test_annotate_writes_where_it_is_told_and_never_over_the_copy(tmp_path, capsys):
    before = wa.text("sourdough").shipped().read_bytes()
    assert annotate(tmp_path, "--out", str(tmp_path / "copy.md")) == 1
    assert annotate(tmp_path, "--out", str(tmp_path / "copy.md"), "--force") == 1
    assert "nothing is written over it" in capsys.readouterr().err
    assert tmp_path.joinpath("copy.md").read_bytes() == before
    out = tmp_path / "new" / "page.html"
    assert annotate(tmp_path, "--out", str(out)) == 0
    assert annotate(tmp_path, "--out", str(out)) == 0
    assert files.MADE_HERE in out.read_text(encoding="utf-8")
    out.write_text("mine", encoding="utf-8")
    assert annotate(tmp_path, "--out", str(out)) == 1
    assert out.read_text(encoding="utf-8") == "mine"


def test_pages_are_not_written_over_a_strangers_site(tmp_path):
    tmp_path.joinpath("index.html").write_text("my own site", encoding="utf-8")
    with pytest.raises(ContentError, match=r"index\.html: is there already, and not made by this kit"):
        render(["00_start_here"], out=tmp_path, progress=lambda line: None)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    tmp_path.joinpath("file").write_text("x", encoding="utf-8")
    with pytest.raises(ContentError, match="cannot be written"):
        render(["00_start_here"], out=tmp_path / "file" / "pages", progress=lambda line: None)


BAD_NAMES = ("index", "yours", "a b", "a&b", "a#b", "a?b", ".hidden", "Upper", "con", "com1", "a__b", "_a", "a-b", "x" * 61, "caf\u00e9", "<b>")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_becomes_an_address_follows_the_rule(elsewhere, name):
    folder = elsewhere / "data/scenarios/ten_to_two"
    folder.joinpath(f"{name}.yml").write_bytes(folder.joinpath("metr_2025.yml").read_bytes())
    found = checks.chain_problems()
    assert any(f"data/scenarios/ten_to_two/{name}.yml" in line for line in found), found


@pytest.mark.parametrize("name", [*BAD_NAMES, "class", "import", "ten_to_two"])
def test_a_new_argument_needs_a_name_that_can_be_one(name):
    with pytest.raises(ContentError, match="argument"):
        new_argument(name)
