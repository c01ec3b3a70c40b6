"""What a machine has or lacks makes no difference: fonts, settings, locale, terminal, time zone, streams, tools.

Each test runs Python in a process of its own, in an environment that differs in one thing. `.ci/run` does the
same with README's two commands as a whole. Leaves out: other systems than this one, and other versions.
"""

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import workedarguments as wa
from fontTools import ttLib
from workedarguments import __main__ as command
from workedarguments.ground import output
from workedarguments.ground.files import root
from workedarguments.ground.strict_yaml import load_yaml
from workedarguments.pages.page import in_words
from workedarguments.showing import exports, plotting
from workedarguments.showing.plotting import FONT

pytestmark = pytest.mark.thorough

HERE = Path(__file__).parent
CLAIM = "casado.releases-not-faster"


def python(*arguments, without=(), **environment):
    """Python in a process of its own, with our library, some variables set and others gone: bytes come back."""
    kept = {name: value for name, value in os.environ.items() if name not in without}
    kept |= {"PYTHONPATH": str(root() / "lib"), **{name: str(value) for name, value in environment.items()}}
    return subprocess.run([sys.executable, *map(str, arguments)], env=kept, capture_output=True, check=False, cwd=HERE)


def worked(*arguments, **environment):
    return python("-m", "workedarguments", *arguments, **environment)


# Fonts and matplotlib's settings

DRAWN = """
import hashlib
import pandas as pd
import workedarguments as wa
from workedarguments.showing.controls import LivingFigure

alt = "Any picture: a curve, a bar or a point, with labels in two scripts"
case = wa.argument("ten_to_two", language="zh-Hant")
steps = pd.Series({"commits": 2.8, "做完的 projects": 1.5, "发布 releases": 1.3})
words = {"title": "Bold, 整体，粗体", "alt": alt, "caption": "c"}
curve = case.sweep("overall_speedup", hard_share=None)
pictures = [
    wa.figures.staircase(steps, promised=("先", 10.0), y_label="times $x^2$", **words),
    wa.figures.lines(curve, of=case, marks=[(0.5, 1.8, "在这里 here")], reference=(2, "两倍"), log_y=True, **words),
    wa.figures.dots(steps, groups={"commits": "一", "发布 releases": "b"}, label="倍数", reference=(2, "两倍"), **words),
    wa.figures.balance(steps - 2, total=("全部", 0.2), label="美元", **words),
]
canvas, axes = wa.figures.new()
with wa.figures.drawing():
    axes.set_title("所有的样子", fontweight="semibold", style="italic")
pictures.append(wa.figures.finish(canvas, **words))
living = LivingFigure(case, "overall_speedup", "hard_share").png(case.parameters)[0]
for png in [*(figure.png for figure in pictures), living]:
    print(hashlib.sha256(png).hexdigest())
"""
SETTINGS = """
font.family: DejaVu Serif
font.size: 21
lines.linewidth: 9
axes.facecolor: yellow
text.usetex: False
mathtext.fontset: cm
axes.formatter.use_locale: True
"""


def other_font(family, weight, path):
    """Write a serif under another font's name, which draws no Chinese."""
    font = ttLib.TTFont(plotting.OWN / "ttf" / "DejaVuSerif-Bold.ttf")
    for number in (1, 4, 6, 16):
        font["name"].setName(family if number != 6 else family.replace(" ", ""), number, 3, 1, 0x409)
        font["name"].setName(family if number != 6 else family.replace(" ", ""), number, 1, 0, 0)
    for number in (2, 17):
        font["name"].setName("Regular" if weight == 400 else "Bold", number, 3, 1, 0x409)
        font["name"].setName("Regular" if weight == 400 else "Bold", number, 1, 0, 0)
    font["OS/2"].usWeightClass = weight
    font["head"].macStyle = int(weight == 700)
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """Environments in which the same is drawn: the fonts and settings that a machine may have."""
    place = tmp_path_factory.mktemp("machines")
    data = place / "data"
    own = ttLib.TTFont(FONT)["name"].getBestFamilyName()
    for family in ("DejaVu Sans", own, "Noto Sans CJK SC", *plotting.FAMILIES):
        for weight in (400, 700):
            other_font(family, weight, data / "fonts" / f"{family}{weight}.ttf".replace(" ", ""))
    place.joinpath("file").write_text("", encoding="utf-8")
    place.joinpath("rich").mkdir()
    place.joinpath("rich/matplotlibrc").write_text(SETTINGS, encoding="utf-8")
    return {
        "other fonts of the same names, and other settings": {"XDG_DATA_HOME": data, "MPLCONFIGDIR": place / "rich"},
        # After the one above: its list names fonts that are gone.
        "a list of fonts that is out of date": {"MPLCONFIGDIR": place / "rich"},
        "no font of the machine": {"MPLCONFIGDIR": place / "bare", "MPL_IGNORE_SYSTEM_FONTS": "1"},
        "no place for a list of fonts": {"MPLCONFIGDIR": place / "file" / "x"},
        "no home": {"HOME": place / "nowhere", "XDG_CACHE_HOME": place / "file" / "x", "XDG_CONFIG_HOME": place / "file"},
    }


