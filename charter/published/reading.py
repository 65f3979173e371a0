"""Reading a release: its stored figures, put together and made whole."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from charter.published.asked import AskedByPeriod, asked_by_period, theme_segments
from charter.published.figures import Asked, Figures, InPeriod, Promise, Score, Theme
from charter.published.rounding import change_of, gap_of, score_of
from charter.published.stored import StoredFigure, StoredReview, stored_figures
from charter.rules.access import Act, Viewer, require
from db.types import Breakdown, Measure, Scope, Side


def read_figures(session: Session, *, viewer: Viewer, release_id: int) -> Figures:
    """Read every score, gap and change of a release, with both sides' scores in the charter's other reviews.

    Args:
        session: a session.
        viewer: who asks.
        release_id: the release's key in the store.

    Returns:
        The figures; none at all where the release holds none.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    stored = stored_figures(session, release_id=release_id)
    if not any(row.review.release_id == release_id for row in stored):
        return Figures(themes=(), together=(), periods=())
    return Assembly(stored, asked_by_period(session, release_id=release_id), release_id).figures()


class Assembly:
    """Puts the rows of one release together."""

    def __init__(self, stored: Sequence[StoredFigure], asked: AskedByPeriod, release_id: int) -> None:
        """Take rows, at least one of them of the release, and what each review asked."""
        self._stored = stored
        self._release_id = release_id
        self._asked = asked
        self._reviews: tuple[StoredReview, ...] = tuple(dict.fromkeys(row.review for row in stored))
        self._own = [row for row in stored if row.review.release_id == release_id]
        self._period = self._own[0].review.period_id

    def figures(self) -> Figures:
        """Give every figure of the release."""
        asked = self._asked.get(self._period, ())
        promises = [self._promise(each) for each in asked]
        scored = dict.fromkeys((each.theme_ref, each.theme_title) for each in asked if each.scored)
        return Figures(
            themes=tuple(self._theme(ref, title, promises) for ref, title in scored),
            together=tuple(promise for promise in promises if not promise.asked.scored),
            periods=tuple((review.period_ref, review.period_title) for review in self._reviews),
        )

    def _promise(self, asked: Asked) -> Promise:
        own = _of(self._own, Scope.COMMITMENT, asked.ref)
        sector = _whole(own, Side.VCFSE)
        public = _whole(own, Side.PUBLIC)
        segments = {
            review.release_id: each.segment
            for review in self._reviews
            for each in self._asked.get(review.period_id, ())
            if each.ref == asked.ref
        }
        return Promise(
            ref=asked.ref,
            title=asked.title,
            sector=score_of(sector),
            public=score_of(public),
            gap=gap_of(sector),
            change=change_of(sector),
            groups=_groups(own),
            history=self._history(_of(self._stored, Scope.COMMITMENT, asked.ref), segments),
            asked=asked,
        )

    def _theme(self, ref: str, title: str, promises: Iterable[Promise]) -> Theme:
        # A theme page speaks of what groups experienced. What groups owe themselves has a gap of its own.
        own = _of(self._own, Scope.THEME, ref)
        sector = _whole(own, Side.VCFSE, Measure.EXPERIENCE)
        numbers = theme_segments([self._asked.get(review.period_id, ()) for review in self._reviews], ref)
        segments = {review.release_id: number for review, number in zip(self._reviews, numbers, strict=True)}
        experience = [
            row
            for row in _of(self._stored, Scope.THEME, ref)
            if (row.score.side is Side.VCFSE) == (row.score.measure is Measure.EXPERIENCE)
        ]
        return Theme(
            ref=ref,
            title=title,
            sector=score_of(sector),
            public=score_of(_whole(own, Side.PUBLIC, Measure.PRACTICE)),
            gap=gap_of(sector),
            change=change_of(sector),
            groups=tuple(score for score in _groups(own) if score.measure is Measure.EXPERIENCE),
            history=self._history(experience, segments),
            own_gap=gap_of(_whole(own, Side.VCFSE, Measure.PRACTICE)),
            promises=tuple(promise for promise in promises if promise.asked.theme_ref == ref),
        )

    def _history(self, rows: Iterable[StoredFigure], segments: dict[int, int]) -> tuple[InPeriod, ...]:
        return tuple(
            InPeriod(
                row.review.period_ref, row.review.period_title, segments.get(row.review.release_id, 0), score_of(row)
            )
            for row in rows
            if row.score.breakdown is Breakdown.WHOLE
        )


def _of(rows: Iterable[StoredFigure], scope: Scope, ref: str) -> list[StoredFigure]:
    return [row for row in rows if row.score.scope is scope and row.score.ref == ref]


def _whole(rows: Iterable[StoredFigure], side: Side, measure: Measure | None = None) -> StoredFigure | None:
    found = (row for row in rows if row.score.breakdown is Breakdown.WHOLE and row.score.side is side)
    return next((row for row in found if measure is None or row.score.measure is measure), None)


def _groups(rows: Iterable[StoredFigure]) -> tuple[Score, ...]:
    return tuple(
        score_of(row) for row in rows if row.score.side is Side.VCFSE and row.score.breakdown is not Breakdown.WHOLE
    )
