"""Publishing from the coordinator's desk; each test reads the stored rows afterwards."""

import pytest
from sqlmodel import Session, col, select

from charter.rules.access import Viewer
from charter.store import reading, writing
from db.models import (
    Assistance,
    EarlyAccess,
    Job,
    Organisation,
    Period,
    PeriodText,
    Release,
    ReleaseAnswer,
    ReleaseInput,
    SelfAssessment,
)
from db.types import AssistedHow, JobState, PeriodState, ReleaseTextKind, Role, SelfAssessmentState
from pages.ui import keys
from tests import factories
from tests.screens.public_site import opened as opened_publicly
from tests.screens.public_site import texts
from tests.screens.publishing_site import ANSWER_BACK, PUBLISH, box_of, opened, part, published, said, worked
from tests.screens.reader import Reader
from tests.screens.site_under_test import press, ran
from tests.store.closed_reviews import YEAR, Closed, person

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.mark.parametrize("page", [PUBLISH, ANSWER_BACK])
@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_opens_to_its_role_alone(made: Closed, page: str, role: Role | None) -> None:
    with writing() as session:
        own = made.where.council if role is Role.PARTNER else None
        who = None if role is None else person(session, role, own)
    allowed = {PUBLISH: Role.COORDINATOR, ANSWER_BACK: Role.PARTNER}[page]
    words = said(opened(who, page))
    shut = "Sign in to open this page" in words or "This page is not open to you" in words
    assert shut is (role is not allowed)


def test_the_check_says_who_answered_what_is_hidden_and_what_changed(made: Closed) -> None:
    site = part(made, "check")
    words = said(site)
    assert "12 of 14 groups answered" in words
    rates = {frame.columns[0]: frame for frame in (table.value for table in site.table) if "Share" in frame}
    assert list(rates) == ["Yearly income", "Kind of group", "Ward"]
    for frame in rates.values():
        answered, asked = zip(*(cell.split(" of ") for cell in frame["Answered, of those asked"]), strict=True)
        assert (sum(map(int, answered)), sum(map(int, asked))) == (12, 14)
    assert "not sent or not accepted: Elmford NHS." in words
    assert "no figure: too few answers, or nearly all alike." in words
    assert "There is no earlier review to compare this with." in words


def test_the_words_are_saved_and_say_who_has_not_promised(made: Closed) -> None:
    site = part(made, "words")
    assert "Elmford Council has not said what it will do about" in said(site)
    box = box_of(site, "text_what_it_means")
    box.set_value("It got better.")
    press(site, f"save_{box.key}")
    with reading() as session:
        row = session.exec(select(PeriodText)).one()
        assert (row.kind, row.words) == (ReleaseTextKind.WHAT_IT_MEANS, "It got better.")
    assert "“What it means” is saved." in said(site)


def test_words_that_another_saves_meanwhile_take_nobodys_words_away(made: Closed) -> None:
    site, other = part(made, "words"), part(made, "words")
    for each, words in ((site, "Mine, *typed*"), (other, "Theirs")):
        box_of(each, "text_what_it_means").set_value(words)
    ran(site)
    press(other, f"save_text_what_it_means_{YEAR}_0")
    press(site, f"save_text_what_it_means_{YEAR}_0")
    assert "Nothing was overwritten: copy what you typed" in said(site)
    assert box_of(site, "text_what_it_means").value == "Theirs"
    assert [code.value for code in site.code] == ["Mine, *typed*"]
    box_of(site, "text_what_it_means").set_value("Theirs. Mine, *typed*")
    press(site, f"save_text_what_it_means_{YEAR}_1")
    assert not site.code
    with reading() as session:
        assert session.exec(select(PeriodText.words)).one() == "Theirs. Mine, *typed*"


def test_words_that_are_typed_are_there_again_after_a_look_at_the_figures(made: Closed) -> None:
    site = part(made, "words")
    box_of(site, "text_what_it_means").set_value("Not saved yet").run()
    for name in ("check", "words"):
        site.query_params["part"] = name
        ran(site)
    assert box_of(site, "text_what_it_means").value == "Not saved yet"