def test_figures_are_the_same_picture_on_every_machine(machines):
    drawn = {}
    for name, environment in machines.items():
        done = python("-c", DRAWN, without=("MPLCONFIGDIR",), **environment)
        assert (done.returncode, done.stderr.decode()) == (0, ""), name
        drawn[name] = done.stdout.decode().split()
        if "XDG_DATA_HOME" in environment:
            found = environment["MPLCONFIGDIR"].glob("fontlist*.json")
            assert "/data/fonts/DejaVuSans700.ttf" in next(found).read_text(encoding="utf-8")
            shutil.rmtree(environment["XDG_DATA_HOME"])
    assert all(pictures == drawn["no font of the machine"] for pictures in drawn.values()), drawn
    assert len(set(drawn["no font of the machine"])) == 6


def test_fonts_are_found_again_after_matplotlib_has_made_its_list_anew(case, caplog):
    manager = plotting.font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if font.name not in plotting.FAMILIES]
    manager._findfont_cached.cache_clear()
    wa.figures.new()[0].canvas.draw()
    with plotting.drawing():
        found = manager._find_fonts_by_props(plotting.font_manager.FontProperties(weight="bold"))
    assert [Path(path) for path in found] == [plotting.latin(700).resolve(), FONT.resolve()]
    assert not caplog.records


def test_settings_of_before_are_back_after_a_figure():
    before = dict(plotting.mpl.rcParams)
    with plotting.drawing({"font.size": 30}):
        assert plotting.mpl.rcParams["font.size"] == 30
    assert dict(plotting.mpl.rcParams) == before


# What the command prints

VERDICT = ("verdict", CLAIM, "--draws", "500")
WORDS = [("show", "ten_to_two"), VERDICT, ("list",)]
JSON = [("solve", "ten_to_two", "--json"), (*VERDICT, "--json"), ("export", "json-ld")]


@pytest.mark.parametrize("arguments", WORDS, ids=" ".join)
def test_words_are_written_to_a_stream_that_knows_few_characters(arguments):
    whole = worked(*arguments, PYTHONIOENCODING="utf-8").stdout.decode()
    for encoding in ("cp1252", "ascii"):
        done = worked(*arguments, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode(encoding) == whole.encode(encoding, output.READABLE).decode(encoding)


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_says_the_same_in_every_encoding(arguments):
    whole = json.loads(worked(*arguments, PYTHONIOENCODING="utf-8").stdout.decode())
    done = worked(*arguments, PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("cp1252")) == whole


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("1.8× – “−∞”…", '1.8x - "-inf"...'),
        ("✓ holds, ✗ fails", "+ holds, x fails"),
        ("Bühler, ½ m²", "Buhler, 1/2 m2"),
        ("中：￥😀", r"\u4e2d:\uffe5\U0001f600"),
    ],
)
def test_signs_become_what_people_type(words, typed):
    assert words.encode("ascii", output.READABLE).decode() == typed


def test_json_escapes_are_those_of_json():
    text = json.dumps("−中😀\udc80", ensure_ascii=False)
    assert text.encode("cp1252", output.ESCAPED).decode("cp1252") == json.dumps("−中😀\udc80")


def test_an_export_says_that_characters_are_escaped(monkeypatch, capsys):
    monkeypatch.setitem(exports.FORMATS, "csv", lambda: "id,为什么\n")
    monkeypatch.setattr(output, "fitted", lambda text: text.encode("ascii", output.ESCAPED).decode())
    assert command.main(["export", "csv"]) == 0
    out, error = capsys.readouterr()
    assert out == "id,\\u4e3a\\u4ec0\\u4e48\n"
    assert "PYTHONIOENCODING=utf-8" in error


