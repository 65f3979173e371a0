"""What a period asks of whom, before and after it opens: in numbers, and as the form that a group or a body sees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.closing import closing_questions
from charter.inviting import to_be_invited
from charter.periods import PeriodFound, find_period
from charter.questions import (
    AskedVersion,
    Question,
    asked_versions,
    newest_versions,
    owing_bodies,
    questions_for,
    side_of,
)
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db import types
from db.models import Invitation, Organisation
from db.types import OrganisationKind, PeriodState, Side

GROUPS = ""  # stands for every group where a public body's reference would stand: groups are all asked the same


@dataclass(frozen=True)
class AskedOf:
    """How much is asked of a public body, or of each group.

    Attributes:
        organisation_ref: the body, or `GROUPS`.
        name: its name; empty for the groups.
        invited: how many are asked: 1 for a body.
        core: the main questions.
        more: those only for who has time.
        closing: the short ones after the main ones.
    """

    organisation_ref: str
    name: str
    invited: int
    core: int
    more: int
    closing: int


@dataclass(frozen=True)
class BlankForm:
    """A form that nobody has filled in: what is asked, core first, and what is promised on it."""

    period: PeriodFound
    side: Side
    name: str
    questions: tuple[Question, ...]
    closing: tuple[types.Question, ...]

    @property
    def core(self) -> tuple[Question, ...]:
        """The questions that are asked of everyone on this side."""
        return tuple(question for question in self.questions if question.version.core)

    @property
    def more(self) -> tuple[Question, ...]:
        """The questions for those with time."""
        return tuple(question for question in self.questions if not question.version.core)


def asked_of_whom(session: Session, *, viewer: Viewer, ref: str) -> tuple[AskedOf, ...]:
    """Count what a period asks: of each group first, then of each public body by name.

    A period that is planned tells what it would ask if it opened now.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.RUN_PERIODS)
    period = find_period(session, ref=ref)
    versions = _versions(session, period)
    invited = _invited(session, period, versions)
    kinds = Counter(side_of(kind) for kind in invited.values())
    bodies = [key for key, kind in invited.items() if side_of(kind) is Side.PUBLIC]
    rows = session.exec(select(Organisation).where(col(Organisation.id).in_(bodies)).order_by(col(Organisation.name)))
    owing = owing_bodies(session, on=period.opens_on)
    groups = _counted(_form(period, versions, owing, None), GROUPS, kinds[Side.VCFSE])
    return (groups, *(_counted(_form(period, versions, owing, row), row.ref, 1) for row in rows))


def blank_form(session: Session, *, viewer: Viewer, ref: str, organisation_ref: str = GROUPS) -> BlankForm:
    """Give the form as a public body, or any group, sees it.

    Args:
        session: a session.
        viewer: who asks.
        ref: the period's reference.
        organisation_ref: a public body's reference; left out for the groups' form.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period, or no such public body.
    """
    require(viewer, Act.RUN_PERIODS)
    period = find_period(session, ref=ref)
    body = None
    if organisation_ref != GROUPS:
        body = session.exec(select(Organisation).where(Organisation.ref == organisation_ref)).first()
        if body is None or side_of(body.kind) is not Side.PUBLIC:
            raise NotFoundError("There is no such public body in this period.")
    return _form(period, _versions(session, period), owing_bodies(session, on=period.opens_on), body)


def _versions(session: Session, period: PeriodFound) -> tuple[AskedVersion, ...]:
    if period.state is PeriodState.PLANNED:
        return newest_versions(session, charter_id=period.charter_id)
    return asked_versions(session, period_id=period.id)


def _invited(session: Session, period: PeriodFound, versions: Sequence[AskedVersion]) -> dict[int, OrganisationKind]:
    if period.state is PeriodState.PLANNED:
        charter_id, on, made_up = period.charter_id, period.opens_on, period.made_up
        return dict(to_be_invited(session, versions=versions, charter_id=charter_id, on=on, made_up=made_up))
    statement = (
        select(Organisation.id, Organisation.kind)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .where(Invitation.period_id == period.id, col(Invitation.removed_at).is_(None))
    )
    return {key or 0: OrganisationKind(kind) for key, kind in session.exec(statement)}


def _form(
    period: PeriodFound,
    versions: Sequence[AskedVersion],
    owing: Mapping[int, frozenset[int]],
    body: Organisation | None,
) -> BlankForm:
    side = Side.VCFSE if body is None else Side.PUBLIC
    key = 0 if body is None or body.id is None else body.id
    questions = questions_for(versions, organisation_id=key, side=side, owing=owing)
    return BlankForm(period, side, body.name if body else "", questions, closing_questions(side))


def _counted(form: BlankForm, ref: str, invited: int) -> AskedOf:
    return AskedOf(ref, form.name, invited, len(form.core), len(form.more), len(form.closing))