def test_a_link_is_made_for_a_named_person_shown_once_and_taken_back(made: Closed) -> None:
    site = part(made, "share")
    press(site, "share_preview")
    assert "Please type who you share it with" in said(site)
    site.text_input(key=keys.PREVIEW_NAME).set_value("Cllr Ade")
    press(site, "share_preview")
    assert "/preview/" in site.code[0].value
    site.run()
    assert not site.code
    with reading() as session:
        row = session.exec(select(EarlyAccess)).one()
        assert (row.name, row.revoked_at) == ("Cllr Ade", None)
        key = f"revoke_preview_{row.id}"
    press(site, key)
    with reading() as session:
        assert session.exec(select(EarlyAccess.revoked_at)).one() is not None
    assert "Cllr Ade: link taken back, not looked yet" in said(site)


def test_a_double_click_makes_one_link(made: Closed) -> None:
    site = part(made, "share")
    site.text_input(key=keys.PREVIEW_NAME).set_value("Cllr Ade")
    press(site, "share_preview")
    link = site.code[0].value
    press(site, "share_preview")
    assert "Please type who you share it with" not in said(site)
    assert site.code[0].value == link, "it is shown once, and must not be gone before it was read"
    assert site.text_input(key=keys.PREVIEW_NAME).value == ""
    with reading() as session:
        assert session.exec(select(EarlyAccess.name)).all() == ["Cllr Ade"]


def test_publishing_asks_first_shows_how_far_it_is_and_publishes_once(made: Closed) -> None:
    site, other = part(made, "publish"), part(made, "publish")
    for each in (site, other):
        press(each, f"ask_publish_{YEAR}")
    with reading() as session:
        assert session.exec(select(Job.id)).all() == session.exec(select(Release.id)).all() == []
    press(site, f"yes_publish_{YEAR}")
    assert "This review is being published" in said(site)
    assert not site.button, "nothing else is done to it meanwhile"
    press(other, f"yes_publish_{YEAR}")
    assert "This review is being published already, begun by an earlier press." in said(other)
    worked(site)
    for each in (site, other.run()):
        assert "2027 review is published as release 2027.1. Everyone can read it now." in said(each)
    assert "is published as release" not in said(site.run()), "it is said once"
    with reading() as session:
        assert session.exec(select(Release.ref)).all() == ["2027.1"]
        assert session.exec(select(Job.kind, Job.state)).all() == [("publish", JobState.DONE)]


def test_publishing_with_nobody_counted_is_refused_and_the_page_says_so_later_too(made: Closed) -> None:
    with writing() as session:
        for row in session.exec(select(SelfAssessment)):
            row.state = SelfAssessmentState.DRAFT
    site = part(made, "publish")
    press(site, f"ask_publish_{YEAR}")
    press(site, f"yes_publish_{YEAR}")
    worked(site)
    for each in (site, part(made, "check")):
        assert "it did not work. Nobody’s answers count in this period yet" in said(each)
    with reading() as session:
        assert session.exec(select(Release)).all() == []
        assert session.exec(select(Period.state)).one() is PeriodState.CLOSED


def test_a_correction_needs_a_reason_and_the_old_release_says_that_it_was_corrected(made: Closed) -> None:
    published()
    site = part(made, "correct")
    press(site, "ask_correct_2027.1")
    assert "No public figure changes." in said(site)
    assert "Release 2027.1 stays readable at its address" in said(site)
    press(site, "yes_correct_2027.1")
    assert "Please say what was wrong" in said(site)
    site.text_area(key="correct_reason_2027.1").set_value("A *sum* was wrong.")
    press(site, "ask_correct_2027.1")
    press(site, "yes_correct_2027.1")
    assert "A correction is being published" in said(site)
    assert "2027 review is corrected: release 2027.2 is published." in said(worked(site))
    with reading() as session:
        assert session.exec(select(Release.reason).order_by(col(Release.number))).all() == ["", "A *sum* was wrong."]
    latest = opened_publicly("method")
    assert "· corrected " in texts(latest)
    assert "The reason: A *sum* was wrong." in texts(latest)
    latest.button(key=keys.SEE_EARLIER).click().run()
    old = texts(latest)
    assert "You are looking at the 2027 review, release 2027.1. It was corrected on" in old
    assert "by release 2027.2. The reason: A *sum* was wrong." in old


