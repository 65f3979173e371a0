"""The coordinator's pages: this week, the periods, the responses, and typing answers in for a group."""

import pytest
from sqlmodel import select

from charter import clock
from charter.periods import close_period
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.store import reading, writing
from db.models import Answer, Assistance, Invitation, Organisation, Period, SelfAssessment
from db.types import AssistedHow, PeriodState, Role, SelfAssessmentState
from pages.ui.navigation import PLACES, RESULTS, RUN, sections
from tests.screens.running_site import open_ref, opened, period_state, said
from tests.screens.site_under_test import press
from tests.screens.test_sign_in import account, type_in
from tests.screens.test_sign_in import opened as opened_sign_in
from tests.templates import load_shipped

PAGES = ("this_week", "periods", "responses", "assisted")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ADMINISTRATOR, Role.PARTNER])
@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_opens_them(page: str, role: Role | None) -> None:
    words = said(opened(page, role))
    assert "Sign in to open this page" in words if role is None else "This page is not open to you" in words
    assert "have not sent" not in words


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_says_what_will_be_here_and_what_to_do(page: str) -> None:
    words = said(opened(page))
    assert "plan the first one" in words or "Plan one first" in words or "Open a period first" in words


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("page", ["periods", "responses"])
@pytest.mark.parametrize("period", ["1066", "<b>", "../.."])
def test_an_unknown_period_in_the_address_is_said_and_the_open_one_is_shown(page: str, period: str) -> None:
    site = opened(page, period=period)
    assert len(site.warning) == 1
    assert f"{open_ref()} review" in said(site)


@pytest.mark.usefixtures("settings_env", "little_work")
@pytest.mark.parametrize(("role", "title"), [(Role.COORDINATOR, "This week"), (Role.REVIEWER, "Signed in")])
def test_a_coordinator_who_signs_in_lands_on_this_week(role: Role, title: str) -> None:
    account(role)
    site = type_in(opened_sign_in())
    assert not site.exception
    assert [found.value for found in site.title] == [title]


@pytest.mark.usefixtures("demo")
def test_this_week_shows_seven_lines_that_lead_on() -> None:
    site = opened("this_week")
    words = said(site)
    for heading in (
        "Not answered yet: 1",
        "E-mails that came back: 6",
        "New links asked for: 1",
        "To be reviewed:",
        "Actions overdue:",
        "Next date: 30 days",
        "Last backup: never",
    ):
        assert heading in words
    ways = [link.proto.query_string for link in site.get("page_link")]
    assert f"period={open_ref()}&part=list&side=vcfse&status=missing" in ways
    assert f"period={open_ref()}&part=list&mail=trouble" in ways


@pytest.mark.usefixtures("demo")
def test_a_period_is_planned_and_a_wrong_date_keeps_what_was_typed() -> None:
    site = opened("periods", part="plan")
    site.text_input(key="plan_0_ref").set_value("2040")
    site.text_input(key="plan_0_title").set_value("2040 review")
    site.text_input(key="plan_0_source").set_value("The register")
    first = clock.today()
    site.date_input(key="plan_0_last").set_value(first.replace(year=first.year - 1))
    site.button(key="FormSubmitter:plan_0_period-Plan this period").click().run()
    assert "must not come before the first day" in said(site)
    assert site.text_input(key="plan_0_title").value == "2040 review"
    site.date_input(key="plan_0_last").set_value(first.replace(year=first.year + 1))
    site.button(key="FormSubmitter:plan_0_period-Plan this period").click().run()
    assert not site.exception
    assert "2040 review is planned" in said(site)
    assert period_state("2040") is PeriodState.PLANNED


@pytest.mark.usefixtures("demo")
def test_of_two_who_change_a_period_the_second_is_told_also_after_another_press() -> None:
    ref, site = open_ref(), opened("periods")
    with writing() as session:
        session.exec(select(Period).where(Period.ref == ref)).one().title = "Another title"
    press(press(site, f"ask_close_{ref}"), f"no_close_{ref}")
    site.text_input(key=f"change_{ref}_source").set_value("The register")
    for told in (True, False):
        press(site, f"FormSubmitter:change_{ref}-Save these changes")
        assert ("Somebody else changed this period" in said(site)) is told
    with reading() as session:
        assert session.exec(select(Period.list_source).where(Period.ref == ref)).one() == "The register"


