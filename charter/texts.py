"""The coordinator's words that are published with a period's figures: what it means, and the decisions asked."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.periods import PeriodFound, held_period
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, RefusedError
from charter.saved import Saved
from charter.typed import clean_text
from db.models import Organisation, Period, PeriodText
from db.types import PeriodState, ReleaseTextKind

TEXT_LIMIT = 4000  # letters: about two pages
COORDINATORS_KINDS = (ReleaseTextKind.WHAT_IT_MEANS, ReleaseTextKind.DECISIONS_ASKED)
WRITABLE = frozenset({PeriodState.CLOSED, PeriodState.PUBLISHED})
ELSEWHERE = (
    "These words were changed in another window after this page showed them. Nothing was overwritten: copy what you "
    "typed, and load the page again."
)


@dataclass(frozen=True)
class TextFound:
    """Words as they are stored. `organisation` is the public body whose reply they are, or empty."""

    kind: ReleaseTextKind
    organisation: str
    words: str
    revision: int


def save_text(
    session: Session, *, viewer: Viewer, period_ref: str, kind: ReleaseTextKind, words: str, seen_revision: int
) -> Saved:
    """Save what it means, or the decisions asked; empty words take them away.

    After publishing, a change is shown by a correction only.

    Raises:
        NotAllowedError: the viewer may not publish.
        FieldError: the words are too long, or are a public body's reply.
        RefusedError: the period has not closed yet.
        EditedElsewhereError: they were changed since the page showed them.
    """
    require(viewer, Act.PUBLISH)
    if kind not in COORDINATORS_KINDS:
        raise FieldError("kind", "A reply is written by the public body itself. Nothing was changed.")
    period = held_period(session, ref=period_ref)
    if period.state not in WRITABLE:
        raise RefusedError("These words are written once the review has closed. Nothing was changed.")
    return keep_text(session, viewer=viewer, period=period, kind=kind, words=words, seen_revision=seen_revision)


def read_texts(session: Session, *, viewer: Viewer, period_ref: str) -> tuple[TextFound, ...]:
    """Read all words of a period, the replies among them.

    Raises:
        NotAllowedError: the viewer may not publish.
    """
    require(viewer, Act.PUBLISH)
    statement = (
        select(PeriodText, Organisation)
        .join(Period, col(Period.id) == PeriodText.period_id)
        .outerjoin(Organisation, col(Organisation.id) == PeriodText.organisation_id)
        .where(Period.ref == period_ref)
        .order_by(col(PeriodText.kind), col(Organisation.name))
    )
    return tuple(
        TextFound(row.kind, organisation.name if organisation else "", row.words, row.revision)
        for row, organisation in session.exec(statement)
    )


def keep_text(
    session: Session,
    *,
    viewer: Viewer,
    period: PeriodFound,
    kind: ReleaseTextKind,
    words: str,
    seen_revision: int,
    organisation_id: int | None = None,
) -> Saved:
    """Store words; who may is asked by those who call this, and they hold the period's row.

    Raises:
        FieldError: the words are too long.
        EditedElsewhereError: they were changed since the page showed them.
    """
    text = clean_text(words)
    if len(text) > TEXT_LIMIT:
        raise FieldError(
            "words", f"This is not saved yet. It has {len(text):,} letters, and there is room for {TEXT_LIMIT:,}."
        )
    row = find_text(session, period_id=period.id, kind=kind, organisation_id=organisation_id)
    if row is None:
        row = PeriodText(
            period_id=period.id,
            kind=kind,
            organisation_id=organisation_id,
            words="",
            revision=0,
            saved_at=clock.now(),
        )
    if row.words == text and row.revision:
        return Saved(row.revision, row.saved_at)
    if row.revision != seen_revision:
        raise EditedElsewhereError(ELSEWHERE)
    detail = {"kind": kind.value, **audit.changes({"words": row.words}, {"words": text})}
    row.words, row.revision, row.saved_at = text, row.revision + 1, clock.now()
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="text_saved", subject=f"period {period.ref}", detail=detail)
    return Saved(row.revision, row.saved_at)


def find_text(
    session: Session, *, period_id: int, kind: ReleaseTextKind, organisation_id: int | None
) -> PeriodText | None:
    """Read the row of one text, or None."""
    owner = col(PeriodText.organisation_id)
    return session.exec(
        select(PeriodText).where(
            PeriodText.period_id == period_id,
            PeriodText.kind == kind,
            owner.is_(None) if organisation_id is None else owner == organisation_id,
        )
    ).first()
