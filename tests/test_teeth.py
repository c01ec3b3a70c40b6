"""A test of the tests: every deliberate mistake must turn some named part of the suite red.

One copy of the repository is made for the session. Each mistake changes a file of the copy, the cheapest
part of the suite that has to notice is run on it, and the file is put back. The control test runs all
these parts on the copy as it is: they must be green there, or a red one would prove nothing. Leaves out:
whether a message is well worded, and mistakes that need a browser to be seen.
"""

import ast
import csv
import functools
import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.teeth

ROOT = Path(__file__).parents[1]
COPIED = ("lib", "data", "notebooks", "tests", "binder", ".github", "requirements.txt", "README.md", ".pytest.ini")
NOT_COPIED = ("__pycache__", ".ipynb_checkpoints", "*.egg-info", "reports", "node_modules")
MODEL = "lib/workedarguments/models/ten_to_two.py"
CLAIMS = "data/claims/casado.yml"
SCENARIOS = "data/scenarios/ten_to_two"
RANGES = "data/ranges/ten_to_two.yml"
RESULTS = "data/results/ten_to_two.csv"
STUDIES = "data/evidence/studies.csv"
RAILWAYS = "data/evidence/railways.csv"
NOTEBOOK = "notebooks/10_ten_to_two.ipynb"
START = "notebooks/00_start_here.ipynb"
EXERCISES = "data/exercises/ten_to_two.yml"

# Parts of the suite: a verb of the command, or what pytest is to run.
CHECK = ("worked", "check")
RECORDED = ("worked", "results", "--check")
BY_HAND = "tests/test_ten_to_two.py"
PUBLISHED = "tests/test_published.py"
BUBBLES = "tests/test_published_bubbles.py"
VERDICTS = "tests/test_verdict.py"
SLIDERS = "tests/test_controls.py"
BOUNDS = ("pytest", "tests/test_properties.py", "-k", "every_result and ten_to_two")
ESCAPING = "tests/test_escaping.py"
PAGES = "tests/test_report.py::test_outputs_are_chosen_and_figures_keep_their_words"


def run(copy, part):
    """One part of the suite in the copy, with the copy's library and content: (exit status, output)."""
    program, *rest = part if isinstance(part, tuple) else ("pytest", part)
    if program == "worked":
        command = [sys.executable, "-m", "workedarguments", *rest]
    else:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *rest]
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "lib"),
        "WORKEDARGUMENTS_ROOT": str(copy),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
        # Compiled files go by whole seconds: a mistake made and unmade within one would live on in them.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """The repository without what is generated or private to one machine."""
    place = tmp_path_factory.mktemp("teeth")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns(*NOT_COPIED))
        elif source.exists():
            shutil.copy2(source, place / name)
    return place


@contextmanager
def mistaken(copy, mistake):
    """The copy with one mistake in it, put back afterwards together with the recorded results."""
    paths = [copy / name for name in mistake.changes] + list(copy.glob("data/results/*.csv"))
    before = {path: path.read_bytes() for path in paths}
    try:
        for name, change in mistake.changes.items():
            text = (copy / name).read_text(encoding="utf-8")
            changed = change(text)
            assert changed != text, f"{name}: the mistake changed nothing"
            (copy / name).write_text(changed, encoding="utf-8")
        if mistake.recorded_again:
            status, output = run(copy, ("worked", "results"))
            assert status == 0, output
        yield
    finally:
        for path, content in before.items():
            path.write_bytes(content)


# How a mistake is made: functions from the text of a file to a changed text.


def instead(old, new, times=1):
    """Replace a piece of text that stands there exactly `times` times."""

    def change(text):
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times, not {times}"
        return text.replace(old, new)

    return change


def after(start, old, new):
    """Replace the first `old` that follows `start`."""

    def change(text):
        head, found, tail = text.partition(start)
        assert found, f"{start!r} is not there"
        assert old in tail, f"no {old!r} after {start!r}"
        return head + found + tail.replace(old, new, 1)

    return change