def test_an_answer_of_a_group_that_was_typed_in_wrongly_is_put_right(made: Closed) -> None:
    with writing() as session:
        group = session.get_one(Organisation, made.where.groups[3])
        group.name = "Tea *club*"
        own = session.exec(select(SelfAssessment.id).where(SelfAssessment.organisation_id == group.id)).one()
        add_help(session, own or 0, made.coordinator)
    published()
    site = part(made, "correct")
    site.text_input(key=keys.RETYPE_SEARCH).set_value("nobody").run()
    assert "No group of this name or number has answers in this release." in said(site)
    site.text_input(key=keys.RETYPE_SEARCH).set_value("tea").run()
    assert "Typed in for the group by Cora" in said(site)
    assert "Typed in and published: **partly (2 of 4)**" in said(site)
    press(site, "retype_add")
    assert "Choose what is right first." in said(site)
    site.selectbox(key=keys.RETYPE_LEVEL).set_value("2")
    press(site, "retype_add")
    assert "That is what was published, so there is nothing to put right." in said(site)
    site.selectbox(key=keys.RETYPE_LEVEL).set_value("4")
    press(site, "retype_add")
    assert "Tea *club*" in said(site)
    site.text_area(key="correct_reason_2027.1").set_value("A level was typed in wrongly.")
    press(site, "ask_correct_2027.1")
    assert "hidden from now on, and in later corrections too." in said(site)
    assert "[c]" in "".join(site.table[0].value["After"].str.replace("\\", ""))
    press(site, "yes_correct_2027.1")
    worked(site)
    assert "What this correction puts right" not in said(site)
    with reading() as session:
        assert session.exec(select(Job.given)).all() == [""]
        levels = select(ReleaseAnswer.level).join(ReleaseInput, col(ReleaseInput.id) == ReleaseAnswer.release_input_id)
        held = levels.where(ReleaseInput.organisation_id == made.where.groups[3]).order_by(col(ReleaseAnswer.id))
        found = session.exec(held).all()
        half = len(found) // 2
        assert [pair for pair in zip(found[:half], found[half:], strict=True) if pair[0] != pair[1]] == [(2, 4)]


def add_help(session: Session, self_assessment_id: int, who: Viewer) -> None:
    session.add(
        Assistance(
            self_assessment_id=self_assessment_id,
            account_id=who.account_id,
            how=AssistedHow.TELEPHONE,
            spoke_to="Ana",
            began_at=factories.MOMENT,
        )
    )


def test_a_release_that_is_taken_back_has_a_notice_and_the_one_before_is_shown(made: Closed) -> None:
    published()
    site = opened(made.coordinator, PUBLISH, period=YEAR)
    site.text_area(key="withdraw_reason_2027.1").set_value("It was wrong.")
    press(site, "ask_withdraw_2027.1")
    press(site, "yes_withdraw_2027.1")
    assert "Release 2027.1 is taken back." in said(site)
    assert "Every release of this review is taken back. To show it again, put it right." in said(site)
    assert "Nothing is published yet." in texts(opened_publicly("headlines"))
    notice = texts(opened_publicly("headlines", release="2027.1"))
    assert "It was taken back on" in notice
    assert "The reason: It was wrong." in notice


def test_a_review_that_has_not_closed_says_what_will_be_here(made: Closed) -> None:
    with writing() as session:
        session.get_one(Period, made.period_id).state = PeriodState.OPEN
    assert "This review has not closed yet." in said(opened(made.coordinator, PUBLISH))


def test_the_demonstration_tells_what_was_promised_and_whether_it_was_done(reader: Reader) -> None:
    words = texts(reader.page("you_said"))
    assert "1 of the 4 actions that were promised in the 2024 review are done." in words
    assert "✓ done" in words
    home = texts(reader.page("headlines"))
    assert "What it means" in home
    assert "Decisions asked" in home


def test_the_demonstration_holds_a_correction_and_names_a_body_that_did_not_answer(reader: Reader) -> None:
    words = texts(reader.page("headlines", period="2023"))
    assert "published 17 November 2023 · corrected 1 December 2023" in words
    old = texts(reader.page("headlines", release="2023.1"))
    assert "It was corrected on 1 December 2023 by release 2023.2." in old
    said = "No accepted answers are held of these public bodies: Riverbank Police (made up)."
    assert f"{said} They were not sent, or not accepted in time." in old
