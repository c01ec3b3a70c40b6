"""Published values on bubbles, survival and transfers, by id: library functions on rows of data/evidence."""

from datetime import date

import numpy as np
import pytest
import workedarguments as wa
from workedarguments.maths import growth, options, survival, transfers
from workedarguments.models import industrial_bubble

TABLES = {name: wa.evidence(name) for name in
          ("railways", "fibre", "nasdaq", "manias", "ai_capital", "gpu_rents", "survival", "transfers", "investing")}


def row(name, key):
    """One row of a table of evidence."""
    return TABLES[name].loc[key]


def value(name, key, column="value"):
    """One number of a table of evidence."""
    return float(row(name, key)[column])


def rows(name, start):
    """The rows of a table whose id begins with a word, in their order."""
    return TABLES[name][TABLES[name].index.str.match(rf"{start}-\d+$")]


def period(name, key):
    """How many years a row's date spans, from its first to its last year."""
    first, last = row(name, key)["date"].split("/")
    return int(last[:4]) - int(first[:4])


def test_bubbles_09_garbers_bound():
    after, usual = value("manias", "tulip-fall-after"), value("manias", "tulip-fall-usual")
    years = period("manias", "tulip-fall-after")
    assert years == 5
    assert growth.abnormal_fall(after, usual, years) == pytest.approx(value("manias", "tulip-fall-abnormal"), abs=0.001)
    # Compounded once a year the bound would be 22 %, which he does not print.
    compounded = 1 - ((1 - after) / (1 - usual)) ** years
    assert compounded == pytest.approx(0.222, abs=0.001)


@pytest.mark.parametrize(
    ("industry", "published"), [("us-cars", 0.97), ("us-tyres", 0.92), ("us-televisions", 0.97), ("us-penicillin", 0.83)]
)
def test_bubbles_10_shake_outs_of_klepper_and_simons(industry, published):
    peak, low = value("survival", f"{industry}-peak"), value("survival", f"{industry}-low")
    assert growth.drawdown(peak, low) == pytest.approx(published, abs=0.005)


def test_bubbles_10_peaks_and_lows():
    ends = [[value("survival", f"us-{industry}-{end}") for end in ("peak", "low")]
            for industry in ("cars", "tyres", "televisions", "penicillin")]
    assert ends == [[274, 7], [274, 23], [89, 3], [29, 5]]


def test_bubbles_11_makers_of_cars_enter_and_leave():
    makers, entries, exits = (rows("survival", start)["value"] for start in ("uk-cars", "uk-cars-entries", "uk-cars-exits"))
    assert (len(makers), len(entries), len(exits)) == (10, 9, 9)
    assert survival.firms(makers.iloc[0], entries, exits).tolist() == makers.tolist()


def test_bubbles_12_cohort_of_1994():
    counts, shares = rows("survival", "bls-1994-count"), rows("survival", "bls-1994-share")
    assert counts["years"].tolist() == shares["years"].tolist() == list(range(24))
    assert survival.survival(counts["value"]) == pytest.approx(shares["value"].to_numpy(), abs=0.0005)


def test_bubbles_12_the_young_close_faster():
    hazards = survival.yearly_hazards(rows("survival", "bls-1994-count")["value"])
    assert 1 - np.exp(-hazards[:5]) == pytest.approx([0.204, 0.144, 0.110, 0.104, 0.087], abs=0.001)
    assert survival.hazard(value("survival", "bls-1994-share-5"), 5) == pytest.approx(hazards[:5].mean(), abs=0.001)


def test_bubbles_15_fall_of_the_nasdaq():
    peak, trough = value("nasdaq", "peak-2000"), value("nasdaq", "trough-2002")
    assert (peak, trough) == (5048.62, 1114.11)
    assert growth.drawdown(peak, trough) == pytest.approx(0.7793, abs=0.0001)


def test_bubbles_15_fifteen_years_to_recover():
    fell, back = (date.fromisoformat(row("nasdaq", key)["date"]) for key in ("peak-2000", "recovery-2015"))
    assert (back - fell).days / 365.25 == pytest.approx(15.1, abs=0.05)
    assert value("nasdaq", "recovery-2015") > value("nasdaq", "peak-2000")
    closes = rows("nasdaq", "close")
    assert closes["date"].tolist() == [str(year) for year in range(1995, 2016)]
    assert closes["value"].max() < value("nasdaq", "peak-2000")


