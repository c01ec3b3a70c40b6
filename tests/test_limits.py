"""The mathematics that models share for the ends of their ranges. Warnings are errors here."""

import numpy as np
import pytest
from workedarguments.maths import forecasts, limits


def test_a_ratio_past_the_largest_number_is_infinite():
    assert limits.ratio(1.0, 5e-324) == np.inf
    assert limits.ratio(0.0, 5e-324) == 0
    assert limits.ratio(5e-324, 5e-324) == 1
    assert limits.ratio(0.0, 0.0, neither=1.0) == 1


def test_the_exponential_is_infinite_only_past_the_largest_number():
    last = limits.LARGEST_EXPONENT
    assert limits.exponential(last) == pytest.approx(np.finfo(float).max, rel=1e-12)
    assert limits.exponential(np.array([np.nextafter(last, np.inf), np.inf, -np.inf])).tolist() == [np.inf, np.inf, 0]


def test_what_is_missed_when_nearly_all_or_nearly_none_stay():
    assert limits.log_of_rest(1e-20) == pytest.approx(np.log(1e-20))
    assert limits.log_of_rest(600.0) == pytest.approx(-np.exp(-600.0), rel=1e-12)
    around = limits.log_of_rest(np.log(2) * np.array([1 - 1e-12, 1 + 1e-12]))
    assert around == pytest.approx(np.log(0.5), rel=1e-11)


def test_a_miss_by_more_doublings_than_a_number_has_is_infinite():
    assert forecasts.error_factor(np.array([9.0, 1e7])).tolist() == pytest.approx([8, np.inf])
