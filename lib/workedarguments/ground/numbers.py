"""Numbers as people read them: three significant digits where that is few enough, units, everyday fractions.

Inside the library numbers keep full precision; they are rounded when they are shown.
"""

import math

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


def quantity(value, unit=""):
    """A number with its unit as people say it: 1.82×, half, 44 in 100, 8 hours; nan is "not computable"."""
    if np.isnan(value):
        return digits(value)
    if unit == "share" and np.isfinite(value):
        if value in (0, 1):
            return "all" if value else "none"
        for fraction, word in FRACTIONS.items():
            if abs(value - fraction) < 0.005:
                return word
        return f"{digits(100 * float(value), 2 if value < 0.995 else 3)} in 100"
    if np.isinf(value):
        return f"{digits(value)}, out of reach"
    for size, word in LARGE.items():
        if abs(value) >= size:
            return f"{digits(value / size)} {word} {unit}".strip()
    if unit == "×":
        return f"{digits(value)}×"
    if unit in PURE:
        return digits(value)
    return f"{digits(value)} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


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
