"""Every rule of the store comes back by its name, and without a word of what was typed."""

import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint, func, literal_column, null, select
from sqlmodel import Session

from db.types import Role
from tests import factories
from tests.factories import MOMENT
from tests.store.refusals import (
    GROWS_ONLY,
    NONE,
    TABLES,
    Changes,
    FilledStore,
    change,
    refused,
    row,
    rule_broken,
    rules_broken,
    taken_back,
)
from tests.store.rows import ROWS, reply

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
    "ck_release_pack_digest_is_whole": {"sha256": "0" * 63},
    "ck_release_pack_size_is_positive": {"size": 0},
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
    "ck_deck_closing_is_bounded": {"closing": "x" * 601},
    "ck_deck_deck_has_title": {"title": ""},
    "ck_deck_slide_notes_are_bounded": {"notes": "x" * 4001},
    "ck_deck_slide_position_counts_from_one": {"position": 0},
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
    "ck_slide_template_digest_is_whole": {"sha256": "0" * 63},
    "ck_slide_template_size_within_limit": {"size": 5 * 1024 * 1024 + 1},
    "ck_slide_template_template_has_name": {"name": ""},
    "ck_target_period_in_order": {"ends_on": MOMENT.date().replace(year=2025)},
    "ck_you_said_action_or_reason": {"no_action_reason": "Words"},
    "ck_you_said_promise_has_words": {"we_will": ""},
}


def is_check(rule: object) -> bool:
    # A closed list of words makes its check itself; those are tried word by word in test_models.py.
    return isinstance(rule, CheckConstraint) and not rule._type_bound  # noqa: SLF001


CHECKS = {table.name: [str(rule.name) for rule in table.constraints if is_check(rule)] for table in TABLES.values()}


def columns(wanted: Callable[[Column[Any]], bool]) -> list[tuple[str, str]]:
    return [(table.name, column.name) for table in TABLES.values() for column in table.columns if wanted(column)]


def each(found: list[tuple[str, str]], values: Callable[[str, str], dict[str, object]]) -> Changes:
    """Give a change for each of some columns, by their names."""
    changes: dict[str, dict[str, dict[str, object]]] = {}
    for table, column in found:
        changes.setdefault(table, {})[f"{table}.{column}"] = values(table, column)
    return changes


