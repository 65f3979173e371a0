"""Putting a release right, and taking one back: what changes, what stays, and what is kept from sight (rule 9f)."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, select

from charter.corrections import correct_release, withdraw_release
from charter.published import tables
from charter.published.reading import read_figures
from charter.questions import asked_versions
from charter.releases import choose_release, find_release, list_releases, publish_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.verify import verify
from db.engine import Store
from db.models import (
    Answer,
    AuditDetail,
    Organisation,
    Release,
    ReleaseAnswer,
    ReleaseBodyAnswer,
    ReleaseInput,
    ReleaseScore,
    SelfAssessment,
)
from db.types import Breakdown, IncomeBand, NoLevel, OrganisationKind, SelfAssessmentState, Side, Withheld
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.small_year import closed_year

pytestmark = pytest.mark.usefixtures("settings_env")
FIRST, SECOND, THIRD = (f"{YEAR}.{number}" for number in (1, 2, 3))
REASON = "The NHS was left out."


@pytest.fixture
def made(store: Store) -> Closed:
    return laid(store, published)


def published(session: Session) -> Closed:
    found = closed(session)
    publish_period(session, viewer=OPERATOR, ref=YEAR)
    return found


def sector(session: Session, ref: str) -> dict[tuple[str, str, str], ReleaseScore]:
    """Give the groups' scores of a release, by promise and group."""
    rows = session.exec(
        select(ReleaseScore)
        .join(Release, col(Release.id) == ReleaseScore.release_id)
        .where(Release.ref == ref, ReleaseScore.side == Side.VCFSE)
    )
    return {(row.ref, row.breakdown.value, row.group_code): row for row in rows}


def plain_rows(session: Session, ref: str) -> list[dict[str, object]]:
    return [row.model_dump(exclude={"id", "release_id"}) for row in sector(session, ref).values()]


def review_the_nhs(session: Session, made: Closed) -> None:
    own = session.exec(select(SelfAssessment).where(SelfAssessment.organisation_id == made.where.health)).one()
    own.state = SelfAssessmentState.REVIEWED


def test_a_correction_takes_public_bodies_anew_and_groups_as_they_were_frozen(store: Store, made: Closed) -> None:
    with store.writing() as session:
        review_the_nhs(session, made)
        gone, moved = made.where.groups[0], made.where.groups[1]
        own = session.exec(select(SelfAssessment).where(SelfAssessment.organisation_id == gone)).one()
        for answer in session.exec(select(Answer).where(Answer.self_assessment_id == own.id)):
            session.delete(answer)
        session.delete(own)
        session.get_one(Organisation, moved).income_band = IncomeBand.OVER_100K
        session.get_one(Organisation, made.where.groups[2]).kind = OrganisationKind.OTHER_PUBLIC
        release = correct_release(session, viewer=made.coordinator, ref=FIRST, reason=f"  {REASON} ")
        assert (release.ref, release.number, release.reason) == (SECOND, 2, REASON)
    with store.reading() as session:
        assert plain_rows(session, FIRST) == plain_rows(session, SECOND)
        levels = {
            ref: session.exec(
                select(ReleaseBodyAnswer.level)
                .join(Release, col(Release.id) == ReleaseBodyAnswer.release_id)
                .where(
                    Release.ref == ref,
                    ReleaseBodyAnswer.ref == "ELM-1",
                    ReleaseBodyAnswer.organisation_id == made.where.health,
                )
            ).one()
            for ref in (FIRST, SECOND)
        }
        assert levels == {FIRST: None, SECOND: 0}
        assert verify(session, viewer=OPERATOR)[1] == ()


def test_the_old_release_stays_and_the_new_one_is_shown(store: Store, made: Closed) -> None:
    with store.writing() as session:
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON)
    with store.reading() as session:
        releases = list_releases(session, viewer=PUBLIC)
        assert [release.ref for release in releases] == [SECOND, FIRST]
        latest = choose_release(releases)
        assert latest is not None
        assert latest.ref == SECOND
        assert find_release(session, viewer=PUBLIC, ref=FIRST).reason == ""


