"""What each review of a charter asked, and where the meaning of a promise changed between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from charter.published.figures import Asked
from charter.rules.scoring import enough_for_theme
from db.models import AskedCommitment, Commitment, CommitmentVersion, Period, Release, Strand, Theme
from db.types import Meaning

AskedByPeriod = Mapping[int, tuple[Asked, ...]]


def asked_by_period(session: Session, *, release_id: int) -> AskedByPeriod:
    """Read what every review of a release's charter asked, each in the charter's order, in one query.

    Returns:
        By the period's key in the store.
    """
    release = sa.select(col(Period.charter_id)).join(Release, col(Release.period_id) == col(Period.id))
    return _asked_by(
        session, col(Commitment.charter_id) == release.where(col(Release.id) == release_id).scalar_subquery()
    )


def asked_of_period(session: Session, *, period_id: int) -> tuple[Asked, ...]:
    """Read what one review asks, published or not, in the charter's order."""
    return _asked_by(session, col(AskedCommitment.period_id) == period_id).get(period_id, ())


def _asked_by(session: Session, condition: sa.ColumnElement[bool]) -> AskedByPeriod:
    changed = aliased(CommitmentVersion)
    segment = (
        sa.select(sa.func.count(col(changed.id)))
        .where(
            col(changed.commitment_id) == col(CommitmentVersion.commitment_id),
            col(changed.number) <= col(CommitmentVersion.number),
            col(changed.meaning) == Meaning.CHANGED,
        )
        .scalar_subquery()
    )
    statement = (
        sa.select(
            col(AskedCommitment.period_id), CommitmentVersion, col(Commitment.ref), col(Strand.title), Theme, segment
        )
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(AskedCommitment.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .where(condition)
        .order_by(col(Theme.position), col(Strand.position), col(Commitment.position))
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for period, version, ref, strand, theme, changes in session.execute(statement):
        found[period].append(_asked(version, ref=ref, strand=strand, theme=theme, segment=changes))
    return {period: tuple(asked) for period, asked in found.items()}


def theme_segments(periods: Sequence[tuple[Asked, ...]], theme: str) -> tuple[int, ...]:
    """Number the stretches of reviews over which a theme's score may be joined by a line.

    Two reviews are joined if enough of the later one's core promises were asked with the same meaning in the earlier
    one: at least three, and three quarters, as rule 8 asks for a change of a theme.

    Args:
        periods: what each review asked, the oldest first.
        theme: the theme's reference.
    """
    segments: list[int] = []
    before: frozenset[tuple[str, int]] | None = None
    for asked in periods:
        core = frozenset((each.ref, each.segment) for each in asked if each.core and each.theme_ref == theme)
        joined = before is None or enough_for_theme(shown=len(core & before), asked=len(core))
        last = segments[-1] if segments else 0
        segments.append(last if joined else last + 1)
        before = core
    return tuple(segments)


def _asked(version: CommitmentVersion, *, ref: str, strand: str, theme: Theme, segment: int) -> Asked:
    return Asked(
        ref=ref,
        number=version.number,
        segment=segment,
        title=version.title,
        theme_ref=theme.ref,
        theme_title=theme.title,
        scored=theme.scored,
        strand_title=strand,
        owed_by=version.owed_by,
        seen_by_sector=version.seen_by_sector,
        core=version.core,
        practice_question=version.practice_question,
        experience_question=version.experience_question,
    )
