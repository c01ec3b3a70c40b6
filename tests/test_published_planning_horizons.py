"""Published values behind planning_horizons, by id: a library function gets from rows in data/ what was printed."""

import pytest
import workedarguments as wa
from workedarguments.maths import forecasts

STUDIES = wa.evidence("studies")


def value(key, column="value"):
    """One number of data/evidence/studies.csv."""
    return float(STUDIES.loc[key, column])


def test_X19_planning_fallacy_of_theses():
    longer = forecasts.overrun(value("F01-actual"), value("F01-planned"))
    assert longer == pytest.approx(0.64, abs=0.01)
    assert 1 + longer == pytest.approx(1.64, abs=0.01)


def test_X20_doubling_times_as_growth():
    days = [value(key) for key in ("F02-all", "F02-since-2023", "F02-since-2024")]
    half_a_year = [float(forecasts.annual_factor(d, forecasts.DAYS_IN_YEAR / 2)) for d in days]
    a_year = [float(forecasts.annual_factor(d, forecasts.DAYS_IN_YEAR)) for d in days]
    assert half_a_year == pytest.approx([1.91, 2.63, 4.15], abs=0.01)
    assert a_year == pytest.approx([3.6, 6.9, 17.2], abs=0.05)


def test_K17_annual_factors_of_task_length():
    newsletter = [value("F02-newsletter", column) for column in ("value", "high", "low")]
    factors = forecasts.annual_factor([value("F03"), value("F02-since-2023"), *newsletter])
    assert factors == pytest.approx([3.30, 6.90, 7.14, 5.0, 11.1], abs=0.05)


def test_K18_hindcast_of_one_year_is_low_by_three_and_a_half():
    before, after = value("F02-length-2025"), value("F02-length-2026")
    drawn = forecasts.extrapolate(before, value("F03"))
    assert drawn == pytest.approx(198, abs=0.5)
    assert after / drawn == pytest.approx(3.6, abs=0.05)
    assert forecasts.implied_doubling_days(before, after) == pytest.approx(102, abs=0.5)