def test_bubbles_16_valuation_at_two_peaks():
    peaks = {row("nasdaq", key)["date"]: value("nasdaq", key) for key in ("cape-1929", "cape-1999", "cape-2021")}
    assert peaks["1999-12"] == pytest.approx(44.20, abs=0.01)
    assert peaks["1929-09"] == pytest.approx(32.56, abs=0.01)
    assert max(peaks, key=peaks.get) == "1999-12"
    # A return to the mean of the series would have cost three fifths.
    assert growth.drawdown(peaks["1999-12"], value("nasdaq", "cape-mean")) == pytest.approx(0.61, abs=0.005)


def test_bubbles_17_tail_of_venture_returns():
    five, ten, fifty = (value("survival", f"vc-{multiple}x") for multiple in (5, 10, 50))
    assert growth.tail_exponent(5, five, 10, ten) == pytest.approx(1.32, abs=0.01)
    assert growth.tail_exponent(10, ten, 50, fifty) == pytest.approx(1.43, abs=0.01)
    assert row("survival", "vc-50x")["checked"] == "memory"
    assert industrial_bubble.Parameters().worth_tail == pytest.approx(growth.tail_exponent(5, five, 10, ten), abs=0.005)


def test_bubbles_18_return_of_railways_in_1849():
    parts = [value("railways", f"return-{part}") for part in ("open", "building", "neither")]
    total = value("railways", "return-authorised")
    assert sum(parts) == pytest.approx(total, abs=0.1)
    assert np.array(parts) / total == pytest.approx([0.451, 0.124, 0.425], abs=0.0006)


def test_a_factory_of_dixit_and_pindyck_is_worth_waiting_for():
    cost, price, up, down, chance, rate = (
        value("investing", f"widget-{key}") for key in ("cost", "price", "price-up", "price-down", "chance", "rate")
    )
    gain, loss = up / rate + price - cost, cost - price - down / rate
    waited = up * (1 + rate) / rate - cost  # seen from the year in which the price is known
    late = waited / (1 + rate) / gain
    now = options.expected_gain(chance, options.if_it_comes(gain, late, 0.1, 0.0), options.if_it_does_not(loss, 0.1))
    assert now.all_in == pytest.approx(value("investing", "widget-now"))
    assert now.wait == pytest.approx(value("investing", "widget-wait"), abs=0.5)
    regret = options.expected_regret(chance, gain, loss, late, 0.1, 0.0)
    assert options.worth_of_choice(regret) == pytest.approx(value("investing", "widget-option"), abs=0.5)
    # The factory would have to be nearly sure of the higher price before building at once is as good.
    assert options.even_chance(gain, loss, late) == pytest.approx(0.88, abs=0.005)


def test_cheap_shares_return_more_than_dear_ones_by_about_what_was_measured():
    glamour, cheap = value("investing", "glamour-return"), value("investing", "value-return")
    assert cheap - glamour == pytest.approx(0.105)
    fades = wa.argument("industrial_bubble", "growth_fades").solve()
    assert fades.value_return - fades.leader_return == pytest.approx(np.log((1 + cheap) / (1 + glamour)), abs=0.03)


def test_pay_of_all_chiefs_rose_as_all_firms_grew():
    size, third = value("investing", "size-rise"), value("investing", "pay-elasticity")
    assert industrial_bubble.pay_of_reach(size, size, third) == pytest.approx(value("investing", "pay-rise"))
    # One firm that grows alone pays less than twice as much; between firms that all grow the gap stays.
    assert industrial_bubble.pay_of_reach(size, 1, third) == pytest.approx(1.81, abs=0.005)
    assert industrial_bubble.pay_of_reach(size, size, third) / size == pytest.approx(1)
    alike = wa.argument("industrial_bubble", "all_markets_grow").solve(lever=size)
    assert alike.best_pay_change == pytest.approx(value("investing", "pay-rise"))
    assert alike.pay_gap_change == pytest.approx(1)


def test_the_best_paid_hundredth_gained_on_all_others_in_a_generation_about_as_told_of_ai():
    before, after = value("investing", "top-share-1979"), value("investing", "top-share-2023")
    gained = (after / before) / ((1 - after) / (1 - before))  # their mean pay over that of others, of before
    assert gained == pytest.approx(1.80, abs=0.005)
    assert industrial_bubble.top_share(before, gained) == pytest.approx(after)
    told = wa.argument("industrial_bubble")
    assert told.parameters.best_share == after
    assert told.solve().pay_gap_change == pytest.approx(gained, abs=0.1)


