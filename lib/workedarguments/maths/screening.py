"""Screening of ideas: who must say yes, how often a yes is wrong, and what a cheap first trial saves.

An idea is good (worth 1) or bad (costs `failure_cost`, in gains of a good one). A screener of judgement q
passes a good idea with chance q and a bad one with 1 - q, unless both chances are given. Leaves out:
ideas of many grades, except for the tail formula, and screeners who learn.
"""

import numpy as np

from ..ground.traced import floats


def screened(good_share, pass_good, pass_bad, failure_cost):
    """Value of an idea (gains of a success) that is carried out if it passes a screen."""
    return good_share * pass_good - (1 - floats(good_share)) * pass_bad * failure_cost


def hierarchy(pass_chance):
    """Chance (1) that an idea passes if both of two equal screeners must agree. Sah and Stiglitz 1986."""
    return floats(pass_chance) ** 2


def polyarchy(pass_chance):
    """Chance (1) that an idea passes if either of two equal screeners is enough. Sah and Stiglitz 1986."""
    return 1 - (1 - floats(pass_chance)) ** 2


def sah_stiglitz_1986(good_share, judgement, failure_cost):
    """Value of an idea in a polyarchy, and in a hierarchy (gains of a success), screeners alike.

    The difference is 2q(1-q) (good_share - (1-good_share) failure_cost): judgement q never turns its sign.

    >>> either, both = sah_stiglitz_1986(0.33, 0.8, 1.0)
    >>> round(float(either), 3), round(float(both), 3)
    (0.076, 0.184)
    """
    good, bad = floats(judgement), 1 - floats(judgement)
    return tuple(screened(good_share, form(good), form(bad), failure_cost) for form in (polyarchy, hierarchy))


def delegation(good_share, judgement, failure_cost, centre_judgement, kept, misfit):
    """Value of an idea decided on the spot, and proposed upwards (gains of a success).

    On the spot: at once, but a share `misfit` of a success is lost for lack of fit with others. Upwards:
    the centre checks with a judgement of its own, and a share `kept` of a success is left when it has.
    The kit's own form, in the spirit of delegation under lost information (Dessein 2002).
    """
    alone = screened(good_share, judgement * (1 - floats(misfit)), 1 - floats(judgement), failure_cost)
    checked = screened(
        good_share,
        judgement * floats(centre_judgement) * kept,
        (1 - floats(judgement)) * (1 - floats(centre_judgement)),
        failure_cost,
    )
    return alone, checked


def judgement_needed(good_share, failure_cost, centre_judgement, kept, misfit):
    """Judgement (1) from which deciding on the spot beats proposing upwards; infinite if none is enough.

    In odds: failure_cost x odds of a bad idea x centre_judgement / (1 - misfit - centre_judgement x kept).

    >>> round(float(judgement_needed(0.15, 0.3, 0.7, 0.92, 0.0)), 2)
    0.77
    """
    saved = 1 - floats(misfit) - floats(centre_judgement) * kept
    odds_bad = (1 - floats(good_share)) / good_share
    odds = failure_cost * odds_bad * floats(centre_judgement) / np.where(saved > 0, saved, 1.0)
    return np.where(saved > 0, odds / (1 + odds), np.inf)


def false_win_share(good_share, power, false_pass):
    """Share of passes (1) that are bad ideas. The false positive risk of Kohavi, Deng and Vermeer 2022.

    >>> round(float(false_win_share(0.1, 0.8, 0.025)), 2)
    0.22
    """
    false = false_pass * (1 - floats(good_share))
    return false / (false + power * floats(good_share))


def pass_share(good_share, power, false_pass):
    """Share of all ideas (1) that pass the cheap trial, good ones and bad ones."""
    return good_share * power + (1 - floats(good_share)) * false_pass


def cost_per_success(good_share, dear, cheap, power, false_pass):
    """Effort for one good idea carried through (in the unit of `dear`): all in the dear trial, and cheap
    trial first, dear trial for what passes.

    >>> [round(float(cost)) for cost in cost_per_success(0.15, 640, 3, 0.6, 0.05)]
    [4267, 976]
    """
    staged = cheap + pass_share(good_share, power, false_pass) * dear
    return dear / floats(good_share), staged / (good_share * floats(power))


def chance_of_success(success_chance, trials, correlation):
    """Chance (1) of at least one success in some trials; `trials` need not be whole.

    With the chance `correlation` all trials share one fate, otherwise each has its own.
    """
    apart = -np.expm1(floats(trials) * np.log1p(-np.minimum(success_chance, 1 - 1e-15)))
    return correlation * floats(success_chance) + (1 - floats(correlation)) * apart


def azevedo_2020(tests, tail_index):
    """What the same users yield in all (×) when they are spread over `tests` times as many trials.

    The limit of small trials: a trial of n users yields n to the power (tail - 1) / 2 if the chance of an
    idea worth more than x falls as x to the power -tail. Below a tail of 3 many small trials win, above it
    few large ones, as Azevedo and others 2020 find; the exponent is derived here.

    >>> float(azevedo_2020(100.0, 3.0))
    1.0
    """
    return floats(tests) ** ((3 - floats(tail_index)) / 2)


def trial_yield(users, tail_index, mean=-0.5, points=4001, reach=1e4):
    """Expected gain of one trial whose winner is kept (1 = spread of ideas), by quadrature.

    Ideas follow a t distribution with `tail_index` degrees of freedom around `mean`; the trial shows
    an idea's worth with normal noise of 1/sqrt(users); it is kept if the posterior mean is above 0. One pair
    of numbers at a time; slow, and there to test the limit above.
    """
    noise = 1 / np.sqrt(users)
    worth = np.sinh(np.linspace(-np.arcsinh(reach), np.arcsinh(reach), points))
    density = (1 + (worth - mean) ** 2 / tail_index) ** (-(tail_index + 1) / 2)
    weight = density * np.gradient(worth)
    weight /= weight.sum()
    seen = noise * np.linspace(-2, 40, 1201)
    like = np.exp(-0.5 * ((seen[:, None] - worth) / noise) ** 2) / np.sqrt(2 * np.pi) / noise
    gain = like @ (weight * worth)
    return float(np.sum(np.maximum(gain, 0)) * (seen[1] - seen[0]))
