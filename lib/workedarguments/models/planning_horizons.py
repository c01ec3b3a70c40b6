"""Which plan is worth making: for next month, for next year, or for ten years?

Text    openai: a leader of research told the guest, and he the show, that one can talk well of the next
        weeks and of what is over a year off, and that half a year to a year is an awkward stretch.
        The same digest: ready, fire, aim; answers within days; two tinted mirrors. kaufman: Moore's
        law gave ten years, five years of AI are laughable, waves come closer.
Model   Usefulness of a plan by its horizon, in three readings of the remark: two kinds of plan, of which
        one fades and one grows (mixture); one that fades (decay); one that fades, and far talk
        that nobody checks (unscored). Beside it: forecasts of a trend whose slope may change, shots
        that are corrected, a need that wanders, two biased readings, waves.
Valid   Averages over many plans, firms or days; horizons above 0; noise without fat tails.
Leaves  Plans that change what they are about, politics, rivals that react, learning to plan better; a fourth
        reading, in which far plans err more but may: worth = -variance / tolerance², tolerance growing faster.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, number, share
from ..maths import forecasts, limits, tracking

READINGS = ("mixture", "decay", "unscored")
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
                                  source="metr-horizon-digest-2026", evidence=(89, 131, 212),
                                  evidence_source="metr-horizon-digest-2026; metr-horizon-2025")
    premise_doublings: float = number(0.7, label="Mean life of a plan's premise in doublings",
                                      unit="doublings", low=0.05, high=10, scale="log", basis="implied",
                                      source="openai")
    direction_months: float = number(36.0, label="Time that a direction takes to show its worth", unit="months",
                                     low=1, high=240, scale="log", basis="assumed", source="openai")
    near_value: float = share(1.0, label="Worth of a plan for tomorrow", low=0.01, basis="assumed", source="openai")
    direction_value: float = share(1.0, label="Worth of a direction far ahead", basis="assumed", source="openai")
    scoring_months: float = number(36.0, label="Time after which nobody checks a talk against its outcome",
                                   unit="months", low=1, high=240, scale="log", basis="assumed", source="openai")

    forecast_years: float = number(5.0, label="Horizon of the forecast", unit="years", low=0.25, high=30,
                                   scale="log", basis="stated", source="kaufman")
    steady_years: float = number(10.0, label="Horizon of a steady trend", unit="years", low=0.25, high=30,
                                 scale="log", basis="stated", source="kaufman")
    # The same figure as doubling_days, of another thing: a firm's staff is forecast by its own pace.
    trend_doubling_days: float = number(131.0, label="Doubling time of what is forecast", unit="days", low=30,
                                        high=7300, scale="log", basis="measured", source="metr-horizon-digest-2026",
                                        evidence=(89, 131, 212),
                                        evidence_source="metr-horizon-digest-2026; metr-horizon-2025")
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
    praise_noise: float = number(6.0, label="Daily noise of the flattering source", unit="points", low=0.5, high=50,
                                 scale="log", basis="assumed", source="openai")
    complaint_noise: float = number(4.0, label="Daily noise of the harsh source", unit="points", low=0.5, high=50,
                                    scale="log", basis="assumed", source="openai")
    organised_noise: float = number(0.0, label="Noise of a campaign on both sources", unit="points",
                                    low=0, high=50, basis="assumed", source="openai")
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


class Headlines(Quantities):
    """Results; an infinite low point means that the plan never gets better again."""

    low_point_months: float = number(label="Horizon at which planning is worst", unit="months")
    dip_depth: float = share(label="Depth of the dip below its lower shoulder")
    usefulness: float = number(label="Usefulness, tomorrow's plan = 1", unit="ratio")
    felt_usefulness: float = number(label="Felt usefulness, tomorrow's plan = 1", unit="ratio")
    felt_low_point_months: float = number(label="Horizon at which planning feels worst", unit="months")
    far_over_middle: float = number(label="Usefulness three years ahead over that in the middle", unit="×")
    felt_far_over_middle: float = number(label="Felt usefulness three years ahead over that in the middle", unit="×")
    shoulders_over_middle: float = number(label="Worth at two or eighteen months, the lesser, over that at nine",
                                          unit="×")
    felt_far: float = number(label="Usefulness three years ahead, as it is felt", unit="ratio")
    checked_far: float = number(label="Usefulness three years ahead, once it is checked", unit="ratio")
    premises_left: float = share(label="Share of a yearly plan's premises left at its end")
    error_factor: float = number(label="Typical factor of a forecast's miss", unit="×")
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
    mean_over_complaints: float = number(label="Error of the plain mean of both sources over that of the harsh one",
                                         unit="×")
    missed_now: float = share(label="Chance that a firm misses a wave now")
    survival_then: float = share(label="Share of firms that stayed through all waves then")
    survival_ratio: float = number(label="Firms that stay now over firms that stayed then", unit="×")
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
    near_life, far_life = np.asarray(near_life, dtype=float), np.asarray(far_life, dtype=float)
    grows, shorter = np.asarray(far_value) > 0, near_life < far_life
    longer_by = np.where(shorter, (far_life - near_life) / near_life, 1.0)
    # How much steeper the one falls than the other rises, as a logarithm: lives that are next to alike would cancel.
    steeper = np.log(near_value) - np.log(np.where(grows, far_value, near_value)) + np.log1p(longer_by)
    dips = shorter & grows & (steeper > 0)
    rises = np.where(shorter, grows & (steeper <= 0), np.asarray(far_value) > near_value)
    return np.where(dips, steeper * far_life / longer_by, np.where(rises, 0.0, np.inf))


def depth(horizon, near_value, near_life, far_value, far_life):
    """How far (1) usefulness at its low point lies below the lower shoulder; 0 where there is no dip."""
    dips = np.isfinite(horizon) & (np.asarray(horizon) > 0)
    low = two_part(np.where(dips, horizon, 1.0), near_value, near_life, far_value, far_life)
    shoulder = np.maximum(np.minimum(near_value, far_value), 1e-300)
    return np.where(dips, np.maximum(0.0, 1 - low / shoulder), 0.0)


def curves(p):
    """((near value, near life, far value, far life) of usefulness, the same as it is felt), lives in months.

    Where far talk goes unchecked it feels as good as a fresh plan. Felt usefulness is then again a sum
    of two parts, so that nobody can tell that reading from two kinds of plan by feeling alone.
    """
    life = np.asarray(p.premise_doublings) * p.doubling_days / DAYS_IN_MONTH
    if p.reading == "mixture":
        real = (p.near_value, life, p.direction_value, p.direction_months)
        return real, real
    real = (p.near_value, life, 0.0, p.direction_months)
    if p.reading == "decay":
        return real, real
    return real, (p.near_value, 1 / (1 / life + 1 / np.asarray(p.scoring_months)), p.near_value, p.scoring_months)


def forecast(p):
    """Errors (×) of two forecasters of one trend, chance (1) that it rises, error (×) of a slope that stays.

    The first extends today's slope and also bears the error of a rate estimated from the record: two
    forecasters in one, and the harsher bound. The second extends the mean slope.
    """
    noise = forecasts.trend_variance(p.forecast_years, p.trend_noise, p.history_years)
    slope = forecasts.DAYS_IN_YEAR / np.asarray(p.trend_doubling_days)
    slopes = forecasts.slope_variance(p.forecast_years, p.slope_spread * slope, p.switch_years)
    change = forecasts.change_variance(p.forecast_years, p.trend_noise, p.slope_spread * slope, p.switch_years)
    mean = change + forecasts.drift_variance(p.forecast_years, p.trend_noise, p.history_years)
    hit = forecasts.hit_rate(np.asarray(p.forecast_years) * slope, change)
    steady = forecasts.trend_variance(p.steady_years, p.trend_noise, p.steady_history_years)
    return (*map(forecasts.error_factor, (noise + slopes, mean)), hit, forecasts.error_factor(steady))


def miss(p, weeks, first_error):
    """Root mean square distance to the target (widths) over the window, when one aims for some weeks, then fires.

    Until the first shot one stands where one is, also while it is prepared; every policy corrects its
    shots afterwards. What cannot be taken back adds its part of each squared miss.
    """
    cycle = p.trial_weeks + np.asarray(p.latency_days) / 7
    waiting = np.minimum(1.0, (weeks + np.asarray(p.trial_weeks)) / p.window_weeks)
    cycles = p.window_weeks * (1 - waiting) / cycle
    mean, total = tracking.corrected_squares(first_error, cycles, p.correction_rate, p.feedback_noise)
    stays = np.where(waiting < 1, p.irreversible_share * total, 0.0)
    return np.sqrt(waiting * np.square(p.standing_error) + (1 - waiting) * mean + stays)


def listening(p, latency):
    """Usefulness (1) of a team that answers after `latency` days: nearness to the need, less work lost to switching."""
    near = 1 - tracking.tracking_error(latency, p.need_life_days, p.feedback_noise)
    return near * np.maximum(0.0, 1 - p.switch_cost_days / np.asarray(latency))


def sensors(p):
    """(days until a problem is noticed, error of the plain mean of both sources over that of the harsh one)."""
    noise = np.hypot(tracking.pooled_noise(p.praise_noise, p.complaint_noise), p.organised_noise)
    days = tracking.detection_time(np.asarray(p.heard_share) * p.problem_points, noise, p.false_alarm_days)
    both = np.hypot((np.asarray(p.praise_bias) - p.complaint_bias) / 2, np.hypot(p.praise_noise, p.complaint_noise) / 2)
    harsh = np.hypot(p.complaint_bias, p.complaint_noise)
    return days, np.hypot(both, p.organised_noise) / np.hypot(harsh, p.organised_noise)


def log_survival(years, wave_years, adapt_years):
    """Logarithm of the share of firms that stay through all waves of some years; adapting takes a memoryless time."""
    return limits.log_of_rest(np.asarray(wave_years) / adapt_years) * years / wave_years


def adapting_needed(p):
    """How much faster (×) firms must adapt now for as many to stay as before, wave by wave and year by year."""
    log_missed = limits.log_of_rest(-log_survival(p.wave_years_now, p.wave_years_then, p.adapt_years))
    return -log_missed * p.adapt_years / p.wave_years_now


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    real, felt = curves(p)
    low, felt_low = low_point(*real), low_point(*felt)
    far, felt_far = two_part(FAR, *real), two_part(FAR, *felt)
    near, beyond = (two_part(months, *real) for months in SHOULDERS)
    error, mean_error, direction, decade = forecast(p)
    none, rough = miss(p, 0.0, p.unaimed_error), miss(p, p.rough_weeks, p.rough_error)
    long = miss(p, p.long_weeks, p.long_error)
    detection, plain_mean = sensors(p)
    then = log_survival(p.survival_years, p.wave_years_then, p.adapt_years)
    adapting = np.asarray(p.adapt_years) / p.adapt_speedup
    return Headlines(
        low_point_months=low,
        dip_depth=depth(low, *real),
        usefulness=two_part(p.horizon_months, *real),
        felt_usefulness=two_part(p.horizon_months, *felt),
        felt_low_point_months=felt_low,
        far_over_middle=far / two_part(MIDDLE, *real),
        felt_far_over_middle=felt_far / two_part(MIDDLE, *felt),
        shoulders_over_middle=np.minimum(near, beyond) / two_part(MIDDLE, *real),
        felt_far=felt_far,
        checked_far=far,
        premises_left=np.exp(-YEAR / real[1]),
        error_factor=error,
        mean_error_factor=mean_error,
        direction_hit_rate=direction,
        decade_error_factor=decade,
        # Two who never get to fire, and stand on the target, miss alike.
        long_over_rough=limits.ratio(long, rough, neither=1.0),
        long_over_none=limits.ratio(long, none, neither=1.0),
        none_over_rough=limits.ratio(none, rough, neither=1.0),
        learning_cycles=forecasts.DAYS_IN_YEAR / np.asarray(p.latency_days),
        late_error=tracking.tracking_error(p.slow_latency_days, p.need_life_days, p.feedback_noise),
        fast_gain=listening(p, p.latency_days) - listening(p, p.slow_latency_days),
        detection_days=detection,
        mean_over_complaints=plain_mean,
        missed_now=np.exp(-np.asarray(p.wave_years_now) / adapting),
        survival_then=np.exp(then),
        survival_ratio=limits.exponential(log_survival(p.survival_years, p.wave_years_now, adapting) - then),
        adapt_speedup_needed=adapting_needed(p),
    )
