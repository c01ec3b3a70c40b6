"""97 of 100 fibres were dark. Who lost, who gained, who paid?

Text    bubble: a good bubble leaves a cheap base for the next age; its bill falls on ordinary people;
        those who gain most must pay for the cushion. kaufman: better be ready early. casado: go by what
        a business does and not by the mood, and standing aside is the sin.
Model   One dollar more than usual flows into a boom. Part is the sellers' gain; the rest builds things
        that age, stand idle until demand comes, and bring the next service forward. Four groups share
        what comes of it: first owners, winners, users, bystanders. A levy on winners may make bystanders
        whole. The comparison is a world that builds later, cheaper, where needed, at its normal pace:
        each unit left stands for one that it builds at some time; until then it serves, and wears.
Valid   One boom, one next wave; rates a year, continuous; money in dollars of the boom, per dollar put in.
Leaves  Prices of shares day by day, more than one wave, politics of a levy, countries; others who go on building
        while the boom's stock lies idle. Others pause until it is taken up, and are then `lead_years` behind.
"""

import numpy as np

from ..ground.quantities import Quantities, choice, number, share
from ..ground.traced import floats
from ..maths.growth import fill_time, held_by_the_top, still_standing
from ..maths.limits import ratio
from ..maths.options import even_chance, expected_regret, sunk, worth_of_choice
from ..maths.transfers import per_adult

