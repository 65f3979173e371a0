"""The audit log says of each change what was before, what is after, and from where: one table of changes."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, col, select

from charter.accounts import add_account, disable_account, enable_account, reset_account, withdraw_role
from charter.answers import save_level
from charter.concerns.raising import raise_concern, withdraw
from charter.early_access import revoke_preview, share_preview
from charter.invitations import put_back, remove_invitation
from charter.links import issue_link, revoke_link
from charter.organisations.champions import end_champion, name_champion
from charter.organisations.keeping import edit_organisation, fields_of
from charter.organisations.signing import leave, sign
from charter.organisations.wards import end_ward
from charter.outcomes.indicators import change_indicator
from charter.outcomes.measuring import report_measurement, revise_measurement
from charter.outcomes.sheets import write_sheet
from charter.outcomes.stories import tell_story, write_commentary
from charter.outcomes.targets import Expected, expect_value, set_target
from charter.periods import close_period
from charter.reviews import return_answers
from charter.rules.access import OPERATOR, Viewer
from charter.submissions import submit, take_back
from charter.texts import save_text
from db.engine import Store
from db.models import AuditDetail, AuditEntry, Champion, Charter, EarlyAccess, Invitation, Organisation, Period
from db.types import ActionStatus, OrganisationKind, Precision, ReleaseTextKind, Role, StoryKind
from tests import factories
from tests.store import outcome_people
from tests.store.acting import change, make, say
from tests.store.asked_forms import AskedForm, ask_in
from tests.store.concern_people import PROMISE, sides
from tests.store.databases import one_database
from tests.store.outcome_people import REF, define, reported, year

ADDRESS = "192.0.2.7"
HERE = replace(OPERATOR, address=ADDRESS)
NOW = "some moment"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:")
Detail = Mapping[str, object]
pytestmark = pytest.mark.usefixtures("settings_env")


def here(viewer: Viewer) -> Viewer:
    return replace(viewer, address=ADDRESS)


def accounts(session: Session) -> None:
    people: dict[str, Any] = {"viewer": HERE, "email": "ana@example.org"}
    add_account(session, name="Ana", role=Role.REVIEWER, **people)
    add_account(session, name="Ana", role=Role.ADMINISTRATOR, **people)
    withdraw_role(session, role=Role.REVIEWER, **people)
    disable_account(session, **people)
    enable_account(session, **people)
    disable_account(session, **people)
    reset_account(session, **people)


def organisations(session: Session) -> None:
    body = factories.organisation(session, name="Elm Council", kind=OrganisationKind.COUNCIL)
    charter = session.get_one(Charter, factories.charter(session)).ref
    seen = fields_of(session.get_one(Organisation, body))
    edit_organisation(session, viewer=HERE, organisation_id=body, seen=seen, typed=replace(seen, name="Oak Council"))
    signed, left = date(2020, 1, 1), date(2024, 1, 1)
    sign(session, viewer=HERE, organisation_id=body, charter_ref=charter, signed_on=signed, through_id=None)
    leave(session, viewer=HERE, organisation_id=body, charter_ref=charter, left_on=left, reason="It is over")
    again = left + timedelta(days=400)
    sign(session, viewer=HERE, organisation_id=body, charter_ref=charter, signed_on=again, through_id=None)
    name_champion(session, viewer=HERE, organisation_id=body, name="Carla", email="", since=signed)
    champion = session.exec(select(Champion.id).where(Champion.organisation_id == body)).one() or 0
    end_champion(session, viewer=HERE, champion_id=champion, until=left)
    end_ward(session, viewer=HERE, ward_id=factories.ward(session, starts_on=signed), ends_on=left)


def reviews(session: Session) -> None:
    form = ask_in(session)
    period = session.get_one(Period, form.period_id)
    invited = session.exec(select(Invitation.id).where(Invitation.organisation_id == form.other_id)).one() or 0
    remove_invitation(session, viewer=HERE, invitation_id=invited, reason="It has closed")
    put_back(session, viewer=HERE, invitation_id=invited)
    issue_link(session, viewer=HERE, invitation_id=invited)
    revoke_link(session, viewer=HERE, invitation_id=invited)
    answers(session, form)
    words: dict[str, Any] = {"viewer": HERE, "period_ref": period.ref, "kind": ReleaseTextKind.WHAT_IT_MEANS}
    close_period(session, viewer=HERE, ref=period.ref)
    share_preview(session, viewer=HERE, period_ref=period.ref, name="The Mayor")
    revoke_preview(session, viewer=HERE, access_id=session.exec(select(EarlyAccess.id)).one() or 0)
    save_text(session, words="Well done", seen_revision=0, **words)
    save_text(session, words="Very well done", seen_revision=1, **words)


def answers(session: Session, form: AskedForm) -> None:
    group, council = here(form.partner), here(form.partner_of(form.council_id))
    for viewer, whose in ((group, form.whose()), (council, form.whose(form.council_id))):
        save_level(session, viewer=viewer, version_id=form.core[0], choice=3, seen_revision=0, **whose)
        ref = submit(session, viewer=viewer, declared_by="Ana", **whose).ref
    take_back(session, viewer=group, **form.whose())
    return_answers(session, viewer=HERE, ref=ref, reasons={form.core[0]: "How do you know?"})


def outcomes(session: Session) -> None:
    who = outcome_people.owners(session)
    define(session, who)
    indicator: dict[str, Any] = {"viewer": HERE, "indicator_ref": REF}
    fields = outcome_people.fields(title="Staff who live here")
    change_indicator(session, viewer=HERE, ref=REF, fields=fields, seen_revision=1)
    sheet = replace(outcome_people.SHEET, source="Payroll and a survey")
    write_sheet(session, viewer=HERE, ref=REF, sheet=sheet, seen_number=1, breaks_from=None, same_meaning=True)
    set_target(session, span=year(2024), value=Decimal(40), seen_revision=0, **indicator)
    set_target(session, span=year(2024), value=Decimal(45), seen_revision=1, **indicator)
    for number, value in enumerate((41, 42)):
        expected = Expected(year(2026), Decimal(value), f"Reason {value}")
        expect_value(session, expected=expected, seen_revision=number, **indicator)
    report_measurement(session, reported=reported(2024, "50"), **indicator)
    revised = reported(2024, "51")
    revise_measurement(session, reported=revised, reason="A mistake", seen_revision=1, **indicator)
    for number, words in enumerate(("First words", "Other words")):
        about: dict[str, Any] = {"span": year(2024), "commentary": words, "route_to_green": ""}
        write_commentary(session, seen_revision=number, **about, **indicator)
        tell_story(session, kind=StoryKind.BEHIND_IT, story=words, seen_revision=number, **indicator)
    ref = make(session, who)
    change(
        session,
        who,
        ref,
        viewer=HERE,
        heading="Hold two mornings",
        due_on=date(2027, 5, 20),
        due_precision=Precision.DAY,
    )
    say(session, HERE, ref, seen=2, status=ActionStatus.DONE, notes="It was held")


def concerns(session: Session) -> None:
    who = sides(session)
    about: dict[str, Any] = {"commitment_ref": PROMISE, "organisation_id": who.group, "about_id": who.council}
    ref = raise_concern(session, viewer=here(who.ana), words="They ask late.", **about)
    withdraw(session, viewer=here(who.ana), ref=ref, words="", seen_revision=1)


# What the newest entry of each act holds, once all is done; `NOW` stands for a moment.
CHANGES: Mapping[Callable[[Session], None], Mapping[str, Detail]] = {
    accounts: {
        "account_added": {"roles": [["reviewer"], ["administrator", "reviewer"]]},
        "role_withdrawn": {"roles": [["administrator", "reviewer"], ["administrator"]]},
        "account_disabled": {"disabled_at": [None, NOW]},
        "account_enabled": {"disabled_at": [NOW, None]},
        "account_reset": {"disabled_at": [NOW, None]},
    },
    organisations: {
        "organisation_edited": {"name": ["Elm Council", "Oak Council"]},
        "charter_left": {"left_on": [None, "2024-01-01"]},
        "charter_signed": {"signed_on": ["2020-01-01", "2025-02-04"], "left_on": ["2024-01-01", None]},
        "champion_ended": {"until": [None, "2024-01-01"]},
        "ward_ended": {"ends_on": [None, "2024-01-01"]},
    },
    reviews: {
        "invitation_removed": {"removed_at": [None, NOW]},
        "invitation_put_back": {"removed_at": [NOW, None]},
        "link_revoked": {"links_in_use": [1, 0]},
        "period_closed": {"state": ["open", "closed"]},
        "preview_revoked": {"revoked_at": [None, NOW]},
        "self_assessment_submitted": {"state": ["draft", "submitted"]},
        "self_assessment_taken_back": {"state": ["submitted", "draft"]},
        "self_assessment_returned": {"state": ["submitted", "returned"]},
        "text_saved": {"words": ["Well done", "Very well done"]},
    },
    outcomes: {
        "indicator_changed": {"title": ["Council staff who live in Elmford", "Staff who live here"]},
        "sheet_written": {"source": ["Payroll", "Payroll and a survey"]},
        "target_set": {"before": "40.0000", "after": "45"},
        "value_expected": {"value": ["41.0000", "42"], "reason": ["Reason 41", "Reason 42"]},
        "measurement_reported": {"value": [None, "50"]},
        "measurement_revised": {"value": ["50.0000", "51"], "reason": "A mistake"},
        "commentary_written": {"words": ["First words", "Other words"]},
        "story_told": {"words": ["First words", "Other words"]},
        "action_changed": {
            "heading": ["Hold a funding morning", "Hold two mornings"],
            "due_on": [None, "2027-05-20"],
        },
        "action_status_set": {"status": ["not_started", "done"], "notes": ["", "It was held"]},
    },
    concerns: {"concern_withdrawn": {"state": ["with_champion", "withdrawn"]}},
}


@one_database
@pytest.mark.parametrize("make_changes", CHANGES, ids=lambda make_changes: make_changes.__name__)
def test_each_change_is_told_with_what_was_before_and_after_and_from_where(
    store: Store, make_changes: Callable[[Session], None]
) -> None:
    with store.writing() as session:
        make_changes(session)
    with store.reading() as session:
        statement = select(AuditEntry.act, AuditDetail.detail).join(
            AuditDetail, col(AuditDetail.number) == col(AuditEntry.number)
        )
        told = {act: json.loads(detail) for act, detail in session.exec(statement.order_by(col(AuditEntry.number)))}
    for act, wanted in CHANGES[make_changes].items():
        assert {name: without_moments(told[act].get(name)) for name in wanted} == wanted, act
        assert told[act]["address"] == ADDRESS, act


def without_moments(value: object) -> object:
    match value:
        case [before, after]:
            return [without_moments(before), without_moments(after)]
        case str() if _MOMENT.match(value):
            return NOW
        case _:
            return value
