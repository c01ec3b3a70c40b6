"""Your tool is ten times faster. Why is your release not?

Text    casado: asked whether AI turns 1x into 10x or 10x into 100x, the guest answers that a 10x
        engineer becomes 2x, and that releases came little sooner. kaufman: the tenfold become super.
        The tool of ten is the promise in the host's question; no text states it.
Model   Work is a chain; a tool speeds up part of it. Three readings of the sentence share one system:
        deflation = multiple of the work, level = multiple of a strong engineer, squeeze = ratio of
        strong to ordinary afterwards. Rival formulas give the multiple of the work. The gap between
        people comes from tasks: where the tool takes over a skill it closes, where it needs a judge it
        widens. Its rivals are a tool that adds as much work of its own beside everybody, and a slope of the
        gain on skill, as studies print it, without a reason.
Valid   One team, one tool, steady state; shares in [0, 1]; multiples above 0.
Leaves  Work nobody would have started before, learning, queues between people, prices.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, moved, number, share
from ..ground.traced import floats
from ..maths import effects, limits

READINGS = ("deflation", "level", "squeeze")
# Rows of data/evidence/studies.csv: what the weak gained, and what the strong gained, in the same study.
GAIN_PAIRS = {
    "support, 2025": ("A06-least", "A06-most"),
    "support, 2023": ("A06b", "A06b-most"),
    "consultants, 2026": ("A08d-least", "A08d-most"),
    "consultants, 2023": ("A08c-least", "A08c-most"),
    "pull requests, upper ends": ("A05d-short-high", "A05d-long-high"),
    "pull requests, lower ends": ("A05d-short-low", "A05d-long-low"),
    "owners in Kenya": ("E005-low", "E005-high"),
}
MODELS = ("amdahl_1967", "demirer_2026", "he_2026", "jagged_frontier")


class Parameters(Quantities):
    """Inputs; defaults are the lead speaker's figures, or say that he gave none."""

    reading: str = choice("deflation", label="Reading of the sentence", options=READINGS,
                          basis="stated", source="casado")
    model: str = choice("amdahl_1967", label="Formula for the multiple of the work", options=MODELS,
                        basis="assumed", source="amdahl-1967")

    hard_share: float = share(0.5, label="Share of the work that the tool leaves untouched",
                              basis="implied", source="casado")
    tool_speedup: float = number(10.0, label="Speed-up where the tool helps", unit="×", low=0.5, high=100,
                                 scale="log", basis="assumed", source="casado")
    frontier_of_hard: float = share(0.5, label="Part of the untouched work that is frontier work",
                                    basis="assumed", source="casado")
    frontier_speedup: float = number(1.0, label="Speed-up of frontier work", unit="×", low=0.5, high=20,
                                     scale="log", basis="stated", source="casado")
    business_speedup: float = number(1.0, label="Speed-up of learning the business", unit="×", low=0.5,
                                     high=20, scale="log", basis="stated", source="casado")
    waiting_share: float = share(0.5, label="Share of idea-to-release time outside the engineers' work",
                                 basis="assumed", source="casado")

    substitution: float = number(0.25, label="Elasticity of substitution between tool and human stages",
                                 unit="elasticity", low=0.01, high=2.0, basis="measured", source="demirer-2026")
    gain_half_life_months: float = number(0.39, label="Half-life of the gain after adoption", unit="months",
                                          low=0.1, high=120, scale="log", basis="measured",
                                          source="he-2026-cursor")
    complexity_growth: float = number(0.416, label="Growth of code complexity after adoption", unit="share",
                                      low=0, high=2, basis="measured", source="he-2026-cursor")
    complexity_drag: float = number(0.0, label="Drag of complexity on speed, our addition", unit="elasticity",
                                    low=0, high=2, basis="assumed", source="he-2026-cursor")
    hard_slowdown: float = number(1.19, label="Time factor when the tool is used on hard tasks", unit="×",
                                  low=0.5, high=3, basis="assumed", source="metr-2025")

    strong_skill: float = number(10.0, label="Ratio of strong to ordinary before AI", unit="×",
                                 low=1, high=30, scale="log", basis="stated", source="casado")
    skill_slope: float = number(0.0, label="Slope of the gain on skill",
                                unit="elasticity", low=-1, high=0.5, basis="assumed", source="casado")
    skill_free_share: float = share(0.0, label="Share of the time with the tool in which skill does not count",
                                    basis="assumed", source="acemoglu-autor-2011")
    overlooked_share: float = share(0.0, label="Part of the rest in which the ordinary mend what they overlooked",
                                    basis="assumed", source="mozannar-2024")
    tool_adds: float = number(2.0, label="Work that the tool adds by itself, as a multiple of an ordinary person's",
                              unit="×", low=0, high=100, basis="implied", source="kaufman")
    sd_log_skill: float = number(0.4, label="Spread of skill (standard deviation of its log)", unit="log points",
                                 low=0, high=1.5, basis="measured", source="prechelt-1999")

    chore_share: float = share(0.9, label="Share of programming time on platform chores", basis="stated",
                               source="casado")
    chore_speedup: float = number(10.0, label="Speed-up of platform chores", unit="×", low=0.5, high=100,
                                  scale="log", basis="assumed", source="casado")
    new_overhead_share: float = share(0.0, label="New work that the tool brings, of the old time",
                                      basis="assumed", source="casado")

    discovery_hours: float = number(8.0, label="Time to find out what to change", unit="hours", low=0, high=80,
                                    basis="assumed", source="casado")
    findable_share: float = share(0.0, label="Part of finding out that the tool does by itself",
                                  basis="stated", source="casado")
    lines_per_change: float = number(2.0, label="Length of an accepted change", unit="lines", low=1, high=1000,
                                     scale="log", basis="stated", source="casado")
    lines_per_hour: float = number(20.0, label="Lines written per hour without the tool", unit="lines per hour",
                                   low=1, high=200, scale="log", basis="assumed", source="casado")

    application_hard_share: float = share(0.2, label="Untouched share when building an application",
                                          basis="assumed", source="casado")
    infrastructure_hard_share: float = share(0.9, label="Untouched share when building infrastructure",
                                             basis="assumed", source="casado")

    upkeep_per_year: float = share(0.3, label="Capacity that a year's output needs each year for upkeep",
                                   basis="assumed", source="stripe-2018")
    # Warnings, complexity and bugs were measured where AI went into speed, so they weigh on that arm alone.
    defect_factor: float = number(1.0, label="Upkeep per feature when AI goes into speed", unit="×",
                                  low=0.1, high=3, scale="log", basis="assumed", source="casado")
    quality_factor: float = number(0.6, label="Upkeep per feature when AI goes into quality", unit="×",
                                   low=0.1, high=3, scale="log", basis="assumed", source="casado")
    upkeep_gain: float = share(0.0, label="Part of the speed-up (in logarithms) that upkeep gets as well",
                               basis="assumed", source="casado")
    horizon_years: float = number(5.0, label="Time looked ahead", unit="years", low=0.25, high=30, scale="log",
                                  basis="assumed", source="casado")


