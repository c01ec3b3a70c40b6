"""Attacks in a browser: payloads in every text of the content and in readers' copies; nothing runs, nothing is asked for.

A copy of the content gets a payload at the end of each of its texts, in turn. Pages of every kind are made
from it, each notebook once, and opened with their policy and without it: escaping must hold alone. What
notebooks show is opened besides, as other tools than the kit's pages show it. The policy, which is the net
below, is tried with a page that was tampered with. Leaves out a JupyterLab.
"""

import csv
import re
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
import workedarguments as wa
import yaml
from payloads import AWAY, CONTENT, COPIES, RUN
from workedarguments.ground.files import root
from workedarguments.ground.strict_yaml import load_yaml
from workedarguments.pages import export
from workedarguments.pages.index import write_index
from workedarguments.pages.page import make
from workedarguments.pages.plan import plan, scenario_names
from workedarguments.pages.shells import sheet
from workedarguments.texts import readable

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
MOST = 300  # characters of a short text
# What is a name, a date, a number or one of a few words, and not a text that anybody may write.
NOT_TEXT = {
    "id", "speaker", "voice", "kind", "hedge", "language", "script", "date", "event_date", "url", "where", "checked",
    "source", "exactness", "unit", "units", "mechanism", "says", "verdict", "covers", "from", "to", "type", "term", "texts",
    "basis", "set", "answer", "accessed", "sha256", "rows", "about",
}  # fmt: skip
NOT_TEXT_IN = {"scenarios": {"role"}, "texts": {"original"}, "glossary.yml": {"zh-Hans", "zh-Hant", "original"}}
TEXT_COLUMNS = {"group", "outcome", "design", "population", "n", "note", "doubt"}
# What a page of ours is made of, and what a text must never add to it.
INSPECT = """
(script) => {
  const wrong = [], all = [...document.querySelectorAll('*')];
  if (window.pwned !== undefined) wrong.push('something ran');
  const ours = new Set(('html head meta title link style body a nav ul ol li main header footer section h1 h2 h3 h4 ' +
    'div p span dl dt dd details summary table caption thead tbody tr th td code pre b br strong em sup hr blockquote ' +
    'figure figcaption img svg g rect circle path text math mrow mi mn mo mtext mfrac msub msup msubsup msqrt mover munder ' +
    'munderover mtable mtr mtd mstyle mspace menclose mpadded mphantom').split(' '));
  const theirs = ['style', 'autofocus', 'ping', 'srcset', 'background', 'action', 'formaction', 'poster', 'srcdoc'];
  // The script that finds a page in lists, and what it makes.
  const mine = (one) => one.localName === 'script' ? one.textContent === script && !one.attributes.length
    : ['input', 'label', 'output'].includes(one.localName) ? one.parentElement.id === 'finder'
    : one.localName === 'button' && one.parentElement.localName === 'th';
  for (const one of all) {
    if (!ours.has(one.localName) && !mine(one)) wrong.push('tag ' + one.localName);
    for (const {name, value} of one.attributes) {
      if (name.startsWith('on') || theirs.includes(name)) wrong.push(`${one.localName} ${name}`);
      if (name === 'src' && !value.startsWith('data:')) wrong.push(`src ${value}`);
      if (name.endsWith('href') && one.localName !== 'link' && !/^(https?:\\/\\/(?!attacker)|[^:]*$)/.test(value))
        wrong.push(`${one.localName} href ${value}`);
    }
  }
  if (document.querySelector('body style, body meta, body title:not(svg title), body link')) wrong.push('head in body');
  return wrong;
}
"""
WORDS = """
() => {
  const body = document.body.cloneNode(true);
  body.querySelectorAll('style, svg text').forEach(one => one.remove());
  return document.title + ' ' + body.textContent;
}
"""
POKE = """
() => {
  document.querySelectorAll('details').forEach(fold => fold.open = true);
  for (const one of document.querySelectorAll('*')) {
    for (const kind of ['mouseover', 'focus', 'toggle', 'begin'])
      one.dispatchEvent(new Event(kind, {bubbles: true}));
    if (one.matches('button, a[href^="javascript:" i]')) one.click();
  }
}
"""


@pytest.fixture(scope="module")
def context(browser):
    with browser.new_context(offline=True) as one:
        yield one


