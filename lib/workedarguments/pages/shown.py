"""What a page shows that can move: verdicts, headlines, figures, and the passages of a text. For comparing two builds.

Verdicts and headlines are computed by the library from the same case as the page, at the same moment; figures are
read from the page, of which each says what it plots. Leaves out: wording, and shares of draws over the evidence.
"""

import hashlib
import html
import re

from ..ground import quantities, uses
from ..ground.errors import ContentError
from ..ground.numbers import plain
from ..reasoning.judging import target_spec, tests_of
from ..showing.case import open_case
from ..texts.claims import claims
from ..texts.digests import SPAN, digest

FIGURE = re.compile(r"<figure([^>]*)>\s*<img([^>]*)>(.*?)</figure>", re.DOTALL)
PLOTS, ALT, SOURCE = (re.compile(rf'\b{name}="([^"]*)"') for name in ("data-plots", "alt", "src"))
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


def shown(page, text):
    """What a Page with this HTML shows: {verdicts, numbers, figures, passages}, each a list of plain records."""
    found = {"verdicts": [], "numbers": [], "figures": figures(text), "passages": []}
    with uses.collects():  # what cannot be read is not on the page either
        for name, part in _PARTS.get(page.kind, {}).items():
            try:
                found[name] = part(page)
            except ContentError:
                continue
    return plain(found)


def figures(text):
    """The figures of a page's HTML: caption, and what each plots; of a picture that does not say, its own digest."""
    found = []
    for about, image, rest in FIGURE.findall(text):
        caption = CAPTION.search(rest) or ALT.search(image)
        plots, source = PLOTS.search(about), SOURCE.search(image)
        picture = hashlib.sha256(source.group(1).encode() if source else b"").hexdigest()[:10]
        found.append({
            "caption": " ".join(html.unescape(caption.group(1)).split()) if caption else "",
            "plots": html.unescape(plots.group(1)) if plots else f"picture {picture}",
        })
    return found


def _cases(page):
    """[(scenario's name and title, or None twice where the page is of one alone, its case)]."""
    if page.kind == "scenario":
        return [(None, None, open_case(page.stem, page.scenario, page.overrides))]
    first = open_case(page.stem)
    return [(one.name, one.title, open_case(page.stem, one.name)) for one in first.every_scenario()]


def _verdicts(page):
    every, found = claims(), []
    for scenario, title, case in _cases(page):
        units = {target_spec(case, says).label: target_spec(case, says).unit
                 for claim in case.every_claim().values() for says in tests_of(case, claim)}
        for row in case.verdicts().reset_index().to_dict("records"):
            claim = {"claim": row["claim"], "title": every[row["claim"]].short["en"]}
            test = {"reading": row["reading"], "judged": row["what is judged"], "unit": units[row["what is judged"]]}
            outcome = {"asked": row["asked"], "value": float(row["value"]), "verdict": row["verdict"]}
            found.append({"scenario": scenario, "case": title} | claim | test | outcome)
    return found


def _numbers(page):
    found = []
    for scenario, title, case in _cases(page):
        specs = quantities.specs(case.model.Headlines)
        for name, row in case.headlines().iterrows():
            found.append({
                "scenario": scenario, "case": title, "name": name, "label": row["headline"], "unit": row["unit"],
                "value": float(row["value"]), "tolerance": specs[name].rtol,
            })
    return found


def _passages(page):
    every = claims()
    spans = [
        (f"{page.stem}.{slug}", heading, words)
        for heading, paragraphs in digest(page.stem)
        for paragraph in paragraphs
        for words, slug in SPAN.findall(paragraph)
    ]
    return [
        {"claim": claim, "title": every[claim].short["en"], "section": heading, "words": words}
        for claim, heading, words in spans if claim in every
    ]


_PARTS = {
    "scenario": {"verdicts": _verdicts, "numbers": _numbers},
    "comparison": {"verdicts": _verdicts, "numbers": _numbers},
    "text": {"passages": _passages},
}
