"""Text that is bound shows as it was written, wherever it is bound: without a browser, and without a kernel.

What a browser makes of whole pages is in browser/test_attacks.py.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from payloads import CONTENT, COPIES, PLAIN, RUN
from policies import states_its_policy
from workedarguments.ground.escaping import in_address, in_attribute, in_html, in_markdown, is_web, link
from workedarguments.ground.policy import policy
from workedarguments.pages import shells
from workedarguments.pages.cards import Card
from workedarguments.pages.export import MarkdownWithMath, Renderer, finished
from workedarguments.pages.index import Entry, Item
from workedarguments.pages.page import shell
from workedarguments.pages.plan import Page, notebooks_by_stem, plan, state
from workedarguments.showing import exercises as shown
from workedarguments.showing import figures
from workedarguments.showing.annotated import Annotated
from workedarguments.showing.exercises import Asked, Folded
from workedarguments.showing.tables import Prose, show

EVERY = [*CONTENT, *COPIES]
FROM_CELLS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "br", "span", "details", "summary",
              "strong", "em", "ul", "li"}
NOT_FROM_TEXT = ["script", "img", "iframe", "object", "embed", "form", "input", "base", "svg", "math", "b", "video",
                 "audio", "template", "button", "select", "font"]


class Seen(HTMLParser):
    """The text of some HTML, its tags and their attributes, by another parser than pages are finished with."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def in_one_line(text):
    return " ".join(re.split(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+", text)).strip()


def rendered(markdown):
    """HTML of Markdown by a converter that lets raw HTML and any address through, as notebooks' tools do."""
    return MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(markdown)


def shows(html, text, tags=("p", "span")):
    """Whether HTML shows a text letter by letter, with none but a few plain tags and no attributes."""
    seen = Seen(html)
    return in_one_line(seen.text) == in_one_line(text) and seen.tags <= {*tags} and not seen.attributes


def test_a_text_shows_as_itself_in_html():
    assert [text for text in EVERY if not shows(in_html(text), text)] == []
    assert [text for text in EVERY if not shows(in_html(text, quote=False), text)] == []
    holders = {text: BeautifulSoup(f'<p title="{in_attribute(text)}">', "html.parser").p.attrs for text in EVERY}
    assert [text for text in EVERY if holders[text] != {"title": text}] == []


def test_a_text_shows_as_itself_in_markdown():
    assert [text for text in EVERY if not shows(rendered(in_markdown(text)), text)] == []
    around = [f"*It says* {in_markdown(text)}, **here**." for text in EVERY]
    tags = ("p", "span", "em", "strong")
    assert [t for t, m in zip(EVERY, around, strict=True) if not shows(rendered(m), f"It says {t}, here.", tags)] == []


def test_a_text_never_begins_a_block_of_markdown():
    blocks = ["    a", "\ta", "a\n\n# b\n\n- c\n\n```\nd\n```", "a\n===", "a\n\n    b", "- - -", "> a", "+ a", ": a",
              "12) a", "1. a", "# a", "| a |\n|---|", "* a", "[a]: b", "[^a]: b", "<p>", "a\n---", "~~~\na"]  # fmt: skip
    assert [text for text in blocks if not shows(rendered(in_markdown(text)), text, {"p"})] == []
    assert [text for text in blocks if not shows(rendered(f"{in_markdown(text)} b"), f"{text} b", {"p"})] == []


def test_a_text_is_escaped_once():
    assert [text for text in EVERY if in_html(in_html(text)) != in_html(text)] == []
    assert [text for text in EVERY if in_markdown(in_markdown(text)) != in_markdown(text)] == []


def test_no_formula_begins_and_ends_in_one_element():
    for html in (make(text) for text in EVERY for make in (in_html, lambda text: rendered(in_markdown(text)))):
        assert {*map(len, BeautifulSoup(html, "html.parser").find_all(string=re.compile(r"[$\\]")))} <= {1}


@pytest.mark.parametrize(
    "words",
    ["A tool does half of your work in no time (or 2.8 times, in 2015). How fast?", "1.82× of 44 in 100, −0.5", "那么，三成的活？"],
)
def test_ordinary_words_stay_readable_in_a_notebooks_file(words):
    assert in_markdown(words) == words


# Addresses

WEB = ["http://a.b", "https://a.b/c?d=e&f=g#h", "https://a.b/i_(j)", "https://a.b/中文"]
OTHER = [f"javascript:{RUN}", f" javascript:{RUN}", f"java\nscript:{RUN}", f"\x01javascript:{RUN}", "JaVaScRiPt:a",
         "data:text/html,a", "vbscript:a", "file:///a", "//a.b", "\\\\a.b", "mailto:a@b.c", "ftp://a.b", "http:a"]  # fmt: skip
NONE = ["", None, 7, "a.b", "https://", "https://a b", "https://a\tb", 'https://a"b', "https://a<b"]


@pytest.mark.parametrize("address", WEB)
def test_addresses_of_the_web_become_links(address):
    made = BeautifulSoup(link(address, "a <b> & $5"), "html.parser").a
    assert (made.attrs, made.get_text()) == ({"href": address}, "a <b> & $5")


@pytest.mark.parametrize("address", [*OTHER, *NONE])
def test_no_other_address_becomes_a_link(address):
    assert not is_web(address)
    assert link(address, "a <b>") == "a &lt;b&gt;"


@pytest.mark.parametrize("address", OTHER)
def test_a_page_has_no_link_that_is_neither_page_nor_web(address):
    addresses = [address, *WEB, "a.html", "a/b.html#c:d", "#e"]
    links = "".join(f'<a href="{in_attribute(one)}">a</a>' for one in addresses)
    left = [tag.get("href") for tag in BeautifulSoup(finished(links)[2], "html.parser")("a")]
    assert left == [None, *addresses[1:]]


@pytest.mark.parametrize("name", ["javascript:alert(1)", "a b", "a&b", "a#b", "a?b", '"><img src=x>', "中文", "%41", "a'b"])
def test_the_name_of_a_file_is_an_address_of_that_file(name):
    address = urlsplit(in_address(f"{name}.html"))
    assert (address.scheme, address.netloc, address.query, address.fragment) == ("", "", "", "")
    assert unquote(address.path) == f"{name}.html"


# What a notebook shows


def from_cells(text, case):
    """A text in every place in which a cell may show it, as HTML."""
    frame = pd.DataFrame({text: [text, 1.0]}, index=pd.Index([text, "b"], name=text))
    asked = SimpleNamespace(kind=text, title=text, minutes=text, prompt=text, hints=(text,), options={"a": text},
                            rubric=(text,), solution=text, feedback=lambda _: text)  # fmt: skip
    yield show(frame, text, text)._repr_html_()
    yield show(frame, text, text, collapsed=True)._repr_html_()
    yield Asked(asked)._repr_html_()
    yield Folded(text, text, text)._repr_html_()
    yield rendered(Prose(text)._repr_markdown_())
    yield rendered(case.say("It is {it}.", it=text)._repr_markdown_())


def test_what_a_cell_shows_holds_a_text_and_no_tag_of_it(case):
    for text in EVERY:
        for html in from_cells(text, case):
            seen = Seen(html)
            assert seen.tags <= FROM_CELLS, text
            assert seen.attributes <= {"class", "scope"}, text
            assert in_one_line(text) in in_one_line(seen.text)


def test_a_template_is_markdown_and_what_is_put_in_is_not(case):
    said = case.say("*So* {a} and `b` and {hard_share}.", a="*c* <b>d</b>")
    assert repr(said) == "*So* *c* <b>d</b> and `b` and half."
    assert said._repr_markdown_() == "*So* &#42;c&#42; &#60;b&#62;d&#60;/b&#62; and `b` and half."


def test_a_prediction_shows_its_exercise_as_it_is(monkeypatch, case):
    one = replace(case.exercise("half-in-no-time").exercise, prompt=PLAIN, solution=PLAIN, wrong=((PLAIN, 7.0, PLAIN),))
    monkeypatch.setattr(shown, "exercise", lambda *_: one)
    said = [shown.predict(case, one.id)]
    for answer in (7, one.right):
        said += [shown.predict(case, one.id, answer), shown.reveal(case, one.id)]
    for prose in said:
        assert PLAIN in repr(prose)
        assert shows(rendered(prose._repr_markdown_()), repr(prose))
    shown.predict(case, one.id)
    assert PLAIN in Seen(shown.reveal(case, one.id)._repr_html_()).text


@pytest.mark.parametrize("text", [r"$\foo$", "costs $5, or $10", r"$\frac{1}{$"])
def test_a_dollar_sign_in_a_figure_is_a_dollar_sign(text, case):
    series, alt = pd.Series([1.0, 2.0], index=[text, "b"]), "x" * 40
    figures.dots(series, title=text, alt=alt, caption=text, label=text, reference=(1, text), groups={text: text})
    curve = case.sweep("overall_speedup", hard_share=None)
    figures.lines(curve, of=case, title=text, alt=alt, marks=[(0.5, 1.8, text)], band=(0.1, 0.2, text))


FORMULAS = [rf"\text{{<img src=x onerror={RUN}>}}", rf"\href{{javascript:{RUN}}}{{x}}", r"\text{&lt;b&gt;}",
            rf'\color{{"><script>{RUN}</script>}}{{x}}', r"\style{background:url(http://attacker.invalid)}{x}",
            rf"\mbox{{</math><script>{RUN}</script>}}", rf"\fbox{{<svg onload={RUN}>}}"]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_holds_no_tag_no_style_and_no_link(formula):
    seen = Seen(rendered(f"So ${formula}$, and\n\n$${formula}$$"))
    assert seen.tags <= {"p", "div", "span", "math", "mrow", "mi", "mtext", "mstyle", "menclose"}
    assert not seen.attributes & {"href", "style", "onload", "onerror", "src"}


# Pages


def test_a_policy_lists_what_a_page_has_and_nothing_else():
    assert policy() == (
        "default-src 'none'; script-src 'none'; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    one = policy(["a"], ["b", "c"])
    assert "; script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; style-src" in one
    assert one.count("'sha256-") == 3
    assert policy(styles=["a\nb"]) == policy(styles=["a\r\nb"])


def named(text):
    """A page that is named after a text, as far as a file can be."""
    return Page("plain", notebooks_by_stem()["start_here"].with_name(f"00_{text.replace('/', '')}.ipynb"), text, {text: text})


@pytest.fixture
def titled(monkeypatch):
    """Pages without a file, whose title is the page's scenario."""
    monkeypatch.setattr("workedarguments.pages.page.title_or_name", lambda _: "A page")


def test_pages_hold_a_text_and_no_tag_of_it_and_state_their_policy(titled):
    for text in EVERY:
        page, bound = named(text), in_html(text)
        listed = Item(page, text, "failed", text, text)
        entry = Entry(text, text, text, text, Card(text, ""), listed, listed, ((text, text, [listed]), (text, text, [listed] * 3)))
        index = {"lessons": [entry], "others": [entry], "across": [listed], "texts": [listed], "failed": [(listed, text)],
                 "counts": [(text, 1)], "total": 1, "words": {"failed": text}, "most": 2, "few": 0}
        row = {"path": f"{text}.html", "title": text, "kind": text, "state": text, "message": text, "shown": text}
        status = {"rows": [row], "words": {}, "counts": [(text, 1)], "seconds": text, "longest": row, "versions": {text: text}}
        table = f"<table><caption>{bound}</caption></table>"
        pages = [
            shell(page, f"<h1>{bound}</h1><h2>{bound}</h2><h2>a</h2><h2>b</h2><h2>c</h2>{table}"),
            shell(page, "", text),
            shells.render("index.html.j2", **index),
            shells.render("status.html.j2", **status),
            Annotated(text, f"<p>{bound}</p>", text).page(),
        ]
        for html in pages:
            soup = BeautifulSoup(html, "html.parser")
            assert states_its_policy(soup), text
            assert not soup(NOT_FROM_TEXT), text
            attributes = {name for tag in soup.body(True) for name in tag.attrs}
            assert not {name for name in attributes if name.startswith("on")} | attributes & {"style", "src", "ping"}, text
            assert not [tag["href"] for tag in soup("a") if ":" in tag["href"]], text
            assert text in soup.get_text()


def test_a_page_runs_the_scripts_that_are_listed():
    page = next(page for page in plan() if page.kind == "plain")
    about = {"title": "A", "contents": [], "body": "", "neighbours": (None, None), "versions": {}, "notebook": ""}
    html = shells.render("page.html.j2", scripts=["let a = 1 < 2 && 3;"], page=page, **about)
    assert states_its_policy(BeautifulSoup(html, "html.parser"), ["let a = 1 < 2 && 3;"])


def test_a_message_does_not_change_the_state_of_its_page(titled, tmp_path):
    path = tmp_path / "a.html"
    for text in CONTENT:
        path.write_text(shell(named("a"), "", f"{text} failed"), encoding="utf-8")
        assert (state(path).word, state(path).message) == ("failed", f"{text} failed")


def test_styles_of_elements_become_classes_or_nothing():
    body = '<p style="color: red">a</p><style>p {}</style><table><tr><td style="text-align:right" class="b">1</td></tr></table>'
    soup = BeautifulSoup(finished(body)[2], "html.parser")
    assert not soup(style=True)
    assert not soup("style")
    assert soup.td["class"] == ["b", "right"]
    assert finished(rendered("| a |\n|--:|\n| 1 |"))[2].count('class="right"') == 2
