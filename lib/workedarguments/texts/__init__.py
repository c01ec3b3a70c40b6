"""Texts: what was said. Sources, texts, claims, relations, words in other languages, and the fingerprints that find
a passage in a reader's own copy. Leaves out: what follows from a claim (reasoning), and how it looks (showing).
"""
