"""Defining indicators, their sheets and breaks: who may, what is refused, and what stays of what was before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from charter.organisations.merging import merge
from charter.outcomes.breaks import mark_break, take_break_away
from charter.outcomes.indicators import Baseline, change_indicator, define_indicator
from charter.outcomes.sheets import Sheet, write_sheet
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.outcomes import Span
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import (
    Action,
    ActionOwner,
    AuditEntry,
    DefinitionSheet,
    DraftingPart,
    Indicator,
    IndicatorBreak,
    IndicatorCommitment,
    Organisation,
)
from db.types import BreakKind, IndicatorKind, OrganisationKind, Polarity, UnitKind
from tests import factories
from tests.store.databases import one_database
from tests.store.outcome_people import REF, SHEET, Owners, define, fields, owners, report, year

pytestmark = pytest.mark.usefixtures("settings_env")
SECOND = Sheet(definition="Staff who pay council tax in Elmford, of all staff.", source="Payroll", coverage="All staff")


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        return owners(session)


def acts(session: Session) -> list[str]:
    """Give what the audit log says was done, the first first."""
    return list(session.exec(select(AuditEntry.act).order_by("number")))


def test_an_indicator_is_kept_with_its_sheet_its_baseline_and_its_commitments(store: Store, who: Owners) -> None:
    with store.writing() as session:
        promise = factories.commitment(session, ref="ELM-1")
        theme = factories.theme(session)
        baseline = Baseline(Decimal("61.9"), year(2020))
        more: dict[str, Any] = {
            "baseline": baseline,
            "commitments": frozenset({"ELM-1"}),
            "theme_id": theme,
            "floor": Decimal(50),
        }
        assert define(session, who, viewer=who.partner, **more).revision == 1
    with store.reading() as session:
        row = session.exec(select(Indicator)).one()
        assert (row.ref, row.organisation_id, row.theme_id, row.floor) == (REF, who.council, theme, Decimal(50))
        kept = (row.baseline, row.baseline_starts_on, row.baseline_ends_on)
        assert kept == (Decimal("61.9"), date(2020, 4, 1), date(2021, 3, 31))
        assert session.exec(select(IndicatorCommitment.commitment_id)).all() == [promise.id]
        sheet = session.exec(select(DefinitionSheet)).one()
        assert (sheet.number, sheet.definition, sheet.coverage) == (1, SHEET.definition, SHEET.coverage)
        assert acts(session) == ["indicator_defined"]


@one_database
def test_an_owner_defines_its_own_and_the_coordinator_what_all_share(store: Store, who: Owners) -> None:
    for viewer in (who.other, who.reviewer, PUBLIC):
        with pytest.raises(NotAllowedError), store.writing() as session:
            define(session, who, viewer=viewer)
    with pytest.raises(NotAllowedError), store.writing() as session:
        define(session, who, viewer=who.partner, shared=True)
    with store.writing() as session:
        for number, viewer in enumerate((who.coordinator, OPERATOR)):
            define(session, who, viewer=viewer, shared=True, ref=f"shared-{number}")
        assert set(session.exec(select(Indicator.organisation_id))) == {None}


@one_database
def test_who_drafts_a_part_of_the_answers_does_not_report_for_the_whole_body(store: Store, who: Owners) -> None:
    with store.writing() as session:
        part = {"account_id": who.partner.account_id, "organisation_id": who.council}
        factories.add(session, DraftingPart, {**part, "strand_id": factories.strand(session)})
    with pytest.raises(RefusedError, match="lead"), store.writing() as session:
        define(session, who, viewer=who.partner)


@one_database
def test_a_made_up_organisations_indicator_is_made_up(store: Store, who: Owners) -> None:
    with store.writing() as session:
        session.get_one(Organisation, who.council).made_up = True
        define(session, who)
        assert session.exec(select(Indicator.made_up)).one()


@one_database
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " \n"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"unit": ""}, "unit"),
        ({"kind": IndicatorKind.POPULATION}, "performance_kind"),
        ({"performance_kind": None}, "performance_kind"),
        ({"tolerance": Decimal(-1)}, "tolerance"),
        ({"tolerance": Decimal("0.00001")}, "tolerance"),
        ({"floor": Decimal(140)}, "floor"),
        ({"baseline": Baseline(Decimal(-1), year(2020))}, "baseline"),
        ({"baseline": Baseline(Decimal(1), Span(date(2021, 1, 2), date(2021, 1, 1)))}, "ends_on"),
        ({"baseline": Baseline(Decimal(1), Span(date(202, 1, 1), date(2021, 1, 1)))}, "starts_on"),
        ({"baseline": Baseline(Decimal(1), year(2090))}, "ends_on"),
        ({"sheet": Sheet(definition="")}, "definition"),
        ({"sheet": Sheet(definition="x", coverage="x" * 501)}, "coverage"),
        ({"ref": "Council Staff"}, "ref"),
        ({"ref": "a--b"}, "ref"),
        ({"ref": "x" * 61}, "ref"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(store: Store, who: Owners, more: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldError, match="Nothing was lost") as refused, store.writing() as session:
        define(session, who, **more)
    assert refused.value.field == field
    with store.reading() as session:
        assert session.exec(select(Indicator)).all() == []


@one_database
def test_an_address_is_given_once(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who)
    with pytest.raises(FieldError, match="Another indicator"), store.writing() as session:
        define(session, who)


@one_database
@pytest.mark.parametrize("more", [{"theme_id": 99_999}, {"commitments": frozenset({"NO-1"})}])
def test_what_it_points_to_must_be_there(store: Store, who: Owners, more: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError, match="Nothing was changed"), store.writing() as session:
        define(session, who, **more)
    with pytest.raises(NotFoundError), store.writing() as session:
        define_indicator(session, viewer=OPERATOR, ref="x", organisation_id=99_999, fields=fields(), sheet=SHEET)


def test_fields_are_put_right_and_the_log_keeps_what_they_were(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who)
        new = fields(title="Staff at home here", tolerance=Decimal(3))
        assert change_indicator(session, viewer=who.partner, ref=REF, fields=new, seen_revision=1).revision == 2
        assert session.exec(select(Indicator.title)).one() == "Staff at home here"
        assert acts(session) == ["indicator_defined", "indicator_changed"]
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        change_indicator(session, viewer=who.partner, ref=REF, fields=fields(), seen_revision=1)
    with pytest.raises(NotAllowedError), store.writing() as session:
        change_indicator(session, viewer=who.other, ref=REF, fields=fields(), seen_revision=2)
    with pytest.raises(NotFoundError), store.writing() as session:
        change_indicator(session, viewer=OPERATOR, ref="nowhere", fields=fields(), seen_revision=2)


@one_database
@pytest.mark.parametrize(
    "more", [{"polarity": Polarity.DOWN}, {"unit": "people"}, {"unit_kind": UnitKind.NUMBER}, {"on_agenda": True}]
)
def test_what_values_mean_stays_once_there_are_values(store: Store, who: Owners, more: dict[str, Any]) -> None:
    with store.writing() as session:
        define(session, who)
        change_indicator(session, viewer=who.partner, ref=REF, fields=fields(**more), seen_revision=1)
        change_indicator(session, viewer=who.partner, ref=REF, fields=fields(), seen_revision=2)
        report(session, who, 2024, "62")
    with pytest.raises(RefusedError, match="has values"), store.writing() as session:
        change_indicator(session, viewer=who.partner, ref=REF, fields=fields(**more), seen_revision=3)


def test_a_new_definition_of_measured_values_is_a_break_or_the_same_in_other_words(store: Store, who: Owners) -> None:
    asked: dict[str, Any] = {"viewer": who.partner, "ref": REF, "sheet": SECOND}
    with store.writing() as session:
        define(session, who)
        report(session, who, 2024, "62")
    unclear: tuple[dict[str, Any], ...] = ({}, {"breaks_from": date(2025, 4, 1), "same_meaning": True})
    for said in unclear:
        with pytest.raises(FieldError, match="from which day"), store.writing() as session:
            write_sheet(session, seen_number=1, **asked, **said)
    with store.writing() as session:
        assert write_sheet(session, seen_number=1, same_meaning=True, **asked) == 2
        assert session.exec(select(IndicatorBreak)).all() == []
        asked["sheet"] = Sheet(definition=SECOND.definition, coverage="Permanent staff")
        assert write_sheet(session, seen_number=2, breaks_from=date(2025, 4, 1), **asked) == 3
    with store.reading() as session:
        broken = session.exec(select(IndicatorBreak)).one()
        assert (broken.starts_on, broken.kind) == (date(2025, 4, 1), BreakKind.COVERAGE)
        kept = session.exec(select(DefinitionSheet.definition).order_by("number")).all()
        assert kept == [SHEET.definition, SECOND.definition, SECOND.definition]


@one_database
def test_words_beside_the_definition_change_without_a_question(store: Store, who: Owners) -> None:
    more = Sheet(SHEET.definition, "Payroll, each March", SHEET.coverage, limits="Not agency staff.")
    with store.writing() as session:
        define(session, who)
        report(session, who, 2024, "62")
        assert write_sheet(session, viewer=who.partner, ref=REF, sheet=more, seen_number=1) == 2
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        write_sheet(session, viewer=who.partner, ref=REF, sheet=more, seen_number=1)


def test_a_break_is_marked_once_and_taken_away_with_a_reason(store: Store, who: Owners) -> None:
    day: dict[str, Any] = {"indicator_ref": REF, "starts_on": date(2025, 4, 1)}
    asked: dict[str, Any] = {"viewer": who.partner, **day, "kind": BreakKind.COVERAGE, "reason": "Schools left."}
    with store.writing() as session:
        define(session, who)
        mark_break(session, **asked)
    with pytest.raises(FieldError, match="already"), store.writing() as session:
        mark_break(session, **asked)
    with pytest.raises(FieldError, match="what changed"), store.writing() as session:
        mark_break(session, **{**asked, "reason": " "})
    with pytest.raises(NotAllowedError), store.writing() as session:
        mark_break(session, **{**asked, "viewer": who.other})
    with store.writing() as session:
        take_break_away(session, viewer=who.partner, **day, reason="Schools did not leave.")
        assert session.exec(select(IndicatorBreak)).all() == []
        assert acts(session)[-1] == "break_taken_away"
    with pytest.raises(NotFoundError), store.writing() as session:
        take_break_away(session, viewer=who.partner, **day, reason="Again")


@one_database
def test_a_merge_takes_indicators_and_what_is_to_be_done_along(store: Store, who: Owners) -> None:
    with store.writing() as session:
        into = factories.organisation(session, kind=OrganisationKind.COUNCIL)
        define(session, who)
        action = factories.add(session, Action, {"ref": "AC-1"})
        factories.add(session, ActionOwner, {"action_id": action, "organisation_id": who.council, "words": ""})
        merge(session, viewer=OPERATOR, organisation_id=who.council, into_id=into, reason="One council.")
    with store.reading() as session:
        assert session.exec(select(Indicator.organisation_id)).one() == into
        assert session.exec(select(ActionOwner.organisation_id)).one() == into
