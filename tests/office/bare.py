"""A release that lacks much: a theme is hidden, there was no review before, and nothing is known of outcomes."""

from charter.reports.contents import Contents
from tests.store.given_out import without_outcomes
from tests.store.paper_cases import first_review, without_figures


def bare(contents: Contents) -> Contents:
    """Take away from the release what a first review does not have, and hide its first theme."""
    return without_outcomes(first_review(without_figures(contents, contents.figures.themes[0].ref)))
