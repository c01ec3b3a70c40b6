"""Verdicts: computed, never typed. Where a claim holds, how near it is to failing, what decides it.

For each operational test of a claim, three questions:
  scenarios  in each scenario, does it hold, and how far from its limit is it?
  evidence   when every measured input that the scenario leaves open is drawn from its range, in which
             share of the draws does it hold, per reading and rival formula, and which input decides?
  flips      changing one input alone, where is the nearest value at which the verdict turns?
Draws are independent and triangular: a share of draws is of the assumptions tried, not a probability.
The index of an input is the total index of its draw on the 0/1 verdict: how often the verdict turns
when only this input is drawn again, over how often two independent draws differ (Jansen's estimator).
"""

import html
import itertools
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from . import quantities
from .content import ContentError, nearest
from .scenarios import AS_TOLD
from .sources import split_keys
from .tables import digits, quantity, show

SIGNS = {"holds": "✓", "fails": "✗", "not computable": "–"}
WORDS = {True: "holds", False: "fails", None: "not computable"}
DRAWS = 3_000
PILOT = 64
BATCH = 12
NOT_DRAWN = "None of its inputs has an evidence range that this scenario leaves open: nothing was drawn."


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
            f"<br><strong>{html.escape(f'{name.capitalize()}: ' if name else '')}{html.escape(hangs)}</strong> "
            f"{html.escape(fact)}"
            for name, hangs, fact in self.sentences
        ).removeprefix("<br>")
        return (
            f'<p class="verdict">{opening}</p>{first._repr_html_()}'
            f"<details><summary>Behind it: draws over the evidence, what decides, flips</summary>{behind}</details>"
        )


def _plain(says, stem):
    """One test as the YAML has it."""
    from .argument import argument

    headlines = quantities.specs(argument(stem).model.Headlines)
    kind = "headline" if says.target in headlines else "parameter"
    rest = {key: value for key, value in asdict(says).items() if key not in ("argument", "target", "is_")}
    return {"argument": says.argument, kind: says.target, "is": says.is_, **rest}


def target_value(argument, says, parameters):
    """The value that a test is about: a headline of the solved model, or a parameter itself."""
    if says.target in quantities.specs(argument.model.Headlines):
        return getattr(argument.model.solve(parameters), says.target)
    return getattr(parameters, says.target)


def target_spec(argument, says):
    """The specification of the headline or parameter that a test is about."""
    return {**quantities.specs(argument.model.Parameters), **quantities.specs(argument.model.Headlines)}[says.target]


def says_problems(where, says, argument):
    """Problems of one test against its argument: unknown headline, parameter or reading."""
    known = {**quantities.specs(argument.model.Parameters), **quantities.specs(argument.model.Headlines)}
    problems = []
    if says.target not in known:
        problems.append(f"{where}: {argument.stem} has no {says.target!r}; {nearest(says.target, known)}")
    if says.reading is not None:
        readings = known["reading"].options if "reading" in known else ()
        if says.reading not in readings:
            problems.append(f"{where}: no reading {says.reading!r}; {nearest(says.reading, readings)}")
    return problems


def asked(says, show=digits):
    """What a test asks of its number, in words: at least 0.1, at most 2, 1.5 to 2.5."""
    low, high = (show(limit) for limit in says.limits())
    return {"at_most": f"at most {high}", "at_least": f"at least {low}"}.get(says.is_, f"{low} to {high}")


def read_as(says, parameters):
    """The parameters with the reading of a test switched on, if it has one."""
    return quantities.replace(parameters, reading=says.reading) if says.reading else parameters


def standard_error(argument, says, parameters=None, solved=None):
    """Standard error of the value that a test is about: of a simulated headline, which names it; else 0.

    Read from the results `solved`, or from those of `parameters`.
    """
    name = target_spec(argument, says).error
    return float(getattr(solved or argument.model.solve(parameters), name)) if name else 0.0


def judge(says, value, error=None):
    """(verdict word, value, limit that counts, signed distance to it) of one number.

    A simulated value no further from the limit than twice its standard error decides nothing.
    """
    value = float(value)
    if np.isnan(value):
        return WORDS[None], value, np.nan, np.nan
    low, high = says.limits()
    limit = low if abs(value - low) <= abs(high - value) else high
    distance = float(says.margin(value))
    near = bool(error) and abs(distance) <= 2 * error
    return WORDS[None if near else bool(says.holds(value))], value, limit, distance


