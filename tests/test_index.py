"""The home page and the status page: cards, states in words, long lists, and what is broken costs only itself."""


import pytest
from bs4 import BeautifulSoup
from policies import states_its_policy
from workedarguments.authoring import checks
from workedarguments.ground.drawings import MOST_CHARACTERS, read_drawing
from workedarguments.ground.errors import ContentError
from workedarguments.ground.uses import digest
from workedarguments.models import stems
from workedarguments.pages.cards import card_of, plain_drawing, read_cards, time_of
from workedarguments.pages.index import FEW_FAILED, MOST_LISTED, write_index
from workedarguments.pages.plan import Page, notebooks_by_stem, plan
from workedarguments.pages.rows import Row
from workedarguments.pages.shells import sheet
from workedarguments.pages.status import write_status
from workedarguments.reasoning.scenarios import paths, read_scenarios


def put(out, page, failure="", uses=None):
    path = out / page.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<meta name="worked-{"failure" if failure else "uses"}" content="{failure or uses or f"page:{page.call}={digest(page.call)}"}">', encoding="utf-8")


def index_of(pages, out):
    write_index(pages, out)
    return BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")


def runs(count):
    base = next(page for page in plan() if page.kind == "scenario")
    rows = [Row("class", "class.csv", f"run_{n:04d}", f"Amina, run {n}", overrides=(("hard_share", 0.3),))
            for n in range(count)]  # fmt: skip
    return [Page("scenario", base.notebook, "as_told", row=row) for row in rows]


def test_every_lesson_is_a_card_with_its_question_what_was_said_and_how_long_it_takes(tmp_path):
    soup = index_of(plan(), tmp_path)
    cards = soup(class_="lesson")
    assert len(cards) == len(stems())
    for stem, card in zip(stems(), cards, strict=True):
        words = card.get_text(" ", strip=True)
        assert card_of(stem).said in words
        assert card_of(stem).said
        assert time_of(notebooks_by_stem()[stem]) in words
        assert "minutes" in words
        assert card.svg["aria-hidden"] == "true"
        assert str(card.svg.path or card.svg.rect) not in str(plain_drawing())


def test_people_see_titles_and_no_names_of_files(tmp_path):
    pages = plan()
    for page in pages[::3]:
        put(tmp_path, page, "it broke")
    shown = index_of(pages, tmp_path).body.get_text(" ")
    names = {name for stem in stems() for name in [stem, *paths(stem)] if "_" in name}
    assert names
    assert [name for name in names if name in shown] == []
    titles = [one.title for stem in stems() for one in read_scenarios(stem, None).found.values()]
    assert [title for title in titles if title not in shown] == []


def test_each_state_is_told_in_words_and_a_missing_page_is_no_link(tmp_path):
    failed, stale, done, missing = [page for page in plan() if page.kind == "scenario"][1:5]
    put(tmp_path, failed, "no such input")
    put(tmp_path, stale, uses="page:a=00000000")
    put(tmp_path, done)
    soup = index_of([failed, stale, done, missing], tmp_path)
    assert "no such input" in soup.find(class_="failure").get_text()
    states = [[tag.get_text() for tag in item(class_="state")] for item in soup.find("details", class_="behind")("li")]
    links = [bool(item.a) for item in soup.find("details", class_="behind")("li")]
    assert states == [["failed"], ["out of date"], [], ["not made yet"]]
    assert links == [True, True, True, False]
    assert "4 pages: 1 up to date, 1 failed, 1 out of date, 1 not made yet." in soup.footer.get_text()


def test_many_failures_are_folded_and_all_told(tmp_path):
    many = runs(FEW_FAILED + 1)
    for page in many:
        put(tmp_path, page, f"broke {page.scenario}")
    box = index_of(many, tmp_path).find(class_="failure")
    assert len(box.details("tr")) == len(many) + 1
    assert not index_of(many[:FEW_FAILED], tmp_path).find(class_="failure").details


def test_a_thousand_pages_are_a_table_of_less_than_a_megabyte(tmp_path):
    pages = [*plan(), *runs(1000)]
    soup = index_of(pages, tmp_path)
    (table,) = soup("table", attrs={"data-sort": True})
    assert len(table.tbody("tr")) == 1000
    assert table.tbody.tr.get_text(" ", strip=True).startswith("Amina, run 0 Share of the work")
    assert (tmp_path / "index.html").stat().st_size < 1_000_000
    assert states_its_policy(soup, [sheet("lists.js")])
    assert not index_of(runs(MOST_LISTED), tmp_path)("table", attrs={"data-sort": True})


