"""Verdicts: computed, never typed. Where a claim holds, how near it is to failing, what decides it.

For each operational test of a claim, three questions:
  scenarios  in each scenario, does it hold, and how far from its limit is it?
  evidence   when every measured input that the scenario leaves open is drawn from its range, in which
             share of the draws does it hold, per reading and rival formula, and which input decides?
  flips      changing one input alone, where is the nearest value at which the verdict turns?
Leaves out: how a verdict looks (showing/verdicts.py).
"""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from ..ground import quantities
from ..ground.errors import ContentError, whole
from ..models import model
from .argument import MOST_DRAWS, MOST_SEED
from .draws import over_evidence, rivals
from .judging import in_scenarios, says_problems, target_spec, tests_of
from .sentences import sentence
from .turning import scaled, turning_points

DRAWS = 3_000


@dataclass(frozen=True)
class Verdict:
    """What became of one claim. `scenarios`, `evidence`, `indices` and `flips` are DataFrames.

    In `evidence` `n` is the number of draws, 0 where no input that moves the number was drawn.
    """

    claim: object
    argument: str
    sentences: list
    scenarios: pd.DataFrame
    evidence: pd.DataFrame
    indices: pd.DataFrame
    flips: pd.DataFrame

    @property
    def sentence(self):
        """The verdict in words, all tests in a row."""
        parts = [[f"{name.capitalize()}:", *rest] if name else rest for name, *rest in self.sentences]
        return " ".join(" ".join(part) for part in parts)

    def to_dict(self):
        """The verdict as plain data for JSON; infinities are the texts "inf" and "-inf"."""
        says = [_plain(one, self.argument) for one in self._says()]
        readings = {one.reading for one in self._says()}
        keys = ("reading", "model")
        evidence = []
        for row in self.evidence.to_dict("records"):
            mine = [
                table[(table[list(keys)] == [row[key] for key in keys]).all(axis=1)]
                for table in (self.indices, self.flips)
            ]
            row["indices"] = {r["parameter"]: {"total": r["total"], "conf": r["conf"]} for _, r in mine[0].iterrows()}
            turns = mine[1].astype({"flips_at": object}).replace({"flips_at": {np.nan: None}})
            row["flips"] = dict(zip(turns["parameter"], turns["flips_at"], strict=True))
            row["reading"] = row["reading"] if row["reading"] in readings else None
            evidence.append(row)
        return {
            "schema": "workedarguments/verdict-1",
            "claim": self.claim.id,
            "argument": self.argument,
            "says": says,
            "sentence": self.sentence,
            "scenarios": [
                {**row, "reading": row["reading"] if row["reading"] in readings else None}
                for row in self.scenarios.rename(columns={"scenario": "name"}).to_dict("records")
            ],
            "evidence": evidence,
        }

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
    evidence, indices, flips, words = [], [], [], []
    for says in tests:
        reading, decides_here, turns_here = says.reading or says.target, {}, {}
        for rival, parameters in rivals(argument, says):
            share, error, decides, _ = over_evidence(argument, says, parameters, draws, seed)
            evidence.append((reading, rival, draws if decides else 0, seed, share, error))
            indices += [(reading, rival, *row) for row in sorted(decides, key=lambda row: -row[1])]
            turns = turning_points(argument, says, parameters)
            for name, values in turns.items():
                here = float(getattr(parameters, name))
                spec = quantities.specs(parameters)[name]
                near = min(values, key=lambda v: abs(scaled(spec, v) - scaled(spec, here)), default=None)
                flips.append((reading, rival, name, here, near))
            if rival in (_chosen(argument), "all", ""):
                decides_here, turns_here = {name: total for name, total, _ in decides}, turns
        name = says.reading or (target_spec(argument, says).label if len(tests) > 1 else "")
        words.append((name, *sentence(argument, claim, says, decides_here, turns_here)))
    flips = pd.DataFrame(flips, columns=["reading", "model", "parameter", "now", "flips_at"])
    return Verdict(
        claim,
        argument.stem,
        words,
        in_scenarios(argument, claim),
        pd.DataFrame(evidence, columns=["reading", "model", "n", "seed", "share", "se"]),
        pd.DataFrame(indices, columns=["reading", "model", "parameter", "total", "conf"]),
        flips.astype({"flips_at": float}),
    )


def _chosen(argument):
    fields = quantities.specs(argument.parameters)
    names = [name for name, spec in fields.items() if spec.kind == "choice" and name != "reading"]
    return ", ".join(getattr(argument.parameters, name) for name in names)
