"""28 days from nothing to number one. Would you copy the rules?

Text    openai: a guest says that his firm is run from below because nobody knows what will work, and that
        few firms have the people for it; the blogger who retells it adds that without them comes
        chaos, and that speed is the output of a system. kaufman: make failing cheap, find the
        bottleneck first, and say velocity, never speed.
Model   One chain: cheap failure lets decisions go down, feedback turns them into speed, and direction
        decides what speed is worth. A line of queues; a cheap trial before a dear one; two models of
        who says yes; simulated search on NK landscapes; speed times the cosine of the heading error;
        five parts of a system that multiply, add, or shorten a chain, effort all of it and
        each other part one of four stages.
Valid   One firm, steady state; ideas good or bad; simulated headlines carry their standard error. The
        share of good ideas stands twice: among proposals, before anyone judges, and among what
        people have already chosen to try, which is what firms report. Who decides is judged over all
        the time that it takes. What a plan does not know is what changes for all: one input for both.
Leaves  Motivation, hiring, learning by deciding, politics, and who gains when the launch is a success.
"""

from functools import reduce

import numpy as np

from ..ground.quantities import Quantities, choice, count, number, share
from ..ground.traced import floats
from ..maths import effects, landscapes, limits, queues, screening

MODELS = ("delegation", "sah_stiglitz_1986")
WIDER = 1.2  # a fifth more of one stage
MOST_CORRECTIONS = 12
PARTS = ("talent", "devolution", "tolerance", "feedback", "effort")