@pytest.fixture(scope="module")
def look(context, tmp_path_factory):
    """A function that opens HTML as a file and pokes at it: (what is wrong, its words)."""
    folder = tmp_path_factory.mktemp("seen")
    numbers = count()

    def open_html(html):
        path = folder / f"{next(numbers)}.html"
        path.write_text(html, encoding="utf-8")
        page, wrong = context.new_page(), []
        page.on("dialog", lambda one: (wrong.append(f"dialog: {one.message}"), one.dismiss()))
        page.on("request", lambda one: wrong.append(f"request: {one.url}") if one.url not in (path.as_uri(), "data:,") and not
                one.url.startswith("data:image/png") else None)  # fmt: skip
        page.on("console", lambda one: wrong.append(f"console: {one.text}") if one.type == "error" else None)
        page.on("pageerror", lambda one: wrong.append(f"error: {one}"))
        page.on("popup", lambda one: wrong.append("a second window"))
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_load_state()
            page.evaluate(POKE)
            page.wait_for_timeout(20)
            return [*wrong, *page.evaluate(INSPECT, sheet("lists.js"))], page.evaluate(WORDS)
        except Exception as error:  # a page that leaves while it is looked at
            return [*wrong, f"left: {error}"], ""
        finally:
            page.close()

    return open_html


def outside(html):
    """A page without its policy."""
    without, found = POLICY.subn("", html)
    assert found == 1
    return without


def bare(body):
    """HTML as a tool shows it that has no page of ours around it."""
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>a</title></head><body>{body}</body></html>'


# The content, attacked


class Attacker:
    """Puts a payload at the end of one text after another, and keeps count."""

    def __init__(self):
        self.turn, self.placed = 0, Counter()

    def text(self, text, where, fits=lambda _: True):
        while not fits(CONTENT[self.turn % len(CONTENT)]):
            self.turn += 1
        number = self.turn % len(CONTENT)
        self.turn += 1
        self.placed[where] += 1
        end = f" q{number}q{CONTENT[number]}"
        return f"{text[: MOST - len(end)]}{end}"

    def value(self, value, where, kept, fits, free=True):
        """A value with its texts attacked, but for those under keys that are `kept`."""
        if isinstance(value, dict):
            return {
                k: self.value(v, f"{where}: {k}", kept, fits, free and k not in kept) for k, v in value.items()
            }
        if isinstance(value, list):
            return [self.value(one, where, kept, fits, free) for one in value]
        return self.text(value, where, fits) if free and isinstance(value, str) else value

    def yaml(self, path, kind):
        kept = NOT_TEXT | NOT_TEXT_IN.get(kind, set())
        # Braces in an exercise hold the names of numbers.
        fits = (lambda one: not {*one} & {*"{}"}) if kind == "exercises" else lambda _: True
        value = self.value(load_yaml(path), kind, kept, fits)
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")

    def digest(self, path):
        blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
        path.write_text("\n\n".join(block + self.text("", "digest") for block in blocks), encoding="utf-8")

    def table(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update({k: self.text(v, f"evidence: {k}") for k, v in row.items() if k in TEXT_COLUMNS and v})
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """A copy of the content in which every text is attacked: (folder, how often each kind of text was)."""
    folder, attacker = tmp_path_factory.mktemp("attacked"), Attacker()
    for name in ("data", "notebooks"):
        shutil.copytree(root() / name, folder / name)
    patch = pytest.MonkeyPatch()
    patch.setenv("WORKEDARGUMENTS_ROOT", str(folder))
    root.cache_clear()
    for path in sorted((folder / "data").rglob("*.yml")):
        attacker.yaml(path, path.relative_to(folder / "data").parts[0])
    for path in sorted((folder / "data/texts").glob("*/digest.md")):
        attacker.digest(path)
    for path in sorted((folder / "data/evidence").glob("*.csv")):
        attacker.table(path)
    yield folder, attacker.placed
    patch.undo()
    root.cache_clear()


@pytest.fixture(scope="module")
def made(browser, content, tmp_path_factory):
    """Pages of every kind from that content, each notebook once and one in Chinese: (pages by name, their notebooks)."""
    folder, notebooks, out = content[0], [], tmp_path_factory.mktemp("pages")
    every, converted = plan(), export.cells_html
    chosen = [page for page in every if page.kind != "scenario"]
    for stem in dict.fromkeys(page.stem for page in every if page.kind == "scenario"):
        chosen += [page for page in every if page.stem == stem and page.scenario == scenario_names(stem)[1]]
    chinese = next(page for page in every if page.scenario == "as_told")
    chosen.append(replace(chinese, language="zh-Hans"))
    patch = pytest.MonkeyPatch()
    patch.setattr(export, "cells_html", lambda notebook: notebooks.append(notebook) or converted(notebook))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's
        failures = [f"{page.label}: {message}" for page in chosen if (message := make(page, out).message)]
        # A scenario file in which nearly everything is wrong: its page shows the message.
        broken = [page for page in every if page.kind == "scenario"][-1]
        path = folder / "data/scenarios" / broken.stem / f"{broken.scenario}.yml"
        path.write_text(yaml.safe_dump({**dict.fromkeys(CONTENT, 1), "role": CONTENT[0], "title": CONTENT[1]}), encoding="utf-8")
        assert make(broken, out).message
    patch.undo()
    write_index(every, out)
    assert not failures, "\n".join(failures)
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}, notebooks, broken.path