@one_database
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_a_correction_and_taking_back_need_a_reason(store: Store, made: Closed, reason: str) -> None:
    for verb in (correct_release, withdraw_release):
        with store.writing() as session, pytest.raises(FieldError):
            verb(session, viewer=made.coordinator, ref=FIRST, reason=reason)
    with store.reading() as session:
        assert [release.ref for release in list_releases(session, viewer=PUBLIC)] == [FIRST]


def test_the_second_who_corrects_is_told_that_it_is_done(store: Store, made: Closed) -> None:
    def correct(_: int) -> str:
        try:
            with store.writing() as session:
                return correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON).ref
        except RefusedError as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(correct, range(2)))
    assert told[0] == SECOND
    assert f"Release {FIRST} was corrected on" in told[1]
    assert f"see release {SECOND}" in told[1]


def test_two_who_publish_at_once_publish_once(store: Store) -> None:
    made = laid(store, closed)

    def publish(_: int) -> str:
        try:
            with store.writing() as session:
                return publish_period(session, viewer=made.coordinator, ref=YEAR).ref
        except RefusedError as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(publish, range(2)))
    assert told[0] == FIRST
    assert "published" in told[1]
    with store.reading() as session:
        assert [release.ref for release in list_releases(session, viewer=PUBLIC)] == [FIRST]


def test_taking_back_leaves_the_release_at_its_address_and_shows_the_one_before(store: Store, made: Closed) -> None:
    with store.writing() as session:
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON)
        release = withdraw_release(session, viewer=made.coordinator, ref=SECOND, reason="It was wrong too.")
        assert release.withdrawn_at is not None
        assert release.withdrawn_reason == "It was wrong too."
    with store.writing() as session, pytest.raises(RefusedError, match=r"was taken back on .* already"):
        withdraw_release(session, viewer=made.coordinator, ref=SECOND, reason="Again.")
    with store.reading() as session:
        releases = list_releases(session, viewer=PUBLIC)
        latest = choose_release(releases)
        assert latest is not None
        assert latest.ref == FIRST
        asked_for = choose_release(releases, ref=SECOND)
        assert asked_for is not None
        assert asked_for.withdrawn_reason == "It was wrong too."


@one_database
def test_only_those_who_publish_correct_and_take_back(store: Store, made: Closed) -> None:
    for viewer in (PUBLIC, made.council, made.group):
        for verb in (correct_release, withdraw_release):
            with store.writing() as session, pytest.raises(NotAllowedError):
                verb(session, viewer=viewer, ref=FIRST, reason=REASON)


@one_database
def test_a_release_that_is_not_there(store: Store, made: Closed) -> None:
    for verb in (correct_release, withdraw_release):
        with store.writing() as session, pytest.raises(NotFoundError):
            verb(session, viewer=made.coordinator, ref="1999.1", reason=REASON)


def reference(session: Session, organisation_id: int) -> str:
    return session.get_one(Organisation, organisation_id).ref


def test_one_answer_that_was_typed_wrongly_hides_the_figures_that_hold_it(store: Store, made: Closed) -> None:
    with store.writing() as session:
        wrong = {(reference(session, made.where.groups[3]), "ELM-1"): 0}
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON, retyped=wrong)
    with store.reading() as session:
        before, after = sector(session, FIRST), sector(session, SECOND)
        whole = ("ELM-1", Breakdown.WHOLE.value, "")
        assert before[whole].score is not None
        assert (after[whole].score, after[whole].withheld) == (None, Withheld.PROTECTS_ANOTHER)
        assert (after[whole].answered, after[whole].level_0) == (None, None)
        for key, row in before.items():
            if key[0] in {"ELM-2", "ELM-3", "ELM-4", "ELM-5", "ELM-6"}:
                assert after[key].score == row.score
        assert verify(session, viewer=OPERATOR)[1] == ()


def test_ten_answers_that_were_typed_wrongly_are_shown_anew(store: Store, made: Closed) -> None:
    with store.writing() as session:
        wrong: dict[tuple[str, str], int | NoLevel | None] = {}
        for row in counted_levels(session, made, "ELM-1")[:10]:
            organisation, level = row
            wrong[reference(session, organisation), "ELM-1"] = 3 if level != 3 else 2
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON, retyped=wrong)
    with store.reading() as session:
        after = sector(session, SECOND)["ELM-1", Breakdown.WHOLE.value, ""]
        assert after.score is not None
        # The audit log is read by others too: which groups answered is not for them to know.
        written = " ".join(row.detail for row in session.exec(select(AuditDetail)))
        assert re.search(r'"groups_retyped": ?10', written)
        assert not [ref for ref, _ in wrong if ref in written]
        assert verify(session, viewer=OPERATOR)[1] == ()


