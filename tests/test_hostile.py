"""What people may write, at its worst: copies that are no articles, expressions that never end.

Every copy is read, numbered and attached in LIMIT seconds of the processor's time, or refused with a
message that names its file. Each input has SIZE bytes: few in the suite, with ALL_ATTACKS=true as many
as a copy may have. Processor's time, and not the clock's, so that a busy machine fails little; a processor
shared with another does half as much in it, so that LIMIT is three times what the slowest takes alone.
"""

import contextlib
import itertools
import math
import os
import random
import re
import signal
import time

import numpy as np
import pytest
import workedarguments as wa
from bs4 import BeautifulSoup
from workedarguments.ground.errors import ContentError
from workedarguments.reasoning import exercises, expressions
from workedarguments.texts import anchors, copies, readable

ALL_ATTACKS = os.environ.get("ALL_ATTACKS") == "true"
SIZE, LIMIT = (copies.MOST_BYTES, 5) if ALL_ATTACKS else (200_000, 3)
PAGE = "<!doctype html><html><body>"
CJK = range(0x4E00, 0x9FFF)


@contextlib.contextmanager
def within(seconds):
    """Fails what takes longer, and where the system can, does not wait for its end."""

    def stop(*_):
        pytest.fail(f"not done after {seconds} s")

    start = time.process_time()
    timer = getattr(signal, "ITIMER_PROF", None)
    if timer is not None:
        before = signal.signal(signal.SIGPROF, stop)
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        if timer is not None:
            signal.setitimer(timer, 0)
            signal.signal(signal.SIGPROF, before)
    assert time.process_time() - start <= seconds


# Copies: (what stands before, what is repeated, what stands after)

TEXTS = {
    "images": ("", "![", ""),
    "images that close late": ("", "![", "]("),
    "images with an empty target": ("", "![](", ""),
    "images with a space": ("", "![]( ", ""),
    "images without a target": ("", "![]", ""),
    "link targets": ("", "](", ""),
    "brackets": ("", "]((((", ""),
    "addresses": ("", "https://", ""),
    "front matter of line breaks": ("---\n", "\n", ""),
    "front matter of spaces": ("---", " ", ""),
    "front matter of lines of spaces": ("---\n", "\n ", "---"),
    "front matter that never ends": ("---\n", "a: b\n", ""),
    "front matter that ends at the end": ("---\n", "a: b\n", "---\nA word.\n"),
    "front matter with many ends that are none": ("---\n", "\n--- a", ""),
    "rules": ("", "---\n", ""),
    "one letter": ("", "a", ""),
    "one character": ("", "中", ""),
    "line breaks": ("a", "\n", ""),
    "spaces": ("a", " ", "b"),
    "brackets of tags": ("", "<", ""),
    "entities": ("", "&amp;", ""),
    "quotation marks": ("", "\" ' \" ", ""),
    "full stops": ("", ".", ""),
    "full stops after words": ("", "ab.", ""),
    "full stops and quotation marks": ("", "ab.\"' ", ""),
    "a full stop and quotation marks": ("ab.", '"', ""),
    "a full stop and spaces": ("ab.", " ", ""),
    "sentences of two words": ("", "ab. A", ""),
    "sentences of one character": ("", "中。", ""),
    "lines of one letter": ("", "a\n", ""),
    "words of one letter": ("", "a ", ""),
    "ends of sentences apart": ("", "。 ", ""),
    "zero-width characters": ("", "\u200b", ""),
    "zero-width characters in a word": ("", "a\u200b", ""),
    "combining marks": ("a", "\u0301", ""),
    "letters with marks": ("", "a\u0301", ""),
    "one character that is four": ("", "\u337f", ""),
    "one letter that is eighteen": ("", "\ufdfa", ""),
}
MARKUP = {
    "nested tags": ("", "<div>", ""),
    "open paragraphs": ("", "<p>", ""),
    "open tags of no block": ("", "<b>", ""),
    "line breaks": ("", "<br></p>", ""),
    "open comments": ("", "<!--", ""),
    "open sections": ("", "<![CDATA[", ""),
    "sections": ("", "<![CDATA[a]]>", ""),
    "unknown sections": ("", "<![foo[", ""),
    "open conditions": ("", "<![if x", ""),
    "open declarations": ("", "<!a", ""),
    "open instructions": ("", "<?", ""),
    "open names": ("", "<a", ""),
    "open tags": ("", "<a ", ""),
    "open values": ("", '<a b="', ""),
    "open values in both quotation marks": ("", "<a b=\" c='", ""),
    "values with the end of a tag": ("", '<a b="><a b=" c="', ""),
    "tags that end in a value": ("", "<a b='\">", ""),
    "tags that end in values only": ("", '<a b=">"', "\n" * (SIZE // 2)),
    "attributes": ("<p", " a=b", ">a"),
    "attributes of a tag without an end": ("<p", ' a="b"', ""),
    "one huge attribute": ('<img src="', "a", '"><p>a'),
    "equals signs": ("<a ", "=", ""),
    "slashes": ("<a", "/", ""),
    "open end tags": ("", "</", ""),
    "open end tags with a name": ("", "</a ", ""),
    "end tags of nothing": ("", "<i></u>", ""),
    "open scripts": ("", "<script>", ""),
    "scripts": ("", "<script></script>", ""),
    "ends of scripts": ("<script>", "</script", ""),
    "dropped tags": ("", "<nav>", ""),
    "dropped paragraphs": ("", "<header><p>", ""),
    "articles": ("", "<article>a", ""),
    "articles by name": ("", "<p id=js_content>", ""),
    "ands": ("", "&", ""),
    "open numbers": ("", "&#", ""),
    "one huge number": ("&#", "9", ";"),
    "one huge number of sixteen": ("&#x", "f", ";"),
    "unknown entities": ("", "&" + "a" * 40, ""),
    "brackets of tags": ("", "<", ""),
    "items of space": ("", "<li> </li> ", ""),
    "everything": ("", '<p a="b">![](中', ""),
}


def chosen(letters, count, chance):
    return "".join(map(chr, chance.choices(letters, k=count)))


def word(chance):
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9))


