"""Which plan is worth making: for next month, for next year, or for ten years?

Text    openai: a leader of research told the guest, and he the show, that one can talk well of the next
        weeks and of what is over a year off, and that half a year to a year is an awkward stretch.
        The same digest: ready, fire, aim; answers within days; two tinted mirrors. kaufman: Moore's
        law gave ten years, five years of AI are laughable, waves come closer.
Model   Usefulness of a plan by its horizon, in four readings of the remark: two kinds of plan, of which
        one fades and one grows (mixture); one that fades (decay); one that fades, and far talk
        that nobody checks (unscored); one that errs more with the horizon, and is forgiven more
        (forgiven). Beside it: forecasts of a trend whose slope may change, shots that are corrected,
        a need that wanders, two biased readings, waves.
Valid   Averages over many plans, firms or days; horizons above 0; noise without fat tails.
Leaves  Plans that change what they are about, politics, rivals that react, learning to plan better.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, number, share
from ..ground.traced import floats
from ..maths import forecasts, limits, tracking

READINGS = ("mixture", "decay", "unscored", "forgiven")
DAYS_IN_MONTH = forecasts.DAYS_IN_YEAR / 12
MIDDLE, YEAR, FAR = 9.0, 12.0, 36.0  # months: the middle of the stretch, its end, and well beyond it
SHOULDERS = 2.0, 18.0  # months: "the next weeks or months", and "over a year"


class Parameters(Quantities):
    """Inputs; defaults are the lead text's figures, or say that it gives none."""

    reading: str = choice("mixture", label="Reading of the remark", options=READINGS,
                          basis="assumed", source="openai")
    horizon_months: float = number(9.0, label="Horizon of the plan", unit="months", low=0.25, high=120,
                                   scale="log", basis="stated", source="openai")
    doubling_days: float = number(131.0, label="Doubling time (here: AI's task length) by which premises live",
                                  unit="days", low=30, high=7300, scale="log", basis="measured",
                                  source="metr-horizon-digest-2026")
    premise_doublings: float = number(0.7, label="Mean life of a plan's premise in doublings",
                                      unit="doublings", low=0.05, high=10, scale="log", basis="implied",
                                      source="openai")
    direction_months: float = number(36.0, label="Time that a direction takes to show its worth", unit="months",
                                     low=1, high=240, scale="log", basis="assumed", source="openai")
    near_value: float = share(1.0, label="Worth of a plan for tomorrow", low=0.01, basis="assumed", source="openai")
    direction_value: float = share(1.0, label="Worth of a direction far ahead", basis="assumed", source="openai")
    scoring_months: float = number(36.0, label="Time after which nobody checks a talk against its outcome",
                                   unit="months", low=1, high=240, scale="log", basis="assumed", source="openai")
    # One reading alone has these two, and no use for the lives of premise and direction.
    error_doublings: float = number(0.7, label="Doublings until a plan errs by what is forgiven tomorrow",
                                    unit="doublings", low=0.05, high=10, scale="log", basis="assumed", source="openai")
    forgiven_year: float = number(2.3, label="Error forgiven a year ahead, over that forgiven tomorrow", unit="×",
                                  low=1, high=20, scale="log", basis="implied", source="openai")

    forecast_years: float = number(5.0, label="Horizon of the forecast", unit="years", low=0.25, high=30,
                                   scale="log", basis="stated", source="kaufman")
    steady_years: float = number(10.0, label="Horizon of a steady trend", unit="years", low=0.25, high=30,
                                 scale="log", basis="stated", source="kaufman")
    # The same figure as doubling_days, of another thing: a firm's staff is forecast by its own pace.
    trend_doubling_days: float = number(131.0, label="Doubling time of what is forecast", unit="days", low=30,
                                        high=7300, scale="log", basis="measured", source="metr-horizon-digest-2026")
    history_years: float = number(6.0, label="Length of the record behind a trend", unit="years", low=1, high=100,
                                  scale="log", basis="measured", source="metr-horizon-2025")
    steady_history_years: float = number(30.0, label="Length of the record behind a steady trend", unit="years",
                                         low=1, high=100, scale="log", basis="assumed", source="kaufman")
    # The form of the noise is the paper's; its size is ours. For the price of transistors we remember 0.24 in natural
    # logarithms, which is 0.35 doublings.
    trend_noise: float = number(0.25, label="Noise of a trend in a year", unit="doublings", low=0.01, high=3,
                                scale="log", basis="assumed", source="farmer-2016")
    # The rates measured over all models, since 2023 and since 2024 are 1.9, 2.8 and 4.1 doublings a year: a spread of
    # 0.4 of their mean, but of periods that overlap, so it is called assumed and has no range.
    slope_spread: float = number(0.4, label="Spread of a trend's slope over the slope", unit="ratio", low=0, high=5,
                                 basis="assumed", source="metr-horizon-digest-2026")
    switch_years: float = number(2.0, label="Time that a slope lasts", unit="years", low=0.1, high=100, scale="log",
                                 basis="assumed", source="metr-horizon-digest-2026")

    unaimed_error: float = number(10.0, label="Miss of a first shot without any aim", unit="target widths", low=0.1,
                                  high=100, scale="log", basis="assumed", source="openai")
    rough_error: float = number(3.0, label="Miss of a first shot after a rough aim", unit="target widths", low=0.1,
                                high=100, scale="log", basis="assumed", source="openai")
    long_error: float = number(1.0, label="Miss of a first shot after a long aim", unit="target widths", low=0.1,
                               high=100, scale="log", basis="assumed", source="openai")
    standing_error: float = number(10.0, label="Distance to the target while nothing is fired", unit="target widths",
                                   low=0, high=20, basis="assumed", source="openai")
    rough_weeks: float = number(1.0, label="Time that a rough aim takes", unit="weeks", low=0, high=12,
                                basis="assumed", source="openai")
    long_weeks: float = number(13.0, label="Time that a long aim takes", unit="weeks", low=0, high=24,
                               basis="assumed", source="openai")
    window_weeks: float = number(26.0, label="Time over which the distance is counted", unit="weeks", low=25,
                                 high=260, scale="log", basis="assumed", source="openai")
    trial_weeks: float = number(1.0, label="Time that it takes to prepare one shot", unit="weeks", low=0.1, high=104,
                                scale="log", basis="assumed", source="openai")
    irreversible_share: float = share(0.0, label="Part of a shot's harm that stays", basis="assumed", source="openai")
    correction_rate: float = share(0.5, label="Part of a seen miss that the next shot corrects", low=0.05,
                                   basis="assumed", source="openai")

    latency_days: float = number(3.0, label="Time from a complaint to the change", unit="days", low=0.5, high=365,
                                 scale="log", basis="stated", source="openai")
    slow_latency_days: float = number(90.0, label="Time from complaint to change in a slow team", unit="days", low=0.5,
                                      high=730, scale="log", basis="stated", source="openai")
    need_life_days: float = number(60.0, label="Time in which users' needs move on", unit="days", low=7, high=7300,
                                   scale="log", basis="assumed", source="openai")
    feedback_noise: float = number(0.5, label="Noise of one answer from users", unit="need spreads", low=0.01, high=5,
                                   scale="log", basis="assumed", source="openai")
    switch_cost_days: float = number(0.0, label="Work lost per change of priorities", unit="days", low=0,
                                     high=30, basis="assumed", source="openai")

    praise_bias: float = number(20.0, label="Bias of the flattering source towards the bright", unit="points", low=0,
                                high=60, basis="assumed", source="openai")
    complaint_bias: float = number(8.0, label="Bias of the harsh source towards the dark", unit="points", low=0,
                                   high=60, basis="assumed", source="openai")
    # Of these three the first two shrink with the number of the heard, the third is the same for any.
    praise_noise: float = number(6.0, label="Daily noise of the flattering source if it heard all", unit="points",
                                 low=0.5, high=50, scale="log", basis="assumed", source="openai")
    complaint_noise: float = number(4.0, label="Daily noise of the harsh source if it heard all", unit="points",
                                    low=0.5, high=50, scale="log", basis="assumed", source="openai")
    organised_noise: float = number(0.0, label="Noise of a campaign on both sources, however few they hear",
                                    unit="points", low=0, high=50, basis="assumed", source="openai")
    problem_points: float = number(10.0, label="Fall in satisfaction that counts as a problem", unit="points", low=1,
                                   high=60, scale="log", basis="assumed", source="openai")
    heard_share: float = share(0.5, label="Share of the users that the two sources hear", basis="assumed",
                               source="openai")
    false_alarm_days: float = number(90.0, label="Time between two false alarms that one accepts", unit="days", low=7,
                                     high=3650, scale="log", basis="assumed", source="openai")

    wave_years_then: float = number(7.5, label="Time between waves then", unit="years", low=0.5, high=30,
                                    scale="log", basis="stated", source="kaufman")
    wave_years_now: float = number(2.0, label="Time between waves now", unit="years", low=0.25, high=30, scale="log",
                                   basis="assumed", source="kaufman")
    adapt_years: float = number(5.0, label="Time that a firm took to adapt to a wave", unit="years", low=0.25,
                                high=30, scale="log", basis="assumed", source="kaufman")
    adapt_speedup: float = number(1.0, label="Speed-up of adapting now", unit="×", low=0.5, high=20,
                                  scale="log", basis="assumed", source="kaufman")
    survival_years: float = number(15.0, label="Time over which firms are followed", unit="years", low=1, high=100,
                                   scale="log", basis="assumed", source="kaufman")
    listed_years_then: float = number(33.0, label="Mean time on a list of large firms then", unit="years", low=1,
                                      high=100, scale="log", basis="measured", source="innosight-2018")
    listed_years_now: float = number(24.0, label="Mean time on a list of large firms now", unit="years", low=1,
                                     high=100, scale="log", basis="measured", source="innosight-2018")
    bought_share: float = share(0.0, label="Share of those that leave the list now because more are bought than then",
                                high=0.9, basis="assumed", source="innosight-2018")