class Parameters(Quantities):
    """Inputs; defaults are the two lead speakers' figures, or say that they gave none."""

    model: str = choice("delegation", label="Model of who decides", options=MODELS, basis="assumed", source="openai")

    proposal_good_share: float = share(0.07, label="Share of proposals that are good, before anyone judges", low=0.005,
                                       high=0.995, basis="implied", source="kohavi-2023")
    good_share: float = share(0.15, label="Share of tried ideas that are good", low=0.005, high=0.995, basis="measured",
                              source="kohavi-2023")
    failure_cost: float = number(0.2, label="Cost of a failure, in gains of a success", unit="ratio",
                                 low=0.001, high=10, scale="log", basis="assumed", source="kaufman")
    judgement: float = share(0.9, label="Judgement of the people who decide (chance to be right)", low=0.5,
                             basis="assumed", source="openai")
    ordinary_judgement: float = share(0.7, label="Judgement in an ordinary firm", low=0.5, basis="assumed",
                                      source="openai")
    centre_judgement: float = share(0.7, label="Judgement of the centre, from what reaches it", low=0.5,
                                    basis="assumed", source="openai")
    weeks_upward: float = number(4.0, label="Time until the centre has decided", unit="weeks", low=0, high=52,
                                 basis="assumed", source="openai")
    loss_per_week: float = share(0.02, label="Loss of a success for each week of waiting", high=0.5,
                                 basis="assumed", source="openai")
    misfit: float = share(0.05, label="Loss of a success where local choices do not fit together", basis="assumed",
                          source="openai")

    writing_gain: float = number(3.0, label="Code written, as a multiple of before", unit="×", low=1, high=10,
                                 basis="assumed", source="kaufman")  # his work of three, taken as code
    review_load: float = share(0.8, label="Load of the reviewers before", low=0.01, high=0.99, basis="assumed",
                               source="kaufman")
    release_load: float = share(0.7, label="Load of release and infrastructure before", low=0.01, high=0.99,
                                basis="assumed", source="kaufman")
    incident_load: float = share(0.3, label="Load of those who repair incidents before", low=0.01, high=0.99,
                                 basis="assumed", source="faros-2026")
    automated_review_share: float = share(0.0, label="Share of changes that only a machine reviews", basis="assumed",
                                          source="kaufman")
    # Nobody measured it. A firm whose machines review saw reverts stay flat (1); where AI is used heavily, by
    # whomever it is reviewed, incidents per change are 3.43 times as many.
    automated_incidents: float = number(2.0, label="Incidents per change when a machine reviews", unit="×", low=0.2,
                                        high=10, scale="log", basis="assumed", source="he-2026-review; faros-2026")

    dear_trial: float = number(650.0, label="Effort of a dear trial", unit="person-days", low=3, high=5000, scale="log",
                               basis="stated", source="kaufman")
    cheap_trial: float = number(3.0, label="Effort of a cheap trial", unit="person-days", low=0.1, high=650,
                                scale="log", basis="stated", source="kaufman")
    power: float = share(0.6, label="Chance that a cheap trial passes a good idea", low=0.01, basis="assumed",
                         source="kaufman")
    false_pass: float = share(0.05, label="Chance that a cheap trial passes a bad idea", low=0.001, basis="assumed",
                              source="kaufman")
    trial_correlation: float = share(0.0, label="Chance that all trials share one fate", basis="assumed",
                                     source="kaufman")
    tail_index: float = number(1.3, label="Tail index of what ideas are worth", unit="ratio", low=1.05, high=6,
                               basis="assumed", source="azevedo-2020")
    small_trials: int = count(100, label="Small trials that share the users of a large one", unit="tests", low=1,
                              high=1000, basis="assumed", source="azevedo-2020")
    tests_per_year: float = number(10_000.0, label="Experiments a large firm reports in a year", unit="tests",
                                   low=100, high=200_000, scale="log", basis="measured", source="thomke-2020")
    test_days: float = number(28.0, label="Time that one experiment runs", unit="days", low=1, high=365, scale="log",
                              basis="assumed", source="kaufman")

    interdependence: int = count(5, label="Interdependence: other decisions that the worth of one depends on",
                                 unit="decisions", high=9, basis="assumed", source="openai")
    # The one measure of uncertainty: what a shock changes is new to whoever searches and unknown to whoever plans.
    redrawn: int = count(8, label="Decisions out of ten that each shock changes, and no plan knows",
                         unit="decisions", high=10, basis="assumed", source="openai")
    central_tries: int = count(2, label="Changes that a central firm tries in the time a local one tries two",
                               unit="changes", low=1, high=landscapes.TRIES, basis="assumed", source="siggelkow-2003")
    # None of the fifths is a central firm, all five one whose departments are never joined again.
    apart_fifths: int = count(2, label="Time after each shock that departments decide apart, or the centre leaps",
                              unit="fifths", high=landscapes.FIFTHS, basis="assumed", source="siggelkow-2003")
    seed: int = count(1, label="Seed of the simulated landscapes", unit="number", low=1, high=landscapes.SEEDS,
                      basis="assumed", source="siggelkow-2003")

    speed: float = number(3.0, label="Speed of the fast team", unit="×", low=0.5, high=20, scale="log", basis="assumed",
                          source="kaufman")
    first_error: float = number(80.0, label="Heading error of the fast team at the start", unit="degrees", low=0,
                                high=180, basis="assumed", source="kaufman")
    aim_error: float = number(30.0, label="Heading error left after careful aiming", unit="degrees", low=0, high=180,
                              basis="assumed", source="kaufman")
    corrections: int = count(3, label="Times that the fast team aims anew", unit="corrections",
                             high=MOST_CORRECTIONS, basis="assumed", source="openai")
    correction_share: float = share(0.5, label="Part of the heading error that one correction removes",
                                    basis="assumed", source="openai")
    correction_cost: float = share(0.05, label="Part of the time that one correction takes", basis="assumed",
                                   source="openai")
    aim_cost: float = share(0.1, label="Part of the time that careful aiming takes", basis="assumed",
                            source="kaufman")
    rework_share: float = share(0.2, label="Part of fast work that is done again", basis="assumed", source="kaufman")

    talent: float = number(2.0, label="Talent, as a multiple of an ordinary firm's", unit="×", low=1, high=5,
                           basis="assumed", source="openai")
    devolution: float = number(2.0, label="Decisions handed down, as a multiple", unit="×", low=1, high=5,
                               basis="assumed", source="openai")
    tolerance: float = number(2.0, label="Acceptance of uncertainty, as a multiple", unit="×", low=1, high=5,
                              basis="assumed", source="openai")
    feedback: float = number(2.0, label="Speed of feedback, as a multiple", unit="×", low=1, high=5, basis="assumed",
                             source="openai")
    effort: float = number(2.0, label="Effort, as a multiple of an ordinary firm's", unit="×", low=1, high=5,
                           basis="assumed", source="openai")
    additivity: float = share(0.0, label="Additivity of the parts (0 their product, 1 their sum)",
                              basis="assumed", source="openai")
    longest_stage: float = share(0.25, label="Share of the time from idea to users in the longest of four stages",
                                 low=0.25, basis="assumed", source="openai")


