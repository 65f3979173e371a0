"""Making the demonstration: its organisations, three published periods, and a fourth that is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import new_ref
from charter.demonstration import promising
from charter.demonstration.acting import act_made_up
from charter.demonstration.carrying import carry_over
from charter.demonstration.cast import BODIES, WARDS, GroupInCast, groups
from charter.demonstration.concerning import add_concerns_now, add_past_concerns
from charter.demonstration.importing import add_import
from charter.demonstration.outcomes import define_made_up, freeze_as_then, report_made_up
from charter.demonstration.own import add_own
from charter.demonstration.people import add_people
from charter.demonstration.portfolio import add_portfolio
from charter.demonstration.reviewing import add_reviewing
from charter.demonstration.running import add_running
from charter.demonstration.story import OPEN_SUBMITTED, ROUNDS, Given, Story
from charter.periods import close_period, find_period, open_period
from charter.planning import plan_period
from charter.questions import AskedVersion, Question, asked_versions, owing_bodies, questions_for, side_of
from charter.releases import publish_period
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import RefusedError
from charter.words import MADE_UP_MARK
from db.bulk import insert_rows
from db.models import (
    Adoption,
    Answer,
    Charter,
    Commitment,
    Organisation,
    Period,
    Release,
    SelfAssessment,
    Signatory,
    StoreFact,
    Ward,
)
from db.types import OrganisationKind, SelfAssessmentState

CHARTER_REF = "framework-2021"
DEFAULT_SEED = 2006
FACT = "demonstration"
_KNOWN_SECTOR = 410  # made-up groups that are known of, more than are on the list
_ADOPTED_BY_OTHERS = {"DEMO-NHS": 6, "DEMO-POLICE": 4}  # how many commitments beside the council's own


@dataclass(frozen=True)
class Round:
    """One period of the demonstration."""

    ref: str
    opens_on: date
    closes_on: date
    last: bool


def make_demonstration(session: Session, *, viewer: Viewer, seed: int = DEFAULT_SEED) -> tuple[str, ...]:
    """Add the demonstration to a store that has none.

    Args:
        session: a writing session.
        viewer: who asks.
        seed: a whole number from 0; the same seed gives the same organisations and answers.

    Returns:
        Lines that tell the made-up accounts with their passwords, and one group's link. They are kept nowhere in
        the store.

    Raises:
        NotAllowedError: the viewer may not keep the demonstration.
        RefusedError: the demonstration is there already, or the store has periods of its own of the same years.
    """
    require(viewer, Act.KEEP_DEMONSTRATION)
    if session.exec(select(Period.id).where(Period.made_up)).first() is not None:
        raise RefusedError("The demonstration is there already. Nothing was changed.")
    _require_free_refs(session)
    cast = tuple(groups(np.random.default_rng([seed, 0])))
    ids = _add_organisations(session, cast)
    _add_adoptions(session, ids, rounds()[0].opens_on)
    define_made_up(session, charter_id=_charter_id(session))
    add_past_concerns(session, years=[one.closes_on.year for one in rounds() if not one.last])
    story = Story(seed, cast)
    for number, one in enumerate(rounds()):
        group_ids = [ids[member.ref] for member in cast]
        _play_round(session, viewer=viewer, story=story, number=number, one=one, group_ids=group_ids)
    session.merge(StoreFact(name=FACT, value=f"loaded from seed {seed}", set_at=clock.now()))
    lines = add_people(session, viewer=viewer, period_ref=rounds()[-1].ref)
    add_own(session, charter_ref=CHARTER_REF, signed_on=rounds()[0].opens_on)
    add_running(session, period_ref=rounds()[-1].ref)
    add_reviewing(session, period_ref=rounds()[-1].ref)
    add_concerns_now(session)
    add_portfolio(session)
    add_import(session)
    audit.record(session, viewer, act="demonstration_made", subject=f"seed {seed}")
    return lines


def rounds() -> tuple[Round, ...]:
    """Give the demonstration's periods: three autumns that are over, and one that is open today."""
    today = clock.today()
    past = [
        Round(str(year), date(year, 9, 1), date(year, 10, 31), last=False)
        for year in range(today.year - ROUNDS + 1, today.year)
    ]
    now = Round(str(today.year), today - timedelta(days=30), today + timedelta(days=30), last=True)
    return (*past, now)


