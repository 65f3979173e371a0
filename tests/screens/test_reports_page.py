"""What is made of a release, on the screen: one press for the pack, each form by itself, and links for everyone."""

import io

import pytest
from pptx import Presentation
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.corrections import withdraw_release
from charter.reports import pack as pack_module
from charter.reports.forms import FORMS, Form
from charter.reports.pack_kept import keep_pack
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.models import Job, ReleasePack, SlideTemplate
from db.types import JobState, Role
from tests.screens.public_site import opened as opened_publicly
from tests.screens.publishing_site import links, made, opened, said, worked
from tests.screens.site_under_test import press, ran
from tests.store.closed_reviews import YEAR, Closed, closed, person
from tests.store.test_packs import quickly

__all__ = ["made"]  # a fixture
pytestmark = pytest.mark.usefixtures("settings_env")
REPORTS = "coordinate/reports.py"
REF = f"{YEAR}.1"
MAKE = f"make_pack_{REF}"


@pytest.mark.parametrize("role", [None, *Role])
def test_it_opens_to_the_coordinator_alone(made: Closed, role: Role | None) -> None:
    with writing() as session:
        who = None if role is None else person(session, role, made.where.council if role is Role.PARTNER else None)
    words = said(opened(who, REPORTS))
    shut = "Sign in to open this page" in words or "This page is not open to you" in words
    assert shut is (role is not Role.COORDINATOR)


def test_it_says_what_will_be_here_before_anything_is_published() -> None:
    with writing() as session:
        made = closed(session)
    site = opened(made.coordinator, REPORTS)
    assert "Nothing is published yet." in said(site)
    assert not links(site)


def test_each_form_is_named_said_what_it_is_for_and_led_to(made: Closed) -> None:
    site = opened(made.coordinator, REPORTS)
    words, addresses = said(site), [part.proto.url for part in site.get("link_button")]
    for form in Form:
        assert FORMS[form].title in words
        assert FORMS[form].what in words
        assert f"/files/reports/{REF}/{form.value}" in addresses


def test_one_press_makes_the_pack_shows_how_far_it_is_and_leads_to_it(
    made: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_module, "make_files", quickly)
    site, other = (opened(made.coordinator, REPORTS) for _ in range(2))
    for each in (site, other):
        press(each, MAKE)
        assert "This takes a minute or two" in said(each)
        assert MAKE not in [button.key for button in each.button], "it is not begun twice"
    with reading() as session:
        assert [job.state for job in session.exec(select(Job))] == [JobState.WAITING]
    ready = links(worked(site))
    (label,) = [label for label in ready if label.startswith("Download the review pack")]
    assert ready[label] == f"/files/reports/{REF}/review-pack.zip"
    with reading() as session:
        assert session.exec(select(ReleasePack.sha256)).one() in said(site)


def test_a_pack_that_fails_says_so_and_may_be_made_again(made: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_named: object) -> dict[str, bytes]:
        raise ValueError("a chart is broken")

    monkeypatch.setattr(pack_module, "make_files", fail)
    site = opened(made.coordinator, REPORTS)
    press(site, MAKE)
    words = said(worked(site))
    assert "it did not work. Something went wrong." in words
    assert "No pack was kept." in words
    assert "a chart is broken" not in words
    assert MAKE in [button.key for button in site.button]


def test_a_release_that_was_taken_back_is_not_offered(made: Closed) -> None:
    with writing() as session:
        keep_pack(session, viewer=OPERATOR, ref=REF, content=b"PK", read_at=clock.now())
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    site = opened(made.coordinator, REPORTS, release=REF)
    assert f"There is no release {REF}, or it was taken back." in said(site)
    assert not links(site)


def test_the_first_page_offers_everyone_the_briefing_the_slides_and_the_workbook(made: Closed) -> None:
    del made
    expected = {
        "Cabinet briefing (PDF)": "briefing.pdf",
        "Cabinet briefing (Word)": "briefing.docx",
        "Slides (PowerPoint)": "slides.pptx",
        "Workbook (Excel)": "workbook.xlsx",
    }
    for query in ({}, {"release": REF}):
        site = opened_publicly("headlines", **query)
        assert links(site) == {label: f"/files/reports/{REF}/{form}" for label, form in expected.items()}
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    assert not links(opened_publicly("headlines", release=REF))


def a_look() -> bytes:
    written = io.BytesIO()
    Presentation().save(written)
    return written.getvalue()


def brought(site: AppTest, content: bytes) -> AppTest:
    """Bring a file as a look for slides, and press the button."""
    next(box for box in site.text_input if str(box.key).startswith("bring_look")).set_value("Council 2026")
    site.file_uploader[0].set_value(("look.pptx", content, "application/octet-stream"))
    ran(site)
    return press(site, next(str(button.key) for button in site.button if str(button.key).endswith("_keep")))


def test_a_look_for_slides_is_brought_leads_to_slides_in_it_and_goes_after_a_question(made: Closed) -> None:
    site = brought(opened(made.coordinator, REPORTS), a_look())
    assert "Council 2026 is kept. Slides can be made in it now." in said(site)
    with reading() as session:
        key = session.exec(select(SlideTemplate.id).where(SlideTemplate.name == "Council 2026")).one()
    assert links(site)[f"Slides of release {REF} in this look"] == f"/files/reports/{REF}/slides.pptx?template={key}"
    press(site, f"ask_remove_look_{key}")
    assert "is taken away for good" in said(site)
    press(site, f"yes_remove_look_{key}")
    assert "Council 2026 is removed." in said(site)
    with reading() as session:
        assert session.exec(select(SlideTemplate.id)).all() == []


def test_a_file_that_is_no_look_says_why_and_what_was_typed_stays(made: Closed) -> None:
    site = brought(opened(made.coordinator, REPORTS), b"Dear all, see you at the conference.")
    words = said(site)
    assert "This is no PowerPoint presentation. Save the template as .pptx and try again." in words
    assert "What you typed is still here." in words
    assert next(box.value for box in site.text_input if str(box.key).startswith("bring_look")) == "Council 2026"
    with reading() as session:
        assert session.exec(select(SlideTemplate.id)).all() == []
