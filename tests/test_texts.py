"""Texts, digests, copies: every claim has its place, notes are escaped, bad copies are answered."""

import collections
import fnmatch
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import workedarguments as wa
from copies_of_content import content_in
from workedarguments.authoring import fonts
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data, root
from workedarguments.ground.strict_yaml import load_yaml
from workedarguments.texts import anchors, copies, digests, words
from workedarguments.texts.claims import claims_of

FIVE = ("kaufman", "casado", "bubble", "career", "openai")
MECHANISMS = {f"M{number:02d}" for number in range(1, 91)}


def test_every_mechanism_is_reached_by_a_claim():
    reached = {one.mechanism for one in wa.claims().values()} | {s.mechanism for one in wa.claims().values() for s in one.says}
    assert reached >= MECHANISMS


@pytest.mark.parametrize("text", FIVE)
def test_every_claim_has_a_passage_and_every_quantity_a_unit(text):
    for slug, one in claims_of(text).items():
        assert one.sentences, slug
        assert all(quantity["unit"] for quantity in one.quantity), slug


@pytest.mark.parametrize("text", FIVE)
def test_digest_is_short_and_marks_every_central_claim(text):
    assert digests.digest_problems(text) == []
    count = sum(len(digests.SPAN.sub(r"\1", part).split()) for _, parts in digests.digest(text) for part in parts)
    assert count <= (1800 if text in ("kaufman", "casado") else 850)


def test_what_the_kit_remarks_in_a_digest_is_told_from_what_the_text_says(tmp_path, monkeypatch):
    shown = wa.text("casado").annotated()
    remarks = [remark for _, parts in digests.digest("casado") for part in parts for remark in digests.REMARK.findall(part)]
    assert shown.body.count('<span class="remark">[<span class="heard">our remark: </span>') == len(remarks) > 5
    assert shown.plain.count("[our remark: ") == len(remarks)
    assert "((" not in shown.body + shown.plain
    for broken in ("One ((two.", "One two)).", "((One ((two)) three))"):
        monkeypatch.setattr(digests, "digest", lambda _text, broken=broken: [("", [broken])])
        assert any("a remark is" in line for line in digests.digest_problems("casado"))


def test_chinese_is_set_by_one_rule_and_in_both_scripts():
    assert words.spacing_problems() == []
    for one in wa.claims().values():
        for field in (one.short, one.paraphrase):
            assert ("zh-Hans" in field) == ("zh-Hant" in field), one.id


@pytest.mark.parametrize(("file", "old", "new"), [
    ("words/zh-Hans.yml", "AI时代", "AI 时代"), ("claims/openai.yml", "28天", "28 天"), ("glossary.yml", "基础设施", "基础 设施"),
])  # fmt: skip
def test_a_blank_beside_a_chinese_character_is_found(tmp_path, file, old, new):
    with content_in(tmp_path / "kit") as folder:
        path = folder / "data" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        assert [line.partition(":")[0] for line in words.spacing_problems()] == [f"data/{file}"]


def test_hearsay_carries_its_chain():
    told = [one for one in wa.claims().values() if any(q["exactness"] == "hearsay" for q in one.quantity)]
    assert all(one.chain for one in told)


def test_annotated_text_shows_notes_and_filters():
    everything = wa.text("casado").annotated()
    central = wa.text("casado").annotated(least=3)
    lesson = wa.text("casado").annotated(argument="ten_to_two")
    counts = [one.body.count('<details class="note') for one in (everything, central, lesson)]
    assert counts[0] > counts[1] > 0
    assert counts[0] > counts[2] > 0
    assert "Demoted to two" in lesson.body
    assert "[headline-downgrade]" in lesson.plain


def test_annotated_text_in_chinese_uses_the_claims_own_words():
    body = wa.text("casado").annotated(least=3, language="zh-Hant").body
    assert 'lang="zh-Hant"' in body
    assert wa.claim("casado.tenx-to-2x").paraphrase["zh-Hant"] in body
    with pytest.raises(ContentError, match="allowed: en, zh-Hans, zh-Hant"):
        wa.text("casado").annotated(language="zh")


