"""Titles of themes and promises, shortened for a paper that has little room for them."""

from dataclasses import replace

from charter.published.figures import Promise, Theme
from charter.reports.contents import Contents
from charter.reports.papers.document import shortened


def with_short_titles(contents: Contents, *, letters: int) -> Contents:
    """Give a release whose themes and promises are called by no more than so many letters."""
    figures = contents.figures
    themes = tuple(_theme(theme, letters) for theme in figures.themes)
    together = tuple(_promise(promise, letters) for promise in figures.together)
    return replace(contents, figures=replace(figures, themes=themes, together=together))


def _theme(theme: Theme, letters: int) -> Theme:
    promises = tuple(_promise(promise, letters) for promise in theme.promises)
    return replace(theme, title=shortened(theme.title, letters), promises=promises)


def _promise(promise: Promise, letters: int) -> Promise:
    return replace(promise, title=shortened(promise.title, letters))
