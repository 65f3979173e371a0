"""The answers of a group that a release holds, for the coordinator who typed one in wrongly (rule 9f of the method)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.answers_seen import note_sight
from charter.assisted import AssistedBy, assisted_by
from charter.assisting import MOST_FOUND
from charter.pages_of_rows import has_words
from charter.questions import Question, asked_versions
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from charter.typed import clean_text
from db.models import Organisation, Release, ReleaseAnswer, ReleaseInput, SelfAssessment
from db.types import NoLevel, Side


@dataclass(frozen=True)
class HeldAnswer:
    """What a group was asked, with the answer that the release holds where the coordinator typed it in.

    Attributes:
        ref: the promise.
        question: what the group was asked.
    """

    ref: str
    title: str
    question: str
    level: int | None
    no_level: NoLevel | None


@dataclass(frozen=True)
class HeldGroup:
    """A group whose answers a release holds.

    Attributes:
        typed_in: who typed its answers in for it; None where its own people answered. Their answers are not shown:
            only what they ask for is put right.
    """

    ref: str
    name: str
    typed_in: AssistedBy | None
    answers: tuple[HeldAnswer, ...]

    def answer(self, ref: str) -> HeldAnswer | None:
        """Find the answer to a promise."""
        return next((answer for answer in self.answers if answer.ref == ref), None)


def find_held_groups(session: Session, *, viewer: Viewer, release_ref: str, search: str) -> tuple[tuple[str, str], ...]:
    """Find groups whose answers a release holds by name or reference: reference and name of the first ten.

    Raises:
        NotAllowedError: the viewer is no coordinator.
    """
    require(viewer, Act.READ_GROUP_ANSWERS)
    if not clean_text(search):
        return ()
    statement = (
        select(Organisation.ref, Organisation.name)
        .join(ReleaseInput, col(ReleaseInput.organisation_id) == col(Organisation.id))
        .join(Release, col(Release.id) == col(ReleaseInput.release_id))
        .where(
            Release.ref == release_ref,
            ReleaseInput.side == Side.VCFSE,
            col(ReleaseInput.counted),
            *has_words(search, col(Organisation.name), col(Organisation.ref)),
        )
        .order_by(col(Organisation.name))
        .limit(MOST_FOUND)
    )
    return tuple((ref, name) for ref, name in session.exec(statement))


def held_group(session: Session, *, viewer: Viewer, release_ref: str, organisation_ref: str) -> HeldGroup:
    """Read what a release holds of a group. Levels are given only where the coordinator typed them in.

    Raises:
        NotAllowedError: the viewer is no coordinator.
        NotFoundError: the release holds no answers of such a group.
    """
    require(viewer, Act.READ_GROUP_ANSWERS)
    found = session.exec(
        select(Organisation, ReleaseInput, Release)
        .join(ReleaseInput, col(ReleaseInput.organisation_id) == col(Organisation.id))
        .join(Release, col(Release.id) == col(ReleaseInput.release_id))
        .where(
            Release.ref == release_ref,
            Organisation.ref == organisation_ref,
            ReleaseInput.side == Side.VCFSE,
            col(ReleaseInput.counted),
        )
    ).first()
    if found is None:
        raise NotFoundError(f"Release {release_ref} holds no answers of {organisation_ref}. Nothing was changed.")
    group, held, release = found
    assessment = session.exec(
        select(SelfAssessment).where(
            SelfAssessment.organisation_id == group.id, SelfAssessment.period_id == release.period_id
        )
    ).first()
    typed_in = assisted_by(session, self_assessment_id=assessment.id if assessment else None)
    if typed_in is not None:
        note_sight(session, viewer=viewer, row=assessment)
    answers = _answers(session, release, held.id or 0, shown=typed_in is not None)
    return HeldGroup(group.ref, group.name, typed_in, answers)


def _answers(session: Session, release: Release, input_id: int, *, shown: bool) -> tuple[HeldAnswer, ...]:
    rows = session.exec(select(ReleaseAnswer).where(ReleaseAnswer.release_input_id == input_id))
    held = {row.commitment_version_id: row for row in rows}
    return tuple(
        HeldAnswer(
            ref=version.ref,
            title=version.title,
            question=Question(version, row.measure, row.owes).text,
            level=row.level if shown else None,
            no_level=row.no_level if shown else None,
        )
        for version in asked_versions(session, period_id=release.period_id)
        if (row := held.get(version.version_id)) is not None
    )
