"""Sentences in a claim or listed as carrying none: together all of a text, none of them twice."""

import os
from pathlib import Path

import pytest
import workedarguments as wa
from workedarguments.ground.errors import ContentError
from workedarguments.ground.files import data
from workedarguments.texts import anchors, readable
from workedarguments.texts.claims import claims_of
from workedarguments.texts.silent import silent, silent_problems
from workedarguments.texts.texts import uninvented

COUNT = {"kaufman": 494, "casado": 519, "bubble": 101, "career": 108, "openai": 90}  # sentences of the originals


@pytest.mark.parametrize("text", uninvented())
def test_each_sentence_is_in_a_claim_or_listed_as_carrying_none(text):
    listed = silent(text)
    carried = {number for one in claims_of(text).values() for number in one.sentences}
    assert not silent_problems(text)
    assert sorted([*listed, *carried]) == list(range(COUNT[text]))


def test_the_counts_are_those_of_the_originals():
    folder = os.environ.get("WORKEDARGUMENTS_ORIGINALS")
    if not folder:
        pytest.skip("WORKEDARGUMENTS_ORIGINALS names no folder; the originals belong to others and are not here")
    counts = sorted(len(anchors.sentences(anchors.fold(readable.plain(path.read_text(encoding="utf-8")))))
                    for path in Path(folder).glob("*.txt"))  # fmt: skip
    assert counts == sorted(COUNT.values())


def test_a_text_that_lists_none_is_not_asked():
    assert silent("sourdough") == {}
    assert silent_problems("sourdough") == []
    assert wa.text("sourdough")


@pytest.mark.parametrize(
    ("change", "says"),
    [(lambda text: text.replace("link: [7]", "link: [7, 8]"), "sentence 8 carries bubble-is-ticket"),
     (lambda text: text.replace("link: [7]", "link: []"), "sentence 7 is in no claim and not listed"),
     (lambda text: text.replace("link: [7]", "link: [7, 17]"), "sentence 17 stands twice"),
     (lambda text: text.replace("link: [7]", "links: [7]"), "did you mean 'link'"),
     (lambda text: text.replace("link: [7]", "link: [seven]"), "must be a whole number")],
)  # fmt: skip
def test_what_is_wrong_is_told(elsewhere, change, says):
    path = data("texts/bubble/silent.yml")
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    assert any(says in line for line in silent_problems("bubble")), silent_problems("bubble")


def test_a_list_that_is_wrong_is_an_error(elsewhere):
    data("texts/bubble/silent.yml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(ContentError, match="must be a mapping"):
        silent("bubble")
