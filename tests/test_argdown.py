"""The export to Argdown, read back by Argdown's own parser: no word, field or relation is lost.

ARGDOWN_CORE is the folder of @argdown/core. Without it or node the tests that parse skip, and say so;
with CI=true they fail.
"""

import collections
import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import workedarguments as wa
import yaml
from workedarguments.ground.files import root
from workedarguments.showing import exports
from workedarguments.showing.argdown import argdown
from workedarguments.texts.claims import Claim
from workedarguments.texts.relations import Relation, described, grounded, relations
from workedarguments.texts.texts import Text, texts

SCRIPT = Path(__file__).with_name("parse_argdown.mjs")
# One of each token of Argdown's lexer, and what its rules on blanks, lines, data and titles hang on.
SYNTAX = [
    "[", "]", "[a]", "[a]: b", "[t.0]", "[-a]", "<", ">", "<a>", "<a>: b", "<-a>", "@[a]", "@<a>", "[a](b)", "#", "# a",
    "#a", "#(a b)", "{", "}", "{a: b}", "{{a}}", "{a} b", "} b", "*", "* a", "*a*", "**a**", "_", "_a_", "__a__", "_ a",
    "+", "+ a", "+> a", "-", "- a", "-> a", "->", "--", "-- a --", "---", "><", "_>", "<_", "<+", "<-", "(1)", "(1) a",
    "1.", "1. a", "12. a", "//", "// a", "/* a */", "/*", "*/", "<!-- a -->", "<!--", "-->", "=", "===", "=== a ===",
    "====", "|", "| a | b |", "\\", "\\\\", "\\a", "\\[", "\\ ", ":", ":smile:", ":a:", ": a", ".a.", ".~.", "..", "...",
    ". a", ".:", "(  a", "-  a", "a. :b.", "a\u2028}", ",", ", a", ",a", ";", "; a", ",  a", ".  a", "a  b", "a   b", "a\tb", "a \t b", ".\ta", "- \ta", "'",
    '"', "' a", "$", "$a$", "$$a$$", "`a`", "```", "~~a~~", "^", "&amp;", "&", "%", "!", "?", "![a](b)", "a\\",
    "https://example.org/a_b?c=d&e=[f]#g", "mailto:a@example.org", "<https://example.org>", "\u4e2d\u6587\uff0c\u53e5\u3002", "\u3010\u300a\uff08\uff1a",
    "\U0001f600", "\u00a0", "\u3000", "\u200b", "\u2028", "\u2029", "\x85", "\ufeff", "\x7f", "\ufffe", "\uffff", "a\nb", "a\r\nb",
    "a\n\nb", "a\n* b", "a\n+ [t.0]", "a\n}", "\n", "", " ", "  a", "a ", "a  ", "a.", "a. ", "null", "true", "- - -",
    "isInGroup", "%%", "\x00", "\x1b",
]  # fmt: skip


def missing(what):
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{what} is missing, so Argdown is not parsed")