def lines_of(name):
    """A scenario's `set` in place of the file's own."""

    def change(text):
        other = (ROOT / SCENARIOS / name).read_text(encoding="utf-8")
        return text.partition("\nset:")[0] + "\nset:" + other.partition("\nset:")[2]

    return change


def as_lines(text):
    """A text as notebooks store it, so that a mistake differs from the file in nothing else."""
    return text.splitlines(keepends=True)


def cell(word, change_cell):
    """Change the first cell of a notebook whose source holds `word`."""

    def change(text):
        notebook = json.loads(text)
        found = [one for one in notebook["cells"] if word in "".join(one["source"])]
        assert found, f"no cell with {word!r}"
        change_cell(found[0])
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    return change


def drop_outputs(one):
    """Strip what a cell has put out."""
    assert one["outputs"]
    one["outputs"] = []


def edit_source(old, new):
    """Change the source of a cell."""

    def change(one):
        source = "".join(one["source"])
        assert old in source, f"no {old!r} in the cell"
        one["source"] = as_lines(source.replace(old, new))

    return change


def edit_output(kind, old, new):
    """Change the stored output of a cell, as a hand would."""

    def change(one):
        bundle = one["outputs"][0]["data"]
        stored = "".join(bundle[kind])
        assert old in stored, f"no {old!r} in the output"
        bundle[kind] = as_lines(stored.replace(old, new))

    return change


def edit_alt(new):
    """Change the alternative text that a stored picture carries."""

    def change(one):
        one["outputs"][0]["metadata"]["image/png"]["alt"] = new

    return change


def in_row(key, column, value):
    """Change one value of a CSV file, in the row whose first field is `key` (fields split by commas)."""

    def change(text):
        rows = list(csv.reader(io.StringIO(text)))
        row = next(row for row in rows if key in (row[0], f"{row[0]} {row[1]}"))
        row[rows[0].index(column)] = value
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        return buffer.getvalue()

    return change


@dataclass(frozen=True)
class Mistake:
    """What goes wrong in which files, which part of the suite has to notice, and a pattern it then says.

    With `recorded_again` the recorded results are made anew after the mistake, as an author would do who
    takes every difference for progress: then they cannot be what notices.
    """

    name: str
    changes: dict
    part: object
    says: str = ""
    recorded_again: bool = False


