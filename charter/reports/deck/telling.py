"""What stands around the finding on every slide: where its figures are from, and where more of them is to be read."""

from charter import clock
from charter.reports.contents import Contents
from charter.words import marked


def source_line(contents: Contents) -> str:
    """Give the line at a slide's foot: the review, marked where it is made up, the release, and what was assessed."""
    release = contents.release
    review = marked(release.period_title, made_up=release.made_up)
    return f"{review} · release {release.ref} · {release.charter_title}"


def published_line(contents: Contents) -> str:
    """Say when the release was published; of a correction, also why."""
    release = contents.release
    day = clock.day_in_words(clock.local(release.published_at).date())
    return f"Corrected on {day}: {release.reason}" if release.number > 1 else f"Published on {day}"


def is_first(contents: Contents) -> bool:
    """Tell whether a release is of the first review of its charters: others may have been published after it."""
    first, *_ = (*(ref for ref, _ in contents.figures.periods), contents.release.period_ref)
    return first == contents.release.period_ref


def source_note(contents: Contents, *, page: str) -> str:
    """Give the last line of a slide's notes: what its figures rest on, and the page that tells more.

    Args:
        contents: the release.
        page: the address of that page.
    """
    return f"Source: {source_line(contents)}. {published_line(contents)}. Read more: {page}"


def page_of(contents: Contents, *, address: str, page: str = "") -> str:
    """Give the address of a public page as it shows this release.

    Args:
        contents: the release.
        address: where people reach the site, without a slash at its end.
        page: the page's own part of the address; empty for the first page.
    """
    return f"{address}/{page}?release={contents.release.ref}"
