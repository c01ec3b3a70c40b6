"""Your tool is ten times faster. Why is your release not?

Text    casado: asked whether AI turns 1x into 10x or 10x into 100x, the guest answers that a 10x
        engineer becomes 2x, and that releases came little sooner. kaufman: the tenfold become super.
        The tool of ten is the promise in the host's question; no text states it.
Model   Work is a chain; a tool speeds up part of it. Three readings of the sentence share one system:
        deflation = multiple of the work, level = multiple of a strong engineer, squeeze = ratio of
        strong to ordinary afterwards. Rival formulas give the multiple of the work.
Valid   One team, one tool, steady state; shares in [0, 1]; multiples above 0.
Leaves  Work nobody would have started before, learning, queues between people, prices.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, number, share
from ..maths import limits

READINGS = ("deflation", "level", "squeeze")
MODELS = ("amdahl_1967", "demirer_2026", "he_2026", "jagged_frontier")


class Parameters(Quantities):
    """Inputs; defaults are the lead speaker's figures, or say that he gave none."""

    reading: str = choice("deflation", label="Reading of the sentence", options=READINGS,
                          basis="stated", source="casado")
    model: str = choice("amdahl_1967", label="Formula for the multiple of the work", options=MODELS,
                        basis="assumed", source="amdahl-1967")

    hard_share: float = share(0.5, label="Share of the work that the tool leaves untouched",
                              basis="implied", source="casado",
                              evidence=(0.42, 0.84, 0.89), evidence_source="xia-2018; idc-2024; software-com-2022")
    tool_speedup: float = number(10.0, label="Speed-up where the tool helps", unit="×", low=0.5, high=100,
                                 scale="log", basis="assumed", source="casado",
                                 evidence=(1.34, 2.26, 8.41),
                                 evidence_source="dellacqua-2026; peng-2023; demirer-2026")
    frontier_of_hard: float = share(0.5, label="Part of the untouched work that is frontier work",
                                    basis="assumed", source="casado")
    frontier_speedup: float = number(1.0, label="Speed-up of frontier work", unit="×", low=0.5, high=20,
                                     scale="log", basis="stated", source="casado")
    business_speedup: float = number(1.0, label="Speed-up of learning the business", unit="×", low=0.5,
                                     high=20, scale="log", basis="stated", source="casado")
    waiting_share: float = share(0.5, label="Share of idea-to-release time outside the engineers' work",
                                 basis="assumed", source="casado")

    substitution: float = number(0.25, label="Elasticity of substitution between tool and human stages",
                                 unit="elasticity", low=0.01, high=2.0, basis="measured", source="demirer-2026",
                                 evidence=(0.05, 0.25, 1.0), evidence_source="demirer-2026")
    gain_half_life_months: float = number(0.39, label="Half-life of the gain after adoption", unit="months",
                                          low=0.1, high=120, scale="log", basis="measured",
                                          source="he-2026-cursor", evidence=(0.39, 0.5, 60),
                                          evidence_source="he-2026-cursor; demirer-2026")
    complexity_growth: float = number(0.416, label="Growth of code complexity after adoption", unit="share",
                                      low=0, high=2, basis="measured", source="he-2026-cursor",
                                      evidence=(0.35, 0.416, 1.0), evidence_source="agarwal-2026; he-2026-cursor")
    complexity_drag: float = number(0.0, label="Drag of complexity on speed, our addition", unit="elasticity",
                                    low=0, high=2, basis="assumed", source="he-2026-cursor",
                                    evidence=(0.0, 0.3, 1.49), evidence_source="he-2026-cursor")
    hard_slowdown: float = number(1.19, label="Time factor when the tool is used on hard tasks", unit="×",
                                  low=0.5, high=3, basis="assumed", source="metr-2025",
                                  evidence=(1.0, 1.19, 1.41), evidence_source="metr-2025")

    strong_skill: float = number(10.0, label="Ratio of strong to ordinary before AI", unit="×",
                                 low=1, high=30, scale="log", basis="stated", source="casado",
                                 evidence=(2, 2.5, 3), evidence_source="prechelt-1999; demarco-1985")
    skill_slope: float = number(0.0, label="Slope of the gain on skill",
                                unit="elasticity", low=-1, high=0.5, basis="assumed", source="casado",
                                evidence=(-0.6, -0.2, 0.3),
                                evidence_source="brynjolfsson-2025; dellacqua-2023; daniotti-2026")
    sd_log_skill: float = number(0.4, label="Spread of skill (standard deviation of its log)", unit="log points",
                                 low=0, high=1.5, basis="measured", source="prechelt-1999",
                                 evidence=(0.3, 0.4, 0.6), evidence_source="prechelt-1999")

    chore_share: float = share(0.9, label="Share of programming time on platform chores", basis="stated",
                               source="casado", evidence=(0.1, 0.42, 0.9), evidence_source="stripe-2018; casado")
    chore_speedup: float = number(10.0, label="Speed-up of platform chores", unit="×", low=0.5, high=100,
                                  scale="log", basis="assumed", source="casado")
    new_overhead_share: float = share(0.0, label="New work that the tool brings, of the old time",
                                      basis="assumed", source="casado")

    discovery_hours: float = number(8.0, label="Time to find out what to change", unit="hours", low=0, high=80,
                                    basis="assumed", source="casado")
    lines_per_change: float = number(2.0, label="Length of an accepted change", unit="lines", low=1, high=1000,
                                     scale="log", basis="stated", source="casado",
                                     evidence=(10, 27, 44), evidence_source="kit-pr-sizes; rigby-2013")
    lines_per_hour: float = number(20.0, label="Lines written per hour without the tool", unit="lines per hour",
                                   low=1, high=200, scale="log", basis="assumed", source="casado")

    application_hard_share: float = share(0.2, label="Untouched share when building an application",
                                          basis="assumed", source="casado")
    infrastructure_hard_share: float = share(0.9, label="Untouched share when building infrastructure",
                                             basis="assumed", source="casado")

    upkeep_per_year: float = share(0.3, label="Capacity that a year's output needs each year for upkeep",
                                   basis="assumed", source="stripe-2018",
                                   evidence=(0.1, 0.3, 0.42), evidence_source="stripe-2018")
    defect_factor: float = number(0.6, label="Upkeep per feature when AI goes into quality", unit="×",
                                  low=0.1, high=3, scale="log", basis="assumed", source="casado",
                                  evidence=(1.0, 1.303, 1.41),
                                  evidence_source="borg-2026; he-2026-cursor; uplevel-2024")
    horizon_years: float = number(5.0, label="Time looked ahead", unit="years", low=0.25, high=30, scale="log",
                                  basis="assumed", source="casado")


