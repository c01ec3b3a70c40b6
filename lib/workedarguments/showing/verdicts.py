"""A verdict on the page: its sentence, and the tables behind it."""

from dataclasses import dataclass, fields

import pandas as pd

from ..ground.escaping import in_html
from ..ground.numbers import digits
from ..reasoning import verdict
from ..reasoning.judging import same_as_told
from .tables import show

SIGNS = {"holds": "✓", "fails": "✗", "not computable": "–"}
NOT_DRAWN = "None of its inputs has an evidence range that this scenario leaves open: nothing was drawn."


def shown(made):
    """A Verdict that can show itself."""
    return Verdict(**{field.name: getattr(made, field.name) for field in fields(made)})


@dataclass(frozen=True)
class Verdict(verdict.Verdict):
    """What became of one claim, with its tables."""

    def tables(self):
        """The three tables behind the sentence, ready to be shown."""
        words = self.scenarios["verdict"].map(SIGNS) + " " + self.scenarios["verdict"]
        words = words + " " + self.scenarios["value"].map(digits)
        words = words.where(~same_as_told(self.scenarios), "as told")
        rows = self.scenarios.assign(verdict=words).set_index("scenario").groupby("reading", sort=False)["verdict"]
        wide = pd.DataFrame(dict(iter(rows)))
        alike = (wide == "as told").all(axis=1)
        note = f"Not shown: scenarios that change nothing judged here, {alike.sum()} in all." if alike.any() else ""
        yield show(wide[~alike], "In each scenario: verdict and value", note)
        caption = "Over the evidence: share of the assumptions tried, not a probability"
        drawn = self.evidence[self.evidence["n"] > 0].drop(columns="seed").set_index(["reading", "model"])
        sure = drawn["share"].isin([0.0, 1.0]).any()
        note = "Where the share is 0 or 1, no combination tried turned the verdict." if sure else ""
        yield show(drawn, caption, note if len(drawn) else NOT_DRAWN)
        decides = self.indices[self.indices["total"] > 2 * self.indices["conf"]]
        note = "Only indices that their own error does not hide; all others are near 0 or rest on too few draws."
        caption = "What decides: total index on the verdict, with its 95 % half-width"
        if len(decides):
            yield show(decides.set_index(["reading", "model", "parameter"]), caption, note)
        turns = self.flips.dropna(subset="flips_at").set_index(["reading", "model", "parameter"])
        if len(turns):
            yield show(turns, "Nearest flip, one input at a time")

    def __repr__(self):
        return "\n\n".join([f"{self.claim.id}\n{self.sentence}", *map(repr, self.tables())])

    def _repr_html_(self):
        first, *rest = self.tables()
        behind = "".join(table._repr_html_() for table in rest)
        opening = "".join(
            f"<br><strong>{in_html(f'{name.capitalize()}: ' if name else '')}{in_html(hangs)}</strong> "
            f"{in_html(fact)}"
            for name, hangs, fact in self.sentences
        ).removeprefix("<br>")
        return (
            f'<p class="verdict">{opening}</p>{first._repr_html_()}'
            f"<details><summary>Behind it: draws over the evidence, what decides, flips</summary>{behind}</details>"
        )
