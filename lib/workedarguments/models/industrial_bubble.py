"""97 of 100 fibres were dark. Who lost, who gained, who paid?

Text    bubble: a good bubble leaves a cheap base for the next age; its bill falls on ordinary people;
        those who gain most must pay for the cushion. kaufman: better be ready early. casado: go by what
        a business does and not by the mood, and standing aside is the sin.
Model   One dollar more than usual flows into a boom. Part is the sellers' gain; the rest builds things
        that age, stand idle until demand comes, and bring the next service forward. Four groups share
        what comes of it: first owners, winners, users, bystanders. A levy on winners may make bystanders
        whole. The comparison is a world that builds later, cheaper, where needed, at its normal pace.
Valid   One boom, one next wave; rates a year, continuous; money in dollars of the boom, per dollar put in.
Leaves  Prices of shares day by day, more than one wave, politics of a levy, countries.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, number, share
from ..maths.growth import fill_time
from ..maths.limits import ratio
from ..maths.transfers import per_adult

MODELS = ("later_and_cheaper", "hobart_huber_2024", "dixit_pindyck_1994", "perez_2002", "quinn_turner_2020")


def years(default, label, *, low=0.1, high=100, **about):
    """A field for a span of time on a logarithmic scale."""
    return number(default, label=label, unit="years", low=low, high=high, scale="log", **about)


class Parameters(Quantities):
    """Inputs; defaults are the essay's fibre, or say that the essay gives no number."""

    model: str = choice("later_and_cheaper", label="What the boom is compared with", options=MODELS,
                        basis="assumed", source="bubble")

    wait_years: float = number(7.0, label="Wait from the bust until the next service comes", unit="years", low=0,
                               high=20, basis="stated", source="bubble")
    content_share: float = share(0.0, label="Share of building that is short-lived content", basis="assumed",
                                 source="bubble", evidence=(0.6, 0.6, 0.67), evidence_source="luminix-2026")
    content_life_years: float = years(4.0, "Life of the content", basis="assumed", source="realclear-2026",
                                      evidence=(2.5, 4, 6), evidence_source="realclear-2026; koral-2023")
    content_cost_decline: float = number(0.3, label="Yearly fall of the cost of new content", unit="per year", low=0,
                                         high=1, basis="assumed", source="bubble", evidence=(0.17, 0.25, 0.41),
                                         evidence_source="burry-rebuttal-2025")
    shell_life_years: float = years(25.0, "Life of the shell", low=1, high=100, basis="assumed", source="bubble",
                                    evidence=(20, 30, 39), evidence_source="realclear-2026")
    shell_cost_decline: float = number(0.03, label="Yearly fall of the cost of a new shell", unit="per year", low=0,
                                       high=1, basis="assumed", source="bubble")
    cost_of_capital: float = number(0.06, label="Cost of capital", unit="per year", low=0, high=0.4, basis="assumed",
                                    source="bubble")
    skills_share: float = share(0.1, label="Share of building that becomes people's skill", basis="assumed",
                                source="bubble")
    skill_life_years: float = years(9.6, "Life of a skill", basis="measured", source="deming-noray-2020")

    fit_share: float = share(1.0, label="Share of what was built that the next wave can use", basis="assumed",
                             source="bubble")
    rush_cost: float = number(0.0, label="Extra cost of building in a rush", unit="share of the cost", low=0, high=3,
                              basis="assumed", source="bubble")
    lit_share: float = share(0.1, label="Share in use after the bust", low=1e-4, scale="log", basis="stated",
                             source="bubble")
    use_growth: float = number(0.3, label="Growth of use after the bust", unit="per year", low=0.01, high=2,
                               basis="assumed", source="bubble")
    glut_price_fall: float = number(1.05, label="Yearly fall of the price while much is idle, as a rate",
                                    unit="per year", low=0, high=3, basis="measured", source="wsj-2002")
    normal_price_fall: float = number(0.2, label="Yearly fall of the price in normal times, as a rate",
                                      unit="per year", low=0.01, high=3, basis="assumed", source="bubble")
    viable_price: float = share(0.05, label="Price at which the next service pays, of that at the bust", low=1e-4,
                                scale="log", basis="assumed", source="bubble")
    bubble_years: float = years(5.0, "Length of the boom", low=0.5, high=30, basis="assumed", source="bubble")
    pace: float = number(5.0, label="Building in the boom, of the normal pace", unit="×", low=1, high=20,
                         scale="log", basis="assumed", source="bubble")

    user_surplus: float = number(0.25, label="Yearly worth of the next service per dollar built",
                                 unit="dollars per year", low=0, high=4, basis="implied", source="bubble")
    appropriated_share: float = share(0.3, label="Share that the winners keep of that worth and of lost pay",
                                      basis="assumed", source="bubble")
    seller_share: float = share(0.1, label="Share of a dollar that is the sellers' gain", basis="assumed",
                                source="bubble")
    recovered_share: float = share(0.3, label="Share of what is left that the first owners recover",
                                   basis="assumed", source="bubble")
    debt_share: float = share(0.3, label="Share of the boom paid with debt", basis="assumed", source="bubble")
    crisis_loss: float = number(0.2, label="Loss of bystanders in the crisis, per dollar of debt", unit="dollars",
                                low=0, high=5, basis="assumed", source="jorda-2015")
    outside_share: float = share(0.0, label="Share of the owners' loss that falls on others", basis="assumed",
                                 source="bubble")
    displaced_pay: float = number(0.3, label="Pay that replaced people lose to winners and users", unit="dollars",
                                  low=0, high=2, basis="implied", source="bubble")

    never_chance: float = share(0.5, label="Chance that nobody builds without the boom", basis="assumed",
                                source="hobart-huber-2024")
    real_chance: float = share(0.5, label="Chance that the next wave comes at all", basis="assumed", source="casado")
    deployment_years: float = years(25.0, "Time over which the next age takes up what was built", basis="measured",
                                    source="perez-2002", evidence=(20, 25, 30), evidence_source="perez-2002")
    bank_share: float = share(0.2, label="Share of the debt that banks hold", basis="assumed",
                              source="quinn-turner-2020")
    bank_crisis_loss: float = number(1.0, label="Loss of bystanders per dollar of debt that banks hold", unit="dollars",
                                     low=0, high=5, basis="assumed", source="quinn-turner-2020")

    firm_hazard: float = number(0.7675, label="Yearly death rate of firms", unit="per year", low=0, high=5,
                                basis="implied", source="bubble", evidence=(0.08, 0.14, 0.153),
                                evidence_source="klepper-1997; bls-1994-cohort; goldfarb-2006")
    death_years: float = years(3.0, "Time in which firms may die", high=30, basis="stated", source="bubble")
    skills_kept: float = share(0.7, label="Share of a dead firm's skill that is used elsewhere", basis="assumed",
                               source="bubble")

    mood_multiple: float = number(2.5, label="Price paid, of what a business is worth", unit="×", low=0.5, high=10,
                                  scale="log", basis="assumed", source="casado", evidence=(1.9, 2.2, 4.5),
                                  evidence_source="shiller-cape; nasdaq-fred")
    market_growth: float = number(0.08, label="Growth of the average business", unit="per year", low=-0.2, high=1,
                                  basis="assumed", source="casado")
    leader_growth: float = number(0.4, label="Growth of the fastest businesses", unit="per year", low=-0.2, high=3,
                                  basis="assumed", source="casado")
    subsidised_share: float = share(0.0, label="Share of their revenue that ends with the boom", high=0.99,
                                    basis="assumed", source="casado")
    holding_years: float = years(5.0, "Time until the mood has gone", low=0.5, high=30, basis="assumed",
                                 source="casado")
    stake: float = number(1.0, label="What taking part or preparing costs", unit="dollars", low=0.01, high=10,
                          scale="log", basis="assumed", source="casado")
    missed_gain: float = number(2.0, label="What is forgone by standing aside if the wave comes", unit="dollars",
                                low=0.01, high=20, scale="log", basis="assumed", source="casado")

    output_gap_change: float = number(0.1, label="Change of the log gap in output between good and ordinary",
                                      unit="log points", low=-2, high=2, basis="assumed", source="bubble",
                                      evidence=(-0.293, -0.2, 0.223),
                                      evidence_source="brynjolfsson-2025; dellacqua-2023; otis-2024")
    market_size: float = number(2.0, label="Reach of the best afterwards, of before", unit="×", low=1, high=100,
                                scale="log", basis="assumed", source="bubble")
    pay_exponent: float = number(0.33, label="Elasticity of pay to reach", unit="elasticity", low=0, high=2,
                                 basis="measured", source="gabaix-landier-2008", evidence=(0.2, 0.33, 0.5),
                                 evidence_source="gabaix-landier-2008")
    levy_response: float = number(0.25, label="Share of the gain that a full levy would drive away", unit="share",
                                  low=0, high=1, basis="assumed", source="bubble")
    winners_wealth: float = number(6.8e12, label="Wealth of the winners", unit="dollars", low=1e9, high=1e15,
                                   scale="log", basis="assumed", source="from-memory")
    wealth_yield: float = number(0.04, label="Yearly yield of wealth that may be spent", unit="per year", low=0,
                                 high=0.2, basis="assumed", source="bubble")
    adults: float = number(267e6, label="Adults among whom it is shared", unit="people", low=1e3, high=8e9,
                           scale="log", basis="assumed", source="from-memory")
    basic_income: float = number(12_000.0, label="Basic income of an adult", unit="dollars per year", low=100,
                                 high=100_000, scale="log", basis="measured", source="vivalt-2024")