def into(stream, *arguments):
    """The command with a stream as its standard output, in this process: the exit status."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        return command.main(list(arguments))


def test_a_stream_without_encoding_takes_everything_and_no_stream_nothing():
    whole = io.StringIO()
    assert into(whole, "export", "json-ld") == 0
    assert "。" in whole.getvalue()
    assert into(None, "export", "json-ld") == 0
    assert into(None, "list") == 0


@pytest.mark.parametrize(
    "arguments", [("list",), ("export", "json-ld"), ("--help",), ("--version",), ("solve", "nothing")], ids=" ".join
)
def test_a_closed_pipe_is_no_failure(arguments):
    kept = {**os.environ, "PYTHONPATH": str(root() / "lib"), "PYTHONUNBUFFERED": ""}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "workedarguments", *arguments], env=kept, check=False, stdout=writing,
                          stderr=subprocess.PIPE)  # fmt: skip
    os.close(writing)
    assert done.returncode == (1 if "nothing" in arguments else 0)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_reader_that_leaves_early_is_no_failure():
    kept = {**os.environ, "PYTHONPATH": str(root() / "lib"), "PYTHONUNBUFFERED": ""}
    with subprocess.Popen([sys.executable, "-m", "workedarguments", "export", "json-ld"], env=kept,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_lines_are_written_as_they_come():
    shown = "from workedarguments.ground import output; output.prepare(); import sys; print(sys.stdout.line_buffering)"
    assert python("-c", shown, PYTHONUNBUFFERED="").stdout == b"True\n"


def test_one_version_everywhere():
    said = worked("--version").stdout.decode()
    assert said == f"workedarguments {version('workedarguments')}\n"
    assert said.split()[1] == load_yaml(root() / "lib/CITATION.cff")["version"]
    assert f'\nversion = "{said.split()[1]}"\n' in root().joinpath("lib/pyproject.toml").read_text(encoding="utf-8")


# Terminal, time zone, locale, home, folder

ODD = {
    "a narrow terminal": {"COLUMNS": "20", "LINES": "5", "TERM": "dumb"},
    "a wide one": {"COLUMNS": "400", "TERM": "xterm-256color", "FORCE_COLOR": "1"},
    "another day and order": {"TZ": "UTC-14", "PYTHONHASHSEED": "7"},
    "more threads": {"OMP_NUM_THREADS": "4"},
    "a locale of ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "no home": {"HOME": "/"},
    "no program on the path": {"PATH": ""},
}


def test_the_command_says_the_same_on_every_machine():
    usual = worked(*VERDICT)
    assert (usual.returncode, usual.stderr) == (0, b"")
    for name, environment in ODD.items():
        done = worked(*VERDICT, **environment)
        assert (done.returncode, done.stderr.decode(), done.stdout) == (0, "", usual.stdout), name


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The content in a folder whose name has a blank and a Chinese character."""
    place = tmp_path_factory.mktemp("mit Leerzeichen 课堂")
    for name in ("data", "notebooks", "binder"):
        shutil.copytree(root() / name, place / name)
    shutil.copy(root() / "requirements.txt", place)
    return place


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """All that is odd at once, and a home that is not there."""
    every = {name: value for environment in ODD.values() for name, value in environment.items()}
    return every | {"HOME": tmp_path_factory.mktemp("homes") / "none"}


def test_all_content_can_be_read_on_every_machine(odd):
    done = worked("check", **odd)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"nothing found\n")


def test_a_page_is_the_same_wherever_it_is_made(odd, folder, tmp_path):
    # With file names in ASCII, papermill cannot write down the name of such a folder.
    odd = {name: value for name, value in odd.items() if name not in ODD["a locale of ASCII"]}
    made = []
    for name, environment in {"usual": {}, "odd": {**odd, "WORKEDARGUMENTS_ROOT": folder}}.items():
        done = worked("render", "01_reading_the_texts", "--jobs", 1, "--out", tmp_path / name, **environment)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        page = tmp_path.joinpath(name, "01_reading_the_texts.html").read_text(encoding="utf-8")
        # Keys name the library's files from the root of the content, which this folder has alone.
        made.append(re.sub('(<meta name="worked-key" content="|<code>)[0-9a-f]{12}', r"\1", page))
    assert made[0] == made[1]


def test_a_home_that_is_the_root_of_all_paths_changes_no_message(monkeypatch):
    monkeypatch.setenv("HOME", "/")
    assert in_words("E", "/tmp/a.yml: see https://example.org/") == "E: /tmp/a.yml: see https://example.org/"


# Sources

READ = ("open", "read_text", "write_text", "Popen", "run", "check_output")


def left_to_the_locale(path):
    """Calls in a file that read or write text in whatever encoding the locale names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        *of, name = ast.unparse(node.func).split(".") if isinstance(node, ast.Call) else [""]
        # Without an object before it, or with `files`, read_text and write_text are the kit's own, which are UTF-8.
        if name not in READ or of in (["os"], ["Image"], ["wa"], ["files"]) or (not of and name.endswith("_text")):
            continue
        given = {keyword.arg for keyword in node.keywords}
        modes = [one.value for one in node.args if isinstance(one, ast.Constant) and re.fullmatch("[rwxa]b", str(one.value))]
        process = name not in READ[:3]
        if "encoding" not in given and not modes and (not process or given & {"text", "universal_newlines"}):
            yield f"{path.name}:{node.lineno}"


def test_no_file_is_read_or_written_in_the_encoding_of_the_locale():
    paths = [*root().joinpath("lib").rglob("*.py"), *HERE.rglob("*.py")]
    assert len(paths) > 50
    assert [where for path in paths for where in left_to_the_locale(path)] == []


@pytest.mark.parametrize("line", ["open('a')", "path.read_text()", "p.write_text('a')", "subprocess.run(['a'], text=True)"])
def test_an_encoding_left_out_is_noticed(line, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(line, encoding="utf-8")
    assert list(left_to_the_locale(path)) == ["a.py:1"]
