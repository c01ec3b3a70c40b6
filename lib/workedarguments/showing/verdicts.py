"""A verdict on the page: its sentence, and the tables behind it."""

from dataclasses import dataclass, fields
from functools import cached_property

import pandas as pd

from ..ground.escaping import in_html
from ..ground.numbers import digits
from ..reasoning import verdict
from ..reasoning.judging import same_as_told
from .tables import show

SIGNS = {"holds": "✓", "fails": "✗", "not computable": "–"}
CAPTIONS = {
    "evidence": "Over what was measured: share of the assumptions tried, not a probability",
    "ours": "Over ranges of our own, for what nobody measured: share of the assumptions tried, not a probability",
}
NOT_DRAWN = {
    "evidence": "No input behind it was measured of what this case is about and is left open by it: nothing was drawn.",
    "ours": "No input behind it has a range of our own that this case leaves open: nothing was drawn.",
}
DECIDE = {
    "evidence": "What decides over what was measured: total index on the distance to the limit, 95 % half-width",
    "ours": "What decides over ranges of our own: total index on the distance to the limit, 95 % half-width",
}


def shown(made):
    """A Verdict that can show itself."""
    return Verdict(**{field.name: getattr(made, field.name) for field in fields(made)})


@dataclass(frozen=True)
class Verdict(verdict.Verdict):
    """What became of one claim, with its tables."""

    def tables(self):
        """The tables behind the sentence, ready to be shown."""
        return iter(self._tables)

    @cached_property
    def _tables(self):
        return [*self._made()]

    def _made(self):
        words = self.scenarios["verdict"].map(SIGNS) + " " + self.scenarios["verdict"]
        words = words + " " + self.scenarios["value"].map(digits)
        words = words.where(~same_as_told(self.scenarios), "as told")
        rows = self.scenarios.assign(verdict=words).set_index("scenario").groupby("reading", sort=False)["verdict"]
        wide = pd.DataFrame(dict(iter(rows)))
        alike = (wide == "as told").all(axis=1)
        note = f"Not shown: scenarios that change nothing judged here, {alike.sum()} in all." if alike.any() else ""
        yield show(wide[~alike], "In each scenario: verdict and value", note)
        for kind, caption in CAPTIONS.items():
            table = getattr(self, kind)
            drawn = table[table["n"] > 0].drop(columns="seed").set_index(["reading", "model"])
            sure = drawn["share"].isin([0.0, 1.0]).any()
            note = "Where the share is 0 or 1, no combination tried turned the verdict." if sure else ""
            yield show(drawn, caption, note if len(drawn) else NOT_DRAWN[kind])
            decides = self.indices[(self.indices["drawn"] == kind) & (self.indices["total"] > 2 * self.indices["conf"])]
            note = "Only indices that their own error does not hide; all others are near 0 or rest on too few draws."
            if len(decides):
                yield show(decides.drop(columns="drawn").set_index(["reading", "model", "inputs"]), DECIDE[kind], note)
        turns = self.flips.dropna(subset="flips_at").set_index(["reading", "model", "parameter"])
        if len(turns):
            yield show(turns, "Nearest flip, one input at a time")

    def __repr__(self):
        words = [self.claim.id]
        for one in self.words:
            words += [one.text, *(f"  {label}: {line}" for label, line in one.lines)]
        return "\n\n".join(["\n".join(words), *map(repr, self.tables())])

    def _repr_html_(self):
        first, *rest = self.tables()
        behind = "".join(table._repr_html_() for table in rest)
        opening = "".join(map(_opening, self.words))
        return (
            f"{opening}{first._repr_html_()}"
            f"<details><summary>Behind it: draws over ranges, what decides, flips</summary>{behind}</details>"
        )


def _opening(one):
    """The words of one test: its sentence, what was judged, and the labelled lines below it."""
    lines = "".join(f"<li><em>{in_html(label)}:</em> {in_html(line)}</li>" for label, line in one.lines)
    return (
        f'<p class="verdict"><strong>{in_html(one.opening)}</strong> {in_html(one.fact)}</p>'
        f'{lines and f"<ul>{lines}</ul>"}'
    )