MISTAKES = [
    # The model
    Mistake(
        "sign in amdahl_1967",
        {MODEL: instead("hard_share * hard_time + (1 - hard_share) / tool_speedup)",
                        "hard_share * hard_time - (1 - hard_share) / tool_speedup)")},
        RECORDED, r"as_told overall_speedup: recorded",
    ),
    Mistake(
        "sign in amdahl_1967, results recorded again",
        {MODEL: instead("hard_share * hard_time + (1 - hard_share) / tool_speedup)",
                        "hard_share * hard_time - (1 - hard_share) / tool_speedup)")},
        MODEL, r"amdahl_1967", recorded_again=True,
    ),
    Mistake("default of a parameter", {MODEL: instead("hard_share: float = share(0.5,", "hard_share: float = share(0.45,")},
            RECORDED, r"as_told overall_speedup: recorded"),
    Mistake("default outside its bounds", {MODEL: instead("hard_share: float = share(0.5,", "hard_share: float = share(5,")},
            CHECK, r"hard_share must be a share"),
    Mistake("row behind a range", {RANGES: instead('"1 - [T08]"', '"[T08]"')},
            NOTEBOOK, "0.32"),
    Mistake("range that names no row", {RANGES: instead('["1 + [A01]"]', '["1.19"]')},
            CHECK, r"hard_slowdown: '1.19' names no row"),
    Mistake("range about nobody whom a case is about",
            {"data/scenarios/industrial_bubble/gpu_short_life.yml": instead("[AI data centres,", "[AI data center,")},
            CHECK, r"no range is about 'AI data center'.*did you mean 'AI data centres'"),
    Mistake("unit of a headline",
            {MODEL: instead('"Multiple of the releases", unit="×"', '"Multiple of the releases", unit="share"')},
            RECORDED, "release_speedup"),
    Mistake("no reason for no number",
            {MODEL: instead('undefined="the tool leaves everything untouched or nothing, so no middle stands apart from the rest",', "")},
            BOUNDS, "middle_gone is nan and does not say why"),
    Mistake("share of more than all", {MODEL: instead(" & (step <= np.maximum(way, 0))", "")},
            BOUNDS, r"hard_share_for_twofold is not between 0\.0 and 1\.0"),
    Mistake("quotient of nothing", {MODEL: instead(" & (way != 0)", "")}, BOUNDS, "warns: invalid value encountered"),
    # Content
    Mistake("share given in per cent", {f"{SCENARIOS}/chores_ninety.yml": instead("hard_share: 0.1", "hard_share: 10")},
            CHECK, r"chores_ninety\.yml line \d+: set: hard_share must be a share between 0 and 1.*not 10"),
    Mistake("misspelt parameter", {f"{SCENARIOS}/kaufman.yml": instead("skill_slope", "skil_slope")},
            CHECK, r"kaufman\.yml line \d+: set: no parameter 'skil_slope'.*did you mean 'skill_slope'"),
    Mistake("two scenarios swapped",
            {f"{SCENARIOS}/metr_2025.yml": lines_of("peng_2023.yml"), f"{SCENARIOS}/peng_2023.yml": lines_of("metr_2025.yml")},
            RECORDED, "metr_2025 overall_speedup"),
    Mistake("two scenarios swapped, results recorded again",
            {f"{SCENARIOS}/metr_2025.yml": lines_of("peng_2023.yml"), f"{SCENARIOS}/peng_2023.yml": lines_of("metr_2025.yml")},
            PUBLISHED, "metr_2025", recorded_again=True),
    Mistake("number of a study's scenario, results recorded again", {f"{SCENARIOS}/peng_2023.yml": instead("tool_speedup: 2.26", "tool_speedup: 2.36")},
            PUBLISHED, "peng_2023", recorded_again=True),
    Mistake("as told tells something else",
            {f"{SCENARIOS}/as_told.yml": lambda text: text + "set:\n  hard_share: 0.4\n"}, CHECK, "set must be empty"),
    Mistake("key that stands twice", {f"{SCENARIOS}/kaufman.yml": instead("set:\n", "role: study\nset:\n")},
            CHECK, r"kaufman\.yml: line \d+: key 'role' stands twice"),
    Mistake("verdict typed into a claim", {CLAIMS: after("tenx-to-2x:", "\n  kind:", "\n  verdict: holds\n  kind:")},
            CHECK, "unknown key 'verdict'"),
    Mistake("claim about a headline that does not exist",
            {CLAIMS: after("releases-not-faster:", "headline: release_speedup", "headline: release_sped_up")},
            CHECK, r"casado\.yml: releases-not-faster.*no 'release_sped_up'.*did you mean 'release_speedup'"),
    Mistake("claim in a reading that does not exist", {CLAIMS: after("tenx-to-2x:", "reading: squeeze", "reading: squeezed")},
            CHECK, "no reading 'squeezed'"),
    Mistake("speaker who is not in the text", {CLAIMS: after("headline-downgrade:", "speaker: csdn", "speaker: csnd")}, CHECK, "csnd"),
    Mistake("fact check whose source does not resolve", {CLAIMS: after("tenx-to-2x:", "source: mindbento-2025", "source: mindbento-2052")},
            CHECK, r"tenx-to-2x.*no source 'mindbento-2052'"),
    Mistake("threshold of a claim",
            {CLAIMS: after("releases-not-faster:", "is: at_most, value: 1.5", "is: at_most, value: 1.2")},
            START, r"releases-not-faster"),
    Mistake("tolerance of a claim",
            {CLAIMS: after("tenx-to-2x:", "tolerance: 0.25, reading: level", "tolerance: 0.05, reading: level")},
            NOTEBOOK, r"tenx-to-2x"),
    Mistake("direction of a claim", {CLAIMS: after("quality-counts:", "is: at_least", "is: at_most")},
            ("pytest", BY_HAND, "-k", "M52"), "M52"),
    Mistake("sentence of a text that no anchor finds", {CLAIMS: after("quality-counts:", "sentences: [341]", "sentences: [3420]")},
            CHECK, "no anchor for claim casado.quality-counts"),
    Mistake("central claim without words in Chinese", {CLAIMS: lambda text: re.sub(r"\n    zh-Hans: .*", "", text, count=1)},
            CHECK, "tenx-to-2x: central, but has no words in zh-Hans"),
    Mistake("relation to a claim that does not exist", {"data/relations.yml": after("id: hard-holds-two", "to: casado.tenx-to-2x", "to: casado.tenx-to-x2")},
            CHECK, r"tenx-to-x2"),
    Mistake("evidence value", {STUDIES: in_row("A12-commits", "value", "2.9")}, NOTEBOOK, r"figures\.staircase"),
    Mistake("evidence value that a paper's own arithmetic needs", {STUDIES: in_row("A05", "error", "0.13")}, PUBLISHED, "X0[78]"),
    Mistake("evidence value that no figure shows", {RAILWAYS: in_row("open-1845", "value", "2414")},
            CHECK, r"railways\.csv has changed since its sidecar was written"),
    Mistake("evidence value taken for meant", {RAILWAYS: in_row("return-neither", "value", "5123.48")},
            BUBBLES, "bubbles_18"),
    Mistake("misspelt unit of evidence", {RAILWAYS: in_row("open-1845", "unit", "mile")},
            CHECK, r"railways\.csv line \d+: unit: 'mile'.*did you mean 'miles'"),
    Mistake("evidence that is no number", {STUDIES: in_row("A12-commits", "value", "2,8")}, CHECK, r"value: must be a number, not '2,8'"),
    Mistake("results edited by hand", {RESULTS: in_row("as_told release_speedup", "value", "1.3")},
            RECORDED, "as_told release_speedup: recorded 1.3"),
    Mistake("wrong answer that is right", {EXERCISES: instead('answer: "2"', "answer: 9 / 4")},
            CHECK, "is right"),
    Mistake("answer computed from a name that does not exist", {EXERCISES: instead("answer: 1 / hard_share\n", "answer: 1 / hard_shar\n")},
            CHECK, "hard_shar"),
    Mistake("pins on Binder differ", {"binder/requirements.txt": lambda text: re.sub(r"numpy==\S+", "numpy==2.3.0", text)},
            CHECK, "binder/requirements.txt: pins differ"),
    # Notebooks
    Mistake("output stripped", {NOTEBOOK: cell("by_hand, by_library", drop_outputs)}, CHECK, "no output is stored"),
    Mistake("output edited by hand",
            {NOTEBOOK: cell("by_hand, by_library", edit_output("text/plain", "1.82 by hand", "1.83 by hand"))},
            NOTEBOOK, r"1\.83"),
    Mistake("alternative text of a stored picture",
            {NOTEBOOK: cell("figures.staircase", edit_alt("A picture of some bars that nobody described"))},
            CHECK, "alt text of the picture"),
    Mistake("alternative text that says nothing",
            {NOTEBOOK: cell("figures.staircase", edit_source('alt="Four bars going down: ten times promised, then measured commits, projects and releases, each lower"', 'alt="a chart"'))},
            NOTEBOOK, "alt must say"),
    Mistake("magic that does not exist", {NOTEBOOK: cell("by_hand, by_library", edit_source("h, s =", "%no_such_magic\nh, s ="))},
            CHECK, "not plain Python"),
    Mistake("verdict typed into prose",
            {NOTEBOOK: cell("An untouched half is a ceiling", edit_source("An untouched half", "So the claim holds. An untouched half"))},
            CHECK, "a verdict typed by hand"),
    Mistake("number typed into prose",
            {NOTEBOOK: cell("An untouched half is a ceiling", edit_source("An untouched half", "It is 1.82 times. An untouched half"))},
            CHECK, r"1\.82 typed in prose"),
    Mistake("parameters cell with a name of its own", {NOTEBOOK: cell('scenario = "as_told"', edit_source('language = "en"', 'language = "en"\nhard_share = 0.3'))},
            CHECK, "first code cell must be"),
    # The library
    Mistake("figure that plots something else",
            {"lib/workedarguments/showing/figures.py": instead("axes.scatter(series.to_numpy()[mine],", "axes.scatter(1.1 * series.to_numpy()[mine],")},
            NOTEBOOK, r"figures\.dots"),
    Mistake("test turned round", {"lib/workedarguments/texts/claims.py": instead('self.is_ in ("at_most", "about")', 'self.is_ in ("at_least", "about")')},
            VERDICTS, "margin|holds"),
    Mistake("search for flips that stops early", {"lib/workedarguments/reasoning/turning.py": instead("for _ in range(rounds - 1):", "for _ in ():")},
            VERDICTS, "flip"),
    Mistake("index of an input halved", {"lib/workedarguments/reasoning/draws.py": instead("** 2 / (2 * variance)", "** 2 / (4 * variance)")},
            VERDICTS, "test_a_verdict_that_never_turns_has_indices_of_its_margin"),
    Mistake("limit rounded the wrong way", {"lib/workedarguments/ground/numbers.py": instead("ROUND_CEILING if towards > 0 else ROUND_FLOOR", "ROUND_FLOOR if towards > 0 else ROUND_CEILING")},
            "tests/test_sentences.py::test_random_limits_mean_what_they_say", "towards"),
    Mistake("range drawn of whomever it is about", {"lib/workedarguments/reasoning/argument.py": instead("if one.about in self.about}", "if one.about}")},
            "tests/test_ranges.py::test_a_case_draws_only_what_is_about_it", "AssertionError|assert"),
    Mistake("studies drawn apart", {"lib/workedarguments/reasoning/ranges.py": instead("if len(one.studies) > 1 and len(names) > 1:", "if False:")},
            "tests/test_ranges.py::test_inputs_of_the_same_studies_are_drawn_study_by_study", "assert"),
    Mistake("joint move that does not turn", {"lib/workedarguments/reasoning/moves.py": instead("    return Move(float(size), values, carriers, pair)", "    return Move(float(size) / 2, values, carriers, pair)")},
            "tests/test_moves.py::test_a_plane_turns_where_its_slopes_say", "assert"),
    Mistake("missing scenario taken for the first one",
            {"lib/workedarguments/reasoning/scenarios.py": instead("    there = paths(stem)\n", "    there = paths(stem)\n    name = name if name in there else AS_TOLD\n")},
            "tests/test_content.py::test_all_problems_of_a_call_at_once", "metr_2025"),
    Mistake("slider that moves nothing", {"lib/workedarguments/showing/controls.py": instead('control.observe(redraw, "value")', "control.unobserve_all()")},
            SLIDERS, "test_a_step_changes_number_and_picture"),
    Mistake("slider that leaves its bounds", {"lib/workedarguments/showing/controls.py": instead("return min(max(control.value, fields[name].low), fields[name].high)", "return control.value")},
            SLIDERS, r"must be a number between .*, not 20\.000000000000004"),
    Mistake("text of content as HTML", {"lib/workedarguments/ground/escaping.py": instead("html.escape(str(text), quote)", "str(text)")},
            ESCAPING, "test_a_text_shows_as_itself_in_html"),
    Mistake("text of content as Markdown", {"lib/workedarguments/showing/tables.py": instead("in_markdown(self.text)", "self.text")},
            ESCAPING, "test_what_a_cell_shows"),
    Mistake("what is put into a sentence as Markdown", {"lib/workedarguments/showing/case.py": instead("in_markdown(text) for", "text for")},
            ESCAPING, "test_what_a_cell_shows"),
    Mistake("any address as a link", {"lib/workedarguments/ground/escaping.py": instead("</a>') if is_web(address) else", "</a>') if address else")},
            ESCAPING, "test_no_other_address_becomes_a_link"),
    Mistake("policy that lets any script run", {"lib/workedarguments/ground/policy.py": instead('"script-src": _listed(scripts)', '"script-src": "\'unsafe-inline\'"')},
            ESCAPING, "test_a_policy_lists_what_a_page_has"),
    Mistake("alternative text lost on the way to a page",
            {"lib/workedarguments/pages/templates/cells.html.j2": instead("about.get('alt', '')", "about.get('old', '')")},
            PAGES, "alt"),
]