class Headlines(Quantities):
    """Results; any of them may be infinite or negative, which is an answer."""

    overall_speedup: float = number(label="Multiple of the work", unit="×")
    ten_becomes: float = number(label="What the ten becomes in this reading", unit="×")
    strong_speedup: float = number(label="Multiple of a strong engineer", unit="×")
    skill_ratio: float = number(label="Ratio of strong to ordinary afterwards", unit="×")
    gap_change: float = number(label="Gap between strong and ordinary, as a multiple of before", unit="×")
    decile_ratio: float = number(label="Ratio of the ninetieth percentile to the median afterwards", unit="×")
    release_speedup: float = number(label="Multiple of the releases", unit="×")
    hard_share_for_twofold: float = share(
        label="Untouched share at which the work is twice as fast",
        undefined="with nothing untouched and with everything the work is both times faster than that, or both times "
                  "slower, or both times just that fast",
    )
    tool_speedup_for_twofold: float = number(label="Tool speed-up that makes the work twice as fast", unit="×")
    program_speedup: float = number(label="Speed-up until a program runs", unit="×")
    chore_speedup_for_twofold: float = number(label="Speed-up on chores that is enough for twofold", unit="×")
    change_speedup: float = number(label="Speed-up until a change is done", unit="×")
    quality_over_speed: float = number(label="What AI in quality delivers over what AI in speed delivers", unit="×")
    application_speedup: float = number(label="Multiple for an application", unit="×")
    infrastructure_speedup: float = number(label="Multiple for infrastructure", unit="×")
    hours_saved: float = number(label="Time saved in a week of forty hours", unit="hours")
    saved_from_middle: float = share(label="Share of the saved hours that comes from the middle",
                                     undefined="on balance no hours are saved")


def amdahl_1967(hard_share, tool_speedup, hard_time=1.0):
    """Multiple of the whole (×), from an untouched share (1), a speed-up of the rest (×) and the time
    that the untouched part takes relative to before (1). Amdahl 1967.

    >>> amdahl_1967(0.5, 10)
    1.8181818181818181
    """
    return 1 / (hard_share * hard_time + (1 - hard_share) / tool_speedup)


def hard_share_for(multiple, tool_speedup, hard_time=1.0):
    """Untouched share (1) at which Amdahl's law gives `multiple`; nan where no share does, or every one."""
    least = 1 / np.asarray(tool_speedup)
    return part_of_the_way(1 / multiple - least, hard_time - least)