class Headlines(Quantities):
    """Results; an infinite low point means that the plan never gets better again."""

    low_point_months: float = number(label="Horizon at which planning is worst", unit="months")
    dip_depth: float = share(label="Depth of the dip below its lower shoulder")
    usefulness: float = number(label="Usefulness, tomorrow's plan = 1", unit="ratio", low=0, high=1)
    felt_usefulness: float = number(label="Felt usefulness, tomorrow's plan = 1", unit="ratio", low=0, high=1)
    felt_low_point_months: float = number(label="Horizon at which planning feels worst", unit="months")
    far_over_middle: float = number(label="Usefulness three years ahead over that in the middle", unit="×")
    felt_far_over_middle: float = number(label="Felt usefulness three years ahead over that in the middle", unit="×")
    shoulders_over_middle: float = number(label="Worth at two or eighteen months, the lesser, over that at nine",
                                          unit="×")
    felt_far: float = number(label="Usefulness three years ahead, as it is felt", unit="ratio", low=0, high=1)
    checked_far: float = number(label="Usefulness three years ahead, once it is checked", unit="ratio", low=0, high=1)
    premises_left: float = share(label="Share of a yearly plan's premises left at its end")
    error_factor: float = number(label="Typical factor of a forecast's miss, both slopes weighed", unit="×")
    today_error_factor: float = number(label="Typical factor missed by who extends today's slope", unit="×")
    mean_error_factor: float = number(label="Typical factor missed by who extends the mean slope", unit="×")
    direction_hit_rate: float = share(label="Chance that the forecast direction is right")
    decade_error_factor: float = number(label="Typical factor missed by a trend that keeps its slope", unit="×")
    long_over_rough: float = number(label="Miss after a long aim over miss after a rough one", unit="×")
    long_over_none: float = number(label="Miss after a long aim over miss without any aim", unit="×")
    none_over_rough: float = number(label="Miss without any aim over miss after a rough one", unit="×")
    learning_cycles: float = number(label="Learning cycles in a year", unit="cycles")
    late_error: float = number(label="Distance to users' needs in the slow team", unit="need spreads")
    fast_gain: float = share(label="Usefulness that fast answers add to slow ones", low=-1.0)
    detection_days: float = number(label="Time until a problem is noticed", unit="days")
    second_source_gain: float = number(label="Time to notice with the better source alone, over that with both",
                                       unit="×")
    second_source_as_many: float = number(
        label="Time to notice with the better source alone, if it heard as many users, over that with both", unit="×")
    mean_over_complaints: float = number(label="Error of the plain mean of both sources over that of the harsh one",
                                         unit="×")
    missed_now: float = share(label="Chance that a firm misses a wave now, if waves come as assumed")
    missed_by_lists: float = share(label="Chance that a firm misses a wave now, if waves come as the lists have it")
    agreeing_adapt_years: float = number(label="Time to adapt at which waves as assumed and the lists agree",
                                         unit="years", undefined="firms leave no later than the next wave comes, and "
                                         "however slow to adapt they would stay until then")
    survival_then: float = share(label="Share of firms that stayed through all waves then")
    survival_ratio: float = number(label="Firms that stay now over firms that stayed then", unit="×")
    stay_years_now: float = number(label="Mean time that a firm stays, as waves come now", unit="years")
    waves_closer: float = number(label="Time between waves then over now, as the lists of firms have it", unit="×")
    adapt_speedup_needed: float = number(label="Faster adapting that would keep survival as it was", unit="×")