class Headlines(Quantities):
    """Results; money is per dollar put into the boom, in dollars of its last year."""

    left_of_dollar: float = number(label="Left of an idle dollar when demand comes", unit="dollars")
    left_of_content: float = number(label="Left of a dollar of content", unit="dollars")
    left_of_shell: float = number(label="Left of a dollar of shell", unit="dollars")
    full_after_years: float = number(label="Time until all of it is in use", unit="years")
    idle_share: float = share(label="Share still idle when the next service comes")
    normal_years: float = number(label="Normal building that the boom's usable stock stands for", unit="years")
    lead_years: float = number(label="Building that the normal world still has to do when demand comes", unit="years")
    viable_after_years: float = number(label="Time until the next service pays", unit="years")
    viable_sooner_years: float = number(label="How much sooner it pays than at normal prices", unit="years")
    legacy: float = number(label="Saved later by what is left", unit="dollars")
    service_gain: float = number(label="Worth of having the next service sooner", unit="dollars")
    crisis_cost: float = number(label="Cost of the crisis", unit="dollars")
    net_gain: float = number(label="Gain of all together", unit="dollars")
    owners_net: float = number(label="Gain of the first owners", unit="dollars")
    winners_net: float = number(label="Gain of the winners", unit="dollars")
    users_net: float = number(label="Gain of the users", unit="dollars")
    bystanders_net: float = number(label="Gain of the bystanders", unit="dollars")
    levy_needed: float = share(label="Share of the winners' gain that makes bystanders whole",
                               undefined="no levy raises enough, not even one on all of the winners' gain")
    paid_per_adult: float = number(label="What the winners' wealth pays an adult", unit="dollars per year")
    basic_income_paid: float = share(label="Share of a basic income that the winners' wealth pays",
                                     high=np.inf)  # wealth may pay for more than one
    firms_gone: float = share(label="Share of firms gone")
    capability_left: float = share(label="Share of the firms' skill still in use")
    mood_return: float = number(label="Return of who follows the mood", unit="per year")
    leader_return: float = number(label="Return of who follows users and revenue", unit="per year")
    regret_in: float = number(label="Expected regret of taking part", unit="dollars")
    regret_out: float = number(label="Expected regret of standing aside", unit="dollars")
    regret_ratio: float = number(label="Regret of standing aside over regret of taking part", unit="×",
                                 undefined="neither is regretted, for no wave comes and nothing of the dollar is lost")
    even_chance: float = share(label="Chance of the wave at which both regrets are equal")
    pay_gap_change: float = number(label="Gap in pay between best and ordinary, of before", unit="×")