def part_of_the_way(step, way, bend=lambda length: length):
    """Part (1) of a way from 0 that a step covers, in lengths that `bend` changes without turning their order;
    nan where the step leaves the way, or there is none.
    """
    on_it = (np.minimum(way, 0) <= step) & (step <= np.maximum(way, 0)) & (way != 0)
    return np.where(on_it, bend(np.where(on_it, step, 0.0)) / bend(np.where(on_it, way, 1.0)), np.nan)


def tool_speedup_for(multiple, hard_share, hard_time=1.0):
    """Speed-up of the rest (×) at which Amdahl's law gives `multiple`; infinite if no tool is enough.

    >>> float(tool_speedup_for(2, 0.1).round(4))
    2.25
    """
    left = 1 / multiple - np.asarray(hard_share) * hard_time
    return np.where(left > 0, (1 - np.asarray(hard_share)) / np.where(left > 0, left, 1), np.inf)


def demirer_2026(hard_share, tool_speedup, substitution, hard_time=1.0):
    """Multiple of what ships (×), by a CES of tool stages and human stages with a low elasticity of
    substitution. The form of Demirer, Musolff and Yang 2026; Amdahl's law is the case of one half.

    >>> round(float(demirer_2026(0.429, 2.8, 0.25)), 2)
    1.3
    """
    power, hard = substitution_power(substitution), np.asarray(hard_share, dtype=float)
    # ((1 - hard) tool^power + hard (1 / time)^power)^(1 / power), with tool^power taken out of the sum.
    term = -power * np.log(tool_speedup * np.asarray(hard_time))
    near = np.abs(term) < 0.5  # beside an elasticity of one the sum is next to 1, and what it lacks would be noise
    log_sum = np.where(
        near, np.log1p(hard * np.expm1(np.where(near, term, 0.0))), np.log(1 - hard + hard * np.exp(term))
    )
    return tool_speedup * np.exp(log_sum / power)


def substitution_power(substitution):
    """Power (1) of the weak-link form; where it would be 0 the smallest number instead, which gives Cobb-Douglas."""
    power = 1 - 1 / np.asarray(substitution, dtype=float)
    return np.where(power == 0, -1e-300, power)


def tool_weight(tool_multiple, whole_multiple, substitution):
    """Weight of the tool stages (1) with which the weak-link form gives `whole_multiple` for
    `tool_multiple`, and the ceiling (×) that no tool lifts. Substitution below 1.
    """
    power = 1 - 1 / substitution
    weight = (1 - whole_multiple**power) / (1 - tool_multiple**power)
    return weight, (1 - weight) ** (1 / power)


def fade(gain_half_life_months, horizon_years):
    """Mean share (1) of the first month's gain that is there over the horizon, if it decays by months."""
    months = np.maximum(1.0, 12 * np.asarray(horizon_years))
    kept = 0.5 ** (1 / np.asarray(gain_half_life_months))
    return (1 - kept**months) / ((1 - kept) * months)


def he_2026(first_multiple, gain_half_life_months, complexity_growth, complexity_drag, horizon_years):
    """Mean multiple over the horizon (×) when the first month's gain fades, as He and others 2026 saw.

    Complexity stays. Whether it drags is our addition, for their speed is net of it: the drag, 0 by
    default, comes in as the gain goes out.
    """
    remaining = fade(gain_half_life_months, horizon_years)
    drag = (1 + np.asarray(complexity_growth)) ** (-np.asarray(complexity_drag) * (1 - remaining))
    return (1 + (first_multiple - 1) * remaining) * drag


def jagged_frontier(hard_share, tool_speedup, hard_slowdown, hard_time=1.0):
    """Multiple of a mix of tasks (×): sped up inside the frontier, slowed down outside, where the tool
    is used all the same. After the idea of Dell'Acqua and others, who measured fewer right answers
    outside, not more time; the slow-down is METR's, for whole tasks.
    """
    return amdahl_1967(hard_share, tool_speedup, hard_time * hard_slowdown)


def skill_ratio(strong_skill, skill_slope):
    """Ratio of strong to ordinary afterwards (×), if the gain goes with skill to the power of the slope."""
    return strong_skill ** (1 + skill_slope)


def slope_for(ratio_after, ratio_before):
    """Slope of the gain on skill that turns one ratio (×) into another."""
    return np.log(ratio_after) / np.log(ratio_before) - 1


def change_speedup(discovery_hours, lines_per_change, lines_per_hour, tool_speedup):
    """Speed-up until a change is done (×), if only the writing of its lines speeds up."""
    writing = lines_per_change / lines_per_hour
    return (discovery_hours + writing) / (discovery_hours + writing / tool_speedup)


def delivered(speed, upkeep_per_year, horizon_years):
    """Features standing after the horizon (in years of today's output) when each needs upkeep, in
    capacity per feature and year: speed counts early, upkeep alone in the long run.
    """
    load = np.maximum(upkeep_per_year, 1e-12)
    return -np.expm1(-speed * load * horizon_years) / load


