"""Reports: every notebook in every scenario as one self-contained HTML page, with a comparison.

papermill runs a notebook, nbconvert turns its cells into HTML, and a page of our own goes around
them. Comparison pages are computed by the library and never run a notebook. A page carries a key
of everything it was made from; one whose key is still right is not made again. Leaves out: PDF,
widgets (a page has no script), and any text of the originals.
"""