def left(life_years, cost_decline, cost_of_capital, wait_years):
    """What an idle unit is still worth when demand comes (dollars per dollar): exp(-(1/life + fall of
    the cost of a new one + cost of capital) × wait). What building it only then would cost, discounted,
    for the part that has not aged away.

    >>> round(float(left(25, 0.03, 0.06, 8)), 2)
    0.35
    """
    return np.exp(-(1 / np.asarray(life_years) + cost_decline + cost_of_capital) * wait_years)


def half_value_years(life_years, cost_decline, cost_of_capital):
    """Wait (years) after which half of an idle dollar is left."""
    return np.log(2) / (1 / np.asarray(life_years) + cost_decline + cost_of_capital)


def mean_discount(rate, years):
    """Mean (1) of exp(-rate × time) over a stretch of `years`: what evenly spread payments are worth at its
    beginning. Rate and years at least 0.

    >>> round(float(mean_discount(0.09, 20)), 2)
    0.46
    """
    lost = np.maximum(np.asarray(rate, dtype=float) * years, 1e-300)  # the limit at 0 is 1
    return -np.expm1(-lost) / lost


def viable_after(viable_price, glut_price_fall, normal_price_fall, full_after_years):
    """Time (years) until the price has fallen to `viable_price` of that at the bust (1), if it falls fast
    while much is idle and at the normal rate once all is in use.
    """
    needed = -np.log(viable_price)
    in_glut = np.minimum(needed / np.maximum(glut_price_fall, 1e-9), full_after_years)
    return in_glut + np.maximum(0, needed - glut_price_fall * in_glut) / normal_price_fall