class Headlines(Quantities):
    """Results; any of them may be infinite or negative, which is an answer."""

    overall_speedup: float = number(label="Multiple of the work", unit="×")
    ten_becomes: float = number(label="What the ten becomes in this reading", unit="×")
    strong_speedup: float = number(label="Multiple of a strong engineer", unit="×")
    skill_ratio: float = number(label="Ratio of strong to ordinary afterwards", unit="×")
    gap_change: float = number(label="Gap between strong and ordinary, as a multiple of before", unit="×")
    task_ratio: float = number(label="Ratio of strong to ordinary afterwards, from tasks", unit="×")
    task_gap_change: float = number(label="Gap between strong and ordinary, as a multiple of before, from tasks",
                                    unit="×")
    task_closed: float = number(
        label="Share of the gap (in logarithms) that closed, from tasks", unit="ratio",
        undefined="strong and ordinary were alike before, so there was no gap",
    )
    task_strong_speedup: float = number(label="Multiple of a strong engineer, from tasks", unit="×")
    added_ratio: float = number(label="Ratio of strong to ordinary afterwards, if the tool adds work", unit="×")
    added_closed: float = number(
        label="Share of the gap (in logarithms) that closed, if the tool adds work", unit="ratio",
        undefined="strong and ordinary were alike before, so there was no gap",
    )
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
    quality_in_the_end: float = number(label="What AI in quality delivers over what AI in speed does, in the end",
                                       unit="×")
    application_speedup: float = number(label="Multiple for an application", unit="×")
    infrastructure_speedup: float = number(label="Multiple for infrastructure", unit="×")
    new_model_speedup: float = number(label="Multiple for a new frontier model", unit="×")
    hours_saved: float = number(label="Time saved in a week of forty hours, less new work", unit="hours")
    middle_gone: float = number(
        label="Share of the middle's time that is gone, less new work", unit="ratio",
        undefined="the tool leaves everything untouched or nothing, so no middle stands apart from the rest",
    )
    saved_outside: float = number(label="Share of what is saved that comes from outside the middle", unit="ratio",
                                  undefined="on balance nothing is saved, or no middle stands apart from the rest")


