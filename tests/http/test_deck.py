"""`/deck/<release>`: the show over HTTP, under a policy of its own, and plain words where there is none."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from charter.corrections import withdraw_release
from charter.reports.contents import Contents
from charter.reports.deck import showing
from charter.reports.deck.arranging import PlacedSlide
from charter.reports.deck.keeping import make_deck, save_deck
from charter.reports.deck.show_parts import content_policy
from charter.reports.deck.slide import Slide
from charter.reports.deck.telling import source_line
from charter.rules.access import OPERATOR, Grant, Viewer
from charter.store import writing
from db.types import Role, SlideKey
from pages.routes.deck import ROUTES
from pages.routes.outermost import OutermostMiddleware
from tests import factories
from tests.conftest import forget_settings
from tests.store.shows import read_show

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def demonstration(demonstration_behind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an address that is the world's, and draw no charts: they are held where they are made."""
    del demonstration_behind
    monkeypatch.setenv("CHARTER_ADDRESS", "https://charter.example.org")
    monkeypatch.setattr(showing, "make_slides", without_charts)
    forget_settings()


def without_charts(contents: Contents, *, address: str) -> tuple[Slide, ...]:
    made = (Slide(key, f"Headline of {key}", source=source_line(contents)) for key in SlideKey)
    return tuple(replace(slide, link=address if slide.key is SlideKey.TITLE else "") for slide in made)


def got(path: str, tag: str = "") -> httpx.Response:
    """Ask the routes within the outermost layer, without a server between."""
    app = Starlette(routes=ROUTES, middleware=[Middleware(OutermostMiddleware)])

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as to:
            return await to.get(path, headers={"if-none-match": tag} if tag else {})

    return asyncio.run(ask())


def deck_of(ref: str, *keys: SlideKey, notes: str = "") -> str:
    """Make a deck of a release with these slides, and give its address."""
    with writing() as session:
        account = factories.account(session)
        viewer = Viewer(account_id=account, grants=frozenset({Grant(Role.PARTNER)}))
        deck = make_deck(session, viewer=viewer, release_ref=ref)
        saved = save_deck(
            session,
            viewer=viewer,
            ref=deck.ref,
            title="Our year",
            closing="",
            slides=[PlacedSlide(key, notes) for key in keys],
            seen_revision=1,
        )
        return saved.ref


def withdraw(ref: str) -> None:
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=ref, reason="A wrong list.")


def test_it_comes_as_a_page_under_a_policy_that_allows_its_own_script_alone() -> None:
    answer = got("/deck/2025.1")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == f"{content_policy()}; frame-ancestors 'self'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    slides = read_show(answer.content).slides
    assert [slide.key for slide in slides] == list(SlideKey)
    assert {slide.source.partition(" · ")[0] for slide in slides} == {"2025 review (made up)"}


def test_whoever_has_it_is_told_so_under_the_same_policy() -> None:
    first = got("/deck/2025.1")
    again = got("/deck/2025.1", first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == again.headers["cache-control"] == "private, no-cache"
    assert first.headers["content-security-policy"] == again.headers["content-security-policy"]
    assert got("/deck/2025.1", '"other"').status_code == 200


def test_it_is_saved_as_one_file_with_the_same_in_it() -> None:
    answer = got("/deck/2025.1?download=1")
    assert answer.headers["content-disposition"] == 'attachment; filename="made-up-show-2025.1.html"'
    assert answer.content == got("/deck/2025.1").content


def test_an_earlier_release_has_its_own_and_the_latest_is_led_to() -> None:
    assert "2024 review (made up)" in got("/deck/2024.1").text
    for path in ("/deck/latest", "/deck/latest?download=1"):
        answer = got(path)
        assert answer.status_code == 307
        assert answer.headers["location"] == path.replace("latest", "2025.1")
        assert answer.headers["cache-control"] == "no-store"


def test_a_deck_is_shown_by_its_address_as_it_is_saved_now() -> None:
    ref = deck_of("2025.1", SlideKey.GAP, SlideKey.TITLE, notes="Pause <b>here</b>.")
    answer = got(f"/deck/2025.1?deck={ref}")
    gap, title = read_show(answer.content).slides
    assert (gap.key, gap.notes) == ("gap", ["Pause <b>here</b>."])
    assert (title.key, title.headline) == ("title", "Our year")
    with writing() as session:
        coordinator = Viewer(account_id=factories.account(session), grants=frozenset({Grant(Role.COORDINATOR)}))
        save_deck(
            session,
            viewer=coordinator,
            ref=ref,
            title="Our year",
            closing="",
            slides=[PlacedSlide(SlideKey.ASK)],
            seen_revision=2,
        )
    changed = got(f"/deck/2025.1?deck={ref}", answer.headers["etag"])
    assert [slide.key for slide in read_show(changed.content).slides] == ["ask"]


def test_a_deck_leads_to_the_release_that_it_is_of() -> None:
    ref = deck_of("2024.1", SlideKey.GAP)
    answer = got(f"/deck/2025.1?deck={ref}&download=1")
    assert answer.headers["location"] == f"/deck/2024.1?deck={ref}&download=1"


@pytest.mark.parametrize(
    "path", ["/deck/2099.1", "/deck/%3Cb%3E", "/deck/2025.1?deck=DK-NONE", "/deck/latest?deck=%27"]
)
def test_an_unknown_address_says_so(path: str) -> None:
    answer = got(path)
    assert answer.status_code == 404
    assert "There is no such show" in answer.text
    assert "<b>" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_release_that_was_taken_back_is_shown_no_more() -> None:
    ref = deck_of("2025.1", SlideKey.GAP)
    assert got(f"/deck/2025.1?deck={ref}").status_code == 200
    withdraw("2025.1")
    for path in ("/deck/2025.1", f"/deck/2025.1?deck={ref}", "/deck/2025.1?download=1"):
        answer = got(path)
        assert answer.status_code == 410
        assert "Release 2025.1 was withdrawn" in answer.text
        assert "A wrong list." in answer.text
    assert got("/deck/latest").headers["location"] == "/deck/2024.1"