def two_part(horizon, near_value, near_life, far_value, far_life):
    """Usefulness (1) of planning at a horizon: one part fades over `near_life`, one grows over `far_life`."""
    return near_value * np.exp(-horizon / near_life) + far_value * -np.expm1(-horizon / far_life)


def low_point(near_value, near_life, far_value, far_life):
    """Horizon of the lowest usefulness, in the unit of the lives; infinite if it never gets better again, 0 if it
    only gets better.

    A dip exists exactly if the fading part is the shorter-lived and falls faster at first than the
    other grows: near_life < far_life and near_value / near_life > far_value / far_life.

    >>> round(float(low_point(1, 3, 1, 36)), 1)
    8.1
    """
    near_life, far_life = floats(near_life), floats(far_life)
    grows, shorter = floats(far_value) > 0, near_life < far_life
    longer_by = np.where(shorter, (far_life - near_life) / near_life, 1.0)
    # How much steeper the one falls than the other rises, as a logarithm: lives that are next to alike would cancel.
    steeper = np.log(near_value) - np.log(np.where(grows, far_value, near_value)) + np.log1p(longer_by)
    dips = shorter & grows & (steeper > 0)
    rises = np.where(shorter, grows & (steeper <= 0), floats(far_value) > near_value)
    return np.where(dips, steeper * far_life / longer_by, np.where(rises, 0.0, np.inf))


