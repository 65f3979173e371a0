"""What a concern leaves around it: letters, totals in a release, the audit log, own data, and what is taken away."""

import json
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import Session, col, select

from charter.audit_reading import AuditWanted, list_entries
from charter.concerns.deciding import ask_officer
from charter.concerns.raising import withdraw
from charter.concerns.reading import read_concern
from charter.concerns.recorded import YearOfConcerns, concern_records
from charter.concerns.replying import reply
from charter.concerns.seeing import may_see
from charter.mail.outbox_folder import content_of
from charter.organisations.merging import merge
from charter.own.data import data_on_request
from charter.own.erasing import erase_personal_data
from charter.own.forgetting import MAIL_ADDRESS, NAME
from charter.own.people import remove_person
from db.engine import Store
from db.models import Account, Champion, Concern, ConcernReply, ConcernStep, Mail, Organisation
from db.types import ConcernState, MailKind, OrganisationKind
from tests import factories
from tests.store.concern_people import SECRET, Sides, answered, decided, passed_on, raised, row_of, sides
from tests.store.databases import one_database

pytestmark = [
    pytest.mark.usefixtures("settings_env"),
    one_database,
]
CHAMPION, ANA = "carla@council.example", "ana@teaclub.example"


@pytest.fixture
def who(store: Store) -> Sides:
    with store.writing() as session:
        return sides(session)


def letters(session: Session) -> list[tuple[str, str]]:
    """Give the address and the whole text of each letter about a concern, the first first."""
    rows = session.exec(select(Mail).where(Mail.kind == MailKind.CONCERN).order_by(col(Mail.id))).all()
    found = [(row.address, message_from_bytes(content_of(row.message_id) or b"", policy=default)) for row in rows]
    return [(address, f"{letter['Subject']}\n{letter.get_content()}") for address, letter in found]


def address_of(session: Session, account_id: int | None) -> str:
    return session.get_one(Account, account_id).email