# Texts that repeat nothing, by their size and a source of chance
DRAWN = {
    "words of nine letters": lambda size, chance: " ".join(word(chance) for _ in range(size // 10)).encode(),
    "characters": lambda size, chance: chosen(CJK, size // 10, chance).encode(),
    "lines of one character": lambda size, chance: "\n".join(chosen(CJK, size // 10, chance)).encode(),
    "paragraphs of one character": lambda size, chance: (
        PAGE + "".join(f"<p>{one}" for one in chosen(CJK, size // 30, chance))).encode(),
    "every character there is": lambda size, chance: "".join(
        chr(code) for code in range(1, min(size // 4, 0x10FFFF)) if not 0xD800 <= code < 0xE000 and not anchors.CJK.match(chr(code))).encode(),
    "UTF-16": lambda size, chance: chosen(CJK, size // 10, chance).encode("utf-16"),
    "UTF-16 with a zero between letters": lambda size, chance: ("a\0" * (size // 20)).encode("utf-16"),
    "GB 18030": lambda size, chance: chosen(range(0x4E00, 0x9FA5), size // 10, chance).encode("gb18030"),
    "bytes": lambda size, chance: chance.randbytes(size),
    "bytes without a zero": lambda size, chance: chance.randbytes(size).replace(b"\0", b"a"),
    "bytes as UTF-16": lambda size, chance: b"\xff\xfe" + chance.randbytes(size - 2),
    "half of a pair of UTF-16": lambda size, chance: b"\xff\xfe" + b"\x00\xd8" * (size // 2 - 1),
    "half of a pair of UTF-8": lambda size, chance: b"\xed\xa0\x80" * (size // 3),
    "letters and zeros": lambda size, chance: b"a\0" * (size // 2),
}


def repeated(before, unit, after):
    """SIZE bytes: a unit as often as the limits allow, then line breaks, so that whoever looks for an end looks far."""
    two, three = (len(anchors.fold(unit * times).units) for times in (2, 3))
    most = [(SIZE - len((before + after).encode())) // len(unit.encode())]
    if three > two:
        most.append(anchors.MOST_UNITS // (three - two) - 9)
    if before.startswith(PAGE) and "<" in unit:
        most.append(readable.MOST_TAGS // unit.count("<") - 9)
    text = (before + unit * min(most)).encode()
    return text + b"\n" * (SIZE - len(text) - len(after.encode())) + after.encode()


INPUTS = {
    **{name: lambda parts=parts: repeated(*parts) for name, parts in TEXTS.items()},
    **{f"page of {name}": lambda parts=parts: repeated(PAGE + parts[0], *parts[1:]) for name, parts in MARKUP.items()},
    **{f"drawn {name}": lambda make=make: make(SIZE, random.Random(1)) for name, make in DRAWN.items()},
}


@pytest.mark.parametrize("name", INPUTS)
def test_a_copy_that_may_be_anything_is_answered_in_time(tmp_path, name):
    path = tmp_path / "copy.txt"
    path.write_bytes(INPUTS[name]())
    assert path.stat().st_size <= copies.MOST_BYTES
    for read in (copies.numbered, wa.text("casado").attach):
        with within(LIMIT), contextlib.suppress(ContentError):
            read(path)


TOO_MUCH = {
    "characters": ("中" * (anchors.MOST_UNITS + 1), "500,001 words or Chinese characters; 500,000 at most"),
    "words": ("ab " * (anchors.MOST_UNITS + 1), "500,001 words or Chinese characters; 500,000 at most"),
    "tags": (PAGE + "<p>" * readable.MOST_TAGS, "200,003 tags; 200,000 at most"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_copy_that_is_too_much_for_one_article_is_refused_by_name(tmp_path, name):
    path = tmp_path / "copy.txt"
    path.write_text(TOO_MUCH[name][0], encoding="utf-8")
    for read in (copies.numbered, wa.text("casado").attach, lambda path: copies.make_anchors("casado", path)):
        with pytest.raises(ContentError) as caught:
            read(path)
        assert caught.value.problems == (f"copy.txt: {TOO_MUCH[name][1]}",)


# What a copy is read as, beside a slower way that is easier to believe


def drawn(bits, most, seed):
    chance = random.Random(seed)
    return ["".join(chance.choices(bits, k=chance.randrange(1, most))) for _ in range(1000)]


MASKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)\s]*\)|https?://[^\s)）]+")


def test_images_targets_and_addresses_are_masked_as_three_patterns_would():
    for text in drawn(["![", "](", ")", "[", "]", "(", "a", " ", "\n", "https://b", "http://", "!", "）"], 30, 1):
        assert readable.plain(text) == MASKS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text), text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("---\na: b\n---\nWords\n---\n", "Words\n---"),
        ("---  \n\na: b\n---\t\n\nWords", "Words"),
        ("\ufeff---\na: b\n---\nWords", "Words"),
        ("---\n---\nWords\n---\nand more", "Words\n---\nand more"),
        ("---\na: b\nWords", "---\na: b\nWords"),
        ("---\na: b\n--- \u3000Words", "---\na: b\n--- \u3000Words"),
        ("--- a\n---\nWords", "--- a\n---\nWords"),
        (" ---\na: b\n---\nWords", "---\na: b\n---\nWords"),
    ],
)
def test_front_matter_is_what_stands_between_the_first_two_rules(text, left):
    assert readable.plain(text).strip() == left
    assert len(readable.plain(text)) == len(text)


def one_by_one(text):
    """Units with their beginnings and ends, a character at a time."""
    units, run = [], False
    for position, character in enumerate(text):
        folded = anchors._fold(character)
        if not folded:
            run = run and anchors.unicodedata.category(character) in ("Cf", "Co", "Mn")
        elif anchors.CJK.match(folded):
            units += [(one, position, position + 1) for one in folded]
            run = False
        elif run:
            units[-1] = (units[-1][0] + folded, units[-1][1], position + 1)
        else:
            units.append((folded, position, position + 1))
            run = True
    return units


def test_folding_at_once_is_folding_one_by_one():
    bits = ["a", "B", "é", "e\u0301", "中", "麵", "㍿", "㋀", "ﬁ", "\ufdfa", "１", "ｶﾞ", "\u200b", "\ue000", " ", "\n", "。", "-", "\ud800", "\0"]
    for text in ["", *drawn(bits, 20, 2)]:
        folded = anchors.fold(text)
        assert list(zip(folded.units, folded.start, folded.end, strict=True)) == one_by_one(text), text


def test_windows_agree_as_their_sketches_do(monkeypatch):
    """A block of seven windows, so that most windows lie across its edges."""
    chance = random.Random(3)
    units = [chance.choice("abcdefg") for _ in range(60)]
    records = [{"s": anchors.sketch(chance.choices("abcdefg", k=max(2, n)), "salt"), "n": n} for n in (1, 2, 3, 10, 16, 17, 33, 60, 61)]
    monkeypatch.setattr(anchors, "BLOCK", 7)
    rows = anchors._agreements(records, anchors._grams(units, "salt"))
    assert [len(row) for row in rows] == [59, 59, 58, 51, 45, 44, 28, 1, 0]
    for record, row in zip(records, rows, strict=True):
        width = max(2, record["n"])
        for at, count in enumerate(row):
            there = anchors.sketch(units[at : at + width], "salt")
            assert count == sum(one == other for one, other in zip(record["s"], there, strict=True))


def longest(pairs):
    """Length of the longest run of pairs in which both numbers rise, by comparing all with all."""
    best = []
    for position, (_, at) in enumerate(pairs):
        best.append(1 + max((best[j] for j in range(position) if pairs[j][1] < at), default=0))
    return max(best, default=0)


def test_the_fence_is_a_longest_run_in_order():
    chance = random.Random(4)
    for size in range(30):
        places = [chance.randrange(40) for _ in range(size)]
        records = [{"o": order} for order in range(size)]
        fence = anchors._fence(records, [[anchors._Candidate(at, 1.0)] for at in places])
        assert len(fence) == longest(list(enumerate(places)))
        assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(fence))


def test_a_candidate_is_inside_if_it_lies_between_its_neighbours_in_the_fence():
    fence = [(order, 10 * order, k) for k, order in enumerate((2, 4, 6))]
    for order in range(8):
        low = max((at for other, at, _ in fence if other < order), default=-1)
        high = min((at for other, at, _ in fence if other > order), default=100)
        for at in range(0, 100, 5):
            # Too weak to be kept anywhere but inside.
            found, kept = anchors._choose(0, [{"o": order}], [[anchors._Candidate(at, 0.4)]], fence, 100)
            assert kept == (at if low <= at <= high else None)
            assert found.status == ("weak" if low <= at <= high else "absent")


def test_the_nearest_edge_is_the_first_of_those_that_are_nearest():
    chance = random.Random(7)
    for _ in range(300):
        edges = np.array(sorted(chance.choices(range(30), k=chance.randrange(1, 9))))
        for cut in range(32):
            assert anchors._nearest(edges, cut) == edges[np.abs(edges - cut).argmin()]


def page(chance, depth=0):
    """A page in which all that opens closes, so that every parser reads the same."""
    names = ["p", "div", "b", "i", "section", "article", "main", "ul", "li", "nav", "script", "header", "ruby", "svg", "pre"]
    marks = ["", " class='x'", ' id="js_content"', ' href="a>b"', " title=\"it's\"", " src=http://a/b?c=d", " href=/a/", " hidden"]
    words = ["中", "a", " ", "\n", " \n", "&amp;", "&nbsp;", "&#20013;", "&#x4e2d;", "1 < 2", "<!-- <p> -->", "<br>", "<br/>", "<p/>", "<img src='a>b'>"]
    out = []
    for _ in range(chance.randrange(5)):
        name = chance.choice(names)
        inner = chance.choice(words[:5]) if depth > 3 or name == "script" else page(chance, depth + 1)
        out += [chance.choice(words), f"<{name}{chance.choice(marks)}>", inner, f"</{name}>"]
    return "".join([*out, chance.choice(words)])


def with_a_tree(text):
    """The readable text of a page by way of Beautiful Soup's tree."""
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(list(readable.DROPPED)):
        tag.decompose()
    body = soup.find(id="js_content") or soup.find("article") or soup.find("main") or soup.body or soup
    for tag in body(list(readable.BLOCKS)):
        tag.append("\n")
    return body.get_text()


def test_a_page_in_order_is_read_as_beautiful_soup_reads_it():
    chance = random.Random(5)
    for _ in range(300):
        text = f"{PAGE}{page(chance)}</body></html>"
        assert readable._from_html(text) == with_a_tree(text), text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>One<!-- two", "One<!-- two\n"),
        ("<p>One<!--> two", "One two\n"),
        ('<p title="one>two <b>three', "two three\n"),
        ('<p title="one>two" three <b', 'two" three <b\n'),
        ("<p>One</script> two", "One two\n"),
        ("<p>One<script>two", "One\n"),
        ("<p>One<script>a = '<script>';</script>two", "Onetwo\n"),
        ("<p>1 < 2 > 0", "1 < 2 > 0\n"),
        ("<p>One<![endif]--> two", "One two\n"),
        (f"<p>One &#{'9' * 5000}; two", "One \ufffd two\n"),
        ("<p>One</p></p></b> two", "One\n two"),
        ("<nav>One<p>two</nav>three", "three"),
    ],
)
def test_a_page_out_of_order_loses_no_words_that_a_reader_sees(body, words):
    assert readable._from_html(PAGE + body) == words


# Expressions

NAMES = {"a": 1, "zero": 0.0, "huge": 1e299, "endless": math.inf, "unknown": math.nan, "reading": "level", "figure": "2"}
NO_VALUE = {
    "9**9**9": "3.8742e+08 as an exponent; 1000 at most",
    "2 ** 1001": "1001 as an exponent; 1000 at most",
    "10 ** 400": "10 ** 400 is larger than 1e+300",
    "1e400": "larger than 1e+300",
    "huge * 100": "huge * 100 is larger than 1e+300",
    "(-8) ** 0.5": "(-8) ** 0.5 is no real number",
    "a / zero": "a / zero divides by zero",
    "zero ** -1": "zero ** (-1) divides by zero",
    "endless - endless": "endless - endless is no real number",
    "reading + 1": "reading is 'level', no number to compute with",
    "-figure": "figure is '2', no number to compute with",
    "rading * 2": "no headline or parameter 'rading'",
    "True": "only numbers, names",
    "1j": "only numbers, names",
    "a[0]": "only numbers, names",
    "f'{a}'": "only numbers, names",
    "1\0": "only numbers, names",
    "\ud800": "only numbers, names",
    "a a": "invalid syntax",
    "": "invalid syntax",
    "(" * 200: "was never closed|too many nested",
    "(" * 10_000: "10,000 characters; 200 at most",
    "-" * 100_000 + "1": "100,001 characters; 200 at most",
    "1" + "+1" * 1_000_000: "2,000,001 characters; 200 at most",
    "a" * 201: "201 characters; 200 at most",
}


@pytest.mark.parametrize("text", NO_VALUE, ids=lambda text: text[:20])
def test_an_expression_without_a_value_says_why_and_at_once(text):
    with within(0.05), pytest.raises(ContentError) as caught:
        expressions.evaluate(text, NAMES)
    (problem,) = caught.value.problems
    assert problem.startswith(f"expression {text if len(text) <= 200 else text[:40] + '...'!r}: ")
    assert any(message in problem for message in NO_VALUE[text].split("|")), problem
    assert len(problem) < 400


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 ** 990 / 2 ** 989", 2),
        ("1e300 * a", 1e300),
        ("-8 ** (1 / 3)", -2),
        ("9" * 200, 1e200),
        ("-" * 198 + "a", 1),
        ("(" * 99 + "2" + ")" * 99, 2),
        ("endless", math.inf),
        ("-endless * 2", -math.inf),
        ("a / endless", 0),
        ("2 ** endless", math.inf),
        (" a + 1\n", 2),
        (8.9, 8.9),
    ],
)
def test_an_expression_within_bounds_has_its_value(text, value):
    with within(0.05):
        assert expressions.evaluate(text, NAMES) == pytest.approx(value)


def test_a_name_alone_keeps_its_value():
    assert expressions.evaluate("reading", NAMES) == "level"
    assert math.isnan(expressions.evaluate("unknown", NAMES))
    assert math.isnan(expressions.evaluate("unknown + 1", NAMES))
    assert type(expressions.evaluate("(a)", NAMES)) is int


def test_no_expression_of_allowed_characters_takes_long_or_fails_otherwise():
    chance = random.Random(6)
    bits = ["(", ")", "a", "1", "**", "*", "+", "-", "/", " ", "2.5", "9", "lambda ", " if ", " else ", "not ", " in ", "await ", "_", "0x", "1_0", ".", "\n"]
    for _ in range(3000):
        text = "".join(chance.choices(bits, k=chance.randrange(1, 80))) if chance.random() < 0.5 else "".join(chance.choices(bits, k=2)) * 100
        with within(0.05), contextlib.suppress(ContentError):
            expressions.evaluate(text[:200], NAMES)


def test_an_answer_of_many_spaces_is_answered_in_time():
    with within(LIMIT), pytest.raises(ContentError, match="must be a number"):
        exercises.number_in("1" + " " * 100_000 + "a")
    assert exercises.number_in(" 2,25 × ") == exercises.number_in("2.25x") == 2.25


def test_a_copy_of_many_lines_is_shown_in_time(tmp_path):
    own = wa.text("sourdough")
    path = tmp_path / "copy.md"
    path.write_text(own.shipped().read_text(encoding="utf-8") + "\n" * (SIZE * 9 // 10), encoding="utf-8")
    with within(LIMIT):
        assert "note-1" in own.attach(path).annotated().page()


@pytest.mark.parametrize("answer", [pytest.param(10**5000, id="huge"), [], {}, b"1", object(), "1e", "٣x٣"])
def test_an_answer_that_is_none_is_answered(answer):
    with pytest.raises(ContentError, match="must be a number"):
        exercises.number_in(answer)