def amdahl_1967(hard_share, tool_speedup, hard_time=1.0):
    """Multiple of the whole (×), from an untouched share (1), a speed-up of the rest (×) and the time
    that the untouched part takes relative to before (1). Amdahl 1967.

    >>> amdahl_1967(0.5, 10)
    1.8181818181818181
    """
    return 1 / (hard_share * hard_time + (1 - hard_share) / tool_speedup)


def hard_share_for(multiple, tool_speedup, hard_time=1.0):
    """Untouched share (1) at which Amdahl's law gives `multiple`; nan where no share does, or every one."""
    least = 1 / floats(tool_speedup)
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
    left = 1 / multiple - floats(hard_share) * hard_time
    return np.where(left > 0, (1 - floats(hard_share)) / np.where(left > 0, left, 1), np.inf)


def demirer_2026(hard_share, tool_speedup, substitution, hard_time=1.0):
    """Multiple of what ships (×), by a CES of tool stages and human stages with a low elasticity of
    substitution. The form of Demirer, Musolff and Yang 2026; Amdahl's law is the case of one half.

    >>> round(float(demirer_2026(0.429, 2.8, 0.25)), 2)
    1.3
    """
    power, hard = substitution_power(substitution), floats(hard_share)
    # ((1 - hard) tool^power + hard (1 / time)^power)^(1 / power), with tool^power taken out of the sum.
    term = -power * np.log(tool_speedup * floats(hard_time))
    near = np.abs(term) < 0.5  # beside an elasticity of one the sum is next to 1, and what it lacks would be noise
    log_sum = np.where(
        near, np.log1p(hard * np.expm1(np.where(near, term, 0.0))), np.log(1 - hard + hard * np.exp(term))
    )
    return tool_speedup * np.exp(log_sum / power)


def substitution_power(substitution):
    """Power (1) of the weak-link form; where it would be 0 the smallest number instead, which gives Cobb-Douglas."""
    power = 1 - 1 / floats(substitution)
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
    months = np.maximum(1.0, 12 * floats(horizon_years))
    kept = 0.5 ** (1 / floats(gain_half_life_months))
    return (1 - kept**months) / ((1 - kept) * months)


def he_2026(first_multiple, gain_half_life_months, complexity_growth, complexity_drag, horizon_years):
    """Mean multiple over the horizon (×) when the first month's gain fades, as He and others 2026 saw.

    Complexity stays. Whether it drags is our addition, for their speed is net of it: the drag, 0 by
    default, comes in as the gain goes out.
    """
    remaining = fade(gain_half_life_months, horizon_years)
    drag = (1 + floats(complexity_growth)) ** (-floats(complexity_drag) * (1 - remaining))
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


