"""Which reviews stand together: corrections, releases taken back, made-up ones, and changes of meaning."""

from datetime import date

from sqlmodel import Session, select

from charter.published.answers import read_who_answered
from charter.published.asked import asked_by_period, theme_segments
from charter.published.figures import Asked
from charter.published.reading import read_figures
from charter.rules.access import PUBLIC
from db.engine import Store
from db.models import Period, ReleaseInput, ReleaseScore
from db.types import Breakdown, Meaning, Measure, OwedBy, Scope, Side
from tests import factories


def test_a_body_that_did_not_answer_is_named(store: Store) -> None:
    with store.writing() as session:
        release_id = factories.release(session)
        for name, counted in (("The NHS", False), ("The council", True)):
            values = {"organisation_id": factories.organisation(session), "side": Side.PUBLIC, "name": name}
            more = {"release_id": release_id, "kind": "nhs", "income_band": "not_known", "counted": counted}
            factories.add(session, ReleaseInput, values | more)
    with store.reading() as session:
        found = read_who_answered(session, viewer=PUBLIC, release_id=release_id)
    assert found.silent == ("The NHS",)
    assert found.groups is None


def test_a_release_without_figures_has_none(store: Store) -> None:
    with store.writing() as session:
        release_id = factories.release(session)
    with store.reading() as session:
        assert read_figures(session, viewer=PUBLIC, release_id=release_id).promises == ()


def test_a_correction_takes_the_place_of_what_it_corrects_and_what_is_taken_back_is_left_out(store: Store) -> None:
    with store.writing() as session:
        charter_id = factories.charter(session)
        strand = factories.strand(session, theme_id=factories.theme(session, charter_id=charter_id, ref="voice"))
        ids = factories.commitment(session, ref="VOI-1", strand_id=strand)
        releases: dict[str, int] = {}
        for year, number, score, withdrawn in (
            (2024, 1, 10.4, None),
            (2024, 2, 20.5, None),
            (2025, 1, 99.0, factories.MOMENT),
            (2026, 1, 30.6, None),
        ):
            releases[f"{year}.{number}"] = _published(
                session, charter_id, ids, year=year, number=number, score=score, withdrawn_at=withdrawn
            )
    with store.reading() as session:
        last = read_figures(session, viewer=PUBLIC, release_id=releases["2026.1"])
        first = read_figures(session, viewer=PUBLIC, release_id=releases["2024.1"])
    assert [each.score.score for each in last.promises[0].history] == [21, 31]
    assert [each.score.score for each in first.promises[0].history] == [10, 31]


def test_made_up_and_real_reviews_are_never_put_together(store: Store) -> None:
    with store.writing() as session:
        charter_id = factories.charter(session)
        strand = factories.strand(session, theme_id=factories.theme(session, charter_id=charter_id))
        ids = factories.commitment(session, ref="VOI-1", strand_id=strand)
        _published(session, charter_id, ids, year=2025, number=1, score=50.0, made_up=True)
        real = _published(session, charter_id, ids, year=2026, number=1, score=60.0)
    with store.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=real)
    assert [each.score.score for each in figures.promises[0].history] == [60]


def test_a_changed_meaning_begins_a_new_stretch(store: Store) -> None:
    with store.writing() as session:
        charter_id = factories.charter(session)
        strand = factories.strand(session, theme_id=factories.theme(session, charter_id=charter_id))
        ids = factories.commitment(session, ref="VOI-1", strand_id=strand)
        same = factories.version(session, commitment_id=ids.id, number=2, meaning=Meaning.SAME)
        changed = factories.version(session, commitment_id=ids.id, number=3, meaning=Meaning.CHANGED)
        for year, version in ((2024, ids.version_id), (2025, same), (2026, changed)):
            last = _published(session, charter_id, ids._replace(version_id=version), year=year, number=1, score=50.0)
    with store.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=last)
        asked = asked_by_period(session, release_id=last)
    assert [each.segment for each in figures.promises[0].history] == [0, 0, 1]
    assert sorted(each.number for part in asked.values() for each in part) == [1, 2, 3]


def test_a_theme_is_joined_only_while_enough_of_its_core_means_the_same() -> None:
    four = tuple(_asked(f"A-{number}") for number in range(4))
    one_changed = (_asked("A-0", segment=1), *four[1:])
    two_changed = (_asked("A-0", segment=1), _asked("A-1", segment=1), *four[2:])
    assert theme_segments([four, one_changed], "voice") == (0, 0)
    assert theme_segments([four, two_changed, two_changed], "voice") == (0, 1, 1)
    assert theme_segments([], "voice") == ()


def _asked(ref: str, *, segment: int = 0) -> Asked:
    return Asked(ref, 1, segment, ref, "voice", "Voice", True, "Asking", OwedBy.VCFSE, True, True, "?", None)


def _published(
    session: Session,
    charter_id: int,
    ids: factories.CommitmentIds,
    *,
    year: int,
    number: int,
    score: float,
    made_up: bool = False,
    withdrawn_at: object = None,
) -> int:
    """Publish a review with one score of one promise."""
    period_id = session.exec(select(Period.id).where(Period.ref == f"{year}")).first()
    if period_id is None:
        period_id = factories.period(
            session,
            ref=f"{year}",
            charter_id=charter_id,
            opens_on=date(year, 1, 1),
            closes_on=date(year, 2, 1),
            made_up=made_up,
        )
        factories.asked(session, period_id=period_id, version_id=ids.version_id)
    release_id = factories.release(
        session,
        period_id=period_id,
        ref=f"{year}.{number}",
        number=number,
        reason="A sum was wrong." if number > 1 else "",
        made_up=made_up,
        withdrawn_at=withdrawn_at,
    )
    _score(session, release_id, score)
    return release_id


def _score(session: Session, release_id: int, score: float) -> None:
    values = {
        "release_id": release_id,
        "scope": Scope.COMMITMENT,
        "ref": "VOI-1",
        "side": Side.VCFSE,
        "measure": Measure.EXPERIENCE,
        "breakdown": Breakdown.WHOLE,
        "group_code": "",
        "invited": 40,
        "answered": 35,
        "score": score,
    }
    factories.add(session, ReleaseScore, values)
