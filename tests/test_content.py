"""The content as it is passes every check; bad content is answered with file, key, what is allowed
and the nearest match, all problems at once, and nothing is written."""

import re
import subprocess
import sys

import pytest
import workedarguments as wa
from workedarguments.authoring import checks
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data, root
from workedarguments.ground.strict_yaml import parse_yaml
from workedarguments.reasoning import scenarios
from workedarguments.texts.claims import EXACTNESS, HEDGES, KINDS, read_claims
from workedarguments.texts.texts import VOICES


def test_the_repository_has_no_problems():
    assert checks.problems() == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: no", "no"), ("a: on", "on"), ("a: 2025-07-29", "2025-07-29"), ("a: 12:30:45", "12:30:45"), ("a: 017", "017"),
     ("a: 1e3", 1000.0), ("a: 0.5", 0.5), ("a: 12", 12), ("a: true", True), ("a: .inf", float("inf"))],
)
def test_yaml_reads_numbers_and_words_as_people_mean_them(text, value):
    assert parse_yaml(text, "x.yml") == {"a": value}


def test_yaml_refuses_a_key_that_stands_twice():
    with pytest.raises(ContentError, match=r"x\.yml: line 3: key 'a' stands twice \(first in line 1\)"):
        parse_yaml("a: 1\nb: 2\na: 3\n", "x.yml")


def test_yaml_refuses_broken_yaml_with_its_line():
    with pytest.raises(ContentError, match=r"x\.yml: line 3: not valid YAML"):
        parse_yaml("a: 1\nb: [1, 2\nc: 3\n", "x.yml")


def test_yaml_makes_no_objects():
    with pytest.raises(ContentError):
        parse_yaml("a: !!python/object/apply:os.getcwd []", "x.yml")


@pytest.mark.parametrize("value", [False, "5%", "fast", "nan", None, [1], float("nan"), -0.1, 1.1])
def test_a_share_refuses_what_is_no_share(value):
    with pytest.raises(ContentError, match="hard_share must be a share between 0 and 1, not"):
        wa.argument("ten_to_two", overrides={"hard_share": value})


@pytest.mark.parametrize("text", ["hard_share=5%", "hard_share=nan", "hard_share=false", "hard_share=much"])
def test_overrides_in_text_are_refused_like_those_in_mappings(text):
    with pytest.raises(ContentError, match="overrides: hard_share must be a share"):
        wa.argument("ten_to_two", overrides=text)


@pytest.mark.parametrize("text", ["hard_share", "hard_share=", "=3", "hard_share=0.1, hard_share=0.2", 7])
def test_overrides_that_are_no_pairs(text):
    with pytest.raises(ContentError, match="overrides"):
        wa.argument("ten_to_two", overrides=text)


def test_all_problems_of_a_call_at_once():
    with pytest.raises(ContentError) as caught:
        wa.argument("ten_to_two", "metr2025", "tool_speadup=3, hard_share=2", "klingon")
    text = str(caught.value)
    assert "did you mean 'metr_2025'?" in text
    assert "did you mean 'tool_speedup'?" in text
    assert "hard_share must be a share between 0 and 1, not 2" in text
    assert "'klingon'; allowed: en" in text


def test_unknown_names_list_the_known_and_the_nearest(case):
    with pytest.raises(ContentError, match="did you mean 'ten_to_two'"):
        wa.argument("ten_two_two")
    with pytest.raises(ContentError, match=r"did you mean 'casado\.tenx-to-2x'"):
        case.verdict("casado.tenx-to-2")
    with pytest.raises(ContentError, match="did you mean 'overall_speedup'"):
        case.sweep("overal_speedup", hard_share=None)
    with pytest.raises(ContentError, match="did you mean 'studies'"):
        wa.evidence("studys")
    with pytest.raises(ContentError, match="did you mean 'metr-2025'"):
        wa.source("metr2025")


