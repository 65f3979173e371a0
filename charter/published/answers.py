"""Who answered, what each public body answered by name, and the shares of the questions after the core."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.figures.counts import POSITIVE
from charter.rules.access import Act, Viewer, require
from charter.rules.shares import percent_words, rate, whole
from charter.rules.trends import few_answers
from charter.words import DISCLOSIVE
from db.models import ReleaseBodyAnswer, ReleaseInput, ReleaseRecord, ReleaseResponse, ReleaseShare, ReleaseText
from db.types import Breakdown, EngagementLevel, Measure, NoLevel, Question, RecordKind, ReleaseTextKind, Side, Withheld

_TOLD = (RecordKind.INDICATOR, RecordKind.ACTION)


@dataclass(frozen=True)
class Response:
    """How many of a group of organisations were invited, and how many of them submitted."""

    side: Side
    breakdown: Breakdown
    group: str
    invited: int
    submitted: int
    known: int | None

    @property
    def percent(self) -> str:
        """The response rate in whole per cent, in words; "no one asked" where nobody was invited."""
        found = rate(self.submitted, self.invited)
        return "no one asked" if found is None else percent_words(found)


@dataclass(frozen=True)
class Body:
    """A public body that was asked, by name.

    Attributes:
        answered: whether its answers counted: they were sent, and the monitoring group accepted them.
        engagement_level: the level that it claims, if it named one.
    """

    name: str
    answered: bool
    engagement_level: EngagementLevel | None


@dataclass(frozen=True)
class PublishedText:
    """Words of a release. `organisation` is the public body whose reply they are, or empty."""

    kind: ReleaseTextKind
    organisation: str
    words: str


@dataclass(frozen=True)
class WhoAnswered:
    """Who answered in a review: the groups by kind, income and ward, and each public body by name.

    Attributes:
        texts: the words that were published with the figures: the coordinator's, and public bodies' replies.
        records: what was published of indicators and actions, each as it is kept: see `charter/records.py`.
    """

    responses: tuple[Response, ...]
    bodies: tuple[Body, ...]
    texts: tuple[PublishedText, ...] = ()
    records: tuple[tuple[RecordKind, str], ...] = ()

    @property
    def groups(self) -> Response | None:
        """The groups as a whole."""
        return next((found for found in self.by(Breakdown.WHOLE) if found.side is Side.VCFSE), None)

    def by(self, breakdown: Breakdown) -> tuple[Response, ...]:
        """Give the response by one breakdown."""
        return tuple(found for found in self.responses if found.breakdown is breakdown)

    @property
    def silent(self) -> tuple[str, ...]:
        """The names of the public bodies whose answers did not count: they were not sent, or not accepted."""
        return tuple(body.name for body in self.bodies if not body.answered)


@dataclass(frozen=True)
class BodyAnswer:
    """A public body's answer to one promise, as it gave it."""

    ref: str
    name: str
    measure: Measure
    level: int | None
    no_level: NoLevel | None


@dataclass(frozen=True)
class Share:
    """How many groups chose an answer to a question after the core. Per cent are whole, and in words.

    Attributes:
        contact: the amount of contact of those who are counted; empty for all.
        option: the answer; `positive_or_very_positive` sums up the overall question.
    """

    question: Question
    contact: str
    option: str
    answered: int | None
    chose: int | None
    percent: str | None
    low: int | None
    high: int | None
    few: bool
    withheld: Withheld | None

    @property
    def hidden(self) -> bool:
        """Whether the figure is hidden to protect those who answered."""
        return self.withheld in DISCLOSIVE

    @property
    def sums_up(self) -> bool:
        """Whether this is the figure that the overall question is asked for."""
        return self.option == POSITIVE


def read_who_answered(session: Session, *, viewer: Viewer, release_id: int) -> WhoAnswered:
    """Read who was invited and who answered, and the words that were published with it, in one query.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    rows = session.execute(_everyone_asked(release_id)).all()
    answered = [row for row in rows if row.words is None]
    worded = [row for row in rows if row.words is not None]
    return WhoAnswered(
        responses=tuple(
            Response(row.side, row.breakdown, row.group_code, row.invited, row.submitted, row.known)
            for row in answered
            if row.name is None
        ),
        bodies=tuple(
            sorted(
                (_body(row.name, row.submitted == 1, row.engagement_level) for row in answered if row.name is not None),
                key=lambda body: body.name,
            )
        ),
        texts=tuple(
            PublishedText(ReleaseTextKind(row.group_code), row.name, row.words)
            for row in worded
            if row.name is not None
        ),
        records=tuple((RecordKind(row.group_code), row.words) for row in worded if row.name is None),
    )


def read_body_answers(session: Session, *, viewer: Viewer, release_id: int) -> tuple[BodyAnswer, ...]:
    """Read what each public body answered, by name; one that did not answer, or not in time, has no level.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    statement = (
        select(ReleaseBodyAnswer)
        .where(ReleaseBodyAnswer.release_id == release_id)
        .order_by(col(ReleaseBodyAnswer.ref), col(ReleaseBodyAnswer.name))
    )
    return tuple(BodyAnswer(row.ref, row.name, row.measure, row.level, row.no_level) for row in session.exec(statement))