class Headlines(Quantities):
    """Results; an infinite wait, or a judgement that nobody has, is an answer."""

    devolved_gain: float = number(label="Gain from deciding on the spot", unit="gains of a success")
    devolved_value: float = number(label="Worth of an idea decided on the spot", unit="gains of a success")
    central_value: float = number(label="Worth of an idea decided above", unit="gains of a success")
    ordinary_gain: float = number(label="Gain from deciding on the spot, ordinary firm",
                                  unit="gains of a success")
    ordinary_value: float = number(label="Worth of an idea decided on the spot in an ordinary firm",
                                   unit="gains of a success")
    judgement_needed: float = share(label="Judgement from which deciding on the spot pays",
                                    undefined="no judgement is enough, not even a perfect one")
    review_time_multiple: float = number(label="Time in review, as a multiple of before", unit="×")
    output_gain: float = number(label="Changes released, as a multiple of before", unit="×")
    stuck_share: float = share(label="Share of what is written that never gets out")
    bottleneck_lead: float = number(label="Gain from widening the narrowest later stage, less that of any other",
                                    unit="×")
    release_gain: float = number(label="Gain from widening release and infrastructure alone", unit="×")
    incident_growth: float = number(label="Incidents, as a multiple of before", unit="×")
    effort_ratio: float = number(label="Effort of the dear trial over that of the cheap one", unit="×")
    staged_saving: float = number(label="Effort per success, dear trials only over cheap trials first", unit="×")
    dear_chance: float = share(label="Chance of a success for the effort of one dear trial")
    staged_chance: float = share(label="Chance of a success for the same effort, cheap trials first")
    ideas_tried: float = number(label="Ideas tried for the effort of one dear trial, cheap trials first",
                                unit="ideas")
    halving_gain: float = number(label="Ideas tried if a cheap trial cost half, as a multiple", unit="×")
    chance_gain: float = share(label="Chance gained by cheap trials at the same effort", low=-1.0)
    false_win_share: float = share(label="Share of passed trials whose idea is bad")
    splitting_gain: float = number(label="Yield of many small trials over one large one, same users", unit="×")
    tests_running: float = number(label="Experiments that run at one time", unit="tests")
    local_lead: float = number(label="Lead of deciding apart for good, over all the time, best possible 1",
                               unit="ratio", error="local_error")
    local_error: float = number(label="Standard error of the lead of deciding apart for good", unit="ratio")
    plan_lead: float = number(label="Lead of apart-then-together over a plan that is kept, over all the time",
                              unit="ratio", error="plan_error")
    plan_error: float = number(label="Standard error of the lead over a plan that is kept", unit="ratio")
    strongest_lead: float = number(label="Lead of apart-then-together over the strongest centre, over all the time",
                                   unit="ratio", error="strongest_error")
    strongest_error: float = number(label="Standard error of the lead over the strongest centre", unit="ratio")
    temporary_lead: float = number(label="Lead of apart-then-together over a central firm at the end",
                                   unit="ratio", error="temporary_error")
    temporary_error: float = number(label="Standard error of the lead at the end", unit="ratio")
    temporary_mean_lead: float = number(label="Lead of apart-then-together over a central firm, over all the time",
                                        unit="ratio", error="temporary_mean_error")
    temporary_mean_error: float = number(label="Standard error of the lead over all the time", unit="ratio")
    leap_lead: float = number(label="Lead of a centre that leaps over one that does not, over all the time",
                              unit="ratio", error="leap_error")
    leap_error: float = number(label="Standard error of the lead of a centre that leaps", unit="ratio")
    blind_progress: float = number(label="Progress of the fast team that never corrects", unit="×")
    corrected_progress: float = number(label="Progress of the fast team that corrects", unit="×")
    best_corrections: float = number(label="Number of corrections that brings the fast team farthest",
                                     unit="corrections")
    best_progress: float = number(label="Progress of the fast team at its best number of corrections", unit="×")
    aimed_progress: float = number(label="Progress of the team that aimed first", unit="×")
    blind_lead: float = number(label="Lead of fast without correction over aimed", unit="×")
    corrected_lead: float = number(label="Lead of fast with correction over aimed", unit="×")
    system_speed: float = number(label="Speed of the whole system", unit="×")
    one_part_first: float = share(label="Share of the whole gain that one part brings if it comes first",
                                  undefined="no part is better than in an ordinary firm, so there is no gain")
    one_part_last: float = share(label="Share of the whole gain that one part brings if it comes last",
                                 undefined="no part is better than in an ordinary firm, so there is no gain")
    alone_in_product: float = share(label="Share of the whole gain in logarithms that the best part brings, if parts "
                                    "multiply",
                                    undefined="no part is better than in an ordinary firm, so there is no gain")
    alone_in_sum: float = share(label="Share of the whole gain that the best part brings alone, if parts add",
                                undefined="no part is better than in an ordinary firm, so there is no gain")
    alone_in_chain: float = share(label="Largest share of the whole gain that one part brings, in a chain of stages",
                                  undefined="no part is better than in an ordinary firm, so there is no gain")
    together_share: float = share(label="Share of the whole gain that only the parts together bring",
                                  undefined="no part is better than in an ordinary firm, so there is no gain")
    effort_first: float = share(label="Share of the whole gain that effort brings if it comes first",
                                undefined="no part is better than in an ordinary firm, so there is no gain")
    effort_last: float = share(label="Share of the whole gain that effort brings if it comes last",
                               undefined="no part is better than in an ordinary firm, so there is no gain")
    effort_multiplied: float = number(label="What effort brings beside all other parts, of what it brings alone",
                                      unit="×", undefined="effort is as in an ordinary firm, so it brings nothing")
    effort_multiplied_in_chain: float = number(
        label="What effort brings beside the rest, of what it brings alone, in a chain", unit="×")
    effort_share: float = share(label="Share of the whole gain that effort brings against all other parts together",
                                undefined="no part is better than in an ordinary firm, so there is no gain")
    effort_in_chain: float = share(label="Share of the whole gain that effort brings against the rest, in a chain",
                                   undefined="no part is better than in an ordinary firm, so there is no gain")


