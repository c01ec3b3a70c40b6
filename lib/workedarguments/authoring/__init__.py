"""Authoring: for people who add to the kit. Checks of everything, committed notebooks, and the files that
`worked new` writes. Nothing that a reader needs.
"""
