"""Reasoning: what follows. A model joined with its scenarios and claims, evidence, verdicts, recorded results,
exercises. Returns plain data and labelled pandas. Leaves out: how any of it looks (showing).
"""
