"""Freezing the inputs of a release, and reading them back as its figures are made from them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.figures.inputs import FrozenAnswer, FrozenOrganisation, FrozenPeriod
from charter.periods import PeriodFound
from charter.questions import AskedVersion, Question, asked_versions, owing_bodies, questions_for, side_of
from charter.rules import workflow
from db.bulk import insert_rows
from db.models import (
    Answer,
    Invitation,
    Organisation,
    Release,
    ReleaseAnswer,
    ReleaseInput,
    SelfAssessment,
    Ward,
)
from db.types import Measure, NoLevel, Side


class _Given(NamedTuple):
    """An answer as its organisation saved it."""

    measure: Measure
    level: int | None = None
    no_level: NoLevel | None = None
    carried_over: bool = False


def freeze(session: Session, *, period: PeriodFound, release_id: int) -> int:
    """Copy who was invited, what each was asked and what counted, as it is now, into a release.

    Returns:
        How many self-assessments counted.
    """
    versions = asked_versions(session, period_id=period.id)
    owing = owing_bodies(session, on=period.opens_on)
    answers = _answers_by_assessment(session, period.id)
    rows = [
        (_input(release_id, organisation, ward, found), organisation, found)
        for organisation, ward, found in _invited(session, period.id)
    ]
    session.add_all(row for row, _, _ in rows)
    session.flush()
    asked = _asked(versions, owing)
    frozen: list[dict[str, object]] = []
    for row, organisation, found in rows:
        given = answers.get(found.id or 0, {}) if found is not None and row.counted else {}
        frozen += [_answer(row.id or 0, question, given) for question in asked(organisation)]
    insert_rows(session, ReleaseAnswer, frozen)
    return sum(row.counted for row, _, _ in rows)


def _asked(
    versions: Sequence[AskedVersion], owing: Mapping[int, frozenset[int]]
) -> Callable[[Organisation], tuple[Question, ...]]:
    """Give what tells an organisation's questions. Those who owe nothing by name are asked the same as their side."""
    named = frozenset[int]().union(*owing.values())

    @cache
    def questions(side: Side, organisation_id: int) -> tuple[Question, ...]:
        return questions_for(versions, organisation_id=organisation_id, side=side, owing=owing)

    def asked(organisation: Organisation) -> tuple[Question, ...]:
        key = organisation.id or 0
        return questions(side_of(organisation.kind), key if key in named else 0)

    return asked


def frozen_period(session: Session, *, release: Release) -> FrozenPeriod:
    """Read a release's frozen inputs."""
    versions = asked_versions(session, period_id=release.period_id)
    answers = _frozen_answers(session, release, {version.version_id: version.ref for version in versions})
    inputs = session.exec(
        select(ReleaseInput).where(ReleaseInput.release_id == release.id).order_by(col(ReleaseInput.id))
    )
    return FrozenPeriod(
        versions=versions,
        organisations=tuple(_organisation(row, answers.get(row.id or 0, {})) for row in inputs),
        threshold=release.threshold,
        known_sector=release.known_sector,
    )


def _frozen_answers(
    session: Session, release: Release, refs: Mapping[int, str]
) -> Mapping[int, Mapping[str, FrozenAnswer]]:
    """Read the frozen answers by input and commitment: columns, as rows of objects took four times as long."""
    found: dict[int, dict[str, FrozenAnswer]] = defaultdict(dict)
    statement = (
        sa.select(
            col(ReleaseAnswer.release_input_id),
            col(ReleaseAnswer.commitment_version_id),
            col(ReleaseAnswer.measure),
            col(ReleaseAnswer.owes),
            col(ReleaseAnswer.level),
            col(ReleaseAnswer.no_level),
            col(ReleaseAnswer.carried_over),
        )
        .join(ReleaseInput, col(ReleaseInput.id) == col(ReleaseAnswer.release_input_id))
        .where(col(ReleaseInput.release_id) == release.id)
        .order_by(col(ReleaseAnswer.id))
    )
    for input_id, version_id, *answer in session.execute(statement):
        found[input_id][refs[version_id]] = FrozenAnswer(*answer)
    return found


def _invited(session: Session, period_id: int) -> list[tuple[Organisation, Ward | None, SelfAssessment | None]]:
    statement = (
        select(Organisation, Ward, SelfAssessment)
        .join(Invitation, col(Invitation.organisation_id) == Organisation.id)
        .outerjoin(Ward, col(Ward.id) == Organisation.ward_id)
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == Organisation.id) & (col(SelfAssessment.period_id) == period_id),
        )
        .where(Invitation.period_id == period_id, col(Invitation.removed_at).is_(None))
        .order_by(col(Organisation.id))
    )
    return [(organisation, ward, found) for organisation, ward, found in session.exec(statement)]


def _answers_by_assessment(session: Session, period_id: int) -> Mapping[int, Mapping[int, _Given]]:
    found: dict[int, dict[int, _Given]] = defaultdict(dict)
    statement = (
        sa.select(
            col(Answer.self_assessment_id),
            col(Answer.commitment_version_id),
            col(Answer.measure),
            col(Answer.level),
            col(Answer.no_level),
            col(Answer.carried_over),
        )
        .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
        .where(col(SelfAssessment.period_id) == period_id)
    )
    for assessment_id, version_id, *answer in session.execute(statement):
        found[assessment_id][version_id] = _Given(*answer)
    return found


def _input(
    release_id: int, organisation: Organisation, ward: Ward | None, found: SelfAssessment | None
) -> ReleaseInput:
    side = side_of(organisation.kind)
    counted = found is not None and workflow.counts(side, found.state)
    closing = found if counted else None
    return ReleaseInput(
        release_id=release_id,
        organisation_id=organisation.id or 0,
        name=organisation.name if side is Side.PUBLIC else "",
        side=side,
        kind=organisation.kind,
        income_band=organisation.income_band,
        ward=ward.name if ward else "",
        counted=counted,
        influence=closing.influence if closing else None,
        contact=closing.contact if closing else None,
        engagement_level=closing.engagement_level if closing else None,
    )


def _answer(input_id: int, question: Question, given: Mapping[int, _Given]) -> dict[str, object]:
    answer = given.get(question.version.version_id)
    if answer is None or answer.measure is not question.measure:
        # Who moved to the other side since, or adopted the commitment, rated something else than is asked of it now.
        answer = _Given(question.measure)
    return {
        "release_input_id": input_id,
        "commitment_version_id": question.version.version_id,
        "measure": question.measure,
        "owes": question.owes,
        "level": answer.level,
        "no_level": answer.no_level,
        "carried_over": answer.carried_over,
    }


def _organisation(row: ReleaseInput, answers: Mapping[str, FrozenAnswer]) -> FrozenOrganisation:
    return FrozenOrganisation(
        organisation_id=row.organisation_id,
        name=row.name,
        side=row.side,
        kind=row.kind,
        income_band=row.income_band,
        ward=row.ward,
        counted=row.counted,
        influence=row.influence,
        contact=row.contact,
        engagement_level=row.engagement_level,
        answers=answers,
    )