def test_training_as_measured_earns_itself_back_and_not_the_firms_that_die():
    measured = wa.argument("industrial_bubble", "training_as_measured")
    returned = value("investing", "training-return")
    assert measured.parameters.skill_return == returned
    # At a cost of capital of as much, a dollar of it is worth a dollar; at a lower one more, yet too little here.
    at_its_return = industrial_bubble.Parameters(skill_return=returned, cost_of_capital=returned)
    assert industrial_bubble.skill_worth(at_its_return) == pytest.approx(1)
    assert industrial_bubble.skill_worth(measured.parameters) == pytest.approx(1.16, abs=0.005)
    assert measured.solve().skills_needed == pytest.approx(0.725, abs=0.005)


def test_railways_grew_faster_in_the_mania_than_after_it():
    lengths = rows("railways", "open")["value"]
    assert growth.yearly_growth(lengths["open-1845"], lengths["open-1850"], 5) == pytest.approx(0.22, abs=0.005)
    later = growth.yearly_growth(1, value("railways", "doubling-1871"), period("railways", "doubling-1871"))
    assert later == pytest.approx(0.035, abs=0.0005)


def test_railways_cost_more_a_mile_in_the_mania():
    capital, lengths = rows("railways", "capital")["value"].to_numpy(), rows("railways", "open")["value"].to_numpy()[:5]
    assert capital / lengths / 1000 == pytest.approx([8.9, 19.3, 28.8, 36.2, 36.3], abs=0.05)


def test_fibre_fills_in_five_years_if_its_use_doubles():
    lit, traffic = value("fibre", "lit-2002"), value("fibre", "traffic-growth")
    assert growth.fill_time(lit, traffic) == pytest.approx(5.2, abs=0.05)
    assert growth.fill_time(lit, traffic / 2) == pytest.approx(8.9, abs=0.05)


def test_fibre_in_fact_filled_more_slowly_than_traffic_grew():
    lit = growth.yearly_growth(value("fibre", "lit-2002"), value("fibre", "lit-2005"), 2005 - 2002)
    assert lit == pytest.approx(0.77, abs=0.005)
    assert lit < value("fibre", "traffic-growth")


def test_bandwidth_became_cheap():
    assert 1 - (1 + value("fibre", "price-fall")) ** period("fibre", "price-fall") == pytest.approx(0.88, abs=0.005)
    assert growth.drawdown(value("fibre", "stm1-1999"), value("fibre", "stm1-2001")) == pytest.approx(0.85, abs=0.001)
    told = 2 ** (365 / 100) - 1
    assert value("fibre", "traffic-growth-told") == pytest.approx(told, abs=0.01)


def test_capital_spending_of_four_firms():
    spent = TABLES["ai_capital"].query("source == 'hyperscaler-chart-2026'").groupby("date")["value"].sum()
    assert spent.to_dict() == pytest.approx({"2023": 149, "2024": 251.2, "2025": 384, "2026": 710})
    assert value("ai_capital", "five-firms-spent") / value("ai_capital", "five-firms-written-off") == pytest.approx(3.86, abs=0.005)


def test_doubtful_rows_say_so():
    doubtful = TABLES["ai_capital"].query("doubt == doubt").index
    microsoft = {f"spent-microsoft-{year}-table" for year in range(2020, 2025)}
    assert {"spent-alphabet-2021-table", *microsoft} <= set(doubtful)


def test_rents_fell_below_the_price_of_the_card_and_came_back():
    low, now, even = (value("gpu_rents", key) for key in ("rent-2025-10", "rent-2026-03", "break-even"))
    assert even < low < now
    assert now / low - 1 == pytest.approx(0.4, abs=0.02)


def quantities(claim):
    """The numbers a claim states, in the text's order."""
    return [each["value"] for each in wa.claims()[claim].quantity]


def test_K02_deaths_on_one_scale():
    gone, base, early, late = quantities("kaufman.nine-nine-nine")
    assert survival.hazard(1 - gone / base, np.array([late, early])) == pytest.approx([3.45, 6.91], abs=0.005)
    share, years = quantities("bubble.ninety-percent-gone")
    assert survival.hazard(1 - share, years) == pytest.approx(0.77, abs=0.005)
    dot_com = row("survival", "dot-com-5")
    assert survival.hazard(dot_com["value"], dot_com["years"]) == pytest.approx(0.147, abs=0.0005)


