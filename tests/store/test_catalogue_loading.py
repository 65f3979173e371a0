"""Charters load from files, and what was answered keeps the wording that it answered."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from sqlmodel import Session, col, select

from charter import clock
from charter.catalogue.loading import load_catalogue
from charter.catalogue.schema import CharterFile
from charter.periods import open_period
from charter.planning import plan_period
from charter.questions import asked_versions, owing_bodies, questions_for, same_meaning
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Adoption, Answer, Charter, Commitment, CommitmentVersion, Organisation, Strand, Theme
from db.types import CharterState, Meaning, OrganisationKind, OwedBy, Side
from tests import factories
from tests.charter_files import NAME, borough, commitment, framework, later_version, promise, shipped
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")
DIA = promise("ENG-DIA-1")
TODAY = date(2026, 11, 21)


def load(session: Session, file: CharterFile) -> int:
    return load_catalogue(session, viewer=OPERATOR, file=file, name=NAME).new_versions


def test_the_shipped_charters_are_what_is_assessed(charters_store: Store) -> None:
    with charters_store.reading() as session:
        assert dict(session.exec(select(Charter.ref, Charter.state)).all()) == {
            "compact-2006": CharterState.RECORD_ONLY,
            "framework-2021": CharterState.ASSESSED,
            "resilience-charter-2025": CharterState.RECORD_ONLY,
        }
        rows = session.exec(
            select(Theme.ref, CommitmentVersion.owed_by, CommitmentVersion.core)
            .join(Strand, col(Strand.theme_id) == Theme.id)
            .join(Commitment, col(Commitment.strand_id) == Strand.id)
            .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == Commitment.id)
        ).all()
        assert Counter(owed_by for _, owed_by, _ in rows) == {OwedBy.NAMED_BODIES: 29 + 1, OwedBy.ALL_PARTNERS: 10}
        assert Counter(theme for theme, _, core in rows if core) == {
            "engagement": 4,
            "empowerment": 4,
            "equality": 4,
            "how-we-work-together": 3,
        }
        council = session.exec(select(Organisation).where(Organisation.ref == "GB-LAE-THR")).one()
        assert (council.name, council.kind) == ("Thurrock Council", OrganisationKind.COUNCIL)
        assert not council.made_up
        adopted = session.exec(select(Adoption)).all()
        assert Counter((row.organisation_id, row.adopted_on) for row in adopted) == {(council.id, date(2021, 1, 1)): 30}


@one_database
def test_charters_follow_each_other_in_their_lineage(charters_store: Store) -> None:
    with charters_store.reading() as session:
        refs: dict[int | None, str | None] = {row.id: row.ref for row in session.exec(select(Charter))}
        follows = {row.ref: refs.get(row.follows_id) for row in session.exec(select(Charter))}
    assert follows == {
        "compact-2006": None,
        "framework-2021": "compact-2006",
        "resilience-charter-2025": "framework-2021",
    }


@pytest.mark.parametrize(("meaning", "compared"), [("same", True), ("changed", False)])
def test_an_answer_keeps_the_version_that_it_answered(charters_store: Store, meaning: str, compared: bool) -> None:
    with charters_store.writing() as session:
        first = session.exec(select(CommitmentVersion).join(Commitment).where(Commitment.ref == "ENG-DIA-1")).one()
        answer = factories.answer(session, version_id=first.id, level=3)
    with charters_store.writing() as session:
        assert load(session, framework(later_version(2, meaning))) == 1
    with charters_store.reading() as session:
        kept = session.get_one(CommitmentVersion, session.get_one(Answer, answer).commitment_version_id)
        assert (kept.number, kept.title) == (1, first.title)
        newest = session.exec(
            select(CommitmentVersion).where(
                CommitmentVersion.commitment_id == first.commitment_id, CommitmentVersion.number == 2
            )
        ).one()
        assert (newest.title, newest.meaning) == ("Said in other words", Meaning(meaning))
        assert newest.meaning_said_by == "A. Person; B. Person"
        charter_id = session.exec(select(Charter.id).where(Charter.ref == "framework-2021")).one() or 0
        same = same_meaning(session, first={"ENG-DIA-1": 1}, second={"ENG-DIA-1": 2}, charter_id=charter_id)
        assert same == ({"ENG-DIA-1"} if compared else set())


@one_database
def test_a_meaning_that_changed_once_is_not_compared_across_later_versions(charters_store: Store) -> None:
    with charters_store.writing() as session:
        load(session, framework(later_version(2, "changed")))
        load(session, framework(later_version(3, "same", title="Said a third way")))
        charter_id = session.exec(select(Charter.id).where(Charter.ref == "framework-2021")).one() or 0
        found = {
            (one, two): bool(
                same_meaning(
                    session, first={"X": 9} | {"ENG-DIA-1": one}, second={"ENG-DIA-1": two}, charter_id=charter_id
                )
            )
            for one in (1, 2, 3)
            for two in (1, 2, 3)
        }
    assert [pair for pair, same in found.items() if same] == [(1, 1), (2, 2), (2, 3), (3, 2), (3, 3)]


@one_database
def test_a_store_that_is_new_to_a_charter_begins_with_the_version_in_the_file(store: Store) -> None:
    compact, _, _ = shipped()
    with store.writing() as session:
        load(session, compact)
        assert load(session, framework(later_version(2, "same"))) == 40
    with store.writing() as session:
        assert load(session, framework(later_version(3, "same", title="Said a third way"))) == 1


def test_themes_change_places_and_an_empty_one_goes(store: Store) -> None:
    with store.writing() as session:
        load(session, borough())
    file = borough()
    voice, money = file.themes
    third = money.model_copy(update={"key": "time", "title": "Time", "position": 1})
    changed = file.model_copy(
        update={"themes": (voice.model_copy(update={"position": 2}), third), "strands": file.strands[:1]}
    )
    with store.writing() as session:
        load(session, changed)
    with store.reading() as session:
        themes = session.exec(select(Theme.ref, Theme.position).order_by(col(Theme.position))).all()
        assert themes == [("time", 1), ("voice", 2)]
        assert session.exec(select(Strand.ref)).all() == ["asking"]


def test_a_later_version_asks_no_body_anything_in_a_period_that_opened_before(charters_store: Store) -> None:
    with time_machine.travel(TODAY, tick=False), charters_store.writing() as session:
        health = factories.organisation(session, ref="GB-NHS-1", name="Health", kind=OrganisationKind.NHS)
        plan_period(
            session,
            viewer=OPERATOR,
            ref="2026",
            title="2026",
            charter_ref="framework-2021",
            opens_on=TODAY,
            closes_on=TODAY + timedelta(days=30),
            list_source="",
            list_date=TODAY,
        )
        period = open_period(session, viewer=OPERATOR, ref="2026")
        before = asked_versions(session, period_id=period.id)
        named = later_version(2, "same")
        body = '[[bodies]]\nkey = "health"\nname = "Health"\nkind = "nhs"\norg_id = "GB-NHS-1"\n\n# Themes and strands.'
        file = framework(
            (named[0], named[1].replace('bodies = ["council"]', 'bodies = ["council", "health"]')),
            ("# Themes and strands.", body),
        )
        load(session, file)
        after = asked_versions(session, period_id=period.id)
        owing = owing_bodies(session, on=period.opens_on)
        asked = questions_for(after, organisation_id=health, side=Side.PUBLIC, owing=owing)
        adopted = session.exec(select(Adoption).where(Adoption.organisation_id == health)).all()
    assert before == after
    assert {question.version.theme_ref for question in asked} == {"how-we-work-together"}
    assert [row.adopted_on for row in adopted] == [TODAY + timedelta(days=1)]


def test_another_borough_loads_its_own_charter_and_a_period_asks_it(charters_store: Store) -> None:
    with charters_store.writing() as session:
        assert (
            load(
                session,
                borough(
                    commitment("ELM-1", position=1),
                    commitment("ELM-2", position=2, theme="money", strand="grants", owed_by="vcfse"),
                ),
            )
            == 2
        )
        group = factories.organisation(session)
        today = clock.today()
        plan_period(
            session,
            viewer=OPERATOR,
            ref="elmford",
            title="Elmford",
            charter_ref="elmford-2026",
            opens_on=today,
            closes_on=today,
            list_source="",
            list_date=today,
        )
        period = open_period(session, viewer=OPERATOR, ref="elmford")
        versions = asked_versions(session, period_id=period.id)
        asked = questions_for(versions, organisation_id=group, side=Side.VCFSE, owing=owing_bodies(session, on=today))
    assert [(v.ref, v.theme_ref, v.strand_ref) for v in versions] == [
        ("ELM-1", "voice", "asking"),
        ("ELM-2", "money", "grants"),
    ]
    assert [(q.version.ref, q.text) for q in asked] == [
        ("ELM-1", "How far did you see this?"),
        ("ELM-2", "How far did you do this?"),
    ]