def gap_closed(log_after, log_before):
    """Part (1) of the logarithm of a gap that is gone: 1 if all are alike afterwards, 0 if nothing changed, below 0
    if the gap grew; nan without a gap before. Logarithms of ratios of strong to ordinary, of at least 0.

    >>> float(gap_closed(np.log(5), np.log(25)))
    0.5
    """
    gap = floats(log_before) > 0
    return np.where(gap, 1 - log_after / np.where(gap, log_before, 1.0), np.nan)


def log_task_ratio(strong_skill, hard_share, tool_speedup, skill_free=1.0, overlooked=0.0, hard_time=1.0, misled=1.0):
    """Logarithm of the ratio of strong to ordinary afterwards, from who does what: a model of tasks.

    Shares and speed-ups are an ordinary person's. Of the time with the tool a part `skill_free` is one for all, the
    tool's own, as where it does what the weak could not. In the rest people direct and check, the strong as many times
    as fast as before; a part of it, `overlooked`, mends what was overlooked, which happens to the strong as many times
    as rarely, too. What the tool leaves takes skill and `hard_time` of before; there the ordinary use it all the same
    and need `misled` times as long, the strong as many times as rarely. Whoever is faster than the tool works without
    it. In what the tool does the gap widens exactly if skill_free < (1 - skill_free) * overlooked / strong_skill.
    Tasks that a machine takes over: Acemoglu and Autor 2011; the rest of the form is ours.

    >>> float(np.exp(log_task_ratio(10, 0.5, 10)).round(6)), float(np.exp(log_task_ratio(10, 0.0, 10)))
    (5.5, 1.0)
    >>> float(np.exp(log_task_ratio(10, 0.0, 10, skill_free=0.0, overlooked=0.5)).round(3))
    18.182
    """
    skill, hard = floats(strong_skill), floats(hard_share)
    # What the strong save of an hour is kept apart: of people who are next to alike a ratio would be rounded away.
    lead = (skill - 1) / skill
    overlooked, rest = floats(overlooked), 1 - floats(skill_free)
    pace = 1 / floats(tool_speedup)
    with_tool = pace * (skill_free + rest * (1 - overlooked * lead) / skill)
    takes_it, both = with_tool <= 1 / skill, pace <= 1
    as_before = (skill_free == 0) & (overlooked == 0) | ~takes_it & ~both | (hard == 1)
    fewer = np.where(
        both,
        np.where(takes_it, pace * rest * lead * (1 + overlooked / skill), pace - 1 / skill),
        np.where(takes_it, 1 - with_tool, lead),
    )
    left = hard * hard_time
    longer = left * lead * (1 + (misled - 1) * (1 + 1 / skill)) + (1 - hard) * fewer
    strong = left * (1 + (misled - 1) / skill) / skill + (1 - hard) * np.where(takes_it, with_tool, 1 / skill)
    unchanged = as_before & ((misled == 1) | (hard == 0))
    return np.where(unchanged, np.log(skill), np.log1p(longer / strong))


def added_ratio(strong_skill, tool_adds):
    """Ratio of strong to ordinary afterwards (×), if the tool does so much work (× an ordinary person's) by itself,
    beside everybody. Nobody gets worse, and whatever it adds, some of the gap stays; the form is ours.

    >>> added_ratio(10, 2), added_ratio(10, 8)
    (4.0, 2.0)
    """
    return (strong_skill + tool_adds) / (1 + tool_adds)


def log_added_ratio(strong_skill, tool_adds):
    """Logarithm of `added_ratio`, exact also for people who are next to alike."""
    return np.log1p((floats(strong_skill) - 1) / (1 + floats(tool_adds)))


def slope_for(ratio_after, ratio_before):
    """Slope of the gain on skill that turns one ratio (×) into another."""
    return np.log(ratio_after) / np.log(ratio_before) - 1


def study_slopes(gains, skill_ratio):
    """{study: slope of the gain on skill} from printed gains, by row of the evidence, if the strong were so many
    times (×) as good as the weak before.
    """
    return {study: effects.gain_slope(gains[weak], gains[strong], skill_ratio)
            for study, (weak, strong) in GAIN_PAIRS.items()}