@pytest.fixture
def bakery(tmp_path, monkeypatch):
    """A text of our own with anchors, in a folder of its own: (text, copy path, sentences)."""
    import json

    sentences = [one.paraphrase["zh-Hans"].rstrip("。") + "。" for one in wa.claims().values() if one.text == "casado" and "zh-Hans" in one.paraphrase]
    sentences = [s for s in sentences if len(anchors.fold(s).units) >= 10 and len(anchors.sentences(anchors.fold(s))) == 1]
    folded = anchors.fold("".join(sentences))
    spans = anchors.sentences(folded)
    records = {str(k): anchors.fingerprint(folded, span, k, "casado") for k, span in enumerate(spans)}
    stored = {"scheme": anchors.SCHEME, "fold": anchors.FOLD, "salt": "casado", "units": len(folded.units), "passages": records, "guard": []}
    path = tmp_path / "casado.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    ids = [one.id for one in wa.claims().values() if one.text == "casado"]
    monkeypatch.setattr(copies, "stored", lambda _: stored)
    monkeypatch.setattr(copies, "anchored_sentences", lambda _: {k: [ids[k % len(ids)]] for k in range(len(spans))})
    return wa.text("casado"), tmp_path, sentences


def test_a_copy_is_shown_with_notes_and_names_what_is_absent(bakery):
    text, folder, sentences = bakery
    copy = folder / "copy.md"
    copy.write_text("\n\n".join(sentences[:-2]), encoding="utf-8")
    attached = text.attach(copy)
    assert attached.status == "matched"
    assert attached.coverage()["absent"] == 2
    page = attached.annotated().page()
    assert "Not found in this copy" in page
    assert page.count('<span class="claim exact">') == len(sentences) - 2
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="http', page)
    row = next(row for row in attached.to_dict()["passages"] if row["status"] == "absent")
    assert row["start"] is None
    assert row["end"] is None