@pytest.fixture(scope="module")
def parse(tmp_path_factory):
    """A function that gives what Argdown's parser makes of a text."""
    node, core = shutil.which("node"), os.environ.get("ARGDOWN_CORE", root() / "node_modules/@argdown/core")
    if not node:
        missing("node")
    if not Path(core, "package.json").is_file():
        missing("@argdown/core (ARGDOWN_CORE)")

    def parsed(text):
        path = tmp_path_factory.mktemp("argdown") / "a.argdown"
        path.write_text(text, encoding="utf-8", newline="")
        run = subprocess.run([node, SCRIPT, core, path], capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode()[-2000:]
        return json.loads(run.stdout)

    return parsed


def plain(value):
    """A value as JSON has it."""
    return json.loads(json.dumps(value))


def read_back(found):
    """(claims, relations) that a parsed file holds: {id: fields}, {id: (from, type, to, why)}; by data alone."""
    assert found["errors"] == []
    kept, links = {}, {}
    for one in found["statements"]:
        fields = dict(one["data"])
        [words] = one["words"]
        fields["paraphrase"] = {**fields["paraphrase"], "en": fields.pop("exact", words)}
        kept[fields["id"]] = fields
    for one in found["arguments"]:
        fields, [words] = one["data"], one["words"]
        links[fields["id"]] = (fields["from"], fields["type"], fields["to"], fields.get("exact", words))
    return kept, links


def wanted(every_claim, every):
    """The same from the library."""
    status = grounded(every_claim, every)
    kept = {key: plain(described(one, status[key])) for key, one in every_claim.items()}
    return kept, {one.id: (one.start, one.type, one.end, one.why) for one in every.values()}


def drawn(every):
    """The relations of Argdown that a relation should become: (type, from, to), titles without brackets."""
    for one in every.values():
        yield "support", one.start, one.id
        sign = {"attacks": "attack", "undercuts": "undercut", "supports": "support", "example-of": "support"}.get(one.type)
        yield (sign, one.id, one.end) if sign else ("support", one.end, one.id)


def test_every_claim_and_relation_comes_back(parse):
    found = parse(exports.to_argdown())
    assert read_back(found) == wanted(wa.claims(), relations())
    assert {one["data"]["id"]: one["title"] for one in found["sections"]} == {one.id: one.title for one in texts().values()}


def test_every_relation_is_one_of_argdown(parse):
    found = parse(exports.to_argdown())["relations"]
    assert collections.Counter((kind, start, end) for kind, _, start, _, end in found) == collections.Counter(drawn(relations()))
    assert all(other == "argument" for kind, _, _, other, _ in found if kind == "undercut")


def made_up(words, names=None):
    """Texts, claims and relations whose words are given, one claim each; each bears on the next in some way."""
    text = Text("t", words[0] or "-", "q", "zh", "Hans", "essay", "2025", ({"id": "s", "name": "S"},), (), {}, words[-1])
    names = names or [f"t.{k}" for k in range(len(words))]
    every_claim = {
        name: Claim(name, "t", {"en": one}, {"en": one, "zh-Hans": one}, "s", "guest", "empirical", "asserts", one, 2,
                    note=one, quantity=({"value": 0.5, "unit": one, "exactness": "about"},))
        for name, one in zip(names, words, strict=True)
    }  # fmt: skip
    kinds, every = ["supports", "attacks", "undercuts", "qualifies", "same-as", "example-of"], {}
    for k, one in enumerate(words):
        kind = kinds[k % len(kinds)] if k else "attacks"
        key = names[k].partition(".")[2]
        end = list(every)[-1] if kind == "undercuts" else names[(k + 1) % len(names)]
        every[key] = Relation(key, names[k], end, kind, one)
    return {"t": text}, every_claim, every


def assert_comes_back(parse, words, names=None):
    every_text, every_claim, every = made_up(words, names)
    made = argdown(every_text, every_claim, every)
    data = [yaml.safe_load(line)["id"] for line in made.split("\n") if line.startswith("{")]
    assert set(data) == {"t", *every_claim, *every}
    found = parse(made)
    kept, links = read_back(found)
    expected, expected_links = wanted(every_claim, every)
    assert [one for one in expected if kept.get(one) != expected[one]] == []
    assert (kept.keys(), links) == (expected.keys(), expected_links)
    assert len(found["relations"]) == 2 * len(every)
    assert not any(one.get("tags") for one in [*found["statements"], *found["arguments"]])
    return found


@pytest.mark.parametrize("frame", ["{}", "a {} b", "a{}b", "{} {}", "{}\u4e2d", "(a, {}. b)"])
def test_any_sign_of_the_syntax_comes_back(parse, frame):
    assert_comes_back(parse, [frame.replace("{}", one) for one in SYNTAX])


def test_words_at_random_come_back(parse):
    rng, letters = random.Random(11), "ab1 \t\\@#*_[](){}<>=+-/|.,:;'\"!?$%&^~`\u4e2d\u3002\U0001f600\n"
    assert_comes_back(parse, ["".join(rng.choices(letters, k=rng.randint(1, 24))) for _ in range(1500)])


def test_any_id_comes_back(parse):
    names = [f"t.{one or 'empty'}" for one in SYNTAX if "\x00" not in one]
    assert_comes_back(parse, ["a"] * len(names), names)


def test_each_kind_of_relation_has_its_sign():
    made, count = exports.to_argdown(), collections.Counter(one.type for one in relations().values())
    signs = collections.Counter(line[2:4] for line in made.split("\n") if line.startswith("  "))
    assert signs["+>"] == count["supports"] + count["example-of"]
    assert (signs["->"], signs["_>"]) == (count["attacks"], count["undercuts"])
    assert signs["+ "] == sum(count.values()) + count["qualifies"] + count["same-as"]


def test_words_stay_readable():
    every_text, every_claim, every = made_up(["Ten becomes two, he says: a ten-fold gain. Is it?", "b"])
    assert "\n[t.0]: Ten becomes two, he says: a ten-fold gain. Is it?\n" in argdown(every_text, every_claim, every)
