"""Anchors under attack, on Chinese sentences that the repository owns; and on the originals where a
reader has them. A find counts as right if it covers at least half of the sentence."""

import collections
import os
from pathlib import Path

import attacks
import pytest
import workedarguments as wa
from workedarguments.ground.files import data
from workedarguments.texts import anchors, copies, readable

SALT = "test"
FORMATS = ("identity", "script", "regional", "width", "rewrap", "boilerplate", "html")


def owned():
    """Our own Chinese sentences: the paraphrases of the central claims, one text of each of our texts."""
    by_text = collections.defaultdict(list)
    for one in wa.claims().values():
        words = one.paraphrase.get("zh-Hans")
        if words and len(anchors.fold(words).units) >= anchors.LEAST_UNITS and words.count("。") <= 1:
            by_text[one.text].append(words if words.endswith("。") else words + "。")
    return [sentences for sentences in by_text.values() if len(sentences) >= 5]


def originals():
    """Sentences of the originals, one list a text, where the folder WORKEDARGUMENTS_ORIGINALS is given."""
    folder = os.environ.get("WORKEDARGUMENTS_ORIGINALS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("WORKEDARGUMENTS_ORIGINALS names no folder; the originals belong to others and are not here")
    found = []
    for path in sorted(Path(folder).glob("*.txt")):
        folded = anchors.fold(readable.plain(path.read_text(encoding="utf-8")))
        spans = anchors.sentences(folded)
        found.append([folded.text[folded.start[a] : folded.end[b - 1]] + "。" for a, b in spans])
    return found


def tally(documents, attack, seeds):
    """Counts over documents and seeds of one attack; see attacks.score."""
    total = collections.Counter()
    for sentences in documents:
        base = anchors.fold("".join(sentence + "\n" for sentence in sentences))
        spans, count = [], 0
        for sentence in sentences:
            units = len(anchors.fold(sentence).units)
            spans.append((count, count + units))
            count += units
        keep = [k for k, (a, b) in enumerate(spans) if b - a >= anchors.LEAST_UNITS]
        records = [anchors.fingerprint(base, spans[k], k, SALT) for k in keep]
        for seed in range(seeds):
            copy, where = attacks.make(sentences, attack, seed)
            folded = anchors.fold(readable.plain(copy))
            found = anchors.attach(records, folded, SALT)
            total.update(attacks.score([where[k] for k in keep], found, folded))
    return total


def rates(total):
    """(recall, precision, share of deleted sentences found by mistake, the same automatically)."""
    recall = total["right"] / total["there"]
    precision = total["right"] / max(1, total["right"] + total["wrong"])
    gone = max(1, total["gone"])
    return recall, precision, total["ghost"] / gone, total["auto_ghost"] / gone


@pytest.mark.parametrize("attack", FORMATS)
def test_a_change_of_format_loses_nothing(attack):
    recall, precision, _, _ = rates(tally(owned(), attack, 1))
    assert (recall, precision) == (1, 1)


FLOORS = {"delete": (1.0, 0.99), "edit 10": (0.98, 0.98), "combined": (0.97, 0.985)}


@pytest.mark.parametrize("attack", FLOORS)
def test_floors_on_our_own_sentences(attack):
    recall, precision, ghosts, automatic = rates(tally(owned(), attack, 6))
    assert recall >= FLOORS[attack][0]
    assert precision >= FLOORS[attack][1]
    assert ghosts <= 0.05
    assert automatic <= 0.015


ORIGINAL_FLOORS = {**dict.fromkeys(FORMATS, (1, 1)), "delete": (1, 0.99), "edit 10": (0.98, 0.98), "combined": (0.99, 0.99)}


@pytest.mark.parametrize("attack", ORIGINAL_FLOORS)
def test_floors_on_the_originals(attack):
    recall, precision, ghosts, automatic = rates(tally(originals(), attack, 1 if attack in FORMATS else 3))
    assert recall >= ORIGINAL_FLOORS[attack][0] - 1e-12
    assert precision >= ORIGINAL_FLOORS[attack][1] - 1e-12
    assert ghosts <= 0.05
    assert automatic <= 0.015


def test_every_claim_is_found_in_its_original_and_in_no_other():
    originals()
    folder = Path(os.environ["WORKEDARGUMENTS_ORIGINALS"])
    every = {one.original["sha256"]: one for one in wa.texts().values() if one.original}
    import hashlib

    copies = {every[hashlib.sha256(p.read_bytes()).hexdigest()].id: p for p in folder.glob("*.txt")
              if hashlib.sha256(p.read_bytes()).hexdigest() in every}
    assert len(copies) == 5
    refused = 0
    for key in copies:
        for other, path in copies.items():
            attached = wa.text(key).attach(path)
            if key == other:
                assert attached.status == "matched"
                assert {row["status"] for row in attached.passages} <= {"exact", "exact-repeat"}
            else:
                assert attached.status == "refused"
                assert all(row["start"] is None for row in attached.passages)
                refused += 1
    assert refused == 20


def test_a_wrong_text_is_refused():
    one, other = owned()[:2]
    base = anchors.fold("\n".join(one))
    records = [anchors.fingerprint(base, span, k, SALT) for k, span in enumerate(anchors.sentences(base))]
    found = anchors.attach(records, anchors.fold("\n".join(other)), SALT)
    assert all(one.status == "absent" and one.start is None for one in found)
    assert anchors.share_found(found) == 0


def test_a_sentence_that_stands_twice_says_so():
    base = anchors.fold("".join(owned()[0]))
    spans = anchors.sentences(base)
    records = [anchors.fingerprint(base, span, k, SALT) for k, span in enumerate(spans)]
    for k, (first, end) in enumerate(spans):
        again = base.text[base.start[first] : base.end[end - 1]] + "。"
        folded = anchors.fold(base.text + again + "".join(owned()[1]))
        assert anchors.attach(records, folded, SALT)[k].status == "exact-repeat", again


def test_folding_ignores_script_width_case_punctuation_and_invisible_characters():
    same = ["软件让 GPT-4 更快。", "軟件讓ＧＰＴ－４更快!", "軟\u200b件让 gpt-4\u3000更快"]
    assert len({anchors.fold(text).units for text in same}) == 1
    assert anchors.fold("GPT4 快").units == ("gpt4", "快")


def test_offsets_lead_back_into_the_text():
    text = "  他说：AI 很快，真的。"
    folded = anchors.fold(text)
    assert [text[a:b] for a, b in zip(folded.start, folded.end, strict=True)] == ["他", "说", "AI", "很", "快", "真", "的"]


def test_front_matter_images_and_addresses_are_masked_without_moving_anything():
    text = "---\ntitle: 一个标题\n---\n正文在此。![图](http://x.y/z) 见[这里](http://a.b)。"
    masked = readable.plain(text)
    assert len(masked) == len(text)
    assert "标题" not in masked
    assert "http" not in masked
    assert "正文在此" in masked
    assert "这里" in masked


def test_the_scheme_is_frozen():
    folded = anchors.fold("麵包店的早晨一半仍是手工，機器只管訂單。")
    record = anchors.fingerprint(folded, (0, len(folded.units)), 0, "golden")
    assert record == {"s": GOLDEN[0], "x": GOLDEN[1], "n": 18, "r": 0.0, "o": 0}


GOLDEN = ("957b27410aa9878894e41e1ce6a58efb", "61f41cb5b6f71bc8")


def test_stored_anchors_hold_no_words():
    for path in sorted(data("anchors").glob("*.json")):
        stored = copies.stored(path.stem)
        assert set(stored) == {"scheme", "fold", "salt", "units", "passages", "guard"}
        for record in stored["passages"].values():
            assert set(record) == {"s", "x", "n", "r", "o"}
            assert len(record["s"]) == 32
            assert len(record["x"]) == 16
            assert record["n"] >= anchors.LEAST_UNITS
        assert all(len(code) == 16 for code in stored["guard"])