def test_what_stands_in_a_copy_is_escaped(bakery):
    text, folder, sentences = bakery
    copy = folder / "copy.txt"
    copy.write_text("<script>alert(1)</script><img src=x onerror=alert(2)>" + "".join(sentences), encoding="utf-8")
    page = text.attach(copy).annotated().page()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_html_with_scripts_and_broken_nesting(bakery):
    text, folder, sentences = bakery
    copy = folder / "copy.html"
    body = "".join(f"<p><b>{sentence}<i></p>" for sentence in sentences)
    copy.write_text(f"<!doctype html><html><script>evil()</script><article><div>{body}</b></article></div>", encoding="utf-8")
    attached = text.attach(copy)
    assert attached.coverage()["exact"] == len(sentences)
    assert "evil" not in attached.annotated().page()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_readers_have(bakery, encoding):
    text, folder, sentences = bakery
    copy = folder / "copy.txt"
    copy.write_bytes("".join(sentences).encode(encoding))
    assert text.attach(copy).status == "matched"


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n ", "empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not a text"),
    "no text": (b"\xff\xff\xff\xfa\x80\x80" * 50, "not a text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_copies_are_answered(tmp_path, name):
    content_, message = BAD[name]
    path = tmp_path / "copy.txt"
    path.write_bytes(content_)
    with pytest.raises(ContentError, match=message):
        copies.read_copy(path)


def test_a_huge_copy_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "copy.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ContentError, match="50 MB; 5 at most"):
        copies.read_copy(path)


def test_a_missing_copy_is_answered(tmp_path):
    with pytest.raises(ContentError, match="no such file"):
        copies.read_copy(tmp_path / "nothing.txt")


def git(*arguments):
    """What git says of the repository; None without git, or where the folder was not cloned."""
    if not shutil.which("git"):
        return None
    done = subprocess.run(["git", *arguments], cwd=root(), capture_output=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode in (0, 1) else None


def test_nothing_of_a_copy_goes_to_git():
    ignored = git("check-ignore", "local/casado.html")
    if ignored is None:
        pytest.skip("not a git checkout, or no git")
    assert ignored.strip() == "local/casado.html"


def not_ignored():
    """Files of the folder that git would not ignore, by the simple patterns of .gitignore."""
    patterns = root().joinpath(".gitignore").read_text(encoding="utf-8").split()
    ignored = re.compile("|".join(fnmatch.translate(pattern.rstrip("/")) for pattern in [*patterns, ".git"]))
    names = (path.relative_to(root()) for path in root().rglob("*") if path.is_file())
    return [name.as_posix() for name in names if not any(map(ignored.match, name.parts))]


def test_git_keeps_what_is_looked_at_without_git():
    listed = git("ls-files", "-z")
    if listed is None:
        pytest.skip("not a git checkout, or no git")
    there = {name for name in listed.split("\0") if name and root().joinpath(name).is_file()}
    assert there <= set(not_ignored())


def tracked():
    """Text files of the repository, as git or the folder has them."""
    listed = git("ls-files", "-z")
    names = not_ignored() if listed is None else [name for name in listed.split("\0") if name]
    kinds = (".md", ".yml", ".json", ".ipynb", ".py", ".csv", ".html", ".j2", ".css", ".txt", ".toml")
    return [root() / name for name in names if name.endswith(kinds) and (root() / name).is_file()]


@pytest.mark.parametrize("text", FIVE)
def test_no_sentence_of_an_original_stands_in_a_tracked_file(text):
    for path in tracked():
        assert copies.copied(path.read_text(encoding="utf-8"), text) == [], path


def test_the_guard_notices_a_copied_sentence():
    folder = os.environ.get("WORKEDARGUMENTS_ORIGINALS")
    if not folder:
        pytest.skip("WORKEDARGUMENTS_ORIGINALS names no folder; the originals belong to others and are not here")
    original = next(Path(folder).glob("002*.txt")).read_text(encoding="utf-8")
    assert len(copies.copied(original, "bubble")) > 50


def test_glossary_pairs_are_short_and_complete():
    entries = load_yaml(data("glossary.yml"))
    assert len(entries) >= 40
    for entry in entries:
        assert len(anchors.fold(entry["original"]).units) < 8, entry["term"]


def test_complete_languages_are_accepted_and_others_refused():
    assert words.languages() == ["en", "zh-Hans", "zh-Hant"]
    case = wa.argument("ten_to_two", language="zh-Hant")
    assert case.question != wa.argument("ten_to_two").question
    assert case.label("hard_share") != wa.argument("ten_to_two").label("hard_share")
    assert case.solve().overall_speedup == wa.argument("ten_to_two").solve().overall_speedup


def test_a_language_with_a_missing_key_is_not_accepted(tmp_path, monkeypatch):
    text = data("words", "zh-Hans.yml").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "xx.yml"
    path.write_text("\n".join(text[:-1]), encoding="utf-8")
    monkeypatch.setattr(words, "files", lambda: {"xx": path})
    assert any("is missing" in line for line in words.problems("xx"))
    assert words.languages() == ["en"]


def test_figures_with_chinese_labels_have_every_glyph():
    import warnings

    for language in ("zh-Hans", "zh-Hant"):
        case = wa.argument("ten_to_two", language=language)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # matplotlib warns for each glyph it does not have
            wa.figures.lines(case.sweep("overall_speedup", hard_share=None), of=case, title=case.question,
                             alt="A curve that falls steeply at first and then flattens, with Chinese labels")
    assert fonts.problems() == []


def test_each_text_has_the_claims_that_a_slow_reading_finds():
    counts = collections.Counter(one.text for one in wa.claims().values())
    assert all(counts[text] >= least for text, least in zip(FIVE, (100, 100, 45, 40, 30), strict=True))