def test_the_champion_is_written_to_without_a_word_of_the_concern(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
        ((address, text),) = letters(session)
    assert address == CHAMPION
    assert "Carla Champion" in text
    assert f"/concerns?ref={ref}" in text
    for secret in (SECRET, "Tea Club", "Ask groups early", "Ana"):
        assert secret not in text


def test_each_step_is_news_to_those_who_may_read_it_and_not_to_whoever_took_it(store: Store, who: Sides) -> None:
    def written(session: Session, after: int) -> set[str]:
        return {address for address, _ in letters(session)[after:]}

    with store.writing() as session:
        ref = passed_on(session, who)
        reviewer, lead = address_of(session, who.reviewer.account_id), address_of(session, who.lead.account_id)
        assert [address for address, _ in letters(session)[:2]] == [CHAMPION, ANA]
        assert written(session, 2) == {CHAMPION, reviewer}
        before = len(letters(session))
        ask_officer(session, viewer=who.reviewer, ref=ref, officer="The head", words="Come.", seen_revision=2)
        assert written(session, before) == {CHAMPION, ANA}
        before = len(letters(session))
        withdraw(session, viewer=who.ana, ref=ref, words="", seen_revision=3)
        assert written(session, before) == {CHAMPION, reviewer}
        # Without a champion, the leads of the body are written to once it was passed on, and not before.
        session.delete(session.exec(select(Champion)).one())
        session.flush()
        before = len(letters(session))
        second = raised(session, who)
        assert written(session, before) == set()
        withdraw(session, viewer=who.ana, ref=second, words="", seen_revision=1)
        assert lead not in written(session, 0)


def test_a_group_without_an_account_is_written_to_at_its_own_address(store: Store, who: Sides) -> None:
    with store.writing() as session:
        group = factories.organisation(session, email="choir@example.org", kind=OrganisationKind.COMMUNITY)
        raised(session, who, viewer=who.coordinator, organisation_id=group)
        found = dict(letters(session))
    assert "choir@example.org" in found
    assert "ask the person who runs the review" in found["choir@example.org"]
    assert SECRET not in found["choir@example.org"]


def test_the_public_reads_yearly_totals_and_nothing_else(store: Store, who: Sides) -> None:
    with store.writing() as session:
        for year, number in ((2023, 5), (2025, 2)):
            for _ in range(number):
                row_of(session, raised(session, who)).raised_at = datetime(year, 3, 1, tzinfo=UTC)
        session.flush()
        today = date(2026, 6, 30)
        found = concern_records(session, today, False)
        assert found == [
            ("2023", YearOfConcerns(2023, 5)),
            ("2024", YearOfConcerns(2024, 0)),
            ("2025", YearOfConcerns(2025, None)),
            ("2026", YearOfConcerns(2026, 0, until=today)),
        ]
        assert concern_records(session, date(2024, 12, 31), False)[0] == ("2023", YearOfConcerns(2023, 5))
        assert concern_records(session, today, True) == [("2026", YearOfConcerns(2026, 0, until=today))]


def test_the_audit_log_tells_the_administrator_of_no_concern(store: Store, who: Sides) -> None:
    with store.writing() as session:
        raised(session, who)
        for viewer, expected in ((who.coordinator, 1), (who.administrator, 0)):
            found = list_entries(session, viewer=viewer, wanted=AuditWanted(subject="concern"))
            assert found.total == expected


def test_others_learn_nothing_of_whether_there_is_one(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
        assert may_see(session, viewer=who.champion, ref=ref)
        assert not may_see(session, viewer=who.lead, ref=ref)
        assert not may_see(session, viewer=who.administrator, ref=ref)
        assert not may_see(session, viewer=who.ana, ref="CN-NONE0000")


def test_both_sides_are_given_their_concerns_when_they_ask_what_is_held(store: Store, who: Sides) -> None:
    with store.writing() as session:
        with_champion, with_group = raised(session, who), answered(session, who)
    with store.writing() as session:
        ref = session.get_one(Organisation, who.group).ref
        held = json.loads(data_on_request(session, viewer=who.ana, ref=ref))
        assert {each["ref"] for each in held["concerns_raised"]} == {with_champion, with_group}
        assert held["concerns_raised"][1]["said"][0]["by"] == "Riverbank Council"
        assert any(entry["act"] == "concern_raised" for entry in held["audit_log"])
        council = session.get_one(Organisation, who.council).ref
        text = data_on_request(session, viewer=who.lead, ref=council)
        held = json.loads(text)
        assert [each["ref"] for each in held["concerns_about_it"]] == [with_group]
        assert with_champion not in text


def test_a_groups_words_are_taken_away_and_what_is_open_is_withdrawn(store: Store, who: Sides) -> None:
    with store.writing() as session:
        closed, is_open = decided(session, who), answered(session, who)
        session.get_one(Organisation, who.group).email = "club@teaclub.example"
        session.flush()
    with store.writing() as session:
        erase_personal_data(session, viewer=who.ana, organisation_id=who.group)
    with store.reading() as session:
        rows = {row.ref: row.state for row in session.exec(select(Concern))}
        assert rows == {closed: ConcernState.AGREED, is_open: ConcernState.WITHDRAWN}
        words = [row.words for row in session.exec(select(Concern))]
        words += [row.words for row in session.exec(select(ConcernStep))]
        assert SECRET not in words
        assert "It was not in good time." not in words
        assert "Ask a month before." in words, "what the monitoring group decided stays"
        said = {row.words for row in session.exec(select(ConcernReply))}
        assert "We will ask earlier." in said, "a public body answers by name"


def test_a_bodys_officers_and_addresses_are_taken_away(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = passed_on(session, who)
        ask_officer(session, viewer=who.reviewer, ref=ref, officer="Lea", words="Come.", seen_revision=2)
        ask_officer(session, viewer=who.reviewer, ref=ref, officer="Otto Other", words="Come.", seen_revision=3)
    with store.writing() as session:
        remove_person(session, viewer=who.champion, organisation_id=who.council, account_id=who.lead.account_id or 0)
        officers = [step.officer for step in read_concern(session, viewer=who.ana, ref=ref).steps]
        assert officers == ["", "", NAME, "Otto Other"]
        erase_personal_data(session, viewer=who.champion, organisation_id=who.council)
        officers = [step.officer for step in read_concern(session, viewer=who.ana, ref=ref).steps]
        assert officers == ["", "", NAME, NAME]
        addresses = set(session.exec(select(Mail.address)))
        assert CHAMPION not in addresses
        assert MAIL_ADDRESS in addresses
        assert ANA in addresses


def test_merging_takes_concerns_along_but_for_one_between_the_two(store: Store, who: Sides) -> None:
    health = next(iter(who.health.organisations()))
    with store.writing() as session:
        ref, between = answered(session, who), raised(session, who, viewer=who.health, organisation_id=health)
        reply(session, viewer=who.champion, ref=between, words="We asked them.")
        stays = factories.organisation(session, kind=OrganisationKind.COMMUNITY)
        merge(session, viewer=who.coordinator, organisation_id=who.group, into_id=stays, reason="One group.")
        merge(session, viewer=who.coordinator, organisation_id=who.council, into_id=health, reason="One body.")
    with store.reading() as session:
        row = row_of(session, ref)
        assert (row.raised_by_id, row.about_id) == (stays, health)
        said = select(ConcernReply.concern_id, ConcernReply.organisation_id).distinct()
        # What the two said to each other stays in the name of who said it.
        assert set(session.exec(said)) == {(row.id, health), (row_of(session, between).id, who.council)}
        left = row_of(session, between)
        assert (left.raised_by_id, left.about_id) == (health, who.council)