@pytest.mark.usefixtures("demo")
def test_closing_asks_first_and_opening_again_needs_a_reason() -> None:
    ref = open_ref()
    site = press(opened("periods"), f"ask_close_{ref}")
    assert "takes no more answers" in said(site)
    assert period_state(ref) is PeriodState.OPEN
    press(site, f"no_close_{ref}")
    assert period_state(ref) is PeriodState.OPEN
    press(press(site, f"ask_close_{ref}"), f"yes_close_{ref}")
    assert period_state(ref) is PeriodState.CLOSED
    press(site, f"reopen_{ref}")
    assert "why it is opened again" in said(site)
    assert period_state(ref) is PeriodState.CLOSED
    site.text_input(key=f"reason_{ref}").set_value("Too *early*").run()
    press(site, f"reopen_{ref}")
    assert period_state(ref) is PeriodState.OPEN
    assert "The reason: Too *early*" in said(site)


@pytest.mark.usefixtures("demo")
def test_who_closes_after_somebody_else_is_told() -> None:
    ref = open_ref()
    site = press(opened("periods"), f"ask_close_{ref}")
    with writing() as session:
        close_period(session, viewer=OPERATOR, ref=ref)
    press(site, f"yes_close_{ref}")
    assert "closed already: somebody was quicker" in said(site)


@pytest.mark.usefixtures("demo")
def test_the_form_is_shown_as_groups_and_bodies_see_it() -> None:
    site = opened("periods", part="form")
    words = said(site)
    assert "Each of 347 groups" in words
    assert "never by the council" in words
    assert "scores of 10 groups or more" in words
    site.selectbox(key=f"preview_{open_ref()}").set_value("DEMO-NHS").run()
    assert "Public bodies answer by name: Riverbank NHS Partnership (made up)" in said(site)


@pytest.mark.usefixtures("demo")
def test_somebody_is_taken_off_the_list_and_put_back() -> None:
    site = opened("periods", part="invitations")
    assert "Demonstration list (made up)" in said(site)
    site.text_input(key=f"search_list_{open_ref()}").set_value("DEMO-0004").run()
    with reading() as session:
        organisation = session.exec(select(Organisation.id).where(Organisation.ref == "DEMO-0004")).one()
        where = (Invitation.organisation_id == organisation, Period.ref == open_ref())
        key = session.exec(select(Invitation.id).join(Period).where(*where)).one()
    name = f"remove_{key}_{key}_0"
    press(site, f"{name}_press")
    assert "why it is taken off the list" in said(site)
    site.text_input(key=f"{name}_reason").set_value("It has closed").run()
    press(site, f"{name}_press")
    with reading() as session:
        assert session.get_one(Invitation, key).removed_reason == "It has closed"
    site.toggle[0].set_value(True).run()
    assert "It has closed" in said(site)
    press(site, f"back_{key}_{key}_1_press")
    with reading() as session:
        assert session.get_one(Invitation, key).removed_at is None


@pytest.mark.usefixtures("demo")
def test_responses_show_n_of_n_by_kind_income_and_ward_and_by_day() -> None:
    site = opened("responses")
    assert [metric.value for metric in site.metric] == ["200", "40", "107", "3"]
    words = said(site)
    assert "of 347 invited" in words
    for heading in ("Kind of group", "Yearly income", "Ward", "200 groups have sent their answers"):
        assert heading in words
    assert len(site.get("arrow_vega_lite_chart") or site.get("vega_lite_chart")) == 1


@pytest.mark.usefixtures("demo")
def test_the_list_is_filtered_from_the_address_and_paged() -> None:
    site = opened("responses", part="list", status="missing", side="vcfse")
    assert "1 to 25 of 147 organisations" in said(site)
    assert "Sent " not in "\n".join(site.table[0].value.iloc[:, 1])
    trouble = opened("responses", part="list", mail="trouble")
    assert "1 to 6 of 6 organisations" in said(trouble)
    nobody = opened("responses", part="list")
    nobody.text_input(key=f"search_{open_ref()}").set_value("no such group").run()
    assert "Nobody on the list is like that" in said(nobody)


@pytest.mark.usefixtures("demo")
def test_answers_that_were_typed_in_are_marked_in_the_list() -> None:
    with reading() as session:
        ref = session.exec(
            select(Organisation.ref)
            .join(SelfAssessment, SelfAssessment.organisation_id == Organisation.id)  # type: ignore[arg-type]
            .join(Assistance)
        ).first()
    site = opened("responses", part="list")
    site.text_input(key=f"search_{open_ref()}").set_value(str(ref)).run()
    assert "by telephone through Coordinator (made up)" in said(site)