MODELS = (
    "later_and_cheaper", "hobart_huber_2024", "dixit_pindyck_1994", "perez_2002", "quinn_turner_2020", "clark_1917",
)  # fmt: skip


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
                                 source="bubble")
    content_life_years: float = years(4.0, "Life of the content", basis="assumed", source="realclear-2026")
    content_cost_decline: float = number(0.3, label="Yearly fall of the cost of new content", unit="per year", low=0,
                                         high=1, basis="assumed", source="bubble")
    shell_life_years: float = years(25.0, "Life of the shell", low=1, high=100, basis="assumed", source="bubble")
    shell_cost_decline: float = number(0.03, label="Yearly fall of the cost of a new shell", unit="per year", low=0,
                                       high=1, basis="assumed", source="bubble")
    cost_of_capital: float = number(0.06, label="Cost of capital", unit="per year", low=0, high=0.4, basis="assumed",
                                    source="bubble")
    skills_share: float = share(0.1, label="Share of building that becomes people's skill", basis="assumed",
                                source="bubble")
    skill_life_years: float = years(9.6, "Life of a skill", basis="assumed", source="deming-noray-2020")

    fit_share: float = share(1.0, label="Share of what was built that the next wave can use", basis="assumed",
                             source="bubble")
    needed_years: float = years(25.0, "Normal building that the next wave can use at most", low=1, high=200,
                                basis="assumed", source="bubble")
    rush_cost: float = number(0.01, label="Extra cost of building at twice the normal pace", unit="share of the cost",
                              low=0, high=1, basis="assumed", source="dierickx-cool-1989")
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

    user_surplus: float = number(0.4, label="Yearly worth of the next service per dollar built",
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
    displaced_pay: float = number(0.13, label="Yearly pay that the replaced lose to the others, per dollar built",
                                  unit="dollars per year", low=0, high=2, basis="implied", source="bubble")

    never_chance: float = share(0.5, label="Chance that nobody builds without the boom", basis="assumed",
                                source="hobart-huber-2024")
    real_chance: float = share(0.5, label="Chance that the next wave comes at all", basis="assumed", source="casado")
    deployment_years: float = years(25.0, "Time over which the next age takes up what was built", basis="assumed",
                                    source="perez-2002")
    bank_share: float = share(0.2, label="Share of the debt that banks hold", basis="assumed",
                              source="quinn-turner-2020")
    bank_crisis_loss: float = number(1.5, label="Loss of bystanders per dollar of debt that banks hold", unit="dollars",
                                     low=0, high=5, basis="assumed", source="quinn-turner-2020")

    firm_hazard: float = number(0.7675, label="Yearly death rate of firms", unit="per year", low=0, high=5,
                                basis="implied", source="bubble")
    death_years: float = years(3.0, "Time in which firms may die", high=30, basis="stated", source="bubble")
    taught_share: float = share(0.3, label="Share of what firms spend that teaches their people", basis="assumed",
                                source="bubble")
    firms_worth: float = number(1.6, label="What all firms would be worth if none died, per dollar put into them",
                                unit="dollars", low=0.01, high=20, scale="log", basis="assumed", source="bubble")
    worth_tail: float = number(1.32, label="Exponent of the Pareto tail of what firms are worth", unit="ratio",
                               low=1, high=20, scale="log", basis="measured", source="correlation-2014")
    dying_by_worth: float = share(0.9, label="Share of deaths by worth, the least first, after the others",
                                  basis="assumed", source="bubble")
    firms_anyway: float = share(0.0, label="Share of the living firms' worth that would come without the boom",
                                basis="assumed", source="bubble")
    skill_return: float = number(0.15, label="Yearly return of what firms spend on their people's skill",
                                 unit="per year", low=0, high=1, basis="implied", source="bubble")
    skills_kept: float = share(0.7, label="Share of a dead firm's skill that is used elsewhere", basis="assumed",
                               source="bubble")

    mood_multiple: float = number(2.5, label="Price paid, of what a business is worth", unit="×", low=0.5, high=10,
                                  scale="log", basis="assumed", source="casado")
    market_growth: float = number(0.08, label="Growth of the average business", unit="per year", low=-0.2, high=1,
                                  basis="assumed", source="casado")
    leader_growth: float = number(0.4, label="Growth of the fastest businesses", unit="per year", low=-0.2, high=3,
                                  basis="assumed", source="casado")
    leader_multiple: float = number(1.5, label="Price of the fastest businesses, of an average one of equal revenue",
                                    unit="×", low=0.5, high=10, scale="log", basis="assumed", source="casado")
    value_growth: float = number(0.02, label="Growth of the cheapest businesses", unit="per year", low=-0.2, high=1,
                                 basis="assumed", source="lakonishok-1994")
    value_multiple: float = number(0.6, label="Price of the cheapest businesses, of an average one of equal revenue",
                                   unit="×", low=0.1, high=2, scale="log", basis="assumed", source="lakonishok-1994")
    fade_years: float = years(5.0, "Time in which a lead or lag in growth fades to about a third", basis="assumed",
                              source="casado")
    subsidised_share: float = share(0.0, label="Share of their revenue that ends with the boom", high=0.99,
                                    basis="assumed", source="casado")
    holding_years: float = years(5.0, "Time until the mood has gone", low=0.5, high=30, basis="assumed",
                                 source="casado")
    stake: float = number(1.0, label="What taking part or preparing costs", unit="dollars", low=0.01, high=10,
                          scale="log", basis="assumed", source="casado")
    salvage_share: float = share(0.1, label="Share of that cost which can be sold or used elsewhere if no wave comes",
                                 basis="assumed", source="casado")
    missed_gain: float = number(2.0, label="What is forgone by standing aside if the wave comes", unit="dollars",
                                low=0.01, high=20, scale="log", basis="assumed", source="casado")
    late_share: float = share(0.5, label="Share of that gain left to who waits until the wave is plain",
                              basis="assumed", source="casado")
    small_share: float = share(0.1, label="Size of a small stake, of going all in", low=0.01, basis="assumed",
                               source="dixit-pindyck-1994")
    foothold: float = share(0.5, label="Share of what waiting would lose that a small stake saves", basis="assumed",
                            source="dixit-pindyck-1994")

    lever: float = number(3.0, label="What one person gets done with AI, of before", unit="×", low=1, high=100,
                          scale="log", basis="assumed", source="bubble")
    output_gap_change: float = number(0.0, label="Change of the log gap in output between good and ordinary",
                                      unit="log points", low=-2, high=2, basis="assumed", source="bubble")
    best_reach: float = number(1.0, label="Elasticity of the best's reach to what one person gets done",
                               unit="elasticity", low=0, high=3, basis="assumed", source="bubble")
    pay_exponent: float = number(0.33, label="Elasticity of pay to reach", unit="elasticity", low=0, high=2,
                                 basis="measured", source="gabaix-landier-2008")
    usual_reach: float = number(0.0, label="Elasticity of the market for usual work to what one person gets done",
                                unit="elasticity", low=0, high=2, basis="assumed", source="bubble")
    demand_elasticity: float = number(0.7, label="Elasticity of the demand for usual work to its price",
                                      unit="elasticity", low=0.1, high=5, scale="log", basis="assumed", source="bubble")
    leaving: float = number(0.5, label="Elasticity of the number of people in usual work to their pay",
                            unit="elasticity", low=0, high=5, basis="assumed", source="bubble")
    best_share: float = share(0.124, label="Share of the best-paid hundredth in all pay before", basis="measured",
                              source="epi-2024")
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
    left_of_boom: float = number(label="Left of a dollar put into the boom when demand comes", unit="dollars")
    left_of_content: float = number(label="Left of a dollar of content", unit="dollars")
    left_of_shell: float = number(label="Left of a dollar of shell", unit="dollars")
    full_after_years: float = number(label="Time until all of it that serves is in use", unit="years")
    idle_share: float = share(label="Share that still stands and would serve, idle, when the next service comes")
    normal_years: float = number(label="Normal building that what is left stands for when demand comes", unit="years")
    lead_years: float = number(label="Building that the normal world still has to do when demand comes", unit="years")
    rush_premium: float = number(label="Extra cost of building at the boom's pace", unit="share of the cost")
    compression_gain: float = number(label="Gain of building it at the boom's pace and not at the normal one",
                                     unit="dollars")
    best_pace: float = number(label="Pace at which all together gain most", unit="×")
    last_pace: float = number(label="Pace beyond which a rush costs more than it brings", unit="×")
    unreason_gain: float = number(label="Gain at the boom's pace over that at the pace which pays the builders best",
                                  unit="dollars")
    viable_after_years: float = number(label="Time until the next service pays", unit="years")
    viable_sooner_years: float = number(label="Years for which it pays before it would at normal prices", unit="years")
    legacy: float = number(label="Saved later by what is left", unit="dollars")
    service_gain: float = number(label="Worth of having the next service sooner", unit="dollars")
    brought: float = number(label="Saved later and served sooner, together", unit="dollars")
    crisis_cost: float = number(label="Cost of the crisis", unit="dollars")
    net_gain: float = number(label="Gain of all together", unit="dollars")
    break_even_worth: float = number(label="Yearly worth of the next service at which all together gain nothing",
                                     unit="dollars per year")
    owners_net: float = number(label="Gain of the first owners", unit="dollars")
    winners_net: float = number(label="Gain of the winners", unit="dollars")
    users_net: float = number(label="Gain of the users", unit="dollars")
    bystanders_net: float = number(label="Gain of the bystanders", unit="dollars")
    levy_needed: float = share(label="Share of the winners' gain that makes bystanders whole",
                               undefined="no levy raises enough, not even one on all of the winners' gain")
    duty_needed: float = share(label="Share of everybody's gain that makes bystanders whole, if all who gain pay alike",
                               undefined="no duty raises enough, not even all that winners and users gain")
    paid_per_adult: float = number(label="What the winners' wealth pays an adult", unit="dollars per year")
    basic_income_paid: float = share(label="Share of a basic income that the winners' wealth pays",
                                     high=np.inf)  # wealth may pay for more than one
    firms_gone: float = share(label="Share of firms gone")
    capability_left: float = share(label="Share of the firms' skill still in use")
    survivors_worth: float = number(label="What the firms that live on are worth, per dollar put into all",
                                    unit="dollars")
    firms_gain: float = number(label="Gain of all together from a dollar put into the firms", unit="dollars")
    deaths_cost: float = number(label="What the deaths of firms cost, per dollar put into all", unit="dollars")
    skills_needed: float = share(label="Share of dead firms' skill whose use elsewhere makes up for the money",
                                 undefined="even if all of it were used elsewhere, it would not make up for the money")
    mood_return: float = number(label="Return of who follows the mood", unit="per year")
    leader_return: float = number(label="Return of who follows users and revenue", unit="per year")
    value_return: float = number(label="Return of who buys what is cheapest", unit="per year")
    leader_edge: float = number(label="Return of users and revenue over the better of mood and cheapness",
                                unit="per year")
    regret_in: float = number(label="Expected regret of going all in", unit="dollars")
    regret_small: float = number(label="Expected regret of a small stake", unit="dollars")
    regret_wait: float = number(label="Expected regret of waiting until the wave is plain", unit="dollars")
    regret_out: float = number(label="Expected regret of standing aside for good", unit="dollars")
    regret_ratio: float = number(label="Regret of waiting over regret of the better way in", unit="×",
                                 undefined="neither is regretted: waiting misses nothing, and all in nothing is lost")
    choice_worth: float = number(label="Worth of being free to wait or to start small", unit="dollars")
    even_chance: float = share(label="Chance of the wave at which all in and waiting are regretted alike")
    best_pay_change: float = number(label="Pay of the best, of before", unit="×")
    pay_gap_change: float = number(label="Pay of the best over pay of usual work, of before", unit="×")
    best_share_after: float = share(label="Share of the best-paid hundredth in all pay afterwards")
    skill_price_change: float = number(label="Price of a piece of usual work, of before", unit="×")
    skill_pay_change: float = number(label="Pay of those who live on usual work, of before", unit="×")
    posts_change: float = number(label="How many live on usual work, of before", unit="×")


def left(life_years, cost_decline, cost_of_capital, wait_years):
    """What an idle unit is still worth when demand comes (dollars per dollar): exp(-(1/life + fall of
    the cost of a new one + cost of capital) × wait). What building it only then would cost, discounted,
    for the part that has not aged away.

    >>> round(float(left(25, 0.03, 0.06, 8)), 2)
    0.35
    """
    return np.exp(-(1 / floats(life_years) + cost_decline + cost_of_capital) * wait_years)


def half_value_years(life_years, cost_decline, cost_of_capital):
    """Wait (years) after which half of an idle dollar is left."""
    return np.log(2) / (1 / floats(life_years) + cost_decline + cost_of_capital)


def mean_discount(rate, years):
    """Mean (1) of exp(-rate × time) over a stretch of `years`: what evenly spread payments are worth at its
    beginning. Rate and years at least 0.

    >>> round(float(mean_discount(0.09, 20)), 2)
    0.46
    """
    lost = np.maximum(floats(rate) * years, 1e-300)  # the limit at 0 is 1
    return -np.expm1(-lost) / lost


def built_up(rate, years):
    """Discounted time (years) by which having a stock at once is ahead of building it up evenly over `years`: while the
    build-up lasts, a part of 1 - time / years is still missing. Half of the years at a rate of 0; at least 0 both.

    >>> float(built_up(0.0, 20)), round(float(built_up(0.06, 20)), 2)
    (10.0, 6.96)
    """
    lost = floats(rate) * years
    near = lost < 1e-3  # the quotient loses its digits, the series has them
    far = np.where(near, 1.0, lost)
    return years * np.where(near, 1 / 2 - lost / 6 + lost**2 / 24, (far + np.expm1(-far)) / far**2)


def saving(life_years, cost_decline, cost_of_capital, lead):
    """What a unit saves later (dollars per dollar) that stands for one which others would build at some time, any time
    alike, of `lead` years: what a new one costs by then, discounted, for the part that has not worn.
    """
    return mean_discount(1 / floats(life_years) + cost_decline + cost_of_capital, lead)


def viable_after(viable_price, glut_price_fall, normal_price_fall, full_after_years):
    """Time (years) until the price has fallen to `viable_price` of that at the bust (1), if it falls fast while much is
    idle and, once all is in use, is what it costs to build more, as in normal times.
    """
    needed = -np.log(viable_price)
    in_glut = needed <= glut_price_fall * full_after_years
    sooner = needed / np.where(in_glut, np.maximum(glut_price_fall, 1e-300), 1.0)
    return np.where(in_glut, sooner, np.maximum(full_after_years, needed / normal_price_fall))


def rushed(rush_cost, pace):
    """Extra cost (share of the cost) of building at a multiple of the normal pace, if at twice it is `rush_cost`.

    Time-compression diseconomies (Dierickx and Cool 1989) as convex costs of adjustment: what a year of rush costs
    grows with the square of the pace beyond the normal one, 2 × rush_cost × (pace - 1)²; divided by the pace, it is the
    extra cost of a unit. Pace at least 1.

    >>> float(rushed(0.1, 2)), round(float(rushed(0.1, 5)), 2)
    (0.1, 0.64)
    """
    return 2 * floats(rush_cost) * (floats(pace) - 1) ** 2 / pace


def compression(worth, rush_cost, pace):
    """Gain (dollars per dollar of normal cost) of building a given stock at `pace`, when having all of it at once, not
    spread over its normal years, were worth `worth`: worth × (1 - 1/pace), less the extra cost of the rush. Exact
    without discounting. With it this is a rough guide far from the pace at which `worth` was found: solved anew as
    told, with the stock held fixed, the best pace is 5.6 where this has 4.3, and 1.5 is a loss where this has a gain.
    """
    return 0.0 + floats(worth) * (1 - 1 / floats(pace)) - rushed(rush_cost, pace)


def last_pace(worth, rush_cost):
    """Pace (×) beyond which `compression` is a loss: 1 if it never pays, infinite if a rush costs nothing extra.

    The pace of the largest gain is its square root.

    >>> float(last_pace(0.8, 0.05)), float(compression(0.8, 0.05, 9)), round(float(compression(0.8, 0.05, 3)), 2)
    (9.0, 0.0, 0.4)
    """
    return 1 + ratio(np.maximum(worth, 0.0), 2 * floats(rush_cost), neither=0.0)


def levy_for(need, response):
    """Share of a gain (1) that a levy must move to raise `need` of it, if a levy of t leaves 1 - response × t
    of the gain to be levied: infinite if no levy up to the whole is enough. A response of 0 shrinks nothing.
    """
    need, response = np.broadcast_arrays(floats(need), floats(response))
    inside = 1 - 4 * response * need
    levy = 2 * need / (1 + np.sqrt(np.maximum(inside, 0)))  # the lower root, without cancellation
    return np.where((inside >= 0) & (levy <= 1), levy, np.inf)


def fading(growth, usual_growth, fade_years, holding_years):
    """Growth (per year, compounded) over a stretch of years of a business whose lead over the usual growth, or lag
    behind it, fades by the factor e in `fade_years` (Chan, Karceski and Lakonishok 2003: leads hardly last).

    >>> round(float(fading(0.4, 0.08, 1e6, 5)), 3), round(float(fading(0.4, 0.08, 1, 5)), 3)
    (0.4, 0.137)
    """
    usual = np.log1p(usual_growth)
    return np.expm1(usual + (np.log1p(growth) - usual) * mean_discount(1 / floats(fade_years), holding_years))


def multiple_lost(multiple, fade_years, holding_years):
    """How many times too high (1) a price paid for a lead or lag in growth, in multiples of an average business's,
    stands when part of that lead or lag has faded: 1 if nothing has, the whole multiple if all has.
    """
    return floats(multiple) ** -np.expm1(-floats(holding_years) / fade_years)


def yearly_return(growth, multiple_paid, holding_years, subsidised_share=0.0):
    """Return (a year, continuous) of a business bought at a multiple of its worth and sold at its worth,
    if a share of its revenue ends in between.
    """
    return np.log1p(growth) + (np.log1p(-floats(subsidised_share)) - np.log(multiple_paid)) / holding_years


def pay_of_reach(reach, usual_reach, pay_exponent):
    """Pay (×) of one whose work reaches `reach` where others' reaches `usual_reach`, in the assignment market of Gabaix
    and Landier (2008): reach to the power of its elasticity across people, times the usual reach to the power of the
    rest. If all reach twice as far, all are paid twice as much.

    >>> float(pay_of_reach(8, 1, 1 / 3)), round(float(pay_of_reach(8, 8, 1 / 3)), 9)
    (2.0, 8.0)
    """
    return floats(reach) ** pay_exponent * floats(usual_reach) ** (1 - pay_exponent)


def pay_of_usual_work(lever, demand_elasticity, leaving=0.0, market=1.0):
    """(price of a piece, pay of a person, people), all of before (×), in a market for usual work in which everybody
    gets `lever` times as much done.

    Demand is the market's size times price to the power of minus its elasticity; all that is done is sold. People come
    or go with their pay, of what is paid elsewhere, which grows with `market`. Below an elasticity of demand of 1 the
    lever lowers pay and people leave, above it both rise (Bessen 2019); the more people leave, the less pay falls. If
    the market grows as the lever does, pay does too and nobody leaves.

    >>> [round(float(one), 3) for one in pay_of_usual_work(4, 0.5)], [float(one) for one in pay_of_usual_work(4, 2)]
    ([0.062, 0.25, 1.0], [0.5, 2.0, 1.0])
    >>> [round(float(one), 3) for one in pay_of_usual_work(4, 0.5, 0.5)]
    [0.125, 0.5, 0.707]
    """
    lever, market = floats(lever), floats(market)
    both = floats(demand_elasticity) + leaving
    pay = lever ** ((demand_elasticity - 1) / both) * market ** ((1 + floats(leaving)) / both)
    return pay / lever, pay, (pay / market) ** leaving


def top_share(share_before, gap):
    """Share (1) of a group in all pay when its pay over that of all others is `gap` times what it was.

    >>> float(top_share(0.2, 4))
    0.5
    """
    mine = floats(share_before) * gap
    return mine / (mine + (1 - floats(share_before)))


def kinds(p):
    """What is built: (share of building, life in years, yearly fall of its cost) of content, shell and skill.

    Of the skill of firms that die only a part is used elsewhere; the rest counts as gone.
    """
    skills = floats(p.skills_share)
    content = (1 - skills) * p.content_share
    return (
        (content, p.content_life_years, p.content_cost_decline),
        (1 - skills - content, p.shell_life_years, p.shell_cost_decline),
        (skills * capability(p), p.skill_life_years, 0.0),
    )


def gone(p):
    """Share of firms gone (1) after the time looked at, at a constant yearly rate."""
    return -np.expm1(-floats(p.firm_hazard) * p.death_years)


def capability(p):
    """Share of the firms' skill still in use (1): of those alive, and what is used elsewhere of the dead."""
    return 1 - gone(p) * (1 - floats(p.skills_kept))


def skill_worth(p):
    """Worth (dollars per dollar) of skill in use: what it earns each year while it lasts, discounted.

    A return is what training earns above what it loses by age, as studies of firms that train give it (Almeida and
    Carneiro 2009). Skill that returns what money costs is worth what was spent on it. It is used in whatever trade its
    people find, so it has a worth of its own, apart from that of the next service.
    """
    loses = 1 / floats(p.skill_life_years)
    return (p.skill_return + loses) / (loses + p.cost_of_capital)


def kept_for(unpaid, taught):
    """Share of dead firms' skill (1) that must be used elsewhere to make up for what is `unpaid`, when all of it is
    worth `taught`, in one unit: 0 if nothing is unpaid, infinite if even all of it would not.

    >>> [round(float(share), 3) for share in kept_for([0.3, 0.0, 1.1], 0.9)]
    [0.333, 0.0, inf]
    """
    kept = ratio(unpaid, taught, neither=0.0)
    return np.where(kept <= 1, kept, np.inf)


def fits(p):
    """Share (1) of what was built that the next wave can use: what is of use to it, up to what it needs.

    >>> float(fits(Parameters())), float(fits(Parameters(bubble_years=10)))
    (1.0, 0.5)
    """
    built_years = floats(p.bubble_years) * p.pace
    return floats(p.fit_share) * np.minimum(1.0, p.needed_years / built_years)


def crisis_cost(p):
    """What the crisis costs bystanders (dollars per dollar)."""
    if p.model == "quinn_turner_2020":
        return p.debt_share * p.bank_share * p.bank_crisis_loss
    return p.debt_share * p.crisis_loss


def of_all(p, of):
    """Something that hangs on life, wear with interest, and fall of the cost, over all that is built."""
    rate = floats(p.cost_of_capital)
    return sum(part * of(life, rate + 1 / floats(life), fall) for part, life, fall in kinds(p))


def extra_lit(p):
    """Share (1) in use after the bust of what serves and was built beyond the usual: what others build is in use first.

    >>> [round(float(extra_lit(Parameters(lit_share=lit, pace=2.5))), 2) for lit in (0.1, 0.7)]
    [0.0, 0.5]
    """
    pace = floats(p.pace)
    return ratio(np.maximum(0.0, pace * filling(p)[0] - 1), pace - 1, neither=0.0)


def filling(p):
    """Share of what serves that is in use after the bust (1), and years until all of it is."""
    # What the next wave cannot use does not fill, and is no glut.
    used = np.minimum(1.0, ratio(p.lit_share, fits(p), neither=1.0))
    return used, fill_time(used, p.use_growth, built_of(p))


def built_of(p):
    """What stands: (share, life in years) of content and shell."""
    return (p.content_share, p.content_life_years), (1 - floats(p.content_share), p.shell_life_years)


def waited(p):
    """A function of a rate: the mean (1) of exp(-rate × time) over all that lies idle after the bust, until it serves.

    Use grows into it year by year; what is still idle when the next service comes is taken up on that day.

    >>> fast = waited(Parameters(use_growth=0.3, lit_share=0.5))
    >>> slow = waited(Parameters(use_growth=0.01, lit_share=1e-4))
    >>> round(float(fast(0.13)), 2), round(float(slow(0.13)), 2), round(float(np.exp(-0.13 * 7)), 2)
    (0.83, 0.4, 0.4)
    """
    used, full = filling(p)
    grows, until = np.log1p(p.use_growth), np.minimum(full, p.wait_years)
    idle = 1 - used
    still = np.maximum(0.0, 1 - used * np.exp(grows * until))

    def mean(rate):
        beyond = (grows - rate) * until
        near = np.abs(beyond) < 1e-8  # the quotient loses its digits, and is next to 1
        taken_up = used * grows * until * np.where(near, 1.0, np.expm1(beyond) / np.where(near, 1.0, beyond))
        # Where next to nothing is idle it serves at once, and the quotient has lost its digits.
        return np.where(idle < 1e-9, 1.0, ratio(taken_up + still * np.exp(-rate * until), idle, neither=1.0))

    return mean


def extra(p):
    """Of what is built beyond the usual: share in use, share idle, years by which others are behind, `waited`.

    Builders who follow demand (Clark 1917, the acceleration principle) are behind until use has overtaken what stands,
    and no longer.
    """
    lit, idle = extra_lit(p), waited(p)
    standing = of_all(p, lambda life, *_: idle(1 / floats(life)))
    lead = p.bubble_years * (floats(p.pace) - 1) * fits(p) * (lit + (1 - lit) * standing)
    return lit, 1 - lit, np.minimum(lead, filling(p)[1]) if p.model == "clark_1917" else lead, idle


def beyond(p, lit, dark, lead, idle):
    """Of a dollar that builds beyond the usual and fits, of which `extra` says what becomes: what it saves others later
    (dollars), and the discounted time (years) by which it serves before they would, as each rival has it.
    """
    rate = floats(p.cost_of_capital)

    def ahead(wear):
        """Discounted time by which a unit serves before others would: an age of Perez's begins when its network is
        complete, so until then others have none of it.
        """
        return lead * mean_discount(wear, lead) if p.model == "perez_2002" else built_up(wear, lead)

    # Of what is in use and of what is left idle: what it saves later, and how long it serves sooner.
    saved = of_all(p, lambda life, _, fall: lit * saving(life, fall, rate, lead))
    saved_idle = of_all(p, lambda life, wear, fall: dark * idle(wear + fall) * saving(life, fall, rate, lead))
    sooner = of_all(p, lambda _, wear, __: lit * ahead(wear))
    sooner_idle = of_all(p, lambda _, wear, __: dark * idle(wear) * ahead(wear))
    if p.model == "hobart_huber_2024":
        # What nobody would build saves nobody a cost, and serves while it lasts, seen from today.
        lived = of_all(p, lambda _, wear, __: (lit + dark * idle(wear)) / wear)
        never, sometimes = p.never_chance, 1 - floats(p.never_chance)
        return sometimes * (saved + saved_idle), sometimes * (sooner + sooner_idle) + never * lived
    if p.model == "dixit_pindyck_1994":
        return saved + p.real_chance * saved_idle, sooner + p.real_chance * sooner_idle
    if p.model == "perez_2002":
        saved_idle = dark * of_all(
            p, lambda life, wear, fall: idle(wear + fall) * saving(life, fall, rate, p.deployment_years)
        )
    return saved + saved_idle, sooner + sooner_idle


def boom(p):
    """What one dollar beyond the usual leaves, what it brings forward, and who gains and loses."""
    rate, wait, crisis = floats(p.cost_of_capital), floats(p.wait_years), crisis_cost(p)
    lit, dark, lead, idle = extra(p)
    saved, sooner = beyond(p, lit, dark, lead, idle)
    built = (1 - p.seller_share) * fits(p) / (1 + rushed(p.rush_cost, p.pace))
    waiting = of_all(p, lambda life, _, fall: left(life, fall, rate, wait))
    legacy, served = built * saved, built * sooner
    service = served * p.user_surplus
    unserved = p.seller_share + legacy - 1 - crisis

    lost = np.maximum(0.0, 1 - p.recovered_share * legacy)  # what rounding adds to a legacy of all is no gain
    displaced = served * p.displaced_pay  # sooner, as the service is: others would replace the same people later
    sold, shared = p.seller_share + (1 - p.recovered_share) * legacy, service + displaced
    winners, users = sold + p.appropriated_share * shared, (1 - p.appropriated_share) * shared
    bystanders = -(p.outside_share * lost + crisis + displaced)
    return {
        "left_of_dollar": waiting,
        "left_of_boom": built * waiting,
        "left_of_content": left(p.content_life_years, p.content_cost_decline, p.cost_of_capital, p.wait_years),
        "left_of_shell": left(p.shell_life_years, p.shell_cost_decline, p.cost_of_capital, p.wait_years),
        "normal_years": p.bubble_years * p.pace * fits(p) * still_standing(built_of(p), wait),
        "lead_years": lead,
        "legacy": legacy,
        "service_gain": service,
        "brought": legacy + service,
        "crisis_cost": crisis,
        "net_gain": unserved + service,
        # 0: it gains without one. Service of next to no time has lost its digits, and is none.
        "break_even_worth": ratio(np.maximum(0.0, -unserved), np.where(served < 1e-12, 0.0, served), neither=0.0),
        "owners_net": -lost * (1 - p.outside_share),
        "winners_net": winners,
        "users_net": users,
        "bystanders_net": bystanders,
        "levy_needed": levy_for(-bystanders / np.maximum(winners, 1e-12), p.levy_response),
        "duty_needed": levy_for(-bystanders / np.maximum(sold + shared, 1e-12), p.levy_response),
    }


def rush(p):
    """What it costs and brings to build faster than usual, in the account of `boom`, whatever it is compared with."""
    pace, (saved, sooner) = floats(p.pace), beyond(p, *extra(p))

    def at_any_pace(surplus):
        """Worth of a lead without end, less what it costs; that of a lead is taken to grow as the stock built by then
        does, 1 - 1/pace.
        """
        ahead = fits(p) * (saved + surplus * sooner) - 1
        return np.where(pace > 1, ahead * pace / np.where(pace > 1, pace - 1, 1.0), 0.0)

    # To everybody; and to those who build, whom their part of the lost pay reaches, too, which is no gain of all.
    worth = at_any_pace(p.user_surplus)
    kept = at_any_pace(floats(p.appropriated_share) * (p.user_surplus + floats(p.displaced_pay)))
    farthest, chosen = last_pace(worth, p.rush_cost), np.sqrt(last_pace(kept, p.rush_cost))
    compressed = compression(worth, p.rush_cost, pace)
    reasoned = (1 - 1 / chosen) * (worth - np.maximum(kept, 0.0) / (1 + chosen))  # compression at the pace chosen
    premium = rushed(p.rush_cost, pace)
    return {
        "rush_premium": premium,
        "compression_gain": compressed,
        "best_pace": np.sqrt(farthest),
        "last_pace": farthest,
        # Per dollar put in, as all else is: part of it is the sellers' gain, and a rushed one builds less.
        "unreason_gain": (compressed - reasoned) * (1 - p.seller_share) / (1 + premium) - crisis_cost(p),
    }


def glut(p):
    """How long much lies idle, and how cheap that makes it."""
    full, normal = filling(p)[1], -np.log(p.viable_price) / p.normal_price_fall
    viable = viable_after(p.viable_price, p.glut_price_fall, p.normal_price_fall, full)
    in_use = p.lit_share * (1 + floats(p.use_growth)) ** p.wait_years
    return {
        "full_after_years": full,
        "idle_share": np.maximum(0.0, fits(p) * still_standing(built_of(p), p.wait_years) - in_use),
        "viable_after_years": viable,
        # From the day on which it pays until all is in use, or until it would have paid anyway.
        "viable_sooner_years": np.maximum(0.0, np.minimum(full, normal) - viable),
    }


def firms(p):
    """What remains of the firms of a boom: worth and skill."""
    # What firms do not pass on to their sellers makes products and teaches people.
    spent = 1 - floats(p.seller_share)
    alive = np.exp(-floats(p.firm_hazard) * p.death_years)
    sorted_out = floats(p.dying_by_worth)
    held = sorted_out * held_by_the_top(alive, p.worth_tail) + (1 - sorted_out) * alive
    worth = spent * p.firms_worth * (1 - floats(p.firms_anyway))
    survivors = worth * held
    # The skill of those that live is part of what they are worth.
    taught, unpaid = spent * p.taught_share * skill_worth(p), 1 + crisis_cost(p) - p.seller_share - survivors
    used_elsewhere = taught * gone(p) * p.skills_kept
    return {
        "firms_gone": gone(p),
        "capability_left": capability(p),
        "survivors_worth": survivors,
        "firms_gain": used_elsewhere - unpaid,
        "deaths_cost": worth * (1 - held) - used_elsewhere,
        "skills_needed": kept_for(np.maximum(unpaid, 0.0), taught * gone(p)),
    }


def shares(p):
    """What three ways to buy into a boom return."""
    mood = yearly_return(p.market_growth, p.mood_multiple, p.holding_years)
    leader, value = (
        yearly_return(
            fading(grows, p.market_growth, p.fade_years, p.holding_years),
            p.mood_multiple * multiple_lost(multiple, p.fade_years, p.holding_years), p.holding_years, subsidised,
        )
        for grows, multiple, subsidised in ((p.leader_growth, p.leader_multiple, p.subsidised_share),
                                            (p.value_growth, p.value_multiple, 0.0))
    )  # fmt: skip
    return {
        "mood_return": mood,
        "leader_return": leader,
        "value_return": value,
        "leader_edge": leader - np.maximum(mood, value),
    }


def wave(p):
    """What is regretted about a wave that may come or not."""
    at_stake = sunk(p.stake, p.salvage_share)
    regret = expected_regret(p.real_chance, p.missed_gain, at_stake, p.late_share, p.small_share, p.foothold)
    return {
        "regret_in": regret.all_in,
        "regret_small": regret.small_stake,
        "regret_wait": regret.wait,
        "regret_out": regret.stay_out,
        "regret_ratio": ratio(regret.wait, np.minimum(regret.all_in, regret.small_stake)),
        "choice_worth": worth_of_choice(regret),
        "even_chance": even_chance(p.missed_gain, at_stake, p.late_share),
    }


def pay(p):
    """One lever at both ends: the best reach further with it, and all who do usual work get more of it done."""
    lever, market = floats(p.lever), floats(p.lever) ** p.usual_reach
    best = np.exp(p.output_gap_change) * pay_of_reach(lever**p.best_reach, market, p.pay_exponent)
    piece, person, people = pay_of_usual_work(lever, p.demand_elasticity, p.leaving, market)
    paid = per_adult(p.winners_wealth, p.adults, p.wealth_yield)
    return {
        "best_pay_change": best,
        "pay_gap_change": best / person,
        "best_share_after": top_share(p.best_share, best / person),
        "skill_price_change": piece,
        "skill_pay_change": person,
        "posts_change": people,
        "paid_per_adult": paid,
        "basic_income_paid": paid / p.basic_income,
    }


SOLVERS = boom, rush, glut, firms, shares, wave, pay


def solve(p: Parameters) -> Headlines:
    """All headlines; fields of `p` may be arrays, which broadcast."""
    return Headlines(**{name: value for solver in SOLVERS for name, value in solver(p).items()})
