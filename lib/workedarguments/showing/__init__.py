"""Showing: what a person sees in a notebook. Tables, figures, maps, sliders, and the short names that lessons use.
Leaves out: whole pages (pages).
"""
