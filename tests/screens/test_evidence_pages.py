"""The page of evidence: what each viewer finds on it, adding a file, changing it, and what is refused."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.evidence.fields import EvidenceFields
from charter.evidence.files import GivenFile
from charter.evidence.items import add_evidence
from charter.rules.access import Viewer
from charter.store import reading, store, writing
from db.models import (
    Action,
    ActionEvidence,
    Evidence,
    EvidenceFile,
    EvidenceTag,
    Indicator,
    Measurement,
    MeasurementEvidence,
)
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy, Role
from tests import factories
from tests.screens.running_site import said
from tests.screens.self_assessment_site import by_link, signed_in
from tests.screens.site_under_test import opened_at, press, ran, session_of
from tests.small_files import PROGRAM, pdf, workbook
from tests.store.asked_forms import AskedForm

PAGE = "public/evidence.py"
NASTY = "<b>Report</b> [x](http://evil.example) ![y](z.png)"
TITLE = "Evidence: what shows how promises are kept"


def opened(session_id: int | None = None, **query: str) -> AppTest:
    return opened_at(PAGE, query, session_id=session_id)


def added(form: AskedForm, title: str, *, of: int | None = None, file: GivenFile | None = None, **more: object) -> str:
    """Add an item, the council's unless another organisation is named, and give its reference."""
    whose = of or form.council_id
    fields = EvidenceFields(title, **more)  # type: ignore[arg-type]
    with writing() as session:
        viewer: Viewer = form.partner_of(whose)
        return f"EV-{add_evidence(session, viewer=viewer, organisation_id=whose, fields=fields, file=file)}"


def field(site: AppTest, kind: str, name: str) -> Any:  # noqa: ANN401 - each kind of field is a class of its own
    """Give the one field of a kind whose key ends with a name."""
    (found,) = [each for each in site.get(kind) if str(each.key).endswith(name)]
    return found


def fill(site: AppTest, **values: object) -> AppTest:
    """Fill fields of the open form, by their names and kinds."""
    for name, value in values.items():
        kind, _, part = name.partition("__")
        field(site, kind, f"_{part}").set_value(value)
    return site


def submitted(site: AppTest, label: str) -> AppTest:
    (button,) = [each for each in site.button if each.label == label]
    button.click()
    return ran(site)


@pytest.mark.usefixtures("demo_to_read")
def test_anyone_reads_what_is_public_and_narrows_it_down_by_the_address() -> None:
    site = opened()
    words = said(site)
    assert site.title[0].value == TITLE
    assert "Community Equality Impact Assessment · Riverbank Council (made up)" in words
    assert "What moving the library means for people (made up)" in linked(site)
    assert "Notes for next year’s plan (made up)" not in linked(site)
    assert "What faith groups told us about feeling safe (made up)" not in linked(site)
    assert "Not public" not in words
    assert linked(opened(kind="policy")) == ["How we pay groups on time (made up)"]
    assert linked(opened(promise="EMP-SEC-4", about="socio_economic_status")) == ["Grants to groups by ward (made up)"]
    assert linked(opened(about="named_group")) == ["What moving the library means for people (made up)"]
    assert len(linked(opened(kind="nothing", promise="NOPE", about="<b>"))) == 4


def linked(site: AppTest) -> list[str]:
    """Give the titles of the items in a list."""
    labels = [str(link.proto.label).replace("\\", "") for link in site.get("page_link")]
    return [label.strip("*").replace("\u2060", "") for label in labels if label.startswith("**")]


@pytest.mark.usefixtures("demo_to_read")
def test_an_item_tells_what_it_is_and_what_it_speaks_of() -> None:
    with reading() as session:
        key = session.exec(select(Evidence.id).where(Evidence.kind == EvidenceKind.STATISTICS)).one()
    site = opened(ref=f"EV-{key}")
    words = said(site)
    assert site.title[0].value.replace("\\", "") == "Grants to groups by ward (made up)"
    assert "It is seen by everyone." in words
    assert "Money and social background" in words
    (link,) = site.get("link_button")
    assert link.proto.url == f"/files/evidence/EV-{key}"
    assert "Grants to groups by ward.xlsx" in link.proto.label.replace("\\", "")
    assert "What it is evidence for" not in words
    assert "For your organisation" not in words


