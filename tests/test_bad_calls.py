"""Bad command lines, bad calls of the Python API and bad papermill parameters: refused in words, never a traceback.

Command lines are made from the command's own grammar, calls from the signatures of what is public.
"""

import argparse
import contextlib
import inspect
import io
import itertools
import os

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.__main__ import main, parser
from workedarguments.ground.errors import ContentError

ALL_BAD = os.environ.get("ALL_BAD") == "true"
STRANGE = ("nothing", "", " ", "../..", "ten_to_twoo", "TEN_TO_TWO", "a" * 3_000, "<b>x</b>", "\u5341\u500d", "a\nb", "-", "%s", "{x}")
NUMBERS = ("many", "-1", "0", "1e9", "nan", "99999999999999999999", "")


def every_second(cases, step):
    return cases if ALL_BAD else cases[::step]


# ---------------------------------------------------------------------------------------------------- command lines


def verbs():
    (action,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return action.choices


# A good word for each place of each verb: a bad one in one place must not hide behind a bad one in another.
GOOD = {"stem": "ten_to_two", "about": "casado.tenx-to-2x", "text": "casado", "what": "text", "name": "mine", "copy": "missing.txt",
        "format": "csv", "folder": "reports", "old": "reports", "new": "reports"}
FREE = {("annotate", "out"), ("render", "out")}  # no word is wrong; what cannot be written is tried elsewhere


def command_lines():
    """Command lines with one bad word each, made from the grammar."""
    found = []
    for verb, grammar in verbs().items():
        places = [one for one in grammar._actions if not isinstance(one, argparse._HelpAction)]
        good = [GOOD[one.dest] for one in places if not one.option_strings and one.nargs != "*"]
        positions = [one for one in places if not one.option_strings]
        for n in range(len(positions)):
            found += [(verb, *good[:n], word, *good[n + 1 :]) for word in STRANGE]
        for place in places:
            if not place.option_strings or place.nargs == 0 or (verb, place.dest) in FREE:
                continue
            words = NUMBERS if place.type is int else STRANGE
            found += [(verb, *good, f"{place.option_strings[0]}={word}") for word in words]
        found.append((verb, *good, "--no-such-option"))
        if good:
            found.append((verb,))
        found.append((verb, *good, *["too", "many", "words", "here"]))
    settings = ("", "hard_share", "hard_share=2", "reading=none", "hard_shar=0.2", "hard_share=0.1=2")
    return [*found, (), ("nothing",), ("--nothing",), *(("solve", "ten_to_two", "--set", word) for word in settings)]


# Right where they stand: seeds and draws that are in bounds, a text of one's own without a copy.
RIGHT = {("verdict", "casado.tenx-to-2x", "--seed=0"), ("new", "text", "nothing"), ("new", "text", "ten_to_twoo")}
LINES = [line for line in command_lines() if line not in RIGHT]


def run(line):
    """(exit status, all that was said) of one command line, in this process."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            status = main(list(line))
        except SystemExit as ending:
            status = ending.code
    return status, said.getvalue()


@pytest.mark.parametrize("line", every_second(LINES, 5), ids=lambda line: " ".join(line)[:70])
def test_a_bad_command_line_is_refused_in_words(somewhere, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    before = sorted(somewhere.rglob("*"))
    status, said = run(line)
    assert status in (1, 2), said
    assert said.strip()
    assert "Traceback" not in said
    assert max(map(len, said.splitlines())) < 4_000
    assert sorted(somewhere.rglob("*")) == before
    assert not list(tmp_path.iterdir())


# --------------------------------------------------------------------------------------------------------- the API


def calls():
    """(words, function, arguments) of calls with one bad argument each, made from signatures."""
    case, text = wa.argument("ten_to_two"), wa.text("sourdough")
    ids = {"claim": "casado.tenx-to-2x", "key": "enough-for-twofold", "headline": "overall_speedup", "name": "hard_share",
           "x": "hard_share", "y": "tool_speedup", "stem": "ten_to_two", "template": "{hard_share}"}
    bad = {
        "words": ("nothing", "", "hard_shar", "overall_speedupp", "<b>", 5, None, [], 2.5),
        "numbers": ("many", -1, 0, 2.5, None, [], float("nan"), 10**12),
        "paths": ("nothing.txt", "", "/", 5, [], None),
    }
    of = {"draws": "numbers", "seed": "numbers", "points": "numbers", "n": "numbers", "most": "numbers", "least": "numbers",
          "path": "paths"}
    found = []

    def add(owner, name, function, skipped=()):
        parameters = inspect.signature(function).parameters.values()
        good = [ids[one.name] for one in parameters if one.default is one.empty and one.name in ids]
        for n, one in enumerate(parameters):
            if one.name in skipped or one.kind is one.VAR_KEYWORD:
                continue
            for value in bad[of.get(one.name, "words")]:
                if one.default is not one.empty and (value is one.default or value in (None, "")):
                    continue
                if one.kind is one.VAR_POSITIONAL:
                    found.append((f"{owner}.{name}({value!r})", function, [*good, value], {}))
                elif one.default is one.empty:
                    arguments = [*good[:n], value, *good[n + 1:]]
                    found.append((f"{owner}.{name}({one.name}={value!r})", function, arguments, {}))
                else:
                    found.append((f"{owner}.{name}({one.name}={value!r})", function, good, {one.name: value}))

    for name in ("argument", "claim", "claim_table", "dated", "evidence", "glossary", "multiples", "open", "reading_list", "show",
                 "source", "text"):
        # Any caption will do, and what is folded is a matter of taste.
        add("wa", name, getattr(wa, name), skipped=("caption", "note", "collapsed", "overrides"))
    add("wa", "argument_map", wa.argument_map, skipped=("argument",))
    for name in ("claims", "table", "headlines", "verdict", "tests", "swing", "region", "explore", "exercise", "predict", "reveal",
                 "log_scaled", "label", "movers", "basis", "compare", "sweep", "draw", "parameter", "headline", "options", "claim"):
        add("case", name, getattr(case, name), skipped=("answer", "value", "told"))
    for name in ("annotated", "attach", "sentences", "speaker", "shipped"):
        add("text", name, getattr(text, name))
    values = (None, "much", [], {}, float("nan"), -5, object(), [[1], [1, 2]], np.array(["level", "squeeze"]), np.array([-5.0, 0.5]))
    for word, value in itertools.product(("hard_share", "tool_speedup", "reading"), values):
        found.append((f"case.solve({word}={value!r:.20})", case.solve, [], {word: value}))
    for word in ("hard_shar", "x", "self_"):
        found.append((f"case.solve({word}=1)", case.solve, [], {word: 1}))
        found.append((f"case.say({{{word}}})", case.say, [f"{{{word}}}"], {}))
    found += [("case.region(x twice)", case.region, ["casado.tenx-to-2x", "hard_share", "hard_share"], {}),
              ("case.draw(n=array)", case.draw, [np.array([1, 2])], {}),
              ("case.sweep(two inputs, many points)", case.sweep, ["overall_speedup"], {"hard_share": None, "tool_speedup": None, "points": 50_000})]
    templates = ("{", "}", "{}", "{0}", "{hard_share.real}", "{hard_share[0]}", "{hard_share!r}", "{hard_share:>99999999}")
    return found + [(f"case.say({template})", case.say, [template], {}) for template in templates]


# What is right although it looks odd: an option left at what stands for it.
ODD = {"wa.dated('')", "case.draw(seed=0)", "case.verdict(seed=0)"}
CALLS = [call for call in calls() if call[0] not in ODD]


@pytest.mark.parametrize("call", every_second(CALLS, 6), ids=lambda call: call[0][:70])
def test_a_bad_call_is_refused_in_words(call):
    _, function, arguments, named = call
    with pytest.raises(ContentError) as caught:
        function(*arguments, **named)
    assert all(4 < len(line) < 2_500 for line in caught.value.problems)


# ------------------------------------------------------------------------------------------------------- papermill


SCENARIOS = ("nothing", "", "as_tol", "AS_TOLD", "../as_told", "as_told.yml", 5, None, [], {}, True, 2.5, "a" * 500, "<b>", "yours", "index")
OVERRIDES = ("hard_share", "hard_share=", "=1", "hard_share=2", "hard_share=-1", "hard_share=5%", "hard_share=nan", "hard_share=.nan",
             "hard_share=.inf", "hard_share=true", "hard_share=null", "hard_share=[1]", "hard_share={a: 1}", "hard_share=1=2",
             "hard_shar=0.5", "reading=none", "reading=1", "hard_share=0.1, hard_share=0.2", "hard_share=0.1; tool_speedup=2",
             "hard_share=!!python/name:os.x", "hard_share=*a", "hard_share=&a 1", "hard_share=" + "[" * 5000, "tool_speedup=1e9",
             "tool_speedup=0", "x" * 5000, 5, 2.5, True, [], ["hard_share=0.1"], {"hard_share": "much"}, {"hard_share": None},
             {"hard_share": float("nan")}, {"hard_share": [0.1]}, {"hard_shar": 0.1}, {5: 5}, {"": 1}, {"reading": "none"},
             {"reading": ["level"]}, {"hard_share": {"value": 0.1}}, {"hard_share": True}, {"hard_share": -1}, {"hard_share": 10**400})
LANGUAGES = ("xx", "", "EN", "de", "zh", "zh-hans", "zh_Hans", 5, None, [], {}, True, "en ", "../en", "a" * 200)
STEMS = ("ten_too_two", "", None, 5, [], "models", "os")
PARAMETERS = (
    [("ten_to_two", value, "", "en") for value in SCENARIOS]
    + [("ten_to_two", "as_told", value, "en") for value in OVERRIDES if value not in ("", [], {})]
    + [("ten_to_two", "as_told", "", value) for value in LANGUAGES]
    + [(value, "as_told", "", "en") for value in STEMS]
)


@pytest.mark.parametrize("given", PARAMETERS, ids=lambda given: repr(given)[:80])
def test_a_bad_papermill_parameter_is_refused_in_words(given):
    with pytest.raises(ContentError) as caught:
        wa.open(*given)
    assert all(4 < len(line) < 2_500 for line in caught.value.problems)


def test_there_are_as_many_bad_calls_as_promised():
    assert len(LINES) >= 150
    assert len(CALLS) >= 150
    assert len(PARAMETERS) >= 80