def read_shares(session: Session, *, viewer: Viewer, release_id: int) -> tuple[Share, ...]:
    """Read the shares of the questions after the core, in the order of their answers, in one query.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    statement = (
        select(ReleaseShare, ReleaseResponse)
        .outerjoin(
            ReleaseResponse,
            (col(ReleaseResponse.release_id) == col(ReleaseShare.release_id))
            & (col(ReleaseResponse.side) == Side.VCFSE)
            & (col(ReleaseResponse.breakdown) == Breakdown.WHOLE),
        )
        .where(ReleaseShare.release_id == release_id)
        .order_by(col(ReleaseShare.id))
    )
    return tuple(_share(row, response) for row, response in session.exec(statement))


def shares_of(shares: Iterable[Share], question: Question, contact: str = "") -> tuple[Share, ...]:
    """Choose the answers to one question, from those with one amount of contact, or from all."""
    return tuple(share for share in shares if share.question is question and share.contact == contact)


def _everyone_asked(release_id: int) -> sa.CompoundSelect[*tuple[Any, ...]]:
    nothing = sa.literal(None)
    groups: sa.Select[*tuple[Any, ...]] = sa.select(
        col(ReleaseResponse.side),
        col(ReleaseResponse.breakdown),
        col(ReleaseResponse.group_code),
        col(ReleaseResponse.invited),
        col(ReleaseResponse.submitted),
        col(ReleaseResponse.known),
        sa.cast(nothing, sa.String).label("name"),
        sa.cast(nothing, sa.String).label("engagement_level"),
        sa.cast(nothing, sa.String).label("words"),
        col(ReleaseResponse.id).label("place"),
    ).where(col(ReleaseResponse.release_id) == release_id)
    # A body that answers by name is a response of one.
    bodies = sa.select(
        col(ReleaseInput.side),
        sa.cast(nothing, sa.String),
        sa.cast(nothing, sa.String),
        sa.literal(1),
        sa.case((col(ReleaseInput.counted), 1), else_=0),
        sa.cast(nothing, sa.Integer),
        col(ReleaseInput.name),
        col(ReleaseInput.engagement_level),
        sa.cast(nothing, sa.String),
        col(ReleaseInput.id),
    ).where(col(ReleaseInput.release_id) == release_id, col(ReleaseInput.side) == Side.PUBLIC)
    return sa.union_all(groups, bodies, _texts(release_id), _records(release_id)).order_by("place")


def _texts(release_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Select a release's words in the columns of who answered, so that both are one query."""
    nothing = sa.literal(None)
    return sa.select(
        sa.cast(nothing, sa.String),
        sa.cast(nothing, sa.String),
        sa.cast(col(ReleaseText.kind), sa.String),
        sa.literal(0),
        sa.literal(0),
        sa.cast(nothing, sa.Integer),
        col(ReleaseText.organisation),
        sa.cast(nothing, sa.String),
        col(ReleaseText.words),
        col(ReleaseText.id),
    ).where(col(ReleaseText.release_id) == release_id)


def _records(release_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Select what came of it in the columns of who answered: the page of headlines tells both, in one query."""
    nothing = sa.literal(None)
    return sa.select(
        sa.cast(nothing, sa.String),
        sa.cast(nothing, sa.String),
        sa.cast(col(ReleaseRecord.kind), sa.String),
        sa.literal(0),
        sa.literal(0),
        sa.cast(nothing, sa.Integer),
        sa.cast(nothing, sa.String),
        sa.cast(nothing, sa.String),
        col(ReleaseRecord.content),
        col(ReleaseRecord.id),
    ).where(col(ReleaseRecord.release_id) == release_id, col(ReleaseRecord.kind).in_(_TOLD))


def _body(name: str, answered: bool, level: str | None) -> Body:
    return Body(name, answered, EngagementLevel(level) if level else None)


def _share(row: ReleaseShare, response: ReleaseResponse | None) -> Share:
    answered_rate = None if response is None else rate(response.submitted, response.invited)
    return Share(
        question=row.question,
        contact=row.contact_code,
        option=row.option,
        answered=row.answered,
        chose=row.chose,
        percent=None if row.share is None else percent_words(row.share),
        low=None if row.low is None else whole(100 * row.low),
        high=None if row.high is None else whole(100 * row.high),
        few=row.answered is not None and few_answers(answered=row.answered, response=answered_rate),
        withheld=row.withheld,
    )