def own_figure(argument, text_id, says):
    """Whether a test is of what its own text says: of an input whose value the text states, or of a result
    that moves with such inputs only. Then nothing is computed until a scenario brings another's number.
    """
    fields = quantities.specs(argument.model.Parameters)
    inputs = [says.target] if says.target in fields else argument.movers(says.target, told=True)
    return bool(inputs) and all(
        fields[name].basis in ("stated", "implied") and text_id in split_keys(fields[name].source) for name in inputs
    )


def in_scenarios(argument, claim):
    """One row per test of a claim and scenario: verdict, value, threshold, distance (at least 0 where it holds).

    Where a test is of the text's own figure, and a scenario leaves it as it is, nothing is computable.
    """
    rows = []
    for says in tests_of(argument, claim):
        own, of_inputs = own_figure(argument, claim.text, says), says.target in quantities.specs(argument.parameters)
        for name, case in (argument.cases() if of_inputs else argument.solved(says.reading)).items():
            value = getattr(case, says.target)
            if own and value == as_told(argument, says):
                word, value, limit, distance = WORDS[None], float(value), np.nan, np.nan
            else:
                word, value, limit, distance = judge(says, value, standard_error(argument, says, solved=case))
            rows.append((name, says.reading or says.target, word, value, limit, distance))
    columns = ["scenario", "reading", "verdict", "value", "threshold", "distance"]
    return pd.DataFrame(rows, columns=columns)


def same_as_told(table):
    """Which rows of `in_scenarios` only repeat as_told: their scenarios change nothing that the test is about."""
    told = table[table["scenario"] == AS_TOLD].set_index("reading")["value"]
    return (table["scenario"] != AS_TOLD) & (table["value"] == table["reading"].map(told))


def as_told(argument, says):
    """The value that a test is about, with the defaults of the model: the text's own story."""
    return target_value(argument, says, read_as(says, argument.model.Parameters()))


def tests_of(argument, claim):
    """The operational tests of a claim that are about an argument."""
    return [says for says in claim.says if says.argument == argument.stem]


def rivals(argument, says):
    """Parameter sets, one per rival formula that matters to a test: [(label, parameters)].

    Every option of every choice but the reading is tried; options that change nothing are one row.
    """
    base = read_as(says, argument.parameters)
    choices = {
        name: spec.options
        for name, spec in quantities.specs(base).items()
        if spec.kind == "choice" and name != "reading"
    }
    pilot = quantities.draw(type(base), PILOT, seed=0)
    sets, outcomes = [], []
    for options in itertools.product(*choices.values()):
        chosen = quantities.replace(base, **dict(zip(choices, options, strict=True)))
        sets.append((", ".join(options), chosen))
        outcomes.append(np.broadcast_to(target_value(argument, says, quantities.moved(chosen, pilot)), PILOT))
    if all(np.array_equal(outcomes[0], other, equal_nan=True) for other in outcomes):
        return [("all" if len(sets) > 1 else "", base)]
    return sets


def over_evidence(argument, says, parameters, draws, seed):
    """Share of draws in which a test holds, its standard error, and each input's index.

    What the scenario or the reader sets is not drawn: it is what the case is about. Returns (share, error,
    [(parameter, total, half-width)], evaluations). Only inputs that move the
    verdict's number in a pilot are drawn again one by one. If the verdict never turns, every index
    is 0: that is a result, not a failure of the method.
    """
    both = (quantities.draw(type(parameters), draws, [seed, part]) for part in (0, 1))
    first, second = ({name: one[name] for name in one if name not in argument.chosen} for one in both)
    if not first:
        held = bool(says.holds(target_value(argument, says, parameters)))
        return float(held), 0.0, [], 1

    def number(drawn):
        size = len(next(iter(drawn.values())))
        return np.broadcast_to(target_value(argument, says, quantities.moved(parameters, drawn)), size)

    pilot = {name: column[:PILOT] for name, column in first.items()}
    still = number(pilot)
    moves = [
        name
        for name in first
        if not np.array_equal(still, number({**pilot, name: second[name][:PILOT]}), equal_nan=True)
    ]
    held = says.holds(number(first))
    share = float(held.mean())
    error = float(np.sqrt(share * (1 - share) / draws))
    apart = 2 * share * (1 - share)
    indices = []
    for name in moves:
        turned = float((held != says.holds(number({**first, name: second[name]}))).mean())
        total = turned / apart if apart else 0.0
        half_width = 1.96 * np.sqrt(turned * (1 - turned) / draws) / apart if apart else 0.0
        indices.append((name, total, float(half_width)))
    return share, error, indices, draws * (len(moves) + 1) + PILOT * (len(first) + 1)


