"""What a correction would change in public, made in memory before it is published."""

from dataclasses import dataclass

from sqlmodel import Session, select

from charter import clock
from charter.corrections import Retyped, try_correction
from charter.published.answers import Body, BodyAnswer, read_body_answers, read_who_answered
from charter.published.asked import asked_of_period
from charter.published.figures import Figures
from charter.published.reading import read_figures
from charter.published.unstored import figures_from, who_from
from charter.records import records_now, records_of
from charter.release_words import words_now
from charter.rules.access import Act, Viewer, require
from db.models import Release, ReleaseBodyAnswer, ReleasePromise, ReleaseText
from db.types import RecordKind

Records = dict[tuple[RecordKind, str], object]


@dataclass(frozen=True)
class Words:
    """Words of a release as plain values.

    Attributes:
        texts: the coordinator's, by kind, and public bodies' replies.
        promises: by whose they are, and on what.
        records: what is told of outcomes, actions, recommendations and concerns, by kind and reference.
    """

    texts: dict[str, str]
    promises: dict[tuple[str, str, str], tuple[object, ...]]
    records: Records


@dataclass(frozen=True)
class CorrectionPreview:
    """What everybody reads now, and what they would read after the correction.

    Attributes:
        asked_before: the public bodies that were asked, with whether their answers count and which level of engagement
            each claims.
        asked_after: the same after the correction.
    """

    release_ref: str
    before: Figures
    after: Figures
    bodies_before: tuple[BodyAnswer, ...]
    bodies_after: tuple[BodyAnswer, ...]
    asked_before: tuple[Body, ...]
    asked_after: tuple[Body, ...]
    words_before: Words
    words_after: Words


def preview_correction(session: Session, *, viewer: Viewer, ref: str, retyped: Retyped) -> CorrectionPreview:
    """Make what a correction of a period's newest release would show. Nothing is stored.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release, or no such answer in it.
        RefusedError: the release was corrected already.
    """
    require(viewer, Act.PUBLISH)
    ready = try_correction(session, viewer=viewer, ref=ref, retyped=retyped)
    release = session.exec(select(Release).where(Release.ref == ref)).one()
    asked = asked_of_period(session, period_id=release.period_id)
    now = words_now(session, release=release)
    key = release.id or 0
    return CorrectionPreview(
        release_ref=ref,
        before=read_figures(session, viewer=viewer, release_id=key),
        after=figures_from(session, ready.rows, period=ready.period, asked=asked),
        bodies_before=read_body_answers(session, viewer=viewer, release_id=key),
        bodies_after=tuple(_body_answer(row) for row in ready.rows if isinstance(row, ReleaseBodyAnswer)),
        asked_before=read_who_answered(session, viewer=viewer, release_id=key).bodies,
        asked_after=who_from(ready.rows, ready.inputs).bodies,
        words_before=_words(
            list(session.exec(select(ReleaseText).where(ReleaseText.release_id == key))),
            list(session.exec(select(ReleasePromise).where(ReleasePromise.release_id == key))),
            records_of(session, release_id=key),
        ),
        words_after=_words(
            now.texts,
            [*now.promises, *now.last_promises],
            records_now(session, on=clock.today(), made_up=release.made_up),
        ),
    )


def _body_answer(row: ReleaseBodyAnswer) -> BodyAnswer:
    return BodyAnswer(row.ref, row.name, row.measure, row.level, row.no_level)


def _words(texts: list[ReleaseText], promises: list[ReleasePromise], records: Records) -> Words:
    return Words(
        records=records,
        texts={f"{row.kind.value} {row.organisation}": row.words for row in texts},
        promises={
            (row.organisation, row.theme, row.period_ref): (
                row.we_will,
                row.action,
                row.due_on,
                row.due_precision,
                row.status,
                row.no_action_reason,
            )
            for row in promises
        },
    )