def depth(horizon, near_value, near_life, far_value, far_life):
    """How far (1) usefulness at its low point lies below the lower shoulder; 0 where there is no dip."""
    dips = np.isfinite(horizon) & (floats(horizon) > 0)
    low = two_part(np.where(dips, horizon, 1.0), near_value, near_life, far_value, far_life)
    shoulder = np.maximum(np.minimum(near_value, far_value), 1e-300)
    return np.where(dips, np.maximum(0.0, 1 - low / shoulder), 0.0)


def forgiven(horizon, near_value, life, forgiven_year):
    """Usefulness (1) of one kind of plan that errs more with its horizon (months), and is forgiven more.

    Errors wander, so that after `life` their variance is the square of what is forgiven tomorrow; what is forgiven
    grows in a straight line, to `forgiven_year` times as much after a year. The worth of an error is
    exp(-error² / (2 tolerance²)), and this is its mean over normal errors. It only depends on variance / tolerance².
    Where no more is forgiven than tomorrow it falls for ever.
    """
    ratio = horizon / life / np.square(1 + (floats(forgiven_year) - 1) * horizon / YEAR)
    return near_value / np.sqrt(1 + ratio)


def forgiven_low_point(forgiven_year):
    """Horizon (months) at which `forgiven` is lowest, where twice tomorrow's error is forgiven; infinite if none is.

    >>> float(forgiven_low_point(3.0))
    6.0
    """
    return limits.ratio(YEAR, floats(forgiven_year) - 1.0)