def turning_points(argument, says, parameters, points=129, rounds=4):
    """For each number among the inputs: every value within its bounds at which the verdict turns, in order.

    Found on a grid over the field's scale and refined inside the cells in which the verdict turns,
    to about 1 part in 10 million of the range; of a count, the midpoint between two neighbours. Two turns
    inside one cell of the grid go unseen.
    """
    fields, found, grids = quantities.specs(parameters), {}, []
    for name, spec in fields.items():
        if spec.kind != "choice" and np.isfinite(spec.low) and np.isfinite(spec.high):
            here = float(getattr(parameters, name))
            grids.append((name, np.unique(np.append(quantities.grid(spec, points), here))))
            found[name] = []
    cells = _cells_that_turn(argument, says, parameters, grids)
    for _ in range(rounds - 1):
        whole = [cell for cell in cells if fields[cell[0]].kind == "count"]
        split = [cell for cell in cells if fields[cell[0]].kind != "count"]
        finer = [(name, _space(fields[name])(low, high, points)) for name, low, high in split]
        cells = whole + _cells_that_turn(argument, says, parameters, finer)
    for name, low, high in cells:
        found[name].append(float((low + high) / 2))
    return found


def _space(spec):
    return np.geomspace if spec.scale == "log" else np.linspace


def _cells_that_turn(argument, says, parameters, grids):
    """(name, low, high) of each cell of some grids, [(name, values)], in which the verdict turns.

    All inputs of one batch are solved at once, each moved in a stretch of its own: a model costs little
    more for many values than for one.
    """
    cells = []
    for start in range(0, len(grids), BATCH):
        batch = grids[start : start + BATCH]
        ends = np.cumsum([len(grid) for _, grid in batch])
        moved = {}
        for (name, grid), end in zip(batch, ends, strict=True):
            column = moved.setdefault(name, np.full(ends[-1], getattr(parameters, name), dtype=float))
            column[end - len(grid) : end] = grid
        outcome = np.broadcast_to(target_value(argument, says, quantities.moved(parameters, moved)), ends[-1])
        held = says.holds(outcome)
        for (name, grid), end in zip(batch, ends, strict=True):
            mine = held[end - len(grid) : end]
            cells += [(name, grid[k], grid[k + 1]) for k in np.flatnonzero(mine[1:] != mine[:-1])]
    return cells


def nearest_flips(argument, says, parameters):
    """For each number among the inputs: the nearest value at which the verdict turns, or None."""
    fields = quantities.specs(parameters)

    def distance(name, value):
        return abs(_scaled(fields[name], value) - _scaled(fields[name], float(getattr(parameters, name))))

    turns = turning_points(argument, says, parameters)
    return {name: min(values, key=lambda v: distance(name, v)) if values else None for name, values in turns.items()}


def _scaled(spec, value):
    return np.log(value) if spec.scale == "log" else np.asarray(value)


def region(argument, says, x, y, points=101):
    """Signed distance to the limit over two inputs: a frame indexed by `y`, columns `x`."""
    fields = quantities.specs(argument.model.Parameters)
    xs, ys = quantities.grid(fields[x], points), quantities.grid(fields[y], points)
    grid = {x: xs[None, :], y: ys[:, None]}
    parameters = quantities.moved(read_as(says, argument.parameters), grid)
    margin = np.broadcast_to(says.margin(target_value(argument, says, parameters)), (len(ys), len(xs)))
    return pd.DataFrame(margin, index=pd.Index(ys, name=y), columns=pd.Index(xs, name=x))