def levy_for(need, response):
    """Share of a gain (1) that a levy must move to raise `need` of it, if a levy of t leaves 1 - response × t
    of the gain to be levied: infinite if no levy up to the whole is enough. A response of 0 shrinks nothing.
    """
    need, response = np.broadcast_arrays(np.asarray(need, dtype=float), np.asarray(response, dtype=float))
    inside = 1 - 4 * response * need
    levy = 2 * need / (1 + np.sqrt(np.maximum(inside, 0)))  # the lower root, without cancellation
    return np.where((inside >= 0) & (levy <= 1), levy, np.inf)


def yearly_return(growth, multiple_paid, holding_years, subsidised_share=0.0):
    """Return (a year, continuous) of a business bought at a multiple of its worth and sold at its worth,
    if a share of its revenue ends in between.
    """
    return np.log1p(growth) + (np.log1p(-np.asarray(subsidised_share)) - np.log(multiple_paid)) / holding_years


def pay_gap(output_gap_change, market_size, pay_exponent):
    """Gap in pay afterwards (×): the gap in output, times reach to the power of its elasticity, as in the
    assignment market of Gabaix and Landier 2008, where a little more talent serves the largest market.
    """
    return np.exp(output_gap_change) * np.asarray(market_size, dtype=float) ** pay_exponent


def kinds(p):
    """What is built: (share of building, life in years, yearly fall of its cost) of content, shell and skill.

    Of the skill of firms that die only a part is used elsewhere; the rest counts as gone.
    """
    skills = np.asarray(p.skills_share, dtype=float)
    content = (1 - skills) * p.content_share
    return (
        (content, p.content_life_years, p.content_cost_decline),
        (1 - skills - content, p.shell_life_years, p.shell_cost_decline),
        (skills * capability(p), p.skill_life_years, 0.0),
    )


def gone(p):
    """Share of firms gone (1) after the time looked at, at a constant yearly rate."""
    return -np.expm1(-np.asarray(p.firm_hazard) * p.death_years)