def _require_free_refs(session: Session) -> None:
    taken = session.exec(select(Period.ref).where(col(Period.ref).in_([one.ref for one in rounds()]))).first()
    if taken is not None:
        raise RefusedError(
            f"The store has a period {taken} of its own, so the demonstration needs another store: set "
            "CHARTER_DATA_DIR or CHARTER_DATABASE_URL. Nothing was changed."
        )


def _add_organisations(session: Session, cast: Sequence[GroupInCast]) -> dict[str, int]:
    """Add wards, bodies and groups, and give their keys in the store by reference."""
    start = rounds()[0].opens_on
    wards = [
        Ward(code=f"DEMO-W{number:02d}", name=name, starts_on=start, made_up=True)
        for number, name in enumerate(WARDS, start=1)
    ]
    session.add_all(wards)
    session.flush()
    rows = [Organisation(ref=ref, name=f"{name} {MADE_UP_MARK}", kind=kind, made_up=True) for ref, name, kind in BODIES]
    rows += [
        Organisation(
            ref=member.ref,
            name=member.name,
            kind=member.kind,
            income_band=member.income_band,
            ward_id=wards[member.ward].id,
            made_up=True,
        )
        for member in cast
    ]
    session.add_all(rows)
    session.flush()
    return {row.ref: row.id or 0 for row in rows}


def _add_adoptions(session: Session, ids: dict[str, int], on: date) -> None:
    """The made-up council owes what the council owes; the others adopted a few. All three signed."""
    charter_id = _charter_id(session)
    commitments = session.exec(
        select(Commitment.id)
        .where(Commitment.charter_id == charter_id, col(Commitment.id).in_(select(Adoption.commitment_id)))
        .order_by(col(Commitment.id))
    ).all()
    for ref, _, kind in BODIES:
        owed = commitments if kind is OrganisationKind.COUNCIL else commitments[: _ADOPTED_BY_OTHERS[ref]]
        session.add(Signatory(charter_id=charter_id, organisation_id=ids[ref], signed_on=on))
        session.add_all(
            Adoption(commitment_id=commitment, organisation_id=ids[ref], adopted_on=on)
            for commitment in owed
            if commitment is not None
        )
    session.flush()


def _charter_id(session: Session) -> int:
    return session.exec(select(Charter.id).where(Charter.ref == CHARTER_REF)).one() or 0


def _play_round(
    session: Session, *, viewer: Viewer, story: Story, number: int, one: Round, group_ids: Sequence[int]
) -> None:
    plan_period(
        session,
        viewer=viewer,
        ref=one.ref,
        title=f"{one.ref} review",
        charter_ref=CHARTER_REF,
        opens_on=one.opens_on,
        closes_on=one.closes_on,
        list_source=f"Demonstration list {MADE_UP_MARK}",
        list_date=one.opens_on,
        known_sector=_KNOWN_SECTOR,
        made_up=True,
    )
    open_period(session, viewer=viewer, ref=one.ref)
    until = min(one.closes_on, clock.today())
    report_made_up(session, until=until)
    act_made_up(session, start=rounds()[-2].closes_on, until=until)
    _answer_round(session, story, number, one, group_ids)
    if number > 0:
        carry_over(session, period_ref=one.ref, before_ref=rounds()[number - 1].ref)
    if not one.last:
        close_period(session, viewer=viewer, ref=one.ref)
        promising.promise(session, viewer=viewer, period_ref=one.ref)
        if number == promising.CORRECTED:
            promising.leave_one_out(session, period_ref=one.ref)
        publish_period(session, viewer=viewer, ref=one.ref)
        _set_dates(session, one)
        if number == promising.CORRECTED:
            promising.put_right(session, viewer=viewer, period_ref=one.ref)