def decided(p, judgement):
    """Worth of an idea decided on the spot and decided above (gains of a success), by `p.model`."""
    if p.model == "sah_stiglitz_1986":
        return screening.sah_stiglitz_1986(p.proposal_good_share, judgement, p.failure_cost)
    kept = (1 - floats(p.loss_per_week)) ** p.weeks_upward
    return screening.delegation(p.proposal_good_share, judgement, p.failure_cost, p.centre_judgement, kept, p.misfit)


def judgement_needed(p):
    """Judgement (1) from which deciding on the spot pays, at least a coin's; infinite if none is enough."""
    if p.model == "sah_stiglitz_1986":
        worth = screening.screened(p.proposal_good_share, 1, 1, p.failure_cost)
        return np.where(worth > 0, 0.5, np.inf)
    kept = (1 - floats(p.loss_per_week)) ** p.weeks_upward
    needed = screening.judgement_needed(p.proposal_good_share, p.failure_cost, p.centre_judgement, kept, p.misfit)
    return np.maximum(0.5, needed)


def released(p, **wider):
    """Changes released (× before), with some stages so many times as wide: writing, review, release, repair."""
    people = 1 - floats(p.automated_review_share)
    review = limits.ratio(wider.get("review", 1), floats(p.review_load) * people)
    release = wider.get("release", 1) / floats(p.release_load)
    repair = wider.get("repair", 1) / (floats(p.incident_load) * incidents_per_change(p))
    return queues.throughput(wider.get("writing", 1) * floats(p.writing_gain), review, release, repair)


def widening_gains(p):
    """Gain in changes released (× before) from a fifth more of each stage alone: {stage: gain}."""
    out = released(p)
    return {stage: released(p, **{stage: WIDER}) - out for stage in ("writing", "review", "release", "repair")}


def incidents_per_change(p):
    """Incidents per change (× before), when a machine alone reviews a share of the changes."""
    return 1 + p.automated_review_share * (floats(p.automated_incidents) - 1)


