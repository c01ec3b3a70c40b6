"""28 days from nothing to number one. Would you copy the rules?

Text    openai: a guest says that his firm is run from below because nobody knows what will work, and that
        few firms have the people for it; the blogger who retells it adds that without them comes
        chaos, and that speed is the output of a system. kaufman: make failing cheap, find the
        bottleneck first, and say velocity, never speed.
Model   One chain: cheap failure lets decisions go down, feedback turns them into speed, and direction
        decides what speed is worth. A line of queues; a cheap trial before a dear one; two models of
        who says yes; simulated search on NK landscapes; speed times the cosine of the heading error.
Valid   One firm, steady state; ideas good or bad; simulated headlines carry their standard error. The
        share of good ideas stands twice: among proposals, before anyone judges, and among what
        people have already chosen to try, which is what firms report.
Leaves  Motivation, hiring, learning by deciding, politics, and who gains when the launch is a success.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, count, number, share
from ..maths import landscapes, limits, queues, screening

MODELS = ("delegation", "sah_stiglitz_1986")
WIDER = 1.2  # a fifth more of one stage


class Parameters(Quantities):
    """Inputs; defaults are the two lead speakers' figures, or say that they gave none."""

    model: str = choice("delegation", label="Model of who decides", options=MODELS, basis="assumed", source="openai")

    proposal_good_share: float = share(0.07, label="Share of proposals that are good, before anyone judges", low=0.005,
                                       high=0.995, basis="implied", source="kohavi-2023",
                                       # Odds of what was tried, over those of people right seven times in ten.
                                       evidence=(0.036, 0.07, 0.181), evidence_source="kohavi-2023")
    good_share: float = share(0.15, label="Share of tried ideas that are good", low=0.005, high=0.995, basis="measured",
                              source="kohavi-2023", evidence=(0.08, 0.15, 0.34), evidence_source="kohavi-2023")
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
                                 basis="assumed", source="kaufman",  # his work of three, taken as code
                                 evidence=(1.4, 2.4, 2.8), evidence_source="demirer-2026")
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
                                   low=100, high=200_000, scale="log", basis="measured", source="thomke-2020",
                                   evidence=(1_976, 10_000, 25_000),
                                   evidence_source="fastcompany-2016; thomke-2020; kohavi-lenny-2023")
    test_days: float = number(28.0, label="Time that one experiment runs", unit="days", low=1, high=365, scale="log",
                              basis="assumed", source="kaufman")

    interdependence: int = count(2, label="Interdependence: other decisions that the worth of one depends on",
                                 unit="decisions", high=9, basis="assumed", source="openai")
    redrawn: int = count(8, label="Decisions out of ten whose worth changes at each shock", unit="decisions", high=10,
                         basis="assumed", source="openai")
    central_tries: int = count(1, label="Changes that a central firm tries in the time a local one tries two",
                               unit="changes", low=1, high=landscapes.TRIES, basis="assumed", source="siggelkow-2003")
    seed: int = count(1, label="Seed of the simulated landscapes", unit="number", low=1, high=landscapes.SEEDS,
                      basis="assumed", source="siggelkow-2003")

    speed: float = number(3.0, label="Speed of the fast team", unit="×", low=0.5, high=20, scale="log", basis="assumed",
                          source="kaufman")
    first_error: float = number(80.0, label="Heading error of the fast team at the start", unit="degrees", low=0,
                                high=180, basis="assumed", source="kaufman")
    aim_error: float = number(30.0, label="Heading error left after careful aiming", unit="degrees", low=0, high=180,
                              basis="assumed", source="kaufman")
    corrections: int = count(3, label="Times that the fast team aims anew", unit="corrections", high=12,
                             basis="assumed", source="openai")
    correction_share: float = share(0.5, label="Part of the heading error that one correction removes",
                                    basis="assumed", source="openai")
    rework_share: float = share(0.2, label="Part of fast work that is done again", basis="assumed", source="kaufman")

    talent: float = number(2.0, label="Talent, as a multiple of an ordinary firm's", unit="×", low=1, high=5,
                           basis="assumed", source="openai")
    devolution: float = number(2.0, label="Decisions handed down, as a multiple", unit="×", low=1, high=5,
                               basis="assumed", source="openai")
    tolerance: float = number(2.0, label="Acceptance of uncertainty, as a multiple", unit="×", low=1, high=5,
                              basis="assumed", source="openai")
    feedback: float = number(2.0, label="Speed of feedback, as a multiple", unit="×", low=1, high=5, basis="assumed",
                             source="openai")
    effort: float = number(1.5, label="Effort, as a multiple of an ordinary firm's", unit="×", low=1, high=3,
                           basis="assumed", source="openai")
    additivity: float = share(0.0, label="Additivity of the parts (0 their product, 1 their sum)",
                              basis="assumed", source="openai")


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
    chance_gain: float = share(label="Chance gained by cheap trials at the same effort", low=-1.0)
    false_win_share: float = share(label="Share of passed trials whose idea is bad")
    splitting_gain: float = number(label="Yield of many small trials over one large one, same users", unit="×")
    tests_running: float = number(label="Experiments that run at one time", unit="tests")
    local_lead: float = number(label="Lead over central search, best possible 1", unit="ratio",
                               error="local_error")
    local_error: float = number(label="Standard error of the lead of local search", unit="ratio")
    temporary_lead: float = number(label="Lead at the end of local-then-central over central search", unit="ratio",
                                   error="temporary_error")
    temporary_error: float = number(label="Standard error of the lead at the end", unit="ratio")
    blind_progress: float = number(label="Progress of the fast team that never corrects", unit="×")
    corrected_progress: float = number(label="Progress of the fast team that corrects", unit="×")
    aimed_progress: float = number(label="Progress of the team that aimed first", unit="×")
    blind_lead: float = number(label="Lead of fast without correction over aimed", unit="×")
    corrected_lead: float = number(label="Lead of fast with correction over aimed", unit="×")
    system_speed: float = number(label="Speed of the whole system", unit="×")
    one_part_share: float = share(label="Share of the whole gain that one part alone brings",
                                  undefined="no part is better than in an ordinary firm, so there is no gain")
    effort_share: float = share(label="Share of the whole gain that effort alone brings",
                                undefined="no part is better than in an ordinary firm, so there is no gain")


