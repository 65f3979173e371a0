"""Papers about a release: the Cabinet briefing, the scrutiny paper and the annual review, as PDF and as Word.

What a paper says is made once, as a `Document`; `pdf.py` and `word.py` set the same one, so that both say the same.
"""