def squeezed(text):
    return re.sub(r"\s+", "", text)


def changed(words):
    """Payloads that words show otherwise than they were written; and the numbers of those that they show."""
    words, wrong, numbers = squeezed(words), [], set()
    for found in re.finditer(r"q(\d+)q", words):
        payload = CONTENT[int(found[1])]
        numbers.add(int(found[1]))
        # Of a speaker's name what stands in brackets is left out.
        if not words.startswith((squeezed(payload), squeezed(payload.partition(" (")[0])), found.end()):
            wrong.append(f"{payload} shows as {words[found.end() : found.end() + 80]}")
    return wrong, numbers


def test_enough_is_attacked(content):
    placed = content[1]
    assert len({*CONTENT}) >= 60
    assert len({*COPIES}) >= 40
    assert sum(placed.values()) > 20 * len(CONTENT)
    assert {where.partition(":")[0] for where in placed} == {
        "texts", "claims", "cards", "scenarios", "exercises", "evidence", "ranges", "words", "sources.yml", "relations.yml",
        "glossary.yml", "digest",
    }  # fmt: skip


@pytest.fixture(scope="module")
def seen(look, made):
    """What is wrong with each page as it is, and its words."""
    return {name: look(html) for name, html in made[0].items()}


def test_pages_with_their_policy_run_and_ask_for_nothing(seen):
    assert {name: wrong for name, (wrong, _) in seen.items() if wrong} == {}


def test_pages_without_their_policy_run_and_ask_for_nothing(look, made):
    assert {name: wrong for name, html in made[0].items() if (wrong := look(outside(html))[0])} == {}


def test_every_text_on_a_page_shows_as_it_was_written(seen, made):
    numbers = set()
    for name, (_, words) in seen.items():
        if name not in (made[2], "index.html"):  # a message quotes a text as Python does
            wrong, more = changed(words)
            assert not wrong, f"{name}: " + "\n".join(wrong)
            numbers |= more
    assert numbers == {*range(len(CONTENT))}