def counted_levels(session: Session, made: Closed, ref: str) -> list[tuple[int, int]]:
    asked = asked_versions(session, period_id=made.period_id)
    version = next(each.version_id for each in asked if each.ref == ref)
    rows = session.exec(
        select(ReleaseInput.organisation_id, ReleaseAnswer.level)
        .join(ReleaseAnswer, col(ReleaseAnswer.release_input_id) == ReleaseInput.id)
        .where(
            ReleaseInput.side == Side.VCFSE,
            ReleaseAnswer.commitment_version_id == version,
            col(ReleaseAnswer.level).is_not(None),
        )
        .order_by(col(ReleaseInput.organisation_id))
    )
    return [(organisation, level or 0) for organisation, level in rows]


def test_what_a_correction_hid_stays_hidden_in_the_next(store: Store, made: Closed) -> None:
    with store.writing() as session:
        wrong = {(reference(session, made.where.groups[3]), "ELM-1"): 0}
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON, retyped=wrong)
        correct_release(session, viewer=made.coordinator, ref=SECOND, reason="A text.")
    with store.reading() as session:
        assert sector(session, THIRD)["ELM-1", Breakdown.WHOLE.value, ""].withheld is Withheld.PROTECTS_ANOTHER
        assert verify(session, viewer=OPERATOR)[1] == ()
        said = [said_of(session, ref, "ELM-1") for ref in (FIRST, SECOND, THIRD)]
    assert "[c]" not in " ".join(said[0])
    assert said[1] == said[2] == ["[c] hidden so that the correction gives no group away"] * 3


def said_of(session: Session, ref: str, promise: str) -> list[str]:
    """Give what a release prints of a promise in public: of groups' score, of the gap, and of the levels chosen."""
    release = find_release(session, viewer=PUBLIC, ref=ref)
    found = read_figures(session, viewer=PUBLIC, release_id=release.id).promise(promise)
    assert found is not None
    gap, levels = tables.gap_table([found])["Gap (likely range)"], tables.level_table([found])["Answers"]
    return [tables.score_words(found.sector), gap.item(), levels.item()]


@one_database
def test_an_answer_that_is_not_in_the_release_is_not_put_right(store: Store, made: Closed) -> None:
    with store.writing() as session:
        council = reference(session, made.where.council)
        draft = reference(session, made.where.groups[12])
        for organisation, ref in ((council, "ELM-1"), (draft, "ELM-1"), ("NOBODY", "ELM-1"), (draft, "ELM-9")):
            with pytest.raises(NotFoundError, match="holds no answer"):
                correct_release(
                    session, viewer=made.coordinator, ref=FIRST, reason=REASON, retyped={(organisation, ref): 1}
                )


def test_a_year_after_a_correction_is_compared_with_it(store: Store, made: Closed) -> None:
    with store.writing() as session:
        correct_release(session, viewer=made.coordinator, ref=FIRST, reason=REASON)
        closed_year(session, made.where, 2028)
        publish_period(session, viewer=OPERATOR, ref="2028")
        # A correction of the earlier year leaves the later release as it was.
        correct_release(session, viewer=made.coordinator, ref=SECOND, reason="Once more.")
    with store.reading() as session:
        later = session.exec(select(Release).where(Release.ref == "2028.1")).one()
        before = session.get_one(Release, later.previous_id)
        assert before.ref == SECOND
        assert verify(session, viewer=OPERATOR)[1] == ()


@one_database
def test_nobody_counted_is_not_published(store: Store) -> None:
    made = laid(store, closed)
    with store.writing() as session:
        for row in session.exec(select(SelfAssessment)):
            row.state = SelfAssessmentState.DRAFT
        session.flush()
    with store.writing() as session, pytest.raises(RefusedError, match="Nobody’s answers count"):
        publish_period(session, viewer=made.coordinator, ref=YEAR)
    with store.reading() as session:
        assert session.exec(select(Release)).all() == []