def capability(p):
    """Share of the firms' skill still in use (1): of those alive, and what is used elsewhere of the dead."""
    return 1 - gone(p) * (1 - np.asarray(p.skills_kept))


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    rate, wait = np.asarray(p.cost_of_capital, dtype=float), np.asarray(p.wait_years, dtype=float)
    idle = sum(part * left(life, fall, rate, wait) for part, life, fall in kinds(p))
    standing = sum(part * left(life, 0.0, 0.0, wait) for part, life, _ in kinds(p))
    built = (1 - p.seller_share) * p.fit_share / (1 + np.asarray(p.rush_cost))
    lead = p.bubble_years * (p.pace - 1) * p.fit_share * (p.lit_share + (1 - p.lit_share) * standing)
    later = mean_discount(rate, lead)  # the normal world pays as it builds, over the years of the lead
    at_once, waiting = p.lit_share, (1 - p.lit_share) * idle
    serving = p.lit_share + (1 - p.lit_share) * standing * np.exp(-rate * wait)
    service = built * serving * p.user_surplus * lead / 2  # a steady build-up is late by half its length on average
    crisis = p.debt_share * p.crisis_loss
    if p.model == "hobart_huber_2024":
        used = ((part, 1 / life + rate) for part, life, _ in kinds(p))  # while it lasts, seen from today
        lived = sum(part * (p.lit_share + (1 - p.lit_share) * np.exp(-lost * wait)) / lost for part, lost in used)
        service = (1 - p.never_chance) * service + p.never_chance * built * lived * p.user_surplus
        later = (1 - p.never_chance) * later  # what nobody would build saves nobody a later cost
    elif p.model == "dixit_pindyck_1994":
        waiting = p.real_chance * waiting
        service = service * (p.lit_share + p.real_chance * (1 - p.lit_share))
    elif p.model == "perez_2002":
        losses = ((part, 1 / life + fall + rate) for part, life, fall in kinds(p))
        taken = sum(part * np.exp(-lost * wait) * mean_discount(lost, p.deployment_years) for part, lost in losses)
        waiting, service = (1 - p.lit_share) * taken, 2 * service  # an age begins when its network is complete
    elif p.model == "quinn_turner_2020":
        crisis = p.debt_share * p.bank_share * p.bank_crisis_loss
    legacy = built * later * (at_once + waiting)

    lost = np.maximum(0.0, 1 - p.recovered_share * legacy)  # what rounding adds to a legacy of all is no gain
    winners = p.seller_share + (1 - p.recovered_share) * legacy + p.appropriated_share * (service + p.displaced_pay)
    bystanders = -(p.outside_share * lost + crisis + p.displaced_pay)
    full = fill_time(p.lit_share, p.use_growth)
    viable = viable_after(p.viable_price, p.glut_price_fall, p.normal_price_fall, full)
    in_use = p.lit_share * (1 + np.asarray(p.use_growth)) ** p.wait_years
    regret_in, regret_out = (1 - p.real_chance) * p.stake * lost, p.real_chance * p.missed_gain
    paid = per_adult(p.winners_wealth, p.adults, p.wealth_yield)
    return Headlines(
        left_of_dollar=idle,
        left_of_content=left(p.content_life_years, p.content_cost_decline, p.cost_of_capital, p.wait_years),
        left_of_shell=left(p.shell_life_years, p.shell_cost_decline, p.cost_of_capital, p.wait_years),
        full_after_years=full,
        idle_share=np.maximum(0.0, 1 - in_use),
        normal_years=p.bubble_years * p.pace * p.fit_share,
        lead_years=lead,
        viable_after_years=viable,
        viable_sooner_years=-np.log(p.viable_price) / p.normal_price_fall - viable,
        legacy=legacy,
        service_gain=service,
        crisis_cost=crisis,
        net_gain=p.seller_share + legacy + service - 1 - crisis,
        owners_net=-lost * (1 - p.outside_share),
        winners_net=winners,
        users_net=(1 - p.appropriated_share) * (service + p.displaced_pay),
        bystanders_net=bystanders,
        levy_needed=levy_for(-bystanders / np.maximum(winners, 1e-12), p.levy_response),
        paid_per_adult=paid,
        basic_income_paid=paid / p.basic_income,
        firms_gone=gone(p),
        capability_left=capability(p),
        mood_return=yearly_return(p.market_growth, p.mood_multiple, p.holding_years),
        leader_return=yearly_return(p.leader_growth, p.mood_multiple, p.holding_years, p.subsidised_share),
        regret_in=regret_in,
        regret_out=regret_out,
        regret_ratio=ratio(regret_out, regret_in),
        even_chance=p.stake * lost / (p.stake * lost + p.missed_gain),
        pay_gap_change=pay_gap(p.output_gap_change, p.market_size, p.pay_exponent),
    )
