"""Reads that do not depend on who looks, kept in memory.

What belongs to a release never changes, so that it is kept under the release and the list of releases that stand
(`version`), and never invalidated. What belongs to the charters may be loaded anew, and is kept for a minute.
"""

import streamlit as st

from charter.actions.past import PastPlan, read_past_actions
from charter.actions.told import ActionTold, RecommendationTold
from charter.came_of_it import CameOfIt
from charter.came_of_it import came_of_it as came_of_it_in
from charter.charters import (
    CharterFound,
    MilestoneFound,
    SignatoryFound,
    StatementFound,
    list_charters,
    list_milestones,
    list_signatories,
    list_statements,
)
from charter.commitments import CommitmentFound, CommitmentListed, find_commitment, list_commitments
from charter.concerns.recorded import YearOfConcerns
from charter.outcomes.now import stated_indicators as read_stated
from charter.outcomes.recorded import RecordedIndicator
from charter.published.answers import (
    BodyAnswer,
    Share,
    WhoAnswered,
    read_body_answers,
    read_shares,
    read_who_answered,
)
from charter.published.figures import Figures
from charter.published.reading import read_figures
from charter.published.words import (
    Looked,
    PublishedPromise,
    read_release_early_access,
    read_release_promises,
)
from charter.records import parse_records, read_records
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotFoundError
from charter.settings import settings
from charter.store import reading
from db.types import RecordKind
from pages.ui.opening import Shown

_KEPT = 32
_A_MINUTE = "1m"


def figures(shown: Shown) -> Figures:
    """Give every figure of a release."""
    return _figures(shown.id, shown.version)


def who_answered(shown: Shown) -> WhoAnswered:
    """Give who answered in a release's review."""
    return _who_answered(shown.id, shown.version)


def body_answers(shown: Shown, ref: str) -> tuple[BodyAnswer, ...]:
    """Give what each public body answered to one promise."""
    return tuple(answer for answer in _body_answers(shown.id, shown.version) if answer.ref == ref)


def shares(shown: Shown) -> tuple[Share, ...]:
    """Give the shares of the questions after the core."""
    return _shares(shown.id, shown.version)


def promises(shown: Shown) -> tuple[PublishedPromise, ...]:
    """Give what public bodies promised in a release's review, and in the one before."""
    return _promises(shown.id, shown.version)


def indicators(shown: Shown) -> tuple[RecordedIndicator, ...]:
    """Give what was published of every indicator, by theme and title."""
    return _indicators(shown.id, shown.version)


def actions(shown: Shown) -> tuple[ActionTold, ...]:
    """Give what was published of every action, overdue first."""
    return _actions(shown.id, shown.version)


def recommendations(shown: Shown) -> tuple[RecommendationTold, ...]:
    """Give what was published of committees' recommendations, the newest first."""
    return _recommendations(shown.id, shown.version)


def concerns(shown: Shown) -> tuple[YearOfConcerns, ...]:
    """Give how many concerns were raised in each year up to a release; none for one from before they were counted."""
    return _concerns(shown.id, shown.version)


def came_of_it(shown: Shown) -> CameOfIt:
    """Give what came of the charter, summed up: outcomes that are on or off track, and actions that are late."""
    return _came_of_it(shown.id, shown.version, _who=who_answered(shown))


def early_access(shown: Shown) -> tuple[Looked, ...]:
    """Give who could see a release's figures before they were published."""
    return _early_access(shown.id, shown.version)


def stated_indicators() -> tuple[RecordedIndicator, ...]:
    """Give the indicators of which all that is known is what the sources state."""
    return _stated_indicators(settings().store_url)


def past_actions() -> tuple[PastPlan, ...]:
    """Give what the Compact of 2006 planned."""
    return _past_actions(settings().store_url)


def charters() -> tuple[CharterFound, ...]:
    """Give every charter, the oldest first."""
    return _charters(settings().store_url)


def commitments() -> tuple[CommitmentListed, ...]:
    """Give every promise, in the order of its charter."""
    return _commitments(settings().store_url)


def commitment(ref: str) -> CommitmentFound | None:
    """Give a promise with its wordings, or None where there is none of this reference."""
    return _commitment(settings().store_url, ref)


def milestones() -> tuple[MilestoneFound, ...]:
    """Give the milestones of every charter."""
    return _milestones(settings().store_url)


def statements() -> tuple[StatementFound, ...]:
    """Give what stands beside the promises of every charter."""
    return _statements(settings().store_url)


def signatories() -> tuple[SignatoryFound, ...]:
    """Give who signed which charter."""
    return _signatories(settings().store_url)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _figures(release_id: int, version: str) -> Figures:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_figures(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _who_answered(release_id: int, version: str) -> WhoAnswered:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_who_answered(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _body_answers(release_id: int, version: str) -> tuple[BodyAnswer, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_body_answers(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _shares(release_id: int, version: str) -> tuple[Share, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_shares(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _promises(release_id: int, version: str) -> tuple[PublishedPromise, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_release_promises(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _indicators(release_id: int, version: str) -> tuple[RecordedIndicator, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_records(session, release_id=release_id, kind=RecordKind.INDICATOR, of=RecordedIndicator)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _actions(release_id: int, version: str) -> tuple[ActionTold, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_records(session, release_id=release_id, kind=RecordKind.ACTION, of=ActionTold)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _recommendations(release_id: int, version: str) -> tuple[RecommendationTold, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_records(session, release_id=release_id, kind=RecordKind.RECOMMENDATION, of=RecommendationTold)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _concerns(release_id: int, version: str) -> tuple[YearOfConcerns, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_records(session, release_id=release_id, kind=RecordKind.CONCERNS, of=YearOfConcerns)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _came_of_it(release_id: int, version: str, *, _who: WhoAnswered) -> CameOfIt:  # noqa: ARG001 - kept under both
    kept = {kind: [content for each, content in _who.records if each is kind] for kind, _ in _who.records}
    indicators = parse_records(kept.get(RecordKind.INDICATOR, ()), of=RecordedIndicator)
    return came_of_it_in(indicators, parse_records(kept.get(RecordKind.ACTION, ()), of=ActionTold))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _early_access(release_id: int, version: str) -> tuple[Looked, ...]:  # noqa: ARG001 - kept under both
    with reading() as session:
        return read_release_early_access(session, viewer=PUBLIC, release_id=release_id)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _stated_indicators(url: str) -> tuple[RecordedIndicator, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return read_stated(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _past_actions(url: str) -> tuple[PastPlan, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return read_past_actions(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _charters(url: str) -> tuple[CharterFound, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return list_charters(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _commitments(url: str) -> tuple[CommitmentListed, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return list_commitments(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, max_entries=200, show_spinner=False)
def _commitment(url: str, ref: str) -> CommitmentFound | None:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        try:
            return find_commitment(session, viewer=PUBLIC, ref=ref)
        except NotFoundError:
            return None


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _milestones(url: str) -> tuple[MilestoneFound, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return list_milestones(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _statements(url: str) -> tuple[StatementFound, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return list_statements(session, viewer=PUBLIC)


@st.cache_data(ttl=_A_MINUTE, show_spinner=False)
def _signatories(url: str) -> tuple[SignatoryFound, ...]:  # noqa: ARG001 - kept by the store's address
    with reading() as session:
        return list_signatories(session, viewer=PUBLIC)
