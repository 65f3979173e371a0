"""What goes out: a release as charts, slides, papers, a workbook and open data.

Each form is made from `Contents`, which are read once from the release, and tells every figure in the same words.
"""
