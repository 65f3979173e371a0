"""How a public page opens: which release it shows, its title, and what stands there when there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from charter.releases import ReleaseFound, choose_release, list_releases
from charter.settings import settings
from charter.store import reading
from charter.words import marked
from pages.ui import addresses, corrections, viewer
from pages.ui.plain import plain

_LOOK = Path(__file__).parent / "assets" / "figures.css"
_NOT_YET = (
    "Nothing is published yet. A review is published after it has closed and the answers of public bodies "
    "have been read. Until then you can read what was promised, and how figures are made."
)


@dataclass(frozen=True)
class Shown:
    """The release that a page shows.

    Attributes:
        release: the release.
        address: what has to stand in an address to show this release; nothing for the latest.
        version: a word that changes with every publication: what is kept in memory is kept under it.
    """

    release: ReleaseFound
    address: dict[str, str]
    version: str

    @property
    def id(self) -> int:
        """The release's key in the store."""
        return self.release.id

    @property
    def period(self) -> str:
        """The title of the review."""
        return self.release.period_title


def draw(title: str | Callable[[Shown | None], str], *, will_be: str) -> Shown | None:
    """Open a page: the line that says what it shows, its title, and messages about the address.

    Args:
        title: the page's title; or what gives it, where it is in the release that is shown.
        will_be: what this page will show once something is published, as a sentence.

    Returns:
        The release to show, or None where the page has none and says so itself.
    """
    st.html(_LOOK)
    asked = addresses.asked()
    with reading() as session:
        releases = list_releases(session, viewer=viewer.current())
    latest, release = choose_release(releases), _wanted(asked, releases)
    if release is None:
        st.title(title if isinstance(title, str) else title(None), anchor=False)
        _draw_none(asked, latest, will_be=will_be)
        return None
    address = {} if release == latest else _address(asked, release)
    shown = Shown(release=release, address=address, version=version_of(releases))
    st.caption(corrections.top_line(release, releases, named=_named(release)))
    st.title(title if isinstance(title, str) else title(shown), anchor=False)
    if release != latest:
        corrections.draw_not_latest(release, releases, latest, named=_named(release))
    elif release.number > 1:
        corrections.draw_corrected(release, releases)
    return shown


def _wanted(asked: addresses.Asked, releases: tuple[ReleaseFound, ...]) -> ReleaseFound | None:
    if {"period", "release"} & set(asked.unknown):
        return None
    return choose_release(releases, ref=asked.release, period_ref=asked.period)


def _address(asked: addresses.Asked, release: ReleaseFound) -> dict[str, str]:
    return {"release": release.ref} if asked.release is not None else {"period": release.period_ref}


def version_of(releases: tuple[ReleaseFound, ...]) -> str:
    """Give a word that changes with every publication: figures are kept in memory under it."""
    standing = (release for release in releases if release.withdrawn_at is None)
    return f"{settings().store_url} " + " ".join(f"{each.ref}@{each.published_at.timestamp()}" for each in standing)


def _named(release: ReleaseFound) -> str:
    """Name the review, with the mark that the notice above every page explains."""
    return plain(marked(release.period_title, made_up=release.made_up))


def _draw_none(asked: addresses.Asked, latest: ReleaseFound | None, *, will_be: str) -> None:
    if asked.release or asked.period or {"period", "release"} & set(asked.unknown):
        name = asked.release or asked.period
        st.warning(f"Nothing is published under {plain(name)}." if name else "This address names no review.")
        if latest is not None:
            corrections.draw_to_latest(f"See the {_named(latest)}, the latest")
            return
    st.markdown(plain(will_be))
    st.info(_NOT_YET)
    st.page_link("public/charter.py", label="Read what was promised")
    st.page_link("public/method.py", label="Read how figures are made")