def decided(p, judgement):
    """Worth of an idea decided on the spot and decided above (gains of a success), by `p.model`."""
    if p.model == "sah_stiglitz_1986":
        return screening.sah_stiglitz_1986(p.proposal_good_share, judgement, p.failure_cost)
    kept = (1 - np.asarray(p.loss_per_week)) ** p.weeks_upward
    return screening.delegation(p.proposal_good_share, judgement, p.failure_cost, p.centre_judgement, kept, p.misfit)


def judgement_needed(p):
    """Judgement (1) from which deciding on the spot pays, at least a coin's; infinite if none is enough."""
    if p.model == "sah_stiglitz_1986":
        worth = screening.screened(p.proposal_good_share, 1, 1, p.failure_cost)
        return np.where(worth > 0, 0.5, np.inf)
    kept = (1 - np.asarray(p.loss_per_week)) ** p.weeks_upward
    needed = screening.judgement_needed(p.proposal_good_share, p.failure_cost, p.centre_judgement, kept, p.misfit)
    return np.maximum(0.5, needed)


def released(p, **wider):
    """Changes released (× before), with some stages so many times as wide: writing, review, release, repair."""
    people = 1 - np.asarray(p.automated_review_share)
    review = limits.ratio(wider.get("review", 1), np.asarray(p.review_load) * people)
    release = wider.get("release", 1) / np.asarray(p.release_load)
    repair = wider.get("repair", 1) / (np.asarray(p.incident_load) * incidents_per_change(p))
    return queues.throughput(wider.get("writing", 1) * np.asarray(p.writing_gain), review, release, repair)


def widening_gains(p):
    """Gain in changes released (× before) from a fifth more of each stage alone: {stage: gain}."""
    out = released(p)
    return {stage: released(p, **{stage: WIDER}) - out for stage in ("writing", "review", "release", "repair")}


def incidents_per_change(p):
    """Incidents per change (× before), when a machine alone reviews a share of the changes."""
    return 1 + p.automated_review_share * (np.asarray(p.automated_incidents) - 1)


def chances(p):
    """Chance of a success (1) for the effort of one dear trial: spent on it, and on cheap trials first."""
    passed = screening.pass_share(p.good_share, p.power, p.false_pass)
    screened = p.dear_trial / (p.cheap_trial + passed * p.dear_trial)
    staged = screening.chance_of_success(p.good_share * np.asarray(p.power), screened, p.trial_correlation)
    return np.asarray(p.good_share), staged