def ideas_tried(p, cheap_trial):
    """Ideas tried for the effort of one dear trial, if a cheap one costs so much and what passes is built."""
    passed = screening.pass_share(p.good_share, p.power, p.false_pass)
    return p.dear_trial / (floats(cheap_trial) + passed * p.dear_trial)


def chances(p):
    """Chance of a success (1) for the effort of one dear trial: spent on it, and on cheap trials first."""
    tried = ideas_tried(p, p.cheap_trial)
    staged = screening.chance_of_success(p.good_share * floats(p.power), tried, p.trial_correlation)
    return floats(p.good_share), staged


def progress(speed, heading_error, corrections=0, correction_share=0.0, rework_share=0.0, correction_cost=0.0):
    """Progress towards the goal (× a team of speed 1 on course): speed times the cosine of the error.

    Each correction removes a share of the heading error (degrees) that is left, and takes a share of the time,
    until none is left to go on in; legs are equally long.

    >>> round(float(progress(3.0, 60.0)), 6), round(float(progress(3.0, 120.0)), 6)
    (1.5, -1.5)
    """
    left = 1 - floats(correction_share)
    done, total = floats(corrections), 0.0
    for leg in range(MOST_CORRECTIONS + 1):
        total = total + np.where(leg <= done, np.cos(np.radians(heading_error * left**leg)), 0)
    moving = np.maximum(0.0, 1 - floats(correction_cost) * done)
    return speed * (1 - floats(rework_share)) * moving * total / (done + 1)


def best_corrections(p):
    """The number of corrections, the fewest of equals, that brings the fast team farthest, and its progress (×)."""
    left, total, best, farthest = 1 - floats(p.correction_share), 0.0, 0.0, -np.inf
    for made in range(MOST_CORRECTIONS + 1):  # as `progress` has it, a leg more each time
        total = total + np.cos(np.radians(p.first_error * left**made))
        moving = np.maximum(0.0, 1 - floats(p.correction_cost) * made)
        reached = p.speed * (1 - floats(p.rework_share)) * moving * total / (made + 1)
        best = np.where(reached > farthest, made, best)
        farthest = np.maximum(farthest, reached)
    return best, farthest


def corrected(p, corrections):
    """Progress (×) of the fast team with some number of corrections."""
    return progress(p.speed, p.first_error, corrections, p.correction_share, p.rework_share, p.correction_cost)


def system_speed(additivity, *parts):
    """Speed (× an ordinary firm's) of a system of parts, each a multiple: their product at an additivity of
    0, one plus the sum of their gains at 1, a power form in between. The kit's reading; no text says it.

    >>> [round(float(system_speed(additivity, 2.0, 2.0, 2.0)), 9) for additivity in (0.0, 1.0)]
    [8.0, 4.0]
    """
    return 1 + system_gain(additivity, *parts)


def system_gain(additivity, *parts):
    """What `system_speed` gains over an ordinary firm (×), to full precision where that is next to nothing."""
    power = _power(additivity)
    return _gain(power, sum(np.expm1(power * np.log(part)) for part in parts))


def _power(additivity):
    return np.maximum(additivity, 1e-300)  # the limit at 0 is the product


def _gain(power, added):
    return np.expm1(np.log1p(added) / power)


def system_shares(p, *players):
    """Shares (1) of the system's whole gain that each player brings, a player being some parts that come together:
    [(if it comes first, mean of all orders, if it comes last)], a player each; nan where there is no gain.

    In a product the first to come brings little and the last much; in a sum all orders agree. The mean of all orders
    hangs on how many players there are.

    >>> effort, others = system_shares(Parameters(), ["effort"], ["talent", "devolution", "tolerance", "feedback"])
    >>> [round(float(share), 3) for share in effort]
    [0.032, 0.274, 0.516]
    """
    power = _power(p.additivity)
    added = [sum(np.expm1(power * np.log(getattr(p, part))) for part in player) for player in players]

    def gain(present):
        return _gain(power, sum(term for term, here in zip(added, present, strict=True) if here))

    def share(gains):
        return np.minimum(1.0, limits.ratio(np.maximum(0.0, gains), gain([True] * len(players))))

    found = effects.marginal_contributions(gain, len(players))
    return [tuple(map(share, gains)) for gains in zip(*found, strict=True)]


