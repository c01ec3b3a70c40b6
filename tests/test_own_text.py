"""A text of one's own: `worked new text` in a copy of the repository, and the example that is ours, with
its original. What the notebook tells a teacher to type is what stands in the example's files."""

import hashlib
import re
import shlex
import subprocess
import sys

import attacks
import pytest
import workedarguments as wa
from copies_of_content import content_in
from workedarguments.authoring import checks, notebooks
from workedarguments.authoring.new import new_text
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data, root
from workedarguments.ground.strict_yaml import load_yaml, parse_yaml
from workedarguments.texts import anchors, copies, words
from workedarguments.texts.claims import claims_of

EXAMPLE = "sourdough"
NOTEBOOK = "notebooks/90_your_own_text.ipynb"
MADE = ("data/texts/mine/text.yml", "data/texts/mine/digest.md", "data/claims/mine.yml")
MADE_FROM_COPY = ("data/anchors/mine.json", "local/mine-sentences.txt")
ARTICLE = {
    "article.md": "# 一篇短文\n\n机器人每天替我省下两个小时。程序没有手指头。\n\n总的说来，我认为它让整个店的速度变成了原来的三倍。\n",
    "article.html": "<!doctype html><html><body><nav>Home</nav><article><h1>A short piece</h1><p>The robot saves me two hours "
    "of every single day. It has no fingers.</p><p>All in all the whole shop is three times as fast.</p></article></body></html>",
    "article.txt": "The robot saves me two hours of every single day. It has no fingers. All in all the whole shop is now three "
    "times as fast as it was in 2.5 years with Mr. Miller and me at the oven.",
}


