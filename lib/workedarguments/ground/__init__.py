"""Ground: what everything stands on. Files and strict YAML, the one error for what people write, quantities with
their units and bounds. Knows nothing of texts, models or pages.
"""
