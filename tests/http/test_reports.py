"""`/files/reports/<release>/<form>`: what is published as files for everyone, and the words where there is none."""

import asyncio
import io
from datetime import timedelta

import httpx
import pytest
from pptx import Presentation
from pptx.util import Inches
from sqlmodel import select
from starlette.applications import Starlette

from charter import clock
from charter.corrections import withdraw_release
from charter.releases import list_releases
from charter.reports import handing_out
from charter.reports.contents import Contents
from charter.reports.deck.arranging import PlacedSlide
from charter.reports.deck.keeping import make_deck, save_deck
from charter.reports.deck.templates import add_template
from charter.reports.forms import FORMS, ZIP, Form
from charter.reports.pack import NAME as PACK
from charter.reports.pack_kept import keep_pack
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.sessions import COOKIE, start_account_session
from charter.store import reading, writing
from db.models import Period
from db.types import Role, SlideKey
from pages.routes.headers import NOTHING_RUNS
from pages.routes.reports import ROUTES
from tests import factories

pytestmark = pytest.mark.usefixtures("demonstration_behind")
REF, EARLIER = "2025.1", "2024.1"


def got(address: str, tag: str = "", *, token: str = "") -> httpx.Response:
    """Ask the routes for a file, without a server between."""
    headers = {"if-none-match": tag} if tag else {}
    cookies = {COOKIE: token} if token else {}

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=ROUTES)), base_url="http://x", cookies=cookies
        ) as to:
            return await to.get(f"/files/reports/{address}", headers=headers)

    return asyncio.run(ask())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Form]]:
    """Let each form be a few bytes, and note which were made: what the forms are is held where they are made."""
    noted: list[tuple[str, Form]] = []

    def make(form: Form, contents: Contents, *, address: str) -> bytes:
        noted.append((contents.release.ref, form))
        return f"{form} of {contents.release.ref} at {address}".encode()

    monkeypatch.setattr(handing_out, "make_form", make)
    return noted


def withdraw(ref: str) -> None:
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=ref, reason="A wrong list.")


def test_every_form_comes_to_be_saved_under_a_name_that_says_what_it_is(made: list[tuple[str, Form]]) -> None:
    for form in Form:
        answer = got(f"{REF}/{form.value}")
        stem, _, ending = form.value.rpartition(".")
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == FORMS[form].media_type
        assert answer.headers["content-disposition"] == f'attachment; filename="made-up-{stem}-{REF}.{ending}"'
        assert answer.headers["content-security-policy"] == NOTHING_RUNS
        assert answer.headers["cache-control"] == "public, no-cache"
    assert made == [(REF, form) for form in Form]


def test_a_form_is_made_once_and_whoever_has_it_is_told_so(made: list[tuple[str, Form]]) -> None:
    first = got(f"{REF}/workbook.xlsx")
    latest = got("latest/workbook.xlsx")
    assert (latest.content, latest.headers["etag"]) == (first.content, first.headers["etag"])
    tag = first.headers["etag"]
    for had in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = got(f"{REF}/workbook.xlsx", had)
        assert (again.status_code, again.content) == (304, b"")
    changed = got(f"{REF}/workbook.xlsx", '"other"')
    assert changed.status_code == 200
    assert made == [(REF, Form.WORKBOOK)]


def test_what_was_made_before_a_release_was_taken_back_is_made_anew(made: list[tuple[str, Form]]) -> None:
    """The newest tells of the reviews before: so it changes too."""
    for _ in range(2):
        assert got(f"{REF}/briefing.pdf").status_code == 200
    withdraw(EARLIER)
    assert got(f"{REF}/briefing.pdf").status_code == 200
    assert made == [(REF, Form.BRIEFING_PDF)] * 2


def test_what_was_made_before_the_next_review_was_planned_is_made_anew(made: list[tuple[str, Form]]) -> None:
    """The scrutiny paper says when figures come back."""
    got(f"{REF}/scrutiny.pdf")
    with writing() as session:
        own = session.exec(select(Period).where(Period.ref == REF.partition(".")[0])).one()
        later = own.opens_on + timedelta(days=365)
        factories.period(
            session, charter_id=own.charter_id, opens_on=later, closes_on=later + timedelta(days=30), made_up=True
        )
    for _ in range(2):
        got(f"{REF}/scrutiny.pdf")
    assert made == [(REF, Form.SCRUTINY_PDF)] * 2


