"""The contents of a release: everything that any form of it tells, read once and in one place.

Slides, papers, the workbook and open data are made from this alone, so that a figure is the same in each of them. What
is hidden is not in it: the figures come through `charter/published/`.
"""

from dataclasses import dataclass

from sqlmodel import Session

from charter.actions.told import ActionTold, RecommendationTold
from charter.came_of_it import CameOfIt, came_of_it
from charter.charters import CharterFound, list_charters
from charter.coming import NextReview, next_review
from charter.concerns.recorded import YearOfConcerns
from charter.outcomes.recorded import RecordedIndicator
from charter.published.answers import (
    BodyAnswer,
    Share,
    WhoAnswered,
    read_body_answers,
    read_shares,
    read_who_answered,
)
from charter.published.figures import Figures, Promise
from charter.published.reading import read_figures
from charter.published.words import (
    Looked,
    PublishedPromise,
    read_release_early_access,
    read_release_promises,
)
from charter.records import read_records
from charter.releases import ReleaseFound, choose_release, list_releases
from charter.reports.drawings import KINDS, Drawing, Material
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError, RefusedError
from db.types import RecordKind, ReleaseTextKind


@dataclass(frozen=True)
class Contents:
    """What a release holds.

    Attributes:
        release: which release it is.
        figures: its scores, gaps and changes.
        who: who answered, and the words that were published with the figures.
        shares: the shares of the questions after the core.
        answers: what each public body answered, by name.
        promises: what public bodies said that they will do, in this review and the one before.
        looked: who could see the figures before they were published.
        indicators: every indicator, by theme and title.
        actions: every action, overdue first.
        recommendations: what committees recommended, the newest first.
        concerns: how many concerns were raised in each year.
        charters: the charters of the lineage, the oldest first.
        coming: the review after this one, as it is planned when this is read; None where there is none. It is the one
            thing here that the release does not hold.
    """

    release: ReleaseFound
    figures: Figures
    who: WhoAnswered
    shares: tuple[Share, ...]
    answers: tuple[BodyAnswer, ...]
    promises: tuple[PublishedPromise, ...]
    looked: tuple[Looked, ...]
    indicators: tuple[RecordedIndicator, ...]
    actions: tuple[ActionTold, ...]
    recommendations: tuple[RecommendationTold, ...]
    concerns: tuple[YearOfConcerns, ...]
    charters: tuple[CharterFound, ...]
    coming: NextReview | None = None

    @property
    def scored(self) -> tuple[Promise, ...]:
        """The promises of the themes, in the charter's order."""
        return tuple(promise for theme in self.figures.themes for promise in theme.promises)

    @property
    def came(self) -> CameOfIt:
        """What came of the charter, summed up."""
        return came_of_it(self.indicators, self.actions)

    def text(self, kind: ReleaseTextKind) -> str:
        """Give the coordinator's words of a kind; empty where there are none."""
        return next((each.words for each in self.who.texts if each.kind is kind and not each.organisation), "")

    def drawing(self, kind: str, ref: str = "", *, dark: bool = False) -> Drawing | None:
        """Give a chart of the release, or None where it has nothing for it.

        Args:
            kind: which chart: a key of `KINDS`.
            ref: the theme or promise that it is of, where it is of one.
            dark: for dark paper.
        """
        made_of = Material(self.release, self.figures, read_who=lambda: self.who, ref=ref, dark=dark)
        return KINDS[kind](made_of)


def read_contents(session: Session, *, viewer: Viewer, ref: str = "latest") -> Contents:
    """Read all that a release tells.

    Args:
        session: a session.
        viewer: who asks. Everybody may read a release.
        ref: the release, such as `2026.1`; or `latest`, the one that the public pages show first.

    Raises:
        NotFoundError: nothing is published under this reference, or nothing at all.
        RefusedError: the release was withdrawn: no form of it is handed out any more.
    """
    release = find_standing(session, viewer=viewer, ref=ref)
    key = release.id
    return Contents(
        release=release,
        figures=read_figures(session, viewer=viewer, release_id=key),
        who=read_who_answered(session, viewer=viewer, release_id=key),
        shares=read_shares(session, viewer=viewer, release_id=key),
        answers=read_body_answers(session, viewer=viewer, release_id=key),
        promises=read_release_promises(session, viewer=viewer, release_id=key),
        looked=read_release_early_access(session, viewer=viewer, release_id=key),
        indicators=read_records(session, release_id=key, kind=RecordKind.INDICATOR, of=RecordedIndicator),
        actions=read_records(session, release_id=key, kind=RecordKind.ACTION, of=ActionTold),
        recommendations=read_records(session, release_id=key, kind=RecordKind.RECOMMENDATION, of=RecommendationTold),
        concerns=read_records(session, release_id=key, kind=RecordKind.CONCERNS, of=YearOfConcerns),
        charters=list_charters(session, viewer=viewer),
        coming=next_review(session, viewer=viewer, release_id=key),
    )


def find_standing(session: Session, *, viewer: Viewer, ref: str) -> ReleaseFound:
    """Find a release of which files may be handed out.

    Args:
        session: a session.
        viewer: who asks.
        ref: the release, such as `2026.1`, or `latest`.

    Raises:
        NotFoundError: nothing is published under this reference, or nothing at all.
        RefusedError: the release was withdrawn.
    """
    releases = list_releases(session, viewer=viewer)
    found = choose_release(releases) if ref == "latest" else choose_release(releases, ref=ref)
    if found is None:
        raise NotFoundError("Nothing is published yet." if ref == "latest" else f"There is no release {ref}.")
    if found.withdrawn_at is not None:
        reason = f" The reason: {found.withdrawn_reason}" if found.withdrawn_reason else ""
        raise RefusedError(f"Release {found.ref} was withdrawn, so no files of it are given out any more.{reason}")
    return found
