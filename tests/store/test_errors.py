"""Every rule of the store comes back by its name, and without a word of what was typed."""

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint, func, literal_column, null, select
from sqlmodel import Session, SQLModel

import db.models  # noqa: F401 - registers the tables
from db.engine import Store
from db.errors import ConstraintViolatedError
from db.types import Role
from tests import factories
from tests.factories import MOMENT
from tests.store.rows import ROWS, reply

TABLES = SQLModel.metadata.tables
SECRET = "typed in confidence"
NOWHERE = 987_654

# For each check that is not a closed list of words: a change to a valid row that breaks it and nothing else.
BREAKS: dict[str, dict[str, object]] = {
    "ck_action_date_has_precision": {"due_on": None},
    "ck_account_email_in_lower_case": {"email": "Person@example.org"},
    "ck_account_grant_partner_has_organisation": {"organisation_id": None},
    "ck_account_session_account_or_link": {"account_id": None},
    "ck_answer_comment_length": {"comment": SECRET + " " * 2000},
    "ck_answer_level_or_none": {"level": 1, "no_level": "dont_know"},
    "ck_answer_level_range": {"level": 5},
    "ck_champion_until_after_since": {"until": MOMENT.date().replace(year=2025)},
    "ck_commitment_version_first_is_first": {"number": 2},
    "ck_commitment_version_number_from_one": {"number": 0, "meaning": "same"},
    "ck_invitation_removal_has_reason": {"removed_at": MOMENT},
    "ck_job_done_within_total": {"done": 1},
    "ck_job_given_is_bounded": {"given": "x" * 20_001},
    "ck_job_given_while_it_runs": {"given": "{}", "state": "done"},
    "ck_level_value_range": {"value": 5},
    "ck_organisation_ends_after_start": {"starts_on": MOMENT.date(), "ends_on": MOMENT.date().replace(year=2025)},
    "ck_organisation_not_part_of_itself": {"part_of_id": literal_column("id")},
    "ck_organisation_merge_not_into_itself": {"into_id": literal_column("organisation_id")},
    "ck_period_closes_after_opening": {"closes_on": MOMENT.date().replace(year=2025)},
    "ck_period_threshold_never_lowered": {"threshold": 9},
    "ck_period_text_reply_has_organisation": {"kind": "right_of_reply"},
    "ck_release_answer_level_or_none": {"no_level": "dont_know"},
    "ck_release_answer_level_range": {"level": -1},
    "ck_release_correction_has_reason": {"number": 2},
    "ck_release_number_from_one": {"number": 0, "reason": "A count was wrong."},
    "ck_returned_answer_reply_has_moment": {"reply": "Words"},
    "ck_release_record_position_from_one": {"position": 0},
    "ck_returned_answer_return_has_reason": {"reason": ""},
    "ck_action_owner_organisation_or_words": {"words": "The strategic partnership"},
    "ck_action_source_one_source": {"commitment_id": None},
    "ck_awarded_grant_amount_not_negative": {"amount": -1},
    "ck_awarded_grant_currency_is_code": {"currency": "£"},
    "ck_commentary_commentary_has_words": {"words": ""},
    "ck_concern_concern_has_words": {"words": ""},
    "ck_concern_not_about_itself": {"about_id": literal_column("raised_by_id")},
    "ck_concern_reply_reply_has_words": {"words": ""},
    "ck_concern_step_number_from_one": {"number": 0},
    "ck_definition_sheet_number_from_one": {"number": 0},
    "ck_definition_sheet_sheet_has_definition": {"definition": ""},
    "ck_evidence_file_digest_is_whole": {"sha256": "0" * 63},
    "ck_evidence_file_size_within_limit": {"size": 5 * 1024 * 1024 + 1},
    "ck_evidence_tag_named_group_has_name": {"named_group": "Carers"},
    "ck_evidence_tag_one_tag": {"characteristic": "age"},
    "ck_expected_value_expectation_has_reason": {"reason": ""},
    "ck_expected_value_period_in_order": {"ends_on": MOMENT.date().replace(year=2025)},
    "ck_file_import_digest_is_whole": {"sha256": "0" * 63},
    "ck_file_import_rows_from_zero": {"rows_left": -1},
    "ck_import_finding_finding_has_reason": {"reason": ""},
    "ck_indicator_baseline_has_period": {"baseline": 1},
    "ck_indicator_baseline_in_order": {
        "baseline": 1,
        "baseline_starts_on": MOMENT.date(),
        "baseline_ends_on": MOMENT.date().replace(year=2025),
    },
    "ck_indicator_performance_has_its_kind": {"kind": "performance"},
    "ck_indicator_tolerance_not_negative": {"tolerance": -1},
    "ck_indicator_break_break_has_reason": {"reason": ""},
    "ck_indicator_story_story_has_words": {"words": ""},
    "ck_measurement_measurement_has_coverage": {"coverage": ""},
    "ck_measurement_measurement_has_source": {"source": ""},
    "ck_measurement_period_in_order": {"ends_on": MOMENT.date().replace(year=2025)},
    "ck_recommendation_recommendation_has_words": {"words": ""},
    "ck_register_entry_income_not_negative": {"income": -1},
    "ck_register_entry_people_not_negative": {"employees": -1, "volunteers": 1},
    "ck_replaced_measurement_revision_has_reason": {"reason": ""},
    "ck_target_period_in_order": {"ends_on": MOMENT.date().replace(year=2025)},
    "ck_you_said_action_or_reason": {"no_action_reason": "Words"},
    "ck_you_said_promise_has_words": {"we_will": ""},
}