def effort_multiplied(p):
    """What effort brings (gain in speed) beside all other parts, of what it brings alone (×): their speed where parts
    multiply, 1 where they add; nan where effort is as in an ordinary firm.

    >>> [round(float(effort_multiplied(Parameters(additivity=one))), 9) for one in (0.0, 1.0)]
    [16.0, 1.0]
    """
    power = _power(p.additivity)
    *others, effort = (np.expm1(power * np.log(getattr(p, part))) for part in PARTS)
    system = sum(others)
    # The difference of two speeds as a product, so that it keeps its digits next to no effort.
    beside = (1 + _gain(power, system)) * _gain(power, effort / (1 + system))
    return limits.ratio(beside, _gain(power, effort))


def best_share(p, gain):
    """Share (1) of the best part in the sum over all parts of a gain, a function of how many times as good a part is;
    nan where no part is better than in an ordinary firm.

    In a product logarithms add up, so that a part has the same share whenever it comes; in a sum what each adds does.

    >>> p = Parameters(feedback=4.0)
    >>> [round(float(best_share(p, gain)), 9) for gain in (np.log, lambda part: part - 1)]
    [0.333333333, 0.428571429]
    """
    gains = [gain(floats(getattr(p, part))) for part in PARTS]
    return np.minimum(1.0, limits.ratio(reduce(np.maximum, gains), sum(gains)))


def best_in_chain(p):
    """Largest share (1) of the whole gain that one part brings, on average over all orders in which parts can come, in
    a chain of four stages that follow each other. Effort shortens all stages alike; each other part shortens one, the
    best of them the longest, while the other three are alike. nan where there is no gain.

    A chain is as fast as effort / sum(w / m), with w the stages' shares of the time and m the other parts (Amdahl
    1967).

    >>> p = Parameters(longest_stage=np.array([0.25, 0.5, 0.8]), feedback=4.0, effort=1.0)
    >>> best_in_chain(p).round(3).tolist()
    [0.325, 0.551, 0.787]
    """
    *parts, effort = (floats(getattr(p, part)) for part in PARTS)
    longest = floats(p.longest_stage)
    shorter = [(part - 1) / part for part in parts]
    most, given, saved = reduce(np.maximum, shorter), 0.0, []
    for one in shorter:  # of equals the first has the longest stage
        stage = np.where((one >= most) & (given < 1), longest, (1 - longest) / (len(parts) - 1))
        given = np.where(one >= most, 1.0, given)
        saved.append(stage * one)

    def gain(present):
        *here, hours = present
        shortened = sum(one for one, there in zip(saved, here, strict=True) if there)
        return (effort if hours else 1.0) / (1 - shortened) - 1

    _, shares, _ = effects.marginal_contributions(gain, len(PARTS))
    return np.minimum(1.0, limits.ratio(np.maximum(0.0, reduce(np.maximum, shares)), gain([True] * len(PARTS))))


def effort_in_chain(p):
    """Share (1) of the whole gain of such a chain that effort brings, mean of coming before and after all other parts:
    a half exactly if these together multiply speed by as much. nan where there is no gain.

    >>> float(effort_in_chain(Parameters())), round(float(effort_in_chain(Parameters(effort=1.5))), 3)
    (0.5, 0.375)
    """
    effort, saved = chain(p)
    whole = effort - 1 + saved  # times what the others leave of the time
    return np.minimum(1.0, limits.ratio((effort - 1) * (1 - saved / 2), whole))


def chain(p):
    """Of a chain of stages: effort, and the share of the time that all other parts save together."""
    *parts, effort = (floats(getattr(p, part)) for part in PARTS)
    shorter = [(part - 1) / part for part in parts]
    most, longest = reduce(np.maximum, shorter), floats(p.longest_stage)
    other = (1 - longest) / (len(parts) - 1)
    return effort, other * sum(shorter) + (longest - other) * most


def deciding(p):
    """What it brings to decide on the spot."""
    alone, above = decided(p, p.judgement)
    ordinary, ordinary_above = decided(p, p.ordinary_judgement)
    return {
        "devolved_gain": alone - above,
        "devolved_value": alone,
        "central_value": above,
        "ordinary_gain": ordinary - ordinary_above,
        "ordinary_value": ordinary,
        "judgement_needed": judgement_needed(p),
    }