def hard_time(frontier_of_hard, frontier_speedup, business_speedup):
    """Time of the untouched part relative to before (1), should AI learn some of it."""
    return frontier_of_hard / frontier_speedup + (1 - frontier_of_hard) / business_speedup


def multiple_of_the_work(p):
    """Multiple of the work (×) by the formula that `p.model` names."""
    left = hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
    if p.model == "demirer_2026":
        return demirer_2026(p.hard_share, p.tool_speedup, p.substitution, left)
    if p.model == "jagged_frontier":
        return jagged_frontier(p.hard_share, p.tool_speedup, p.hard_slowdown, left)
    first = amdahl_1967(p.hard_share, p.tool_speedup, left)
    if p.model == "he_2026":
        return he_2026(first, p.gain_half_life_months, p.complexity_growth, p.complexity_drag, p.horizon_years)
    return first


def needed_for(multiple, p):
    """(untouched share, tool speed-up) with which the formula that `p.model` names gives `multiple`,
    the other input as it is; nan and infinity where nothing does.
    """
    left = hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
    hard, tool = np.asarray(p.hard_share, dtype=float), np.asarray(p.tool_speedup, dtype=float)
    if p.model == "demirer_2026":
        power = substitution_power(p.substitution)
        share = part_of_the_way(-np.log(tool / multiple), -np.log(tool * left), lambda way: np.expm1(power * way))
        part = np.where(hard < 1, hard, 0.0)
        excess = part / (1 - part) * np.expm1(-power * np.log(left * multiple))  # of the untouched part's term
        speed = limits.exponential(np.log(multiple) + np.log1p(-np.where(excess < 1, excess, 0.0)) / power)
        # With stages that replace each other, a term that is too large means that no tool is needed at all.
        speed = np.where(excess < 1, speed, np.where(power < 0, np.inf, 0.0))
        return share, np.where(hard < 1, speed, np.where(left * multiple < 1, 0.0, np.inf))
    if p.model == "jagged_frontier":
        left = left * p.hard_slowdown
    elif p.model == "he_2026":
        remaining = fade(p.gain_half_life_months, p.horizon_years)
        drag = (1 + np.asarray(p.complexity_growth)) ** (-np.asarray(p.complexity_drag) * (1 - remaining))
        multiple = 1 + (multiple / drag - 1) / remaining
    return hard_share_for(multiple, tool, left), tool_speedup_for(multiple, hard, left)


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    left = hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
    overall = multiple_of_the_work(p)
    gap_change = np.asarray(p.strong_skill, dtype=float) ** p.skill_slope
    strong = overall * gap_change  # `overall` is the ordinary engineer's multiple
    ratio = skill_ratio(p.strong_skill, p.skill_slope)
    middle = (1 - p.hard_share) * (1 - 1 / p.tool_speedup)
    saved = middle + p.hard_share * (1 - left)
    # What the untouched part or the tool loses is not saved anywhere, so it takes no part in the share.
    gains = np.asarray(saved) > 0
    from_middle = np.where(gains, np.clip(middle, 0, saved) / np.where(gains, saved, 1), np.nan)
    hard_for_two, tool_for_two = needed_for(2, p)
    quality = delivered(1.0, p.upkeep_per_year * p.defect_factor, p.horizon_years)
    return Headlines(
        overall_speedup=overall,
        ten_becomes={"deflation": overall, "level": strong, "squeeze": ratio}[p.reading],
        strong_speedup=strong,
        skill_ratio=ratio,
        gap_change=gap_change,
        decile_ratio=np.exp(1.2815515655446004 * p.sd_log_skill * np.abs(1 + p.skill_slope)),
        release_speedup=amdahl_1967(p.waiting_share, overall),
        hard_share_for_twofold=hard_for_two,
        tool_speedup_for_twofold=tool_for_two,
        program_speedup=1 / (1 - p.chore_share + p.chore_share / p.chore_speedup + p.new_overhead_share),
        chore_speedup_for_twofold=tool_speedup_for(2, 1 - np.asarray(p.chore_share)),
        change_speedup=change_speedup(p.discovery_hours, p.lines_per_change, p.lines_per_hour, p.tool_speedup),
        quality_over_speed=quality / delivered(overall, p.upkeep_per_year, p.horizon_years),
        application_speedup=amdahl_1967(p.application_hard_share, p.tool_speedup),
        infrastructure_speedup=amdahl_1967(p.infrastructure_hard_share, p.tool_speedup),
        hours_saved=40 * (1 - 1 / overall),
        saved_from_middle=from_middle,
    )