def test_K02_the_editors_ninety_nine_in_a_hundred():
    share, early, late = quantities("kaufman.editor-ninety-nine")
    assert survival.hazard(1 - share, np.array([late, early])) == pytest.approx([2.30, 4.61], abs=0.005)


def test_K02_history_is_five_to_twenty_five_times_slower():
    followed, shut = (value("survival", f"carta-2018-{key}") for key in ("all", "shut"))
    ends = [value("survival", f"carta-2018-{key}") for key in ("ongoing", "shut", "acquired", "public")]
    assert sum(ends) == followed
    cars = rows("survival", "uk-cars")["value"]
    slow = [
        survival.hazard(1 - shut / followed, value("survival", "carta-2018-shut", "years")),
        survival.hazard(cars["uk-cars-1929"] / cars["uk-cars-1922"], 1929 - 1922),
        survival.hazard(value("survival", "bls-1994-share-5"), 5),
    ]
    assert slow == pytest.approx([0.114, 0.149, 0.140], abs=0.0005)
    share, years = quantities("bubble.ninety-percent-gone")
    assert 5 < survival.hazard(1 - share, years) / max(slow) < 7


def test_K08_net_cost_of_a_basic_income():
    gross, net, share = (value("transfers", f"widerquist-{key}") for key in ("gross", "net", "net-share"))
    assert transfers.base_of(net, share) == pytest.approx(18270, rel=0.001)
    returned = transfers.returned_share(net, gross)
    assert returned > value("transfers", "widerquist-returned", "low")
    assert 1 - returned == pytest.approx(0.158, abs=0.0005)
    assert value("transfers", "widerquist-net-low-withdrawal") / net == pytest.approx(1.67, abs=0.005)


def test_K08_withdrawing_less_reaches_higher_incomes():
    benefit = value("transfers", "widerquist-benefit")
    half, third = (value("transfers", f"widerquist-{key}") for key in ("withdrawal", "withdrawal-low"))
    incomes = np.array([0, 20_000, 30_000, 40_000])
    assert transfers.net_benefit(benefit, incomes, half) == pytest.approx([12_000, 2_000, 0, 0])
    assert transfers.net_benefit(benefit, incomes, third) == pytest.approx([12_000, 5_000, 1_500, 0])


@pytest.mark.parametrize(("part", "of_gdp"), [(1, 0.105), (0.5, 0.053), (1.5, 0.158)])
def test_K09_gross_cost_from_remembered_totals(part, of_gdp):
    cost = transfers.gross_cost(value("transfers", "adults"), part * value("transfers", "widerquist-benefit")) / 1e9
    assert transfers.flat_rate(cost, value("transfers", "gdp")) == pytest.approx(of_gdp, abs=0.0005)
    if part == 1:
        assert cost == pytest.approx(3204)
        assert transfers.flat_rate(cost, value("transfers", "personal-income")) == pytest.approx(0.126, abs=0.0005)
    assert set(TABLES["transfers"].loc[["adults", "gdp", "personal-income"], "checked"]) == {"memory"}


def test_K10_what_the_winners_money_comes_to():
    adults, payout = value("transfers", "adults"), value("transfers", "wealth-yield")
    package, all_of_them, options, profit = (
        1e9 * value("transfers", key) for key in ("musk-package", "billionaires", "musk-options", "nvidia-profit")
    )
    assert transfers.per_adult(package, adults) == pytest.approx(3745, abs=0.5)
    assert transfers.per_adult(package, adults, payout) == pytest.approx(150, abs=0.5)
    assert transfers.per_adult(all_of_them, adults, payout) == pytest.approx(1019, abs=0.5)
    assert transfers.per_adult(options, adults) == pytest.approx(521, abs=0.5)
    assert transfers.per_adult(profit, adults) == pytest.approx(273, abs=0.5)
    # At most about a twelfth of the benefit.
    share = transfers.per_adult(all_of_them, adults, payout) / value("transfers", "widerquist-benefit")
    assert share == pytest.approx(1 / 12, abs=0.002)


@pytest.mark.parametrize(("version", "published"), [("2024", -0.125), ("2025", -0.167)])
def test_K11_people_earn_a_little_less(version, published):
    change, transfer = value("transfers", f"openresearch-earnings-{version}"), value("transfers", "openresearch-transfer")
    assert transfers.income_response(change, transfer) == pytest.approx(published, abs=0.0005)