def name_of(part):
    return " ".join(part) if isinstance(part, tuple) else part


@functools.cache
def every_part():
    return list(dict.fromkeys(mistake.part for mistake in MISTAKES))


@pytest.mark.parametrize("part", every_part(), ids=name_of)
def test_the_copy_is_green(copy, part):
    status, output = run(copy, part)
    assert status == 0, f"{name_of(part)} is red without any mistake:\n{output[-3000:]}"


def test_the_copy_uses_its_own_library(copy):
    code = "import workedarguments as wa; print(wa.__file__); print(wa.ground.files.root())"
    environment = {**os.environ, "PYTHONPATH": str(copy / "lib"), "WORKEDARGUMENTS_ROOT": str(copy)}
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, cwd=copy, env=environment, capture_output=True, encoding="utf-8", check=True).stdout
    assert [Path(line).is_relative_to(copy) for line in shown.split("\n")[:2]] == [True, True]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_turns_the_suite_red(copy, mistake):
    with mistaken(copy, mistake):
        status, output = run(copy, mistake.part)
    # 1 is a failed test or a found problem; other codes are a suite that did not run.
    assert status == 1, f"{name_of(mistake.part)} ended with {status}:\n{output[-3000:]}"
    assert mistake.part[0] != "worked" or "Traceback" not in output, output[-3000:]
    assert re.search(mistake.says, output, re.DOTALL), f"red for another reason than {mistake.says!r}:\n{output[-3000:]}"