@pytest.mark.parametrize("ref", ["EV-99", "nonsense", "<b>", ""])
def test_what_is_not_there_and_what_is_hidden_get_the_same_words(form: AskedForm, ref: str) -> None:
    hidden = added(form, "A secret plan", seen_by=EvidenceSeenBy.PRIVATE)
    for each in (ref, hidden):
        words = said(opened(ref=each))
        assert "There is no such item, or its owner does not show it to you." in words
        assert "secret" not in words


@pytest.mark.usefixtures("empty")
def test_without_any_it_says_what_will_be_here() -> None:
    assert "No organisation has shown evidence to everyone yet. What they show will be here" in said(opened())


@pytest.mark.parametrize(
    ("role", "finds"), [(Role.REVIEWER, 2), (Role.COORDINATOR, 2), (Role.ADMINISTRATOR, 1), (Role.PARTNER, 1)]
)
def test_each_role_finds_what_it_is_shown(form: AskedForm, role: Role, finds: int) -> None:
    for each in EvidenceSeenBy:
        added(form, each.value, seen_by=each)
    site = opened(signed_in(form, role=role))
    assert len(linked(site)) == finds
    assert ("Not public: seen by its organisation, the monitoring group" in said(site)) is (finds == 2)
    ours = opened(signed_in(form, form.council_id), part="ours")
    assert len(linked(ours)) == 3
    assert "Not public: seen by its organisation alone." in said(ours)


def test_who_came_by_a_link_reads_what_is_public_and_adds_nothing(form: AskedForm) -> None:
    added(form, "Public", seen_by=EvidenceSeenBy.PUBLIC)
    site = opened(by_link(form), part="ours")
    assert linked(site) == ["Public"]
    assert not site.get("file_uploader")


def test_a_body_adds_a_file_with_what_it_speaks_of(form: AskedForm) -> None:
    site, content = opened(signed_in(form, form.council_id), part="ours"), workbook()
    assert "There is no evidence of yours yet." in said(site)
    fill(
        site,
        text_input__title=NASTY,
        selectbox__kind=EvidenceKind.SURVEY,
        multiselect__characteristics=[Characteristic.DISABILITY],
        text_input__groups="young carers, Boat people",
        radio__seen_by=EvidenceSeenBy.PUBLIC,
        file_uploader__file=("../what we heard.docx", content, "text/html"),
    )
    site = submitted(site, "Add this evidence")
    assert f"“{NASTY}” was added." in said(site)
    assert linked(site) == [NASTY]
    assert "Its files take 5 KB of 50 MB." in said(site)
    assert field(site, "text_input", "_title").value == ""
    with reading() as session:
        row = session.exec(select(Evidence)).one()
        file = session.exec(select(EvidenceFile)).one()
        tags = session.exec(select(EvidenceTag)).all()
        assert (row.title, row.kind, row.seen_by) == (NASTY, EvidenceKind.SURVEY, EvidenceSeenBy.PUBLIC)
        assert (file.name, file.content) == ("what we heard.xlsx", content)
        assert {tag.named_group or tag.characteristic for tag in tags} == {
            Characteristic.DISABILITY,
            "young carers",
            "Boat people",
        }
        ref = f"EV-{row.id}"
    shown = opened(ref=ref)
    assert "\\<b\\>Report" in shown.title[0].value
    assert "http://evil" not in "".join(str(part.value) for part in (*shown.markdown, *shown.caption, *shown.title))


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"text_input__title": ""}, "Please type what the item is."),
        ({"text_input__link": "javascript:alert(1)"}, "A link begins with https://"),
        (
            {"file_uploader__file": ("report.pdf", PROGRAM, "application/pdf")},
            "This file is a program, whatever its name",
        ),
        ({"file_uploader__file": ("report.pdf", b"", "application/pdf")}, "This file is empty."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    form: AskedForm, values: dict[str, object], refusal: str
) -> None:
    site = opened(signed_in(form, form.council_id), part="ours")
    fill(site, **({"text_input__title": "A report", "text_input__groups": "Carers"} | values))
    site = submitted(site, "Add this evidence")
    words = said(site)
    assert refusal in words
    assert "What you typed is still here." in words
    assert field(site, "text_input", "_groups").value == "Carers"
    with reading() as session:
        assert session.exec(select(Evidence)).all() == []


def test_a_groups_item_is_its_own_until_it_says_otherwise(form: AskedForm) -> None:
    site = opened(signed_in(form), part="ours")
    assert "Nobody has to add evidence" in said(site)
    submitted(fill(site, text_input__title="Our story"), "Add this evidence")
    with reading() as session:
        assert [row.seen_by for row in session.exec(select(Evidence))] == [EvidenceSeenBy.PRIVATE]


