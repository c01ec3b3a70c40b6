"""Numbers as people read them: three significant digits where that is few enough, units, everyday fractions.

Inside the library numbers keep full precision; they are rounded when they are shown.
"""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

FRACTIONS = {
    1 / 10: "a tenth",
    1 / 4: "a quarter",
    1 / 3: "a third",
    1 / 2: "half",
    2 / 3: "two thirds",
    3 / 4: "three quarters",
    9 / 10: "nine tenths",
}

LARGE = {1e12: "trillion", 1e9: "billion", 1e6: "million"}

FINEST = -6  # digits after the point that are shown at most

PURE = ("elasticity", "log points", "ratio")


def digits(value, significant=3):
    """A number as text with three significant digits: 1,234, 0.0571, ∞; nan is "not computable"."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    value = float(value)
    if np.isnan(value):
        return "not computable"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 10**significant:
        return f"{value:,.0f}".replace("-", "−")
    text = f"{value:.{significant}g}"
    return (f"{value:.6f}".rstrip("0").rstrip(".") if "e" in text else text).replace("-", "−")


def quantity(value, unit="", significant=None):
    """A number with its unit as people say it: 1.82×, half, 44 in 100, 8 hours; nan is "not computable".

    With `significant` digits given, all of them are shown and no everyday fraction stands for the number.
    """
    if np.isnan(value):
        return digits(value)
    if unit == "share" and np.isfinite(value):
        if value in (0, 1) and not significant:
            return "all" if value else "none"
        for fraction, word in ({} if significant else FRACTIONS).items():
            if abs(value - fraction) < 0.005:
                return word
        return f"{digits(100 * float(value), significant or (2 if value < 0.995 else 3))} in 100"
    if np.isinf(value):
        return f"{digits(value)}, out of reach"
    for size, word in LARGE.items():
        if abs(value) >= size:
            return f"{digits(value / size, significant or 3)} {word} {unit}".strip()
    shown = digits(value, significant or 3)
    if unit == "×":
        return f"{shown}×"
    if unit in PURE:
        return shown
    return f"{shown} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


def limit(value, unit, towards, beyond=None, words=True):
    """A limit as people say it, and the number meant: rounded up (`towards` 1) or down (-1), to as few digits as leave
    it on this side of `beyond`. With `words` an everyday fraction may stand for it.
    """
    beyond = towards * math.inf if beyond is None else beyond
    if not math.isfinite(value):
        return quantity(value, unit), value
    if unit == "share" and words:
        for fraction, word in FRACTIONS.items():
            between = min((fraction - value) * towards, (beyond - fraction) * towards) >= 0
            if abs(value - fraction) < 0.005 and between:
                return word, fraction
    for significant in range(2 if unit == "share" else 3, 16):
        size = 100 if unit == "share" else 1  # as it is shown
        number = rounded(size * value, significant, towards) / size
        if (beyond - number) * towards >= 0:
            return quantity(number, unit, significant), number
    return quantity(value, unit, 17), value


def rounded(value, significant, towards):
    """A number with some significant digits, rounded up (1) or down (-1)."""
    exact = Decimal(repr(float(value)))
    if not exact:
        return 0.0
    step = Decimal(1).scaleb(max(exact.adjusted() - significant + 1, FINEST))
    return float((exact / step).to_integral_value(ROUND_CEILING if towards > 0 else ROUND_FLOOR) * step)


def plain(value):
    """A value as strict JSON takes it: infinities and nan become the texts "inf", "-inf", "nan"."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