def premise_months(p):
    """Mean life of a plan's premise (months), from its doublings."""
    return floats(p.premise_doublings) * p.doubling_days / DAYS_IN_MONTH


def curves(p):
    """((near value, near life, far value, far life) of usefulness, the same as it is felt), lives in months, of the
    readings that are sums of two parts.

    Where far talk goes unchecked it feels as good as a fresh plan. Felt usefulness is then again a sum
    of two parts, so that nobody can tell that reading from two kinds of plan by feeling alone.
    """
    life = premise_months(p)
    if p.reading == "mixture":
        # While its premises hold, a plan's details say all that a direction could: this adds nothing before they fade.
        real = (p.near_value, life, p.direction_value, np.maximum(life, p.direction_months))
        return real, real
    real = (p.near_value, life, 0.0, p.direction_months)
    if p.reading == "decay":
        return real, real
    return real, (p.near_value, 1 / (1 / life + 1 / floats(p.scoring_months)), p.near_value, p.scoring_months)


def planning(p):
    """(usefulness at a horizon as a function, the same as it is felt, low point, felt low point, depth of the dip)."""
    if p.reading == "forgiven":
        life = floats(p.error_doublings) * p.doubling_days / DAYS_IN_MONTH

        def at(horizon):
            return forgiven(horizon, p.near_value, life, p.forgiven_year)

        low = forgiven_low_point(p.forgiven_year)
        comes_back = np.isfinite(low)
        return at, at, low, low, np.where(comes_back, 1 - at(np.where(comes_back, low, YEAR)) / p.near_value, 0.0)
    real, felt = curves(p)
    low = low_point(*real)
    return (
        lambda horizon: two_part(horizon, *real), lambda horizon: two_part(horizon, *felt),
        low, low_point(*felt), depth(low, *real),
    )


def forecast(p):
    """Errors (×) of three forecasters of one trend, chance (1) that it rises, error (×) of a slope that stays.

    The first weighs today's slope and the mean by how long slopes last, the second extends today's, the third the
    mean. Today's is taken to be seen without error; the mean comes from the record, and errs with it.
    """
    years, noise = floats(p.forecast_years), np.square(p.trend_noise) * floats(p.forecast_years)
    slope = forecasts.DAYS_IN_YEAR / floats(p.trend_doubling_days)
    slopes = years, p.slope_spread * slope, p.switch_years
    change = forecasts.change_variance(years, p.trend_noise, *slopes[1:])
    record = forecasts.drift_variance(years, p.trend_noise, p.history_years)
    weighed, today = forecasts.weighed_variance(*slopes), forecasts.slope_variance(*slopes)
    steady = forecasts.trend_variance(p.steady_years, p.trend_noise, p.steady_history_years)
    variances = noise + weighed + record, noise + today, change + record
    hit = forecasts.hit_rate(years * slope, change)
    return (*map(forecasts.error_factor, variances), hit, forecasts.error_factor(steady))


def miss(p, weeks, first_error):
    """Root mean square distance to the target (widths) over the window, when one aims for some weeks, then fires.

    Until the first shot one stands where one is, also while it is prepared; every policy corrects its
    shots afterwards. What cannot be taken back adds its part of each squared miss.
    """
    cycle = p.trial_weeks + floats(p.latency_days) / 7
    waiting = np.minimum(1.0, (weeks + floats(p.trial_weeks)) / p.window_weeks)
    cycles = p.window_weeks * (1 - waiting) / cycle
    mean, total = tracking.corrected_squares(first_error, cycles, p.correction_rate, p.feedback_noise)
    stays = np.where(waiting < 1, p.irreversible_share * total, 0.0)
    return np.sqrt(waiting * np.square(p.standing_error) + (1 - waiting) * mean + stays)


def listening(p, latency):
    """Usefulness (1) of a team that answers after `latency` days: nearness to the need, less work lost to switching."""
    near = 1 - tracking.tracking_error(latency, p.need_life_days, p.feedback_noise)
    return near * np.maximum(0.0, 1 - p.switch_cost_days / floats(latency))