def test_its_people_change_an_item_and_take_it_away(form: AskedForm) -> None:
    ref = added(form, "Report", file=GivenFile("report.pdf", pdf()))
    site = opened(signed_in(form, form.council_id), ref=ref)
    fill(site, text_input__title="Report of 2026", radio__seen_by=EvidenceSeenBy.PUBLIC)
    site = submitted(site, "Save these changes")
    assert "The changes are saved." in said(site)
    assert linked(opened()) == ["Report of 2026"]
    name = f"remove_item_{ref.removeprefix('EV-')}"
    site = press(press(site, f"ask_{name}"), f"yes_{name}")
    assert "“Report of 2026” was taken away." in said(site)
    assert site.title[0].value == TITLE
    with reading() as session:
        assert session.exec(select(EvidenceFile)).all() == []
    assert linked(opened()) == []


def test_another_windows_change_is_not_overwritten(form: AskedForm) -> None:
    ref = added(form, "Report")
    first, second = (opened(signed_in(form, form.council_id), ref=ref) for _ in range(2))
    submitted(fill(first, text_input__title="First"), "Save these changes")
    late = submitted(fill(second, text_input__title="Second"), "Save these changes")
    assert "was changed in another window" in said(late)
    assert opened(signed_in(form, form.council_id), ref=ref).title[0].value == "First"


def test_an_item_is_evidence_for_a_reported_outcome_and_an_action(form: AskedForm) -> None:
    ref = added(form, "Report")
    of_council = {"organisation_id": form.council_id}
    with writing() as session:
        indicator = factories.add(session, Indicator, {**of_council, "ref": "people", "title": "People who came"})
        value = factories.add(session, Measurement, {"indicator_id": indicator})
        action = factories.add(session, Action, {**of_council, "ref": "AC-1", "heading": "Hold a forum"})
    site = opened(signed_in(form, form.council_id), ref=ref)
    fill(site, multiselect__values=[value], multiselect__actions=[action])
    site = submitted(site, "Save what it is evidence for")
    led_to = {link.proto.label.split(",")[0]: link.proto.query_string for link in site.get("page_link")}
    assert led_to["Reported\\: People who came\\"] == "ref=people"
    assert led_to["Action\\: Hold a forum"] == "ref=AC-1"
    with reading() as session:
        assert len(session.exec(select(MeasurementEvidence)).all()) == 1
        assert len(session.exec(select(ActionEvidence)).all()) == 1


def test_what_another_window_cited_meanwhile_is_not_overwritten(form: AskedForm) -> None:
    ref, of = added(form, "Report"), {"organisation_id": form.council_id}
    with writing() as session:
        actions = [factories.add(session, Action, {**of, "ref": f"AC-{number}"}) for number in range(2)]
    windows = [opened(signed_in(form, form.council_id), ref=ref) for _ in range(2)]
    for site, action in zip(windows, actions, strict=True):
        submitted(fill(site, multiselect__actions=[action]), "Save what it is evidence for")
    assert "was changed in another window" in said(windows[1])
    with reading() as session:
        assert session.exec(select(ActionEvidence.action_id)).all() == [actions[0]]


def test_somebody_of_two_organisations_chooses_by_the_address(form: AskedForm) -> None:
    added(form, "Of the tea club", of=form.group_id)
    added(form, "Of the chess club", of=form.other_id)
    with writing() as session:
        account = factories.account(session)
        for each in (form.group_id, form.other_id):
            factories.grant(session, account_id=account, role=Role.PARTNER, organisation_id=each)
    session_id = session_of(account)
    assert linked(opened(session_id, part="ours", org="GROUP-2")) == ["Of the chess club"]
    assert linked(opened(session_id, part="ours", org="GROUP-1")) == ["Of the tea club"]


def test_the_list_asks_few_questions_of_the_store(form: AskedForm) -> None:
    for number in range(20):
        added(form, f"Item {number}", seen_by=EvidenceSeenBy.PUBLIC)
    opened()
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(store().engine, "before_cursor_execute", hear)
    assert len(linked(opened())) == 15
    event.remove(store().engine, "before_cursor_execute", hear)
    assert len(asked) <= 6
    assert not [each for each in asked if re.search(r"evidence_file\.content\b", each)]  # the bytes of files
