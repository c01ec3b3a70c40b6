"""Verdicts: computed, never typed. Where a claim holds, how near it is to failing, what decides it.

For each operational test of a claim, four questions:
  scenarios  in each scenario, does it hold, and how far from its limit is it?
  evidence   when every input that was measured about the case, and that the scenario leaves open, is drawn from what
             was measured, in which share of the draws does it hold, per reading and rival formula, and what decides?
  ours       the same over plausible ranges of our own, for inputs that nobody measured; never mixed with the former
  flips      changing one input alone, where is the nearest value at which the verdict turns? And all together?
Leaves out: how a verdict looks (showing/verdicts.py).
"""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from ..ground import quantities
from ..ground.errors import ContentError, whole
from ..models import model
from .argument import MOST_DRAWS, MOST_SEED
from .draws import over, rivals, twice
from .judging import in_scenarios, judge, says_problems, standard_error, target_spec, target_value, tests_of
from .ranges import drawn_here
from .sentences import words_of
from .turning import nearest, turning_points

DRAWS = 3_000


@dataclass(frozen=True)
class Verdict:
    """What became of one claim: its words, a list of Words with one for each test, and DataFrames.

    In `evidence` (drawn: what was measured) and `ours` (drawn: plausible ranges of our own) `n` is the number of draws,
    0 where no input that moves the number was drawn. In `indices` the column `drawn` says of which of the two.
    """

    claim: object
    argument: str
    words: list
    scenarios: pd.DataFrame
    evidence: pd.DataFrame
    ours: pd.DataFrame
    indices: pd.DataFrame
    flips: pd.DataFrame

    @property
    def sentence(self):
        """The verdict in words, all tests in a row."""
        return " ".join(one.text for one in self.words)

    def to_dict(self):
        """The verdict as plain data for JSON; infinities are the texts "inf" and "-inf"."""
        readings = {one.reading for one in self._says()}

        def rows(table):
            return [
                {**row, "reading": row["reading"] if row["reading"] in readings else None}
                for row in table.to_dict("records")
            ]

        return {
            "schema": "workedarguments/verdict-2",
            "claim": self.claim.id,
            "argument": self.argument,
            "says": [_plain(one, self.argument) for one in self._says()],
            "sentence": self.sentence,
            "words": [{**asdict(one), "lines": dict(one.lines)} for one in self.words],
            "scenarios": rows(self.scenarios.rename(columns={"scenario": "name"})),
            "evidence": rows(self._drawn("evidence")),
            "ours": rows(self._drawn("ours")),
        }

    def _drawn(self, kind):
        """The table of draws over one kind of ranges, with each row's indices and flips in columns of mappings."""
        table, keys = getattr(self, kind).copy(), ["reading", "model"]
        turns = self.flips.astype({"flips_at": object}).replace({"flips_at": {np.nan: None}})
        indices = self.indices[self.indices["drawn"] == kind]

        def of(frame, one):
            return frame[(frame[keys] == one[keys]).all(axis=1)]

        table["indices"] = [
            {row["inputs"]: {"total": row["total"], "conf": row["conf"]} for _, row in of(indices, one).iterrows()}
            for _, one in table.iterrows()
        ]
        table["flips"] = [dict(zip((mine := of(turns, one))["parameter"], mine["flips_at"], strict=True))
                          for _, one in table.iterrows()]  # fmt: skip
        return table

    def _says(self):
        return [one for one in self.claim.says if one.argument == self.argument]


def _plain(says, stem):
    """One test as the YAML has it."""
    headlines = quantities.specs(model(stem).Headlines)
    kind = "headline" if says.target in headlines else "parameter"
    rest = {key: value for key, value in asdict(says).items() if key not in ("argument", "target", "is_", "of")}
    return {"argument": says.argument, kind: says.target, "is": says.is_, **rest}


def verdict(argument, claim, draws=DRAWS, seed=1):
    """The Verdict of a claim in an argument; ContentError if the claim says nothing computable here."""
    tests = tests_of(argument, claim)
    problems = [p for says in tests for p in says_problems(f"claim {claim.id}", says)]
    if problems or not tests:
        raise ContentError(problems or f"claim {claim.id}: says nothing about {argument.stem}")
    whole(draws, 1, MOST_DRAWS, "draws")
    whole(seed, 0, MOST_SEED, "seed")
    drawn, tables = dict(zip(("evidence", "ours"), drawn_here(argument), strict=True)), {"evidence": [], "ours": []}
    fields = quantities.specs(argument.parameters)
    samples = {name: twice(fields, ranges, draws, seed) for name, ranges in drawn.items()}
    indices, flips, words = [], [], []
    for says in tests:
        reading, turns_here, became = says.reading or says.target, {}, []
        for rival, parameters in rivals(argument, says):
            shares, chosen = [], rival in (_chosen(argument), "all", "")
            for name, ranges in drawn.items():
                asked = name == "evidence" or chosen
                share, error, decides, moving = over(argument, says, parameters, ranges, samples[name], asked)
                tables[name].append((reading, rival, draws if moving else 0, seed, share, error))
                indices += [
                    (name, reading, rival, " + ".join(inputs), *rest)
                    for inputs, *rest in sorted(decides, key=lambda row: -row[1])
                ]
                shares += [share] if moving else []
            turns = turning_points(argument, says, parameters)
            for name, values in turns.items():
                here = float(getattr(parameters, name))
                flips.append((reading, rival, name, here, nearest(fields[name], values, here)))
            value, error = target_value(argument, says, parameters), standard_error(argument, says, parameters)
            became.append((judge(says, value, error)[0], shares))
            if chosen:
                turns_here = turns
        name = says.reading or (target_spec(argument, says).label if len(tests) > 1 else "")
        words.append(words_of(argument, claim, says, name, turns_here, became))
    columns = ["reading", "model", "n", "seed", "share", "se"]
    flips = pd.DataFrame(flips, columns=["reading", "model", "parameter", "now", "flips_at"])
    return Verdict(
        claim,
        argument.stem,
        words,
        in_scenarios(argument, claim),
        *(pd.DataFrame(tables[name], columns=columns) for name in ("evidence", "ours")),
        pd.DataFrame(indices, columns=["drawn", "reading", "model", "inputs", "total", "conf"]),
        flips.astype({"flips_at": float}),
    )


def _chosen(argument):
    fields = quantities.specs(argument.parameters)
    names = [name for name, spec in fields.items() if spec.kind == "choice" and name != "reading"]
    return ", ".join(getattr(argument.parameters, name) for name in names)