@pytest.fixture(scope="module")
def already():
    """What `worked check` finds before there is a new text: nothing, unless the repository is being worked on."""
    return checks.problems()


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of the content in which a test may write, beside which an article may lie."""
    with content_in(tmp_path / "kit") as folder:
        yield folder


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def worked(*arguments):
    """The command in a process of its own, over the folder that the fixture names: (exit status, all it said)."""
    done = subprocess.run([sys.executable, "-m", "workedarguments", *map(str, arguments)], capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def article(folder, name):
    path = folder.parent / name
    path.write_text(ARTICLE[name], encoding="utf-8")
    return path


def test_the_command_names_what_it_wrote_and_all_that_is_wrong(elsewhere):
    status, said = worked("new", "text", "mine", "--copy", article(elsewhere, "article.md"))
    assert status == 0, said
    assert said.split("\n")[:-1] == [f"written: {name}" for name in (*MADE, *MADE_FROM_COPY)]
    status, said = worked("new", "text", "mine", "--copy", elsewhere / "nothing.txt")
    assert status == 1
    assert said == "text 'mine': a text or a source has this id already\nnothing.txt: no such file\n"


@pytest.mark.parametrize("name", [None, *ARTICLE])
def test_a_new_text_passes_every_check_before_the_first_edit(already, elsewhere, name):
    before, copy = files(elsewhere), article(elsewhere, name) if name else None
    made = [*MADE, *(MADE_FROM_COPY if name else ())]
    assert new_text("mine", copy) == made
    assert {path.relative_to(elsewhere).as_posix() for path in set(files(elsewhere)) - set(before)} == set(made)
    assert checks.problems() == already
    assert words.languages() == ["en", "zh-Hans", "zh-Hant"]
    assert "mine" in wa.reading_list().index
    assert "first-claim" in wa.text("mine").annotated().plain


@pytest.mark.parametrize("name", ARTICLE)
def test_a_copy_is_numbered_measured_and_attached(elsewhere, name):
    path = article(elsewhere, name)
    new_text("mine", path)
    one = wa.text("mine")
    assert one.original["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert one.original["characters"] == len(ARTICLE[name])
    (number,) = wa.claim("mine.first-claim").sentences
    assert one.sentences(path).loc[number, "units"] >= anchors.LEAST_UNITS
    assert one.attach(path).coverage()["exact"] == 1
    listed = elsewhere.joinpath("local/mine-sentences.txt").read_text(encoding="utf-8")
    for row in one.sentences(path).itertuples():
        brackets = row.units < anchors.LEAST_UNITS
        assert f"{row.Index:>4} {row.units:>4}  {f'({row.words})' if brackets else row.words}\n" in listed
    committed = [path for path in files(elsewhere) if "local" not in path.parts]
    assert not any("three times as fast" in path.read_text(encoding="utf-8") for path in committed if "mine" in str(path))


def test_sentences_of_other_scripts_end_at_a_full_stop(elsewhere):
    found = list(copies.numbered(article(elsewhere, "article.txt"))["words"])
    assert [sentence.split()[0] for sentence in found] == ["The", "It", "All"]
    assert found[2].endswith("at the oven.")


def test_the_lines_that_the_template_offers_are_right(already, elsewhere):
    new_text("mine", article(elsewhere, "article.md"))
    path = data("claims", "mine.yml")
    offered = re.sub(r"^  # (quantity|mechanism|says|note|  -)", r"  \1", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(offered, encoding="utf-8")
    one = wa.claim("mine.first-claim")
    assert one.quantity
    assert one.note
    assert checks.problems() == already
    case = wa.argument("ten_to_two")
    assert "mine.first-claim" in case.verdicts().index
    assert case.verdict("mine.first-claim").sentence


def test_a_text_in_one_other_language_is_asked_for_all_of_it_in_that_language_only(elsewhere):
    new_text("mine")
    path = data("claims", "mine.yml")
    path.write_text(path.read_text(encoding="utf-8").replace('"Three or four words"', "s, zh-Hans: 烘焙"), encoding="utf-8")
    assert [line.partition(";")[0] for line in words.problems("zh-Hans")] == [
        "data/words/zh-Hans.yml: 'text.mine' is missing (Say here in one line what the text is about)"
    ]
    assert words.problems("zh-Hant") == []


def test_claims_without_a_place_need_no_anchors_but_places_need_current_ones(elsewhere):
    new_text("mine")
    path = article(elsewhere, "article.md")
    with pytest.raises(ContentError, match="no claim has `sentences`"):
        copies.make_anchors("mine", path)
    claims = data("claims", "mine.yml")
    claims.write_text(claims.read_text(encoding="utf-8").replace("  # sentences: [0]", "  sentences: [1]"), encoding="utf-8")
    with pytest.raises(ContentError, match="make it with `worked anchors mine COPY`"):
        copies.anchor_problems("mine")
    copies.make_anchors("mine", path)
    assert copies.anchor_problems("mine") == []
    assert wa.text("mine").attach(path).status == "matched"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Mine", "must be a name of at most 40 small letters"),
        ("9lives", "must be a name of at most 40 small letters"),
        ("../mine", "must be a name of at most 40 small letters"),
        ("a" * 41, "must be a name of at most 40 small letters"),
        ("casado", "has this id already"),
        ("metr-2025", "has this id already"),
    ],
)
def test_a_bad_id_writes_nothing(elsewhere, key, message):
    before = files(elsewhere)
    with pytest.raises(ContentError, match=message):
        new_text(key)
    assert files(elsewhere) == before


@pytest.mark.parametrize("name", ["texts/mine/digest.md", "anchors/mine.json"])
def test_what_is_left_of_an_earlier_text_is_not_overwritten(elsewhere, name):
    path = data(*name.split("/"))
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    before = files(elsewhere)
    with pytest.raises(ContentError, match=f"data/{name}: is there already"):
        new_text("mine")
    assert files(elsewhere) == before


BAD_COPIES = {
    "nothing.txt": (None, "no such file"),
    "empty.txt": (b" \n", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text"),
    "short.html": (b"<html><body><p>Please switch on scripts.</p></body></html>", "no sentence of 10 words or Chinese characters"),
}


@pytest.mark.parametrize("name", BAD_COPIES)
def test_a_bad_copy_writes_nothing_and_is_named_with_a_bad_id(elsewhere, name):
    raw, message = BAD_COPIES[name]
    path = elsewhere.parent / name
    if raw is not None:
        path.write_bytes(raw)
    before = files(elsewhere)
    with pytest.raises(ContentError) as caught:
        new_text("Mine", path)
    assert len(caught.value.problems) == 2
    assert f"{name}: {message}" in str(caught.value)
    assert files(elsewhere) == before


def test_content_that_is_out_of_order_is_named_first(elsewhere):
    data("claims", "casado.yml").write_text("x: 1\n", encoding="utf-8")
    before = files(elsewhere)
    with pytest.raises(ContentError, match=r"data/claims/casado\.yml line 1: x"):
        new_text("mine", article(elsewhere, "article.md"))
    assert files(elsewhere) == before


# The example that is ours


@pytest.fixture(scope="module")
def example():
    return wa.text(EXAMPLE)


def test_the_example_is_described_as_its_original_is(example):
    raw = example.shipped().read_bytes()
    assert example.original == {"sha256": hashlib.sha256(raw).hexdigest(), "characters": len(raw.decode())}
    assert "CC BY 4.0" in example.rights
    with pytest.raises(ContentError, match="give the path of your own copy"):
        wa.text("casado").attach()


def test_the_stored_anchors_are_those_of_the_original(example):
    stored, folded = copies.stored(EXAMPLE), anchors.fold(example.shipped().read_text(encoding="utf-8"))
    spans = anchors.sentences(folded)
    for number, record in stored["passages"].items():
        assert record == anchors.fingerprint(folded, spans[int(number)], int(number), EXAMPLE)


def test_the_original_attaches_with_all_passages_exact(example):
    attached = example.attach()
    assert attached.status == "matched"
    assert attached.coverage()["exact"] == len(attached.passages) >= 15
    assert repr(attached) == f"{EXAMPLE}: {len(attached.passages)} passages, {len(attached.passages)} exact."
    assert {key for row in attached.passages for key in row["claims"]} == {f"{EXAMPLE}.{slug}" for slug in claims_of(EXAMPLE)}


def test_what_is_said_of_a_copy_holds_none_of_its_words(example):
    assert re.fullmatch(r"sourdough: \d+ passages, \d+ exact\.", repr(example.attach()))
    assert repr(example.attach(example.shipped("en"))).startswith("This is not the text 'sourdough'")


@pytest.mark.parametrize("attack", ["script", "width", "rewrap", "boilerplate", "html"])
def test_other_forms_of_the_original_attach_too(example, tmp_path, attack):
    sentences = [words + "\n" for words in example.sentences()["words"]]
    copy, _ = attacks.make(sentences, attack)
    path = tmp_path / ("copy.html" if attack == "html" else "copy.txt")
    path.write_text(copy, encoding="utf-8")
    counts = example.attach(path).coverage()
    assert counts["weak"] == counts["absent"] == 0
    assert counts["exact"] >= (0.8 if attack == "rewrap" else 1) * sum(counts.values())


def test_a_translation_and_another_text_are_refused(example, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("。".join(one.paraphrase.get("zh-Hans", "") for one in wa.claims().values() if one.text == "casado"), encoding="utf-8")
    for path in (example.shipped("en"), other):
        attached = example.attach(path)
        assert attached.status == "refused"
        assert all(row["start"] is None for row in attached.passages)


def test_both_languages_say_the_same_in_as_many_paragraphs(example):
    english, chinese = (example.shipped(language).read_text(encoding="utf-8").split("\n\n") for language in ("en", "zh"))
    assert len(english) == len(chinese)


def test_the_example_shows_what_a_reader_should_learn(example):
    every = claims_of(EXAMPLE)
    assert 12 <= len(every) <= 15
    assert {one.kind for one in every.values()} == {"empirical", "causal", "forecast", "definition", "normative", "anecdote"}
    assert {one.voice for one in every.values()} == {"author", "reported"}
    assert sum(bool(one.says) for one in every.values()) == 2
    for one in every.values():
        if one.importance == 3:
            assert set(one.short) == set(one.paraphrase) == {"en", "zh-Hans", "zh-Hant"}


def test_her_own_figures_allow_neither_three_times_nor_only_two_hours():
    hers = wa.argument("ten_to_two", overrides="tool_speedup=10, hard_share=0.5")
    found = hers.verdicts().loc[[f"{EXAMPLE}.three-times", f"{EXAMPLE}.two-hours"]]
    assert list(found["verdict"]) == ["fails", "fails"]
    assert list(found["value"]) == [pytest.approx(20 / 11), pytest.approx(18)]
    assert hers.solve(hard_share=0.25).overall_speedup > 3


# What the notebook tells a teacher to type


def blocks(kind):
    cells = notebooks.read(root() / NOTEBOOK).cells
    return [found for cell in cells if cell.cell_type == "markdown" for found in re.findall(rf"```{kind}\n(.*?)```", cell.source, re.DOTALL)]


def test_the_claim_in_the_notebook_is_the_one_in_the_file():
    entries = load_yaml(data("claims", f"{EXAMPLE}.yml"))
    claim, says = blocks("yaml")
    ((slug, shown),) = parse_yaml(claim, NOTEBOOK).items()
    for key, value in shown.items():
        there = entries[slug][key]
        assert value == ({"en": there["en"]} if key in ("short", "paraphrase") else there), key
    shown = parse_yaml(says, NOTEBOOK)
    assert shown == {key: entries["three-times"][key] for key in shown}


def test_every_command_in_the_notebook_exists():
    from workedarguments.__main__ import parser

    commands = [shlex.split(line) for block in blocks("sh") for line in block.splitlines()]
    assert {tuple(words[:2]) for words in commands} == {("worked", verb) for verb in ("new", "anchors", "check", "annotate")}
    for _, *rest in commands:
        parser().parse_args(rest)


def test_the_steps_take_half_an_hour():
    table = notebooks.read(root() / NOTEBOOK).cells[0].source
    assert sum(int(minutes) for minutes in re.findall(r"\| (\d+) \|$", table, re.MULTILINE)) == 30