def change_speedup(discovery_hours, lines_per_change, lines_per_hour, tool_speedup, findable=0.0, learning_speedup=1):
    """Speed-up until a change is done (×), if the tool speeds up the writing of its lines and a part of finding out.

    `findable` (1) stands in code, logs and tickets, or comes out when the tool asks; the rest is learnt from people and
    the market, `learning_speedup` times as fast as before (×).

    >>> float(change_speedup(8, 40, 20, 2)), round(float(change_speedup(8, 40, 20, 2, findable=0.5)), 2)
    (1.1111111111111112, 1.43)
    """
    writing, findable = lines_per_change / lines_per_hour, floats(findable)
    after = discovery_hours * (1 - findable) / learning_speedup + (discovery_hours * findable + writing) / tool_speedup
    return (discovery_hours + writing) / after


def delivered(speed, upkeep_per_year, horizon_years, upkeep_speed=1.0):
    """Features standing after the horizon (in years of today's output), built by whoever is not busy with upkeep.

    Each needs upkeep, in capacity per feature and year, before `upkeep_speed` makes that faster (×). Speed
    counts early; in the long run the upkeep alone does, since it takes the whole capacity in the end.
    """
    load = np.maximum(upkeep_per_year, 1e-12) / upkeep_speed
    return -np.expm1(-speed * load * horizon_years) / load


def quality_against_speed(p, overall):
    """Features standing if AI goes into quality over those if it goes into speed (×): (at the horizon, in the end).

    Each arm bears the upkeep that belongs to it. The one builds no faster than before, and needs `quality_factor`
    of the upkeep; the other builds `overall` times as fast, and needs `defect_factor` of it.
    """
    upkeep_speed = floats(overall) ** p.upkeep_gain
    upkeep = floats(p.upkeep_per_year)
    quality = delivered(1.0, upkeep * p.quality_factor, p.horizon_years)
    speed = delivered(overall, upkeep * p.defect_factor, p.horizon_years, upkeep_speed)
    # Without any upkeep nothing stops either arm, and the faster one stays ahead.
    return quality / speed, np.where(upkeep > 0, p.defect_factor / (p.quality_factor * upkeep_speed), 1 / overall)


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


def middle_gone(p):
    """Share (1) of the time of what the tool touches that is gone, by the formula that `p.model` names, less the new
    work that the tool brings: prompts, waiting, checking. Below 0 if there is more to do than before; nan where the
    tool touches nothing, and where it touches all, for then there is nothing beside the middle.

    >>> round(float(middle_gone(Parameters(tool_speedup=4.0, new_overhead_share=0.1))), 12)
    0.55
    """
    touched = 1 - floats(p.hard_share)
    speedup = multiple_of_the_work(moved(p, {"hard_share": 0.0}))
    new_work = p.new_overhead_share / np.where(touched > 0, touched, 1.0)
    return np.where(has_middle(p), 1 - 1 / speedup - new_work, np.nan)


def has_middle(p):
    """Where the tool touches a part of the work and leaves another."""
    hard = floats(p.hard_share)
    return (hard > 0) & (hard < 1)


def saved(p):
    """Share (1) of the old time that is saved, less the new work that the tool brings; below 0 if it takes more."""
    return 1 - 1 / multiple_of_the_work(p) - p.new_overhead_share


def saved_outside(p):
    """Share (1) of all that is saved that comes from outside the middle: what would not be saved if frontier and
    business took as long as before, by the formula that `p.model` names. By Amdahl's law that is the untouched share
    times what it gets shorter. Below 0 if it gets longer, above 1 if the middle does; nan where on balance nothing is
    saved, or there is no middle.

    >>> round(float(saved_outside(Parameters(frontier_speedup=2.0, business_speedup=2.0))), 3)
    0.357
    """
    as_before = moved(p, {"frontier_speedup": 1.0, "business_speedup": 1.0, "hard_slowdown": 1.0})
    whole = saved(p)
    known = has_middle(p) & (whole > 1e-12)  # less is rounding
    return np.where(known, (whole - saved(as_before)) / np.where(known, whole, 1.0), np.nan)


