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


def period_now(session: Session, *, period: PeriodFound) -> FrozenPeriod:
    """Read who is invited, what each is asked and what counts, as it is in the store now."""
    versions = asked_versions(session, period_id=period.id)
    asked = _asked(versions, owing_bodies(session, on=period.opens_on))
    answers = _answers_by_assessment(session, period.id)
    organisations = []
    for organisation, ward, found in _invited(session, period.id):
        counted = found is not None and workflow.counts(side_of(organisation.kind), found.state)
        given = answers.get(found.id or 0, {}) if found is not None and counted else {}
        told = {each.version.ref: _answer(each, given) for each in asked(organisation)}
        organisations.append(_organisation_now(organisation, ward, found if counted else None, told))
    return FrozenPeriod(
        versions=versions,
        organisations=tuple(organisations),
        threshold=period.threshold,
        known_sector=period.known_sector,
    )


def freeze(session: Session, *, period: FrozenPeriod, release_id: int) -> None:
    """Copy who was invited, what each was asked and what counted into a release."""
    rows = [(_input(release_id, organisation), organisation) for organisation in period.organisations]
    session.add_all(row for row, _ in rows)
    session.flush()
    versions = {version.ref: version.version_id for version in period.versions}
    frozen: list[dict[str, object]] = [
        {"release_input_id": row.id, "commitment_version_id": versions[ref], **answer._asdict()}
        for row, organisation in rows
        for ref, answer in organisation.answers.items()
    ]
    insert_rows(session, ReleaseAnswer, frozen)


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


def _organisation_now(
    organisation: Organisation, ward: Ward | None, counted: SelfAssessment | None, answers: Mapping[str, FrozenAnswer]
) -> FrozenOrganisation:
    side = side_of(organisation.kind)
    return FrozenOrganisation(
        organisation_id=organisation.id or 0,
        name=organisation.name if side is Side.PUBLIC else "",
        side=side,
        kind=organisation.kind,
        income_band=organisation.income_band,
        ward=ward.name if ward else "",
        counted=counted is not None,
        influence=counted.influence if counted else None,
        contact=counted.contact if counted else None,
        engagement_level=counted.engagement_level if counted else None,
        answers=answers,
    )


def _answer(question: Question, given: Mapping[int, _Given]) -> FrozenAnswer:
    answer = given.get(question.version.version_id)
    if answer is None or answer.measure is not question.measure:
        # Who moved to the other side since, or adopted the commitment, rated something else than is asked of it now.
        answer = _Given(question.measure)
    return FrozenAnswer(question.measure, question.owes, answer.level, answer.no_level, answer.carried_over)


def _input(release_id: int, organisation: FrozenOrganisation) -> ReleaseInput:
    return ReleaseInput(
        release_id=release_id,
        organisation_id=organisation.organisation_id,
        name=organisation.name,
        side=organisation.side,
        kind=organisation.kind,
        income_band=organisation.income_band,
        ward=organisation.ward,
        counted=organisation.counted,
        influence=organisation.influence,
        contact=organisation.contact,
        engagement_level=organisation.engagement_level,
    )


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