def test_what_cannot_be_read_costs_only_itself(elsewhere, tmp_path):
    (elsewhere / "data/scenarios/ten_to_two/kaufman.yml").write_text("title: half a file\n", encoding="utf-8")
    (elsewhere / "data/cards/ten_to_two.yml").write_text("said: 5\n", encoding="utf-8")
    (elsewhere / "data/cards/planning_horizons.svg").write_text("<svg><script/></svg>", encoding="utf-8")
    (elsewhere / "data/cards/tem_to_two.yml").write_text("said: Nobody's\n", encoding="utf-8")
    soup = index_of(plan(), tmp_path)
    assert len(soup(class_="lesson")) == len(stems())
    assert "kaufman" in soup.get_text()
    assert "The gap between middling and excellent widens" in soup.get_text()
    assert soup(class_="lesson")[-1].svg.rect["y"] == BeautifulSoup(plain_drawing(), "html.parser").rect["y"]
    found = "\n".join(checks.card_problems())
    assert "data/cards/ten_to_two.yml line 1: said: must be text" in found
    assert "data/cards/planning_horizons.svg: element 'script'" in found
    assert "no notebook 'tem_to_two'" in found


def test_cards_that_are_here_have_no_problems():
    assert checks.card_problems() == []
    assert {*stems()} <= {*read_cards().found}


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'


@pytest.mark.parametrize(
    ("inner", "wrong"),
    [("<script>a</script>", "element 'script'"), ('<rect onclick="a()"/>', "attribute 'onclick'"), ("<image/>", "element 'image'"),
     ('<rect style="fill:red"/>', "attribute 'style'"), ('<rect fill="url(#a)"/>', "fill must be"), ("<foreignObject/>", "element"),
     ('<a href="https://example.org">x</a>', "element 'a'"), ("<!DOCTYPE a>", "document type"), ("<rect>", "not valid XML"),
     ('<rect xmlns="http://www.w3.org/1999/xhtml"/>', "element"), ("<path d='" + "M1 1" * MOST_CHARACTERS + "'/>", "at most")],
)  # fmt: skip
def test_a_drawing_holds_shapes_and_words_only(inner, wrong, tmp_path):
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(inner), encoding="utf-8")
    with pytest.raises(ContentError, match=wrong):
        read_drawing(path)


def test_a_drawing_is_written_out_anew(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text(SVG.format('<!-- mine --><text x="1" y="2">1 &lt; 2 &amp; $x$</text>'), encoding="utf-8")
    assert read_drawing(path) == (
        '<svg aria-hidden="true" viewBox="0 0 20 10"><text x="1" y="2">1 &lt; 2 &amp; $x$</text></svg>'
    )


# Status


def row(page, **more):
    return {"path": page.path, "kind": page.kind, "name": page.name, "scenario": page.scenario, "key": page.call, "seconds": 1.25,
            "state": "done", "message": "", "made": "2026-01-02T03:04:05+00:00", "verified": None, **more}  # fmt: skip


def test_the_status_page_tells_of_each_page_its_state_time_and_versions(tmp_path):
    one, two = [page for page in plan() if page.kind == "scenario"][:2]
    manifest = {"pages": [row(one, verified="2026-01-03T03:04:05Z"), row(two, state="failed", message="no <input>", seconds=None)],
                "versions": {"python": "3.13"}}  # fmt: skip
    assert not index_of([one], tmp_path).find("a", href="status.html")
    path = write_status(manifest, tmp_path)
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    first, second = soup.tbody("tr")
    assert [cell.get_text(" ", strip=True) for cell in first("td")] == [
        "lesson with one set of numbers", "up to date", "1.25", "2 Jan 2026, 03:04", "3 Jan 2026, 03:04",
    ]  # fmt: skip
    assert "failed" in second.get_text()
    assert "no <input>" in second.get_text()
    assert two.scenario not in second.get_text()
    assert "python 3.13" in soup.footer.get_text()
    assert states_its_policy(soup, [sheet("lists.js")])
    assert index_of([one], tmp_path).find("a", href="status.html")


def test_a_manifest_may_know_little(tmp_path):
    assert "0 pages" in write_status({}, tmp_path).read_text(encoding="utf-8")
    words = write_status({"pages": [{"path": "10_x/some_run.html", "made": "soon"}]}, tmp_path).read_text(encoding="utf-8")
    assert "not made yet" in words