# The audit log refuses every UPDATE, so there a broken row is inserted: as a copy, but for what must be new.
GROWS_ONLY: dict[str, dict[str, object]] = {
    "audit_entry": {"number": 2, "digest": "1" * 64},
    "audit_detail": {"number": 2},
}


def checks() -> list[str]:
    return [str(rule.name) for table in TABLES.values() for rule in table.constraints if is_check(rule)]


def is_check(rule: object) -> bool:
    # A closed list of words makes its check itself; those are tried word by word in test_models.py.
    return isinstance(rule, CheckConstraint) and not rule._type_bound  # noqa: SLF001


def columns(wanted: Callable[[Column[Any]], bool]) -> list[tuple[str, str]]:
    return [(table.name, column.name) for table in TABLES.values() for column in table.columns if wanted(column)]


def uniques() -> list[tuple[str, str, list[str]]]:
    """List every rule of uniqueness, with its table and columns: constraints and unique indexes."""
    found: list[tuple[str, str, list[str]]] = []
    for table in TABLES.values():
        rules: list[UniqueConstraint | Index] = [index for index in table.indexes if index.unique]
        rules += [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        found += [(str(rule.name), table.name, [column.name for column in rule.columns]) for rule in rules]
    return sorted(found)


def refused(store: Store, write: Callable[[Session], object]) -> ConstraintViolatedError:
    """Write, and give the error that must come of it."""

    def in_one_scope() -> None:
        with store.writing() as session:
            write(session)

    with pytest.raises(ConstraintViolatedError) as caught:
        in_one_scope()
    return caught.value


def changed(session: Session, table: Table, values: dict[str, object]) -> None:
    """Make a valid row, then change it."""
    key = ROWS[table.name](session)
    if table.name in GROWS_ONLY:
        session.execute(table.insert().values({**row(session, table, key), **GROWS_ONLY[table.name], **values}))
    else:
        session.execute(table.update().where(only_key(table) == key).values(values))


def doubled(session: Session, table: Table, over: list[str]) -> None:
    """Make two valid rows, then make the second like the first in some columns."""
    make = WITH_ORGANISATION_OR_NONE.get((table.name, *over), ROWS[table.name])
    first = row(session, table, make(session))
    session.expunge_all()
    alike = {name: first[name] for name in over}
    if table.name in GROWS_ONLY:
        session.execute(table.insert().values({**first, **GROWS_ONLY[table.name], **alike}))
    else:
        session.execute(table.update().where(only_key(table) == make(session)).values(alike))


def coordinator(session: Session) -> int:
    return factories.grant(session, role=Role.COORDINATOR)


# Rules of uniqueness for which an ordinary row has an organisation where it must have none, or the other way round.
WITH_ORGANISATION_OR_NONE: dict[tuple[str, ...], Callable[[Session], int]] = {
    ("account_grant", "account_id", "role"): coordinator,
    ("period_text", "period_id", "kind", "organisation_id"): reply,
}


def row(session: Session, table: Table, key: int | str) -> dict[str, Any]:
    return dict(session.execute(select(table).where(only_key(table) == key)).mappings().one())


def only_key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


def test_every_table_has_a_row_to_try() -> None:
    assert set(ROWS) == set(TABLES)


def test_every_check_has_a_change_that_breaks_it() -> None:
    assert sorted(checks()) == sorted(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_check_is_named(kept_store: Store, name: str) -> None:
    table = next(table for table in TABLES.values() if name in {str(rule.name) for rule in table.constraints})
    assert refused(kept_store, lambda session: changed(session, table, BREAKS[name])).constraint == name


@pytest.mark.parametrize(("table", "column"), columns(lambda column: not column.nullable and not column.primary_key))
def test_a_missing_value_is_named_by_its_column(kept_store: Store, table: str, column: str) -> None:
    assert refused(kept_store, lambda session: changed(session, TABLES[table], {column: null()})).constraint == column


# What must change with a reference, where another rule of the table speaks of both.
WITH_REFERENCE: dict[tuple[str, str], dict[str, object]] = {
    ("account_session", "invitation_link_id"): {"account_id": None},
    ("action_source", "concern_id"): {"commitment_id": None},
    ("action_source", "indicator_id"): {"commitment_id": None},
    ("action_source", "recommendation_id"): {"commitment_id": None},
    ("period_text", "organisation_id"): {"kind": "right_of_reply"},
}


@pytest.mark.parametrize(("table", "column"), columns(lambda column: bool(column.foreign_keys)))
def test_a_reference_to_nothing_is_named(kept_store: Store, table: str, column: str) -> None:
    nowhere: dict[str, object] = {column: NOWHERE, **WITH_REFERENCE.get((table, column), {})}
    # SQLite does not say which reference it was.
    name = f"fk_{table}_{column}" if kept_store.engine.dialect.name == "postgresql" else "foreign_key"
    assert refused(kept_store, lambda session: changed(session, TABLES[table], nowhere)).constraint == name


@pytest.mark.parametrize(("name", "table", "over"), uniques())
def test_a_row_that_is_there_already_is_named(kept_store: Store, name: str, table: str, over: list[str]) -> None:
    assert refused(kept_store, lambda session: doubled(session, TABLES[table], over)).constraint == name


@pytest.mark.parametrize("name", ["audit_detail", "audit_entry", "level", "store_fact"])
def test_a_key_that_is_there_already_is_named(kept_store: Store, name: str) -> None:
    new = {"digest": "1" * 64} if name == "audit_entry" else {}
    table = TABLES[name]

    def twice(session: Session) -> None:
        session.execute(table.insert().values({**row(session, table, ROWS[name](session)), **new}))

    assert refused(kept_store, twice).constraint == f"pk_{name}"


BREAKING: dict[str, Callable[[Session], object]] = {
    "check": lambda session: factories.answer(session, comment=SECRET, level=5),
    "unique": lambda session: [factories.account(session, email=SECRET), factories.account(session, email=SECRET)],
    "missing": lambda session: factories.organisation(session, email=SECRET, kind=None),  # type: ignore[arg-type]
    "reference": lambda session: factories.organisation(session, email=SECRET, part_of_id=NOWHERE),
}


@pytest.mark.parametrize("kind", BREAKING)
def test_nothing_that_was_typed_is_in_the_error(kept_store: Store, kind: str) -> None:
    error = refused(kept_store, BREAKING[kind])
    assert SECRET not in "".join(traceback.format_exception(error))
    assert str(error) == f"the store's rule {error.constraint} was broken"


def test_a_broken_rule_leaves_nothing_of_the_scope(kept_store: Store) -> None:
    refused(kept_store, lambda session: [factories.organisation(session), factories.answer(session, level=5)])
    with kept_store.reading() as session:
        assert session.execute(select(func.count()).select_from(TABLES["organisation"])).scalar_one() == 0
