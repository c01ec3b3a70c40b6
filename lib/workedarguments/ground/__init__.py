"""Ground: what everything stands on. Files and strict YAML, what a value in a file may be, the one error for what
people write, quantities with units and bounds, and how words and numbers reach a page or a terminal unharmed.
Knows no text, no model and no particular page.
"""