def sensors(p):
    """(days until a problem is noticed, the same with the better source alone over it, the same with the better source
    alone if it heard as many users as the two over it, error of the plain mean of both sources over that of the harsh
    one).

    A sample of the users shows the whole fall, but with more noise: that of each source is what it would be if all
    were heard, over the root of the share that it hears, half of the share that the two hear. Read alone a source
    keeps its half, so a second one helps by the users that it adds. By nothing else: one source that heard both halves
    would notice as early as two of the same noise, and the better of two earlier. A campaign brings noise to both at
    once, which neither a second source nor a larger sample takes out. Biases are the same from day to day, so the time
    to notice does not hang on them; they enter the last result only. Where nobody is heard nothing is ever noticed.
    """
    own, better = np.sqrt(floats(p.heard_share) / 2), np.minimum(p.praise_noise, p.complaint_noise)
    # All is multiplied by the root, which leaves each quotient as it is and finite where nobody is heard.
    drop, campaign = own * p.problem_points, own * p.organised_noise
    noises = tracking.pooled_noise(p.praise_noise, p.complaint_noise), better, better / np.sqrt(2)
    days, *alone = (tracking.detection_time(drop, np.hypot(noise, campaign), p.false_alarm_days) for noise in noises)
    noticed = np.isfinite(days)
    half, as_many = (np.where(noticed, one / np.where(noticed, days, 1.0), 1.0) for one in alone)
    between, dark = own * (floats(p.praise_bias) - p.complaint_bias) / 2, own * p.complaint_bias
    both = np.hypot(between, np.hypot(p.praise_noise, p.complaint_noise) / 2)
    harsh = np.hypot(dark, p.complaint_noise)
    return days, half, as_many, np.hypot(both, campaign) / np.hypot(harsh, campaign)


def log_survival(years, wave_years, adapt_years):
    """Logarithm of the share of firms that stay through all waves of some years; adapting takes a memoryless time.

    Each wave is missed with one chance, so this is the share that stays at one wave to the number of waves, as a mean
    stay of so many waves as `mean_stay` has it; between two waves it is a smooth line through both.
    """
    return limits.log_of_rest(floats(wave_years) / adapt_years) * years / wave_years


def mean_stay(wave_years, adapt_years):
    """Mean time (years) until a firm misses a wave, where waves come regularly and adapting takes a memoryless time.

    Each wave is missed with chance m = exp(-wave_years / adapt_years), so the first one missed is on average the one
    numbered 1 / m. Never below one wave, for even a firm that never adapts stays until the first; infinite past the
    largest number.

    >>> mean_stay(np.array([2.0, 7.5]), 5.0).round(2).tolist()
    [2.98, 33.61]
    """
    return limits.exponential(np.log(wave_years) + floats(wave_years) / adapt_years)


def adapting_needed(p):
    """How much faster (×) firms must adapt now for as many to stay as before, wave by wave and year by year."""
    log_missed = limits.log_of_rest(-log_survival(p.wave_years_now, p.wave_years_then, p.adapt_years))
    return -log_missed * p.adapt_years / p.wave_years_now


def wave_years_behind(stay_years, adapt_years):
    """Time between waves (years) at which firms stay so long on average, if missing a wave is all that removes them.

    The inverse of `mean_stay`, adapt_years * W(stay_years / adapt_years) with Lambert's function W, whose logarithm y
    solves y + exp(y) = log(stay_years / adapt_years). Newton's steps come down to it from above.

    >>> float(wave_years_behind(mean_stay(7.5, 5.0), 5.0).round(6))
    7.5
    """
    sought = np.log(floats(stay_years) / adapt_years)
    wave = np.where(sought > 1, np.log(np.maximum(sought, 1.0)), sought)
    for _ in range(6):
        wave = wave - (wave + np.exp(wave) - sought) / (1 + np.exp(wave))
    return np.exp(wave) * adapt_years