def test_a_release_that_was_taken_back_is_given_out_in_no_form(made: list[tuple[str, Form]]) -> None:
    got(f"{REF}/briefing.pdf")
    with writing() as session:
        keep_pack(session, viewer=OPERATOR, ref=REF, content=b"PK", read_at=clock.now())
    withdraw(REF)
    for form in (Form.BRIEFING_PDF.value, Form.DATA.value, PACK):
        answer = got(f"{REF}/{form}")
        assert answer.status_code == 410
        assert f"Release {REF} was withdrawn" in answer.text
        assert "A wrong list." in answer.text
    assert got("latest/briefing.pdf").headers["content-disposition"].endswith(f'{EARLIER}.pdf"')
    assert made[-1] == (EARLIER, Form.BRIEFING_PDF)


def test_an_unknown_address_is_answered_in_plain_words() -> None:
    for address, said in (
        (f"{REF}/poster.pdf", "A release is given out as: briefing.pdf, briefing.docx"),
        ("1999.1/briefing.pdf", "There is no release 1999.1."),
        ("1999.1/review-pack.zip", "There is no release 1999.1."),
        (f"{REF}/review-pack.zip", "is not made yet"),
        ("<b>/briefing.pdf", "There is no release &lt;b&gt;."),
    ):
        answer = got(address)
        assert answer.status_code == 404
        assert said in answer.text


def test_the_pack_comes_as_it_is_kept() -> None:
    with writing() as session:
        found = keep_pack(session, viewer=OPERATOR, ref=REF, content=b"PK as kept", read_at=clock.now())
    answer = got(f"{REF}/{PACK}")
    assert (answer.content, answer.headers["etag"]) == (b"PK as kept", f'W/"{found.sha256}"')
    assert answer.headers["content-disposition"] == f'attachment; filename="made-up-review-pack-{REF}.zip"'
    assert answer.headers["content-type"] == ZIP


def test_where_nothing_stands_that_is_said() -> None:
    with reading() as session:
        standing = [each.ref for each in list_releases(session, viewer=PUBLIC) if each.withdrawn_at is None]
    for ref in standing:
        withdraw(ref)
    answer = got("latest/briefing.pdf")
    assert answer.status_code == 404
    assert "Nothing is published yet." in answer.text


def signed_in(role: Role) -> tuple[Viewer, str]:
    """Give somebody with an account, and the token of their session."""
    with writing() as session:
        account_id = factories.account(session)
        factories.grant(session, account_id=account_id, role=role)
        token = start_account_session(session, account_id=account_id).token
    return Viewer(account_id=account_id, grants=frozenset({Grant(role)})), token


def titles(answer: httpx.Response) -> list[str]:
    slides = Presentation(io.BytesIO(answer.content)).slides
    return [slide.shapes.title.text_frame.text for slide in slides]


def test_whoever_has_a_decks_address_gets_its_slides_to_edit() -> None:
    coordinator, _ = signed_in(Role.COORDINATOR)
    with writing() as session:
        deck = make_deck(session, viewer=coordinator, release_ref=REF)
        save_deck(
            session,
            viewer=coordinator,
            ref=deck.ref,
            title="What the charter did",
            closing="",
            slides=[PlacedSlide(SlideKey.TITLE), PlacedSlide(SlideKey.GAP)],
            seen_revision=deck.revision,
        )
    answer = got(f"{REF}/slides.pptx?deck={deck.ref}")
    first, second = titles(answer)
    assert first == "What the charter did"
    assert second.startswith("The widest gap is on")
    assert answer.headers["cache-control"] == "private, no-cache"
    # A deck is of one release: its own is told, whatever the address says.
    assert got(f"{EARLIER}/slides.pptx?deck={deck.ref}").content == answer.content
    missing = got(f"{REF}/slides.pptx?deck=DK-0000")
    assert (missing.status_code, "There is no such deck." in missing.text) == (404, True)


def test_slides_in_an_organisations_look_are_for_the_coordinator_alone() -> None:
    coordinator, token = signed_in(Role.COORDINATOR)
    _, reviewer = signed_in(Role.REVIEWER)
    look, written = Presentation(), io.BytesIO()
    look.slide_width, look.slide_height = Inches(10), Inches(7.5)
    look.save(written)
    with writing() as session:
        kept = add_template(session, viewer=coordinator, name="Council 2026", content=written.getvalue())
    address = f"{REF}/slides.pptx?template={kept.id}"
    answer = got(address, token=token)
    assert answer.status_code == 200
    assert Presentation(io.BytesIO(answer.content)).slide_width == Inches(10)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert [got(address).status_code, got(address, token=reviewer).status_code] == [403, 403]
    for unknown in ("99", "x", "9" * 30, "٣"):
        assert got(f"{REF}/slides.pptx?template={unknown}", token=token).status_code == 404