def outputs(notebooks, kind):
    """All outputs of one kind."""
    cells = (cell for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code")
    return [data[kind] for cell in cells for output in cell.outputs if kind in (data := output.get("data", {}))]


def test_what_notebooks_show_runs_and_asks_for_nothing_elsewhere(look, made):
    tables, prose = outputs(made[1], "text/html"), outputs(made[1], "text/markdown")
    assert len(tables) > 60
    assert len(prose) > 10
    renderer = export.Renderer(escape=False, exclude_anchor_links=True)
    sets = {"text/html": tables, "text/markdown": [export.MarkdownWithMath(renderer=renderer).render(one) for one in prose]}
    for kind, parts in sets.items():
        # Styles of ours stand in the body there.
        wrong, words = look(bare(re.sub(r"<style>.*?</style>", "", "\n".join(parts), flags=re.DOTALL)))
        assert (kind, wrong) == (kind, [])
        assert (kind, changed(words)[0]) == (kind, [])
        assert changed(words)[1], kind


def test_the_watch_has_teeth(look):
    tags = [number for number, text in enumerate(CONTENT) if text.startswith("<")]
    assert len(tags) > 40
    for number in tags[::4]:
        wrong, words = look(bare(f"<p>q{number}q{CONTENT[number]}</p>"))
        assert wrong, CONTENT[number]
        assert changed(words)[0] or not words, CONTENT[number]


# The net


INJECTED = {
    "a script": f"<script>{RUN}</script>",
    "a script from elsewhere": f"<script src='{AWAY}/a.js'></script>",
    "a handler": f"<img src='data:,' alt=a onerror={RUN}>",
    "a javascript address": f"<a href='javascript:{RUN}'>a</a>",
    "a frame": f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "an image": f"<img src='{AWAY}/a.png' alt=a>",
    "a style sheet": f"<link rel=stylesheet href='{AWAY}/a.css'>",
    "a style": f"<style>body {{ background: url({AWAY}/b.png) }}</style>",
    "a style of an element": f"<p style='background: url({AWAY}/c.png)'>a</p>",
    "an object": f"<object data='{AWAY}/d'></object>",
    "a form": f"<form action='{AWAY}/e'><button>a</button></form>",
    "another base": f"<base href='{AWAY}/'><img src=f.png alt=a>",
}


@pytest.mark.parametrize("injected", INJECTED)
def test_the_policy_stops_what_escaping_would_let_through(injected, context, made, tmp_path):
    from playwright.sync_api import Error

    html = made[0]["texts/openai.html"].replace("<footer>", f"{INJECTED[injected]}<footer>")
    path, found = tmp_path / "page.html", []
    for page_html in (html, outside(html)):
        path.write_text(page_html, encoding="utf-8")
        page, asked, refused = context.new_page(), [], []
        # A request that the policy stops is begun, too; one that nobody answers is not stopped.
        page.on("requestfailed", lambda one, to=asked: to.append(one.url) if one.failure != "csp" else None)
        page.on("console", lambda one, to=refused: to.append(one.text) if "Content Security Policy" in one.text else None)
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('button, a[href^=javascript]').forEach(one => one.click())")
        page.wait_for_timeout(100)
        try:
            ran = not asked and page.evaluate("window.pwned === 1")
        except Error:  # the page is being left for what it asked for
            ran = True
        found.append((bool(asked or ran), bool(refused)))
        page.close()
    assert found == [(False, True), (True, False)]


# Readers' copies


def woven(path, form):
    """The lines of a text with a payload between any two, in one of three writings."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    turns = iter(COPIES * (len(COPIES) // len(lines) + 2))
    pieces = [piece for line in lines for piece in (line, *(next(turns) for _ in range(len(COPIES) // len(lines) + 1)))]
    if form == "html":
        from html import escape

        return "<!doctype html><html><body><article>" + "".join(f"<p>{escape(one)}</p>" for one in pieces) + "</article></body></html>"
    return "\n\n".join(pieces) if form == "md" else "\n".join(pieces)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_a_readers_copy_runs_and_asks_for_nothing(form, language, look, tmp_path):
    text = wa.text("sourdough")
    path = tmp_path / f"<img src=x onerror={RUN}>.{form}"
    path.write_text(woven(text.shipped(language), form), encoding="utf-8")
    attached = text.attach(path)
    assert attached.status == {"zh": "matched", "en": "refused"}[language]
    html = attached.annotated().page()
    for page in (html, outside(html), bare(re.sub(r"<style>.*?</style>", "", attached.annotated()._repr_html_(), flags=re.DOTALL))):
        wrong, words = look(page)
        assert wrong == []
        kept = [one for one in map(readable.plain, COPIES) if not re.search(r"[\x00-\x1f]|\]\(|http", one)]
        assert [one for one in kept if squeezed(one) not in squeezed(words)] == []
        assert len(kept) > 20


def test_a_saved_page_with_a_payload_in_it_runs_and_asks_for_nothing(look, tmp_path):
    text, statuses, bodies = wa.text("sourdough"), Counter(), []
    lines = text.shipped().read_text(encoding="utf-8").splitlines()
    for number, payload in enumerate(COPIES):
        path = tmp_path / f"{number}.html"
        parts = "".join(f"<p title='{payload}'>{line}{payload}</p>" for line in lines if line)
        path.write_text(f"<!doctype html><html><head><title>{payload}</title></head><body>{parts}</body></html>", encoding="utf-8")
        attached = text.attach(path)
        statuses[attached.status] += 1
        bodies.append(attached.annotated().body)
    assert statuses["matched"] > 20
    page = replace(attached.annotated(), body="".join(bodies)).page()
    assert look(page)[0] == look(outside(page))[0] == []


def test_the_command_writes_such_a_page_and_prints_no_copy(look, tmp_path):
    path, out = tmp_path / f"'><svg onload={RUN}>.md", tmp_path / "out.html"
    path.write_text(woven(wa.text("sourdough").shipped(), "md"), encoding="utf-8")
    command = [sys.executable, "-m", "workedarguments", "annotate", "sourdough", str(path), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=root())
    assert done.returncode == 0, done.stderr
    assert "attacker" not in done.stdout + done.stderr
    assert look(out.read_text(encoding="utf-8"))[0] == []