# Mistakes that every argument must notice, found by listing.

STEMS = [path.stem for path in sorted((ROOT / "lib/workedarguments/models").glob("[!_]*.py"))]
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}


def operations(function):
    """The sums, products and powers in a function, in the order in which they stand."""
    return [node for node in ast.walk(function) if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED]


def formulas():
    """(stem, function) for every function of every model that computes something itself."""
    for stem in STEMS:
        tree = ast.parse((ROOT / f"lib/workedarguments/models/{stem}.py").read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and operations(node):
                yield stem, node.name


def other_operator(name):
    """Change the outermost operation of a function: a sum to a difference, a product to a quotient."""

    def change(text):
        tree = ast.parse(text)
        node = operations(next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name))[0]
        node.op = SWAPPED[type(node.op)]()
        return ast.unparse(tree)

    return change


@pytest.mark.parametrize(("stem", "function"), list(formulas()))
def test_another_operator_in_a_formula_is_noticed_by_hand(copy, stem, function):
    model = f"lib/workedarguments/models/{stem}.py"
    with mistaken(copy, Mistake(function, {model: other_operator(function)}, "")):
        published = (path.relative_to(copy).as_posix() for path in sorted(copy.glob("tests/test_published*.py")))
        status, output = run(copy, ("pytest", f"tests/test_{stem}.py", model, *published))
    assert status, f"nobody noticed:\n{output}"


def in_results(text):
    """Another first digit in the first recorded number."""
    return re.sub(r"(\n\w+,\w+,-?)(\d)", lambda found: f"{found[1]}{(int(found[2]) + 1) % 10}", text, count=1)


def without_word(stem):
    """A words file without the first label of an argument."""
    return lambda text: re.sub(rf"\n{stem}\.[^\n]*", "", text, count=1)


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("kind", ["recorded result", "label in Chinese", "source of an input"])
def test_a_slip_in_any_argument_is_noticed(copy, stem, kind):
    slips = {
        "recorded result": ({f"data/results/{stem}.csv": in_results}, RECORDED, stem),
        "label in Chinese": ({"data/words/zh-Hans.yml": without_word(stem)}, CHECK, rf"zh-Hans.*{stem}\."),
        "source of an input": ({f"lib/workedarguments/models/{stem}.py": after("class Parameters", 'source="', 'source="no-')},
                               CHECK, "no source"),
    }
    changes, part, says = slips[kind]
    with mistaken(copy, Mistake(kind, changes, part)):
        status, output = run(copy, part)
    assert status, f"nobody noticed:\n{output}"
    assert re.search(says, output), output