@pytest.mark.usefixtures("demo")
def test_the_e_mails_say_who_gets_one_and_why_not() -> None:
    words = said(opened("responses", part="reminders"))
    assert "would get one now" in words
    assert "has sent its answers" in words
    assert "28, 10 and 2 days before closing" in words
    assert "(the group’s own link)" in words


@pytest.mark.usefixtures("demo")
def test_the_coordinator_types_answers_in_for_a_group_that_rang() -> None:
    with reading() as session:
        group = session.exec(select(Organisation).where(Organisation.ref == "DEMO-0008")).one()
        key, name = group.id, group.name
    site = opened("assisted")
    site.text_input(key="assist_search").set_value("DEMO-0008").run()
    press(site, "assist_DEMO-0008")
    press(site, "assist_begin")
    assert "who gives you the answers" in said(site)
    site.text_input(key=f"assist_{key}").set_value("Ana").run()
    press(site, "assist_begin")
    assert f"You are typing in for {name}" in said(site)
    site.query_params["step"] = "dialogue"
    site.run()
    assert "by telephone, given by Ana" in said(site)
    site.radio[0].set_value("3").run()
    with reading() as session:
        own = session.exec(
            select(SelfAssessment).join(Period).where(SelfAssessment.organisation_id == key, Period.ref == open_ref())
        ).one()
        assert session.exec(select(Assistance.how).where(Assistance.self_assessment_id == own.id)).one() is (
            AssistedHow.TELEPHONE
        )
        levels = session.exec(select(Answer.level).where(Answer.self_assessment_id == own.id)).all()
        assert 3 in levels
        assert own.state is SelfAssessmentState.DRAFT


@pytest.mark.usefixtures("demo")
def test_a_period_that_closes_while_the_coordinator_types_gives_the_words_back() -> None:
    site = opened("assisted", organisation="DEMO-0002")
    with reading() as session:
        key = session.exec(select(Organisation.id).where(Organisation.ref == "DEMO-0002")).one()
    site.text_input(key=f"assist_{key}").set_value("Bo").run()
    press(site, "assist_begin")
    site.query_params["step"] = "dialogue"
    site.run()
    with writing() as session:
        close_period(session, viewer=OPERATOR, ref=open_ref())
    site.text_area[0].set_value("What Bo *said*")
    site.radio[0].set_value("2").run()
    assert not site.exception
    words = said(site)
    assert "No review is open" in words
    assert "is not saved: Partly." in words
    assert [code.value for code in site.code] == ["What Bo *said*"]


@pytest.mark.usefixtures("demo")
def test_a_public_body_is_not_typed_in_for() -> None:
    site = opened("assisted", organisation="DEMO-COUNCIL")
    assert "answers by itself" in said(site)
    assert not [button for button in site.button if button.key == "assist_begin"]


@pytest.mark.usefixtures("empty")
def test_the_first_period_is_planned_and_opened() -> None:
    with writing() as session:
        load_shipped(session)
    site = opened("periods")
    site.text_input(key="plan_0_ref").set_value("2040")
    site.text_input(key="plan_0_title").set_value("2040 review")
    site.button(key="FormSubmitter:plan_0_period-Plan this period").click().run()
    press(press(site, "ask_open_2040"), "yes_open_2040")
    assert period_state("2040") is PeriodState.OPEN
    assert "2040 review is open until the end of" in said(site)


def test_the_menu_has_a_section_for_those_who_run_the_review_and_none_for_the_public() -> None:
    coordinator = Viewer(account_id=1, session_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))
    titles = [place.title for place in sections(coordinator)[RUN]]
    assert {"This week", "Periods", "Responses"} <= set(titles)
    assert "Answer for a group" not in titles
    assert next(iter(sections(coordinator))) == RUN
    # Side by side, the public pages would push the coordinator's own behind "more" on a tablet.
    assert "Headlines" in {place.title for place in sections(coordinator)[RESULTS]}
    assert set(sections(PUBLIC)) == {""}
    partner = Viewer(account_id=1, session_id=1, grants=frozenset({Grant(Role.PARTNER, 1)}))
    assert [place.url_path for place in sections(partner)[""]][:2] == ["self-assessment", "my-organisation"]
    for viewer in (coordinator, PUBLIC):
        assert sorted(place.path for places in sections(viewer).values() for place in places) == sorted(
            place.path for place in PLACES
        )