def progress(speed, heading_error, corrections=0, correction_share=0.0, rework_share=0.0):
    """Progress towards the goal (× a team of speed 1 on course): speed times the cosine of the error.

    Each correction removes a share of the heading error (degrees) that is left; legs are equally long.

    >>> round(float(progress(3.0, 60.0)), 6), round(float(progress(3.0, 120.0)), 6)
    (1.5, -1.5)
    """
    left = 1 - np.asarray(correction_share, dtype=float)
    done, total = np.asarray(corrections), 0.0
    for leg in range(int(done.max()) + 1):
        total = total + np.where(leg <= done, np.cos(np.radians(heading_error * left**leg)), 0)
    return speed * (1 - np.asarray(rework_share)) * total / (done + 1)


def system_speed(additivity, *parts):
    """Speed (× an ordinary firm's) of a system of parts, each a multiple: their product at an additivity of
    0, one plus the sum of their gains at 1, a power form in between. The kit's reading; no text says it.

    >>> [round(float(system_speed(additivity, 2.0, 2.0, 2.0)), 9) for additivity in (0.0, 1.0)]
    [8.0, 4.0]
    """
    return 1 + system_gain(additivity, *parts)


def system_gain(additivity, *parts):
    """What `system_speed` gains over an ordinary firm (×), to full precision where that is next to nothing."""
    power = np.maximum(additivity, 1e-300)  # the limit at 0 is the product
    return np.expm1(np.log1p(sum(np.expm1(power * np.log(part)) for part in parts)) / power)


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    alone, above = decided(p, p.judgement)
    ordinary, ordinary_above = decided(p, p.ordinary_judgement)
    out, gains = released(p), widening_gains(p)
    # Of the stages in a row only the narrowest gains, so what it gains leaves nothing to any other.
    later = np.maximum.reduce(np.broadcast_arrays(gains["review"], gains["release"], gains["repair"]))
    people = 1 - np.asarray(p.automated_review_share)
    loaded = queues.time_in_system(np.asarray(p.review_load) * p.writing_gain * people)
    costs = screening.cost_per_success(p.good_share, p.dear_trial, p.cheap_trial, p.power, p.false_pass)
    dear, staged = chances(p)
    local, local_error, temporary, temporary_error = landscapes.leads(
        p.interdependence, p.redrawn, p.central_tries, p.seed
    )
    blind = progress(p.speed, p.first_error, 0, 0.0, p.rework_share)
    corrected = progress(p.speed, p.first_error, p.corrections, p.correction_share, p.rework_share)
    aimed = progress(1.0, p.aim_error)
    parts = (p.talent, p.devolution, p.tolerance, p.feedback)
    gain = system_gain(p.additivity, *parts, p.effort)
    one_share, effort_share = (
        np.minimum(1.0, limits.ratio(system_gain(p.additivity, part), gain)) for part in (p.devolution, p.effort)
    )
    return Headlines(
        devolved_gain=alone - above,
        devolved_value=alone,
        central_value=above,
        ordinary_gain=ordinary - ordinary_above,
        ordinary_value=ordinary,
        judgement_needed=judgement_needed(p),
        review_time_multiple=loaded / queues.time_in_system(p.review_load),
        output_gain=out,
        stuck_share=1 - out / p.writing_gain,
        bottleneck_lead=later - gains["writing"],
        release_gain=gains["release"],
        incident_growth=out * incidents_per_change(p),
        effort_ratio=np.asarray(p.dear_trial) / p.cheap_trial,
        staged_saving=costs[0] / costs[1],
        dear_chance=dear,
        staged_chance=staged,
        chance_gain=staged - dear,
        false_win_share=screening.false_win_share(p.good_share, p.power, p.false_pass),
        splitting_gain=screening.azevedo_2020(p.small_trials, p.tail_index),
        tests_running=queues.in_progress(p.tests_per_year, p.test_days),
        local_lead=local,
        local_error=local_error,
        temporary_lead=temporary,
        temporary_error=temporary_error,
        blind_progress=blind,
        corrected_progress=corrected,
        aimed_progress=aimed,
        blind_lead=blind - aimed,
        corrected_lead=corrected - aimed,
        system_speed=1 + gain,
        one_part_share=one_share,
        effort_share=effort_share,
    )