def verdict(argument, claim, draws=DRAWS, seed=1):
    """The Verdict of a claim in an argument; ContentError if the claim says nothing computable here."""
    tests = tests_of(argument, claim)
    problems = [p for says in tests for p in says_problems(f"claim {claim.id}", says, argument)]
    if problems or not tests:
        raise ContentError(problems or f"claim {claim.id}: says nothing about {argument.stem}")
    if not (isinstance(draws, int) and 1 <= draws <= 10_000_000):
        raise ContentError(f"draws must be a whole number between 1 and 10,000,000, not {draws!r}")
    evidence, indices, flips, words = [], [], [], []
    for says in tests:
        reading, decides_here, turns_here = says.reading or says.target, {}, {}
        for model, parameters in rivals(argument, says):
            share, error, decides, _ = over_evidence(argument, says, parameters, draws, seed)
            evidence.append((reading, model, draws if decides else 0, seed, share, error))
            indices += [(reading, model, *row) for row in sorted(decides, key=lambda row: -row[1])]
            turns = turning_points(argument, says, parameters)
            for name, values in turns.items():
                here = float(getattr(parameters, name))
                spec = quantities.specs(parameters)[name]
                near = min(values, key=lambda v: abs(_scaled(spec, v) - _scaled(spec, here)), default=None)
                flips.append((reading, model, name, here, near))
            if model in (_chosen(argument), "all", ""):
                decides_here, turns_here = {name: total for name, total, _ in decides}, turns
        name = says.reading or (target_spec(argument, says).label if len(tests) > 1 else "")
        words.append((name, *_sentence(argument, claim, says, decides_here, turns_here)))
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


def _sentence(argument, claim, says, weights, turns):
    """(what the verdict hangs on, what was judged), in units that a person can picture.

    The input named is the one that decides over the evidence, or the one that needs the smallest part
    of its range to turn the verdict; the range given is the whole stretch in which the word is true.
    """
    fields, parameters = quantities.specs(argument.model.Parameters), read_as(says, argument.parameters)
    error = standard_error(argument, says, parameters)
    word, value, _, _ = judge(says, target_value(argument, says, parameters), error)
    spec = target_spec(argument, says)
    wanted = asked(says, lambda limit: quantity(limit, spec.unit))
    why = quantities.why_undefined(spec, value)
    fact = f"{_the(spec.label)} is {quantity(value, spec.unit)}{why and f' ({why})'}; asked is {wanted}."
    fact = fact[0].upper() + fact[1:]
    if own_figure(argument, claim.text, says) and value == as_told(argument, says):
        return "Not computable: the figure is the text's own, so only a measurement can speak to it.", fact
    if np.isnan(value):
        return "Not computable.", fact
    if word == WORDS[None] and error:
        return f"Not computable: {digits(2 * error)}, twice the simulation's standard error, hides it.", fact
    turns = {name: values for name, values in turns.items() if values}
    if word == WORDS[None] or not turns:
        return f"{word.capitalize()}, whichever one assumption is changed within its bounds.", fact

    def order(name):
        field, here = fields[name], float(getattr(parameters, name))
        steps = [abs(_scaled(field, v) - _scaled(field, here)) for v in turns[name]]
        return -weights.get(name, 0.0), min(steps) / (_scaled(field, field.high) - _scaled(field, field.low))

    name = min(turns, key=order)
    field, here, holds = fields[name], float(getattr(parameters, name)), word == WORDS[True]
    low, high = _stretch(field, here, turns[name], holds)
    if field.kind == "count":
        low, high = np.ceil(low), np.floor(high)
    ends = (quantity(end, field.unit) for end in (low, high))
    if low == field.low:
        side = f"at most {list(ends)[1]}"
    elif high == field.high:
        side = f"at least {next(ends)}"
    else:
        side = "between {} and {}".format(*ends)
    start, verb = ("Holds as long as", "is") if holds else ("Fails unless", "were")
    return f"{start} {_the(field.label)} {verb} {side} (here {quantity(here, field.unit)}).", fact


def _stretch(field, here, turns, holds):
    """The ends of the stretch of an input in which a claim holds: around `here`, or the nearest one."""
    edges = [field.low, *turns, field.high]
    inside = next(k for k in range(len(edges) - 1) if edges[k] <= here <= edges[k + 1])
    if holds:
        return edges[inside], edges[inside + 1]
    steps = {
        k: abs(_scaled(field, edges[k + 1] if k < inside else edges[k]) - _scaled(field, here))
        for k in (inside - 1, inside + 1)
        if 0 <= k < len(edges) - 1
    }
    k = min(steps, key=steps.get)
    return edges[k], edges[k + 1]


def _the(label):
    small = label[0].lower() + label[1:]
    return small if small.startswith("what ") else f"the {small}"


def _chosen(argument):
    fields = quantities.specs(argument.parameters)
    names = [name for name, spec in fields.items() if spec.kind == "choice" and name != "reading"]
    return ", ".join(getattr(argument.parameters, name) for name in names)
