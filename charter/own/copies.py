"""A copy of what an organisation sent, in words: for its own people, and for the coordinator, who is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter import audit
from charter.answers_seen import note_sight
from charter.assisted import AssistedBy
from charter.questions import side_of
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import NotFoundError
from charter.words import CONTACTS, ENGAGEMENT_LEVELS, INFLUENCES, QUESTIONS, level_words
from db.models import (
    Account,
    Answer,
    Assistance,
    Commitment,
    CommitmentVersion,
    Organisation,
    Period,
    SelfAssessment,
    Strand,
    Theme,
)
from db.types import Measure, Question, SelfAssessmentState, Side

SENT = frozenset({SelfAssessmentState.SUBMITTED, SelfAssessmentState.REVIEWED})
_NOT_YOURS = "There is no such copy, or it is not yours. Nothing was changed."
_CLAIMED = "At what level do you work with groups?"


@dataclass(frozen=True)
class CopiedAnswer:
    """One answer, as it was given.

    Attributes:
        ref: the commitment's reference; empty for the short questions at the end.
        quoted: for a group's comment, whether it may be quoted, in words; else empty.
    """

    ref: str
    theme: str
    title: str
    question: str
    answer: str
    comment: str = ""
    quoted: str = ""


@dataclass(frozen=True)
class SentCopy:
    """What one organisation sent in one review.

    Attributes:
        assisted: who typed it in for the group and how, as a sentence; empty where its own people did.
    """

    ref: str
    organisation_id: int
    organisation_ref: str
    organisation_name: str
    period_title: str
    sent_at: datetime | None
    declared_by: str
    assisted: str
    answers: tuple[CopiedAnswer, ...]

    @property
    def themes(self) -> tuple[tuple[str, tuple[CopiedAnswer, ...]], ...]:
        """The answers by theme, in the order of the charter."""
        titles = dict.fromkeys(each.theme for each in self.answers)
        return tuple((title, tuple(each for each in self.answers if each.theme == title)) for title in titles)


def list_copies(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[SentCopy, ...]:
    """Read everything that an organisation sent, the newest review first. A link gives its own review's alone.

    Raises:
        NotAllowedError: the viewer may not have copies of what this organisation sent.
    """
    link = viewer.invited
    require(viewer, Act.READ_COPY, organisation_id=organisation_id, period_id=link.period_id if link else None)
    rows = _rows(session, col(SelfAssessment.organisation_id) == organisation_id)
    own = [row for row in rows if may(viewer, Act.READ_COPY, organisation_id=organisation_id, period_id=row[1].id)]
    for row in own:
        note_sight(session, viewer=viewer, row=row[0])
    return _copies(session, own)


def hand_out_copy(session: Session, *, viewer: Viewer, ref: str) -> SentCopy:
    """Give a copy to be kept, and write down in the audit log who had it.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the self-assessment's reference, such as `SA-7Q4M0ZKD`.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: it was not sent, is not the viewer's, or there is none of this reference.
    """
    if viewer.ended:
        require(viewer, Act.READ_COPY)
    rows = _rows(session, col(SelfAssessment.ref) == ref)
    own = [row for row in rows if may(viewer, Act.READ_COPY, organisation_id=row[2].id, period_id=row[1].id)]
    if not own:
        raise NotFoundError(_NOT_YOURS)
    (copy,) = _copies(session, own)
    audit.record(session, viewer, act="copy_handed_out", subject=f"self_assessment {ref}")
    return copy


_Row = tuple[SelfAssessment, Period, Organisation, str]


def _rows(session: Session, which: sa.ColumnElement[bool]) -> list[_Row]:
    statement = (
        sa.select(SelfAssessment, Period, Organisation, Assistance, col(Account.name))
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .join(Organisation, col(Organisation.id) == col(SelfAssessment.organisation_id))
        .outerjoin(Assistance, col(Assistance.self_assessment_id) == col(SelfAssessment.id))
        .outerjoin(Account, col(Account.id) == col(Assistance.account_id))
        .where(which, col(SelfAssessment.state).in_(SENT))
        .order_by(col(Period.opens_on).desc(), col(Period.id).desc())
    )
    return [
        (row, period, organisation, _help(helped, name))
        for row, period, organisation, helped, name in session.execute(statement)
    ]


def _help(row: Assistance | None, name: str | None) -> str:
    return AssistedBy(name or "", row.how, row.spoke_to, row.began_at).words if row is not None else ""


def _copies(session: Session, rows: Iterable[_Row]) -> tuple[SentCopy, ...]:
    found = list(rows)
    given = _answers(session, [row.id or 0 for row, *_ in found])
    copies = []
    for row, period, organisation, assisted in found:
        side = side_of(organisation.kind)
        copies.append(
            SentCopy(
                ref=row.ref,
                organisation_id=organisation.id or 0,
                organisation_ref=organisation.ref,
                organisation_name=organisation.name,
                period_title=period.title,
                sent_at=row.submitted_at,
                declared_by=row.declared_by,
                assisted=assisted,
                answers=(*(_copied(*each, side=side) for each in given.get(row.id or 0, ())), *_short(row, side)),
            )
        )
    return tuple(copies)


_Given = tuple[Answer, CommitmentVersion, str, str]


def _answers(session: Session, keys: list[int]) -> dict[int, list[_Given]]:
    """Read the answers of several self-assessments in one query, in the order of the charter."""
    rows = session.exec(
        select(Answer, CommitmentVersion, Commitment.ref, Theme.title)
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(Answer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .where(col(Answer.self_assessment_id).in_(keys))
        .order_by(col(Theme.position), col(Strand.position), col(Commitment.position))
    )
    found: dict[int, list[_Given]] = {}
    for answer, version, ref, theme in rows:
        found.setdefault(answer.self_assessment_id, []).append((answer, version, ref, theme))
    return found


def _copied(answer: Answer, version: CommitmentVersion, ref: str, theme: str, *, side: Side) -> CopiedAnswer:
    seen = version.experience_question if answer.measure is Measure.EXPERIENCE else None
    quoted = ""
    if answer.comment and side is Side.VCFSE:
        quoted = "may be quoted" if answer.may_be_quoted else "may not be quoted"
    return CopiedAnswer(
        ref=ref,
        theme=theme,
        title=version.title,
        question=seen or version.practice_question,
        answer=level_words(answer.level, answer.no_level),
        comment=answer.comment,
        quoted=quoted,
    )


def _short(row: SelfAssessment, side: Side) -> list[CopiedAnswer]:
    """Give the short questions after the core, of which each that was answered has one."""
    claimed = _CLAIMED if side is Side.PUBLIC else QUESTIONS[Question.ENGAGEMENT_LEVEL]
    said = (
        ("Overall", QUESTIONS[Question.INFLUENCE], INFLUENCES[row.influence] if row.influence else ""),
        ("Contact", QUESTIONS[Question.CONTACT], CONTACTS[row.contact] if row.contact else ""),
        ("Level of engagement", claimed, ENGAGEMENT_LEVELS[row.engagement_level] if row.engagement_level else ""),
    )
    return [CopiedAnswer("", "Last questions", title, asked, words) for title, asked, words in said if words]