SCENARIO = """title: t
who: w
role: study
source: metr-2025
basis: measured
why: because
set:
"""
BROKEN = {
    "unknown parameter": (SCENARIO + "  tool_speadup: 2\n", "no parameter 'tool_speadup'"),
    "share as per cent": (SCENARIO + "  hard_share: 5%\n", "hard_share must be a share between 0 and 1, not '5%'"),
    "number as text": (SCENARIO + "  tool_speedup: fast\n", "tool_speedup must be a number between 0.5 and 100"),
    "truth for a number": (SCENARIO + "  tool_speedup: false\n", "tool_speedup must be a number"),
    "not a number": (SCENARIO + "  tool_speedup: nan\n", "tool_speedup must be a number"),
    "out of bounds": (SCENARIO + "  tool_speedup: 1000\n", "not 1000"),
    "key twice": (SCENARIO + "  tool_speedup: 2\n  tool_speedup: 3\n", "stands twice"),
    "unknown option": (SCENARIO + "  reading: squeze\n", "did you mean 'squeeze'"),
    "unknown key": (SCENARIO.replace("title", "titel") + "  tool_speedup: 2\n", "unknown key 'titel'"),
    "unknown source": (SCENARIO.replace("metr-2025", "metr2025") + "  tool_speedup: 2\n", "did you mean 'metr-2025'"),
    "unknown basis": (SCENARIO.replace("measured", "guessed") + "  tool_speedup: 2\n", "'guessed'; allowed: assumed"),
    "list for a mapping": (SCENARIO + "  - 2\n", "set: must be a mapping"),
    "no mapping at all": ("just words", "must be a mapping"),
    "empty": ("", "must be a mapping"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_scenario_is_answered_with_file_key_and_mend(elsewhere, name):
    text, message = BROKEN[name]
    elsewhere.joinpath("data/scenarios/ten_to_two/broken.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        wa.argument("ten_to_two", "broken")
    assert message in str(caught.value)
    assert "data/scenarios/ten_to_two/broken.yml" in str(caught.value)


def test_all_problems_of_a_scenario_at_once(elsewhere):
    text = SCENARIO + "  tool_speadup: 2\n  hard_share: 7\n  reading: x\n"
    elsewhere.joinpath("data/scenarios/ten_to_two/broken.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        wa.argument("ten_to_two", "broken")
    assert len(caught.value.problems) == 3


def test_a_file_that_is_not_utf8(elsewhere):
    elsewhere.joinpath("data/scenarios/ten_to_two/broken.yml").write_bytes(b"title: \xff\xfe")
    with pytest.raises(ContentError, match="not UTF-8"):
        scenarios.scenario("ten_to_two", "broken")


CLAIM = """broken:
  short: {en: s}
  paraphrase: {en: e}
  speaker: casado
  voice: guest
  kind: empirical
  hedge: leans
  passage: p
  importance: 2
  mechanism: M50
"""
BROKEN_CLAIMS = {
    "says no headline": ("  says:\n    - {argument: ten_to_two, headline: overal_speedup, is: at_most, value: 2}\n",
                         "did you mean 'overall_speedup'"),
    "says no argument": ("  says:\n    - {argument: ten_two, headline: x, is: at_most, value: 2}\n", "no argument 'ten_two'"),
    "says no reading": ("  says:\n    - {argument: ten_to_two, headline: ten_becomes, is: at_most, value: 2, reading: sqeeze}\n",
                        "did you mean 'squeeze'"),
    "says text for a number": ("  says:\n    - {argument: ten_to_two, headline: ten_becomes, is: at_most, value: two}\n",
                               "value: must be a number, or a list of 2, each a number, not 'two'"),
    "a typed verdict": ("  verdict: holds\n", "unknown key 'verdict'"),
    "an unknown voice": ("  voice: guest\n", "stands twice"),
    "a check without source": ("  check: {verdict: wrong, date: x}\n", "'source' is missing"),
}


@pytest.mark.parametrize("name", BROKEN_CLAIMS)
def test_a_broken_claim_is_found_by_check(elsewhere, name):
    more, message = BROKEN_CLAIMS[name]
    path = elsewhere.joinpath("data/claims/casado.yml")
    path.write_text(path.read_text(encoding="utf-8") + CLAIM + more, encoding="utf-8")
    found = [*read_claims().problems, *checks.chain_problems()]
    assert any(message in line and "data/claims/casado.yml" in line for line in found)


def test_a_source_must_say_how_far_it_was_followed(elsewhere):
    path = elsewhere.joinpath("data/sources.yml")
    path.write_text(path.read_text(encoding="utf-8") + "new-2026:\n  citation: c\n  checked: yes\n", encoding="utf-8")
    with pytest.raises(ContentError, match="allowed: memory, secondary, source"):
        wa.sources()


def run(*arguments, cwd=None):
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "workedarguments", *arguments], capture_output=True, encoding="utf-8", cwd=cwd,
                          check=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("solve", "ten_too_two"), "did you mean 'ten_to_two'"),
        (("solve", "ten_to_two", "--scenario", "metr2025"), "did you mean 'metr_2025'"),
        (("solve", "ten_to_two", "--set", "tool_speadup=3"), "did you mean 'tool_speedup'"),
        (("solve", "ten_to_two", "--set", "hard_share=5%"), "must be a share"),
        (("show", "ten_to_two", "--scenario", "x"), "no scenario 'x'"),
        (("verdict", "casado.nothing"), "no claim 'casado.nothing'"),
        (("verdict", "ten_to_two", "--draws", "0"), "draws must be"),
        (("results", "nothing"), "no argument 'nothing'"),
        (("render", "nothing"), "nothing"),
        (("render", "ten_to_two", "--scenario", "metr2025"), "did you mean 'metr_2025'"),
    ],
)
def test_the_command_answers_without_traceback_and_exits_with_one(tmp_path, arguments, message):
    before = sorted(path for path in data().rglob("*") if path.is_file())
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path for path in data().rglob("*") if path.is_file()) == before
    assert not list(tmp_path.iterdir())


def test_the_codebook_has_a_row_for_every_value_and_no_other():
    rows = re.findall(r"(?m)^(?:\||\d\.) `([a-z ]+)`", (root() / ".github/CODEBOOK.md").read_text(encoding="utf-8"))
    assert sorted(rows) == sorted([*VOICES, *KINDS, *HEDGES, *EXACTNESS])