def flow(p):
    """What comes out of stages in a row when the first gets faster."""
    out, gains = released(p), widening_gains(p)
    # Of the stages in a row only the narrowest gains, so what it gains leaves nothing to any other.
    later = reduce(np.maximum, (gains["review"], gains["release"], gains["repair"]))
    people = 1 - floats(p.automated_review_share)
    loaded = queues.time_in_system(floats(p.review_load) * p.writing_gain * people)
    return {
        "review_time_multiple": loaded / queues.time_in_system(p.review_load),
        "output_gain": out,
        "stuck_share": 1 - out / p.writing_gain,
        "bottleneck_lead": later - gains["writing"],
        "release_gain": gains["release"],
        "incident_growth": out * incidents_per_change(p),
    }


def trials(p):
    """What cheap trials bring over dear ones."""
    costs = screening.cost_per_success(p.good_share, p.dear_trial, p.cheap_trial, p.power, p.false_pass)
    dear, staged = chances(p)
    tried = ideas_tried(p, p.cheap_trial)
    return {
        "effort_ratio": floats(p.dear_trial) / p.cheap_trial,
        "staged_saving": costs[0] / costs[1],
        "dear_chance": dear,
        "staged_chance": staged,
        "ideas_tried": tried,
        "halving_gain": ideas_tried(p, floats(p.cheap_trial) / 2) / tried,
        "chance_gain": staged - dear,
        "false_win_share": screening.false_win_share(p.good_share, p.power, p.false_pass),
        "splitting_gain": screening.azevedo_2020(p.small_trials, p.tail_index),
        "tests_running": queues.in_progress(p.tests_per_year, p.test_days),
    }


def searches(p):
    """Who finds the better whole, with the simulation's standard errors."""
    leads = landscapes.leads(p.interdependence, p.redrawn, p.central_tries, p.apart_fifths, p.seed)
    forms = {"local": "local", "plan": "plan", "strongest": "strongest", "temporary": "apart_end",
             "temporary_mean": "apart_mean", "leap": "leap_mean"}  # fmt: skip
    return {
        f"{name}_{what}": value
        for name, form in forms.items() for what, value in zip(("lead", "error"), leads[form], strict=True)
    }  # fmt: skip


def steering(p):
    """How far speed gets with correction, and without."""
    blind = progress(p.speed, p.first_error, 0, 0.0, p.rework_share)
    straightened, (best, farthest) = corrected(p, p.corrections), best_corrections(p)
    aimed = progress(1.0, p.aim_error) * (1 - floats(p.aim_cost))
    return {
        "blind_progress": blind,
        "corrected_progress": straightened,
        "best_corrections": best,
        "best_progress": farthest,
        "aimed_progress": aimed,
        "blind_lead": blind - aimed,
        "corrected_lead": straightened - aimed,
    }


def system(p):
    """What each part of a fast firm brings alone and together."""
    singly = dict(zip(PARTS, system_shares(p, *([part] for part in PARTS)), strict=True))
    effort, _ = system_shares(p, ["effort"], [part for part in PARTS if part != "effort"])
    return {
        "system_speed": 1 + system_gain(p.additivity, *(getattr(p, part) for part in PARTS)),
        "one_part_first": singly["devolution"][0],
        "one_part_last": singly["devolution"][2],
        "alone_in_product": best_share(p, np.log),
        "alone_in_sum": best_share(p, lambda part: part - 1),
        "alone_in_chain": best_in_chain(p),
        "effort_in_chain": effort_in_chain(p),
        "together_share": np.maximum(0.0, 1 - sum(first for first, _, _ in singly.values())),
        "effort_first": effort[0],
        "effort_last": effort[2],
        "effort_share": effort[1],
        "effort_multiplied": effort_multiplied(p),
        "effort_multiplied_in_chain": 1 / (1 - chain(p)[1]),
    }


SOLVERS = deciding, flow, trials, searches, steering, system


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    return Headlines(**{name: value for solver in SOLVERS for name, value in solver(p).items()})