def uniques() -> list[tuple[str, Table, list[str]]]:
    """List every rule of uniqueness, with its table and columns: constraints and unique indexes."""
    found: list[tuple[str, Table, list[str]]] = []
    for table in TABLES.values():
        rules: list[UniqueConstraint | Index] = [index for index in table.indexes if index.unique]
        rules += [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        found += [(str(rule.name), table, [column.name for column in rule.columns]) for rule in rules]
    return found


def doubled(session: Session, table: Table, over: list[str], key: int | str) -> None:
    """Make a second row, and make it like the first in some columns."""
    make = WITH_ORGANISATION_OR_NONE.get((table.name, *over))
    first = row(session, table, make(session) if make else key)
    session.expunge_all()
    second = key if table.name in GROWS_ONLY else (make or ROWS[table.name])(session)
    change(session, table, second, {name: first[name] for name in over})


def coordinator(session: Session) -> int:
    return factories.grant(session, role=Role.COORDINATOR)


# Rules of uniqueness for which an ordinary row has an organisation where it must have none, or the other way round.
WITH_ORGANISATION_OR_NONE: dict[tuple[str, ...], Callable[[Session], int]] = {
    ("account_grant", "account_id", "role"): coordinator,
    ("period_text", "period_id", "kind", "organisation_id"): reply,
}


def test_every_table_has_a_row_to_try() -> None:
    assert set(ROWS) == set(TABLES)


def test_every_check_has_a_change_that_breaks_it() -> None:
    assert sorted(name for names in CHECKS.values() for name in names) == sorted(BREAKS)


def test_each_broken_check_is_named(filled_store: FilledStore) -> None:
    changes = {table: {name: BREAKS[name] for name in names} for table, names in CHECKS.items()}
    assert rules_broken(filled_store, changes) == {name: name for name in BREAKS}


def test_each_missing_value_is_named_by_its_column(filled_store: FilledStore) -> None:
    needed = columns(lambda column: not column.nullable and not column.primary_key)
    found = rules_broken(filled_store, each(needed, lambda _, column: {column: null()}))
    assert found == {f"{table}.{column}": column for table, column in needed}


# What must change with a reference, where another rule of the table speaks of both.
WITH_REFERENCE: dict[tuple[str, str], dict[str, object]] = {
    ("account_session", "invitation_link_id"): {"account_id": None},
    ("action_source", "concern_id"): {"commitment_id": None},
    ("action_source", "indicator_id"): {"commitment_id": None},
    ("action_source", "recommendation_id"): {"commitment_id": None},
    ("period_text", "organisation_id"): {"kind": "right_of_reply"},
}


def test_each_reference_to_nothing_is_named(filled_store: FilledStore) -> None:
    references = columns(lambda column: bool(column.foreign_keys))
    nowhere = each(references, lambda table, column: {column: NOWHERE, **WITH_REFERENCE.get((table, column), {})})
    # SQLite does not say which reference it was.
    says_which = filled_store.store.engine.dialect.name == "postgresql"
    names = {
        f"{table}.{column}": f"fk_{table}_{column}" if says_which else "foreign_key" for table, column in references
    }
    assert rules_broken(filled_store, nowhere) == names


def test_each_row_that_is_there_already_is_named(filled_store: FilledStore) -> None:
    with taken_back(filled_store) as session:
        found = {
            name: rule_broken(session, partial(doubled, session, table, over, filled_store.keys[table.name]))
            for name, table, over in uniques()
        }
    assert found == {name: name for name, _, _ in uniques()}


@pytest.mark.parametrize("name", ["audit_detail", "audit_entry", "level", "store_fact"])
def test_a_key_that_is_there_already_is_named(filled_store: FilledStore, name: str) -> None:
    new = {"digest": "1" * 64} if name == "audit_entry" else {}
    table = TABLES[name]

    def twice(session: Session) -> None:
        session.execute(table.insert().values({**row(session, table, filled_store.keys[name]), **new}))

    assert refused(filled_store.store, twice).constraint == f"pk_{name}"


def test_what_breaks_no_rule_is_taken(filled_store: FilledStore) -> None:
    assert rules_broken(filled_store, {"charter": {"nothing": {"state": "assessed"}}}) == {"nothing": NONE}


BREAKING: dict[str, Callable[[Session], object]] = {
    "check": lambda session: factories.answer(session, comment=SECRET, level=5),
    "unique": lambda session: [factories.account(session, email=SECRET), factories.account(session, email=SECRET)],
    "missing": lambda session: factories.organisation(session, email=SECRET, kind=None),  # type: ignore[arg-type]
    "reference": lambda session: factories.organisation(session, email=SECRET, part_of_id=NOWHERE),
}


@pytest.mark.parametrize("kind", BREAKING)
def test_nothing_that_was_typed_is_in_the_error(filled_store: FilledStore, kind: str) -> None:
    error = refused(filled_store.store, BREAKING[kind])
    assert SECRET not in "".join(traceback.format_exception(error))
    assert str(error) == f"the store's rule {error.constraint} was broken"


def test_a_broken_rule_leaves_nothing_of_the_scope(filled_store: FilledStore) -> None:
    def organisations() -> int:
        with filled_store.store.reading() as session:
            return int(session.execute(select(func.count()).select_from(TABLES["organisation"])).scalar_one())

    before = organisations()
    refused(filled_store.store, lambda session: [factories.organisation(session), factories.answer(session, level=5)])
    assert organisations() == before