def needed_for(multiple, p):
    """(untouched share, tool speed-up) with which the formula that `p.model` names gives `multiple`,
    the other input as it is; nan and infinity where nothing does.
    """
    left = hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
    hard, tool = floats(p.hard_share), floats(p.tool_speedup)
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
        drag = (1 + floats(p.complexity_growth)) ** (-floats(p.complexity_drag) * (1 - remaining))
        multiple = 1 + (multiple / drag - 1) / remaining
    return hard_share_for(multiple, tool, left), tool_speedup_for(multiple, hard, left)


def work(p):
    """Multiples of the work and of those who do it, by the formula and in the reading that the inputs name."""
    left = hard_time(p.frontier_of_hard, p.frontier_speedup, p.business_speedup)
    overall = multiple_of_the_work(p)
    gap_change = floats(p.strong_skill) ** p.skill_slope
    strong = overall * gap_change  # `overall` is the ordinary engineer's multiple
    ratio = skill_ratio(p.strong_skill, p.skill_slope)
    log_before = np.log(p.strong_skill)
    log_tasks = log_task_ratio(
        p.strong_skill, p.hard_share, p.tool_speedup, p.skill_free_share, p.overlooked_share, left,
        p.hard_slowdown if p.model == "jagged_frontier" else 1.0,
    )
    task_gap_change = np.exp(log_tasks - log_before)
    return {
        "overall_speedup": overall,
        "ten_becomes": {"deflation": overall, "level": strong, "squeeze": ratio}[p.reading],
        "strong_speedup": strong,
        "skill_ratio": ratio,
        "gap_change": gap_change,
        "task_ratio": np.exp(log_tasks),
        "task_gap_change": task_gap_change,
        "task_closed": gap_closed(log_tasks, log_before),
        "task_strong_speedup": overall * task_gap_change,
        "release_speedup": amdahl_1967(p.waiting_share, overall),
        "hours_saved": 40 * saved(p),
        "middle_gone": middle_gone(p),
        "saved_outside": saved_outside(p),
    }


def twofold(p):
    """What it would take to be twice as fast."""
    hard, tool = needed_for(2, p)
    return {
        "hard_share_for_twofold": hard,
        "tool_speedup_for_twofold": tool,
        "chore_speedup_for_twofold": tool_speedup_for(2, 1 - floats(p.chore_share)),
    }


def quality(p):
    """AI in quality against AI in speed."""
    at_the_horizon, in_the_end = quality_against_speed(p, multiple_of_the_work(p))
    return {"quality_over_speed": at_the_horizon, "quality_in_the_end": in_the_end}


def beside(p):
    """What hangs on neither the formula nor the reading."""
    return {
        "added_ratio": added_ratio(p.strong_skill, p.tool_adds),
        "added_closed": gap_closed(log_added_ratio(p.strong_skill, p.tool_adds), log_added_ratio(p.strong_skill, 0)),
        "decile_ratio": np.exp(1.2815515655446004 * p.sd_log_skill * np.abs(1 + p.skill_slope)),
        "program_speedup": 1 / (1 - p.chore_share + p.chore_share / p.chore_speedup + p.new_overhead_share),
        "change_speedup": change_speedup(p.discovery_hours, p.lines_per_change, p.lines_per_hour, p.tool_speedup,
                                         p.findable_share, p.business_speedup),
        "application_speedup": amdahl_1967(p.application_hard_share, p.tool_speedup),
        "infrastructure_speedup": amdahl_1967(p.infrastructure_hard_share, p.tool_speedup),
        # Of infrastructure that nobody has built before, all that is hard is frontier work.
        "new_model_speedup": amdahl_1967(p.infrastructure_hard_share, p.tool_speedup,
                                         1 / floats(p.frontier_speedup)),
    }  # fmt: skip


SOLVERS = work, twofold, quality, beside


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    return Headlines(**{name: value for solver in SOLVERS for name, value in solver(p).items()})