def _answer_round(session: Session, story: Story, number: int, one: Round, group_ids: Sequence[int]) -> None:
    """Write what everyone says in a round. In the open one some have sent, and some are still at it."""
    period = find_period(session, ref=one.ref)
    versions = asked_versions(session, period_id=period.id)
    owing = owing_bodies(session, on=one.opens_on)
    told: list[tuple[SelfAssessment, list[Given]]] = []
    places = story.answering(number)
    finished = set(story.rng.permutation(places)[:OPEN_SUBMITTED].tolist()) if one.last else set(places)
    # Every group is asked the same, so the form is made once.
    asked = _questions(versions, owing, group_ids[0], OrganisationKind.COMMUNITY)
    for place in places:
        row = _assessment(period.id, group_ids[place], one, story, done=place in finished)
        answers = story.group_answers(place, number, asked)
        if row.state is SelfAssessmentState.SUBMITTED:
            closing = story.closing(place)
            row.influence, row.contact = closing.influence, closing.contact
            row.engagement_level = closing.engagement_level
        else:
            answers = answers[: int(story.rng.integers(1, 12))]
        told.append((row, answers))
    bodies = select(Organisation).where(col(Organisation.ref).in_([ref for ref, _, _ in BODIES]))
    for body in session.exec(bodies.order_by(col(Organisation.id))):
        row = _assessment(period.id, body.id or 0, one, story, done=True)
        if not one.last:
            row.state, row.reviewed_at = SelfAssessmentState.REVIEWED, clock.end_of(one.closes_on)
        told.append((row, story.body_answers(_questions(versions, owing, body.id or 0, body.kind))))
    _write(session, told)


def _questions(
    versions: Sequence[AskedVersion],
    owing: Mapping[int, frozenset[int]],
    organisation_id: int,
    kind: OrganisationKind,
) -> tuple[Question, ...]:
    return questions_for(versions, organisation_id=organisation_id, side=side_of(kind), owing=owing)


def _assessment(period_id: int, organisation_id: int, one: Round, story: Story, *, done: bool) -> SelfAssessment:
    started = _moment(one, story)
    return SelfAssessment(
        ref=new_ref(),
        period_id=period_id,
        organisation_id=organisation_id,
        state=SelfAssessmentState.SUBMITTED if done else SelfAssessmentState.DRAFT,
        started_at=started,
        submitted_at=started + timedelta(minutes=9) if done else None,
        declared_by="Someone made up" if done else "",
    )


def _moment(one: Round, story: Story) -> datetime:
    """Draw a moment of the period that is not in the future."""
    last = min(clock.end_of(one.closes_on), clock.now()) - timedelta(hours=1)
    first = clock.end_of(one.opens_on)
    return first + (last - first) * float(story.rng.random())


def _write(session: Session, told: Sequence[tuple[SelfAssessment, list[Given]]]) -> None:
    session.add_all(row for row, _ in told)
    session.flush()
    answers = [
        {
            "self_assessment_id": row.id,
            "commitment_version_id": given.version_id,
            "measure": given.measure,
            "level": given.level,
            "no_level": given.no_level,
            "saved_at": row.started_at,
        }
        for row, said in told
        for given in said
    ]
    insert_rows(session, Answer, answers)


def _set_dates(session: Session, one: Round) -> None:
    """A round that is over happened in its own year, not at the moment at which it was made up."""
    period = session.exec(select(Period).where(Period.ref == one.ref)).one()
    release = session.exec(select(Release).where(Release.period_id == period.id)).one()
    period.opened_at = clock.end_of(one.opens_on - timedelta(days=1))
    period.closed_at = clock.end_of(one.closes_on)
    release.published_at = clock.end_of(one.closes_on) + timedelta(days=17, hours=-14)
    session.flush()
    freeze_as_then(session, release=release)