def adapting_behind(stay_years, wave_years):
    """Time to adapt (years) at which firms stay so long on average, if missing a wave is all that removes them; nan
    where they stay no longer than one wave, for even firms that never adapt stay until the first.

    >>> float(adapting_behind(24.0, 2.0).round(3)), float(adapting_behind(2.0, 2.0))
    (0.805, nan)
    """
    longer = (floats(stay_years) - wave_years) / wave_years
    stays = longer > 0
    return np.where(stays, wave_years / np.log1p(np.where(stays, longer, 1.0)), np.nan)


def plans(p):
    """How useful plans are by their horizon, in the reading that the inputs name."""
    worth, felt, low, felt_low, dip = planning(p)
    near, beyond = (worth(months) for months in SHOULDERS)
    return {
        "low_point_months": low,
        "dip_depth": dip,
        "usefulness": worth(p.horizon_months),
        "felt_usefulness": felt(p.horizon_months),
        "felt_low_point_months": felt_low,
        "far_over_middle": worth(FAR) / worth(MIDDLE),
        "felt_far_over_middle": felt(FAR) / felt(MIDDLE),
        "shoulders_over_middle": np.minimum(near, beyond) / worth(MIDDLE),
        "felt_far": felt(FAR),
        "checked_far": worth(FAR),
        "premises_left": np.exp(-YEAR / premise_months(p)),
    }


def trends(p):
    """How far forecasts of a trend miss."""
    error, today_error, mean_error, direction, decade = forecast(p)
    return {
        "error_factor": error,
        "today_error_factor": today_error,
        "mean_error_factor": mean_error,
        "direction_hit_rate": direction,
        "decade_error_factor": decade,
    }


def aims(p):
    """How far shots miss after a long aim, a rough one and none."""
    none, rough = miss(p, 0.0, p.unaimed_error), miss(p, p.rough_weeks, p.rough_error)
    long = miss(p, p.long_weeks, p.long_error)
    # Two who never get to fire, and stand on the target, miss alike.
    return {
        "long_over_rough": limits.ratio(long, rough, neither=1.0),
        "long_over_none": limits.ratio(long, none, neither=1.0),
        "none_over_rough": limits.ratio(none, rough, neither=1.0),
    }


def answers(p):
    """What fast answers to users bring."""
    return {
        "learning_cycles": forecasts.DAYS_IN_YEAR / floats(p.latency_days),
        "late_error": tracking.tracking_error(p.slow_latency_days, p.need_life_days, p.feedback_noise),
        "fast_gain": listening(p, p.latency_days) - listening(p, p.slow_latency_days),
    }


def mirrors(p):
    """What two biased sources show together."""
    days, gain, as_many, plain_mean = sensors(p)
    return {
        "detection_days": days,
        "second_source_gain": gain,
        "second_source_as_many": as_many,
        "mean_over_complaints": plain_mean,
    }


def waves(p):
    """Who is left when waves come closer, as assumed and as lists of firms have it.

    A time on a list tells only how many times to adapt lie between two waves. So the years between them follow from
    the time to adapt that is put in, and the lists are of large firms: they are read with the time that a firm took,
    and not with the speed-up of whom a scenario is about.
    """
    then = log_survival(p.survival_years, p.wave_years_then, p.adapt_years)
    adapting = floats(p.adapt_years) / p.adapt_speedup
    # Whoever was bought missed no wave; the others leave as seldom as if the list were that much steadier.
    stay_now = floats(p.listed_years_now) / (1 - floats(p.bought_share))
    waves_then, waves_now = (wave_years_behind(stay, p.adapt_years) for stay in (p.listed_years_then, stay_now))
    return {
        "missed_now": np.exp(-floats(p.wave_years_now) / adapting),
        "missed_by_lists": np.exp(-waves_now / p.adapt_years),
        "agreeing_adapt_years": adapting_behind(stay_now, p.wave_years_now),
        "survival_then": np.exp(then),
        "survival_ratio": limits.exponential(log_survival(p.survival_years, p.wave_years_now, adapting) - then),
        "stay_years_now": mean_stay(p.wave_years_now, adapting),
        "waves_closer": waves_then / waves_now,
        "adapt_speedup_needed": adapting_needed(p),
    }


SOLVERS = plans, trends, aims, answers, mirrors, waves


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    return Headlines(**{name: value for solver in SOLVERS for name, value in solver(p).items()})
