"""Saving answers: exact rows, revisions, refusals that change nothing, and two windows at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from charter import clock
from charter.answers import choice_from, save_comment, save_level
from charter.forms import read_form
from charter.rules.access import PUBLIC, Grant, Invited, Viewer
from charter.rules.refusals import (
    ClosedError,
    EditedElsewhereError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    SignedOutError,
)
from charter.submissions import submit
from db.engine import Store
from db.models import Answer, Invitation, Organisation, Period, SelfAssessment
from db.models.self_assessments import COMMENT_LIMIT
from db.types import Measure, NoLevel, OrganisationKind, PeriodState, Role
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def level(session: Session, form: AskedForm, choice: int | NoLevel, *, seen: int, viewer: Viewer | None = None) -> int:
    saved = save_level(
        session,
        viewer=viewer or form.partner,
        version_id=form.core[0],
        choice=choice,
        seen_revision=seen,
        **form.whose(),
    )
    return saved.revision


def comment(session: Session, form: AskedForm, words: str, *, seen: int, may_be_quoted: bool = False) -> int:
    saved = save_comment(
        session,
        viewer=form.partner,
        version_id=form.core[0],
        comment=words,
        may_be_quoted=may_be_quoted,
        seen_revision=seen,
        **form.whose(),
    )
    return saved.revision


def rows(store: Store) -> list[tuple[int, int | None, NoLevel | None, str, bool, int]]:
    """Read every stored answer: version, level, reason for none, comment, tick, revision."""
    with store.reading() as session:
        return [
            (a.commitment_version_id, a.level, a.no_level, a.comment, a.may_be_quoted, a.revision)
            for a in session.exec(select(Answer))
        ]


def test_each_choice_is_stored_as_it_was_given(store: Store, form: AskedForm) -> None:
    for seen, choice in enumerate([0, 1, 2, 3, 4, *NoLevel]):
        with store.writing() as session:
            assert level(session, form, choice, seen=seen) == seen + 1
        none = choice if isinstance(choice, NoLevel) else None
        assert rows(store) == [(form.core[0], None if none else choice, none, "", False, seen + 1)]
    with store.reading() as session:
        assert session.exec(select(Answer)).one().measure is Measure.EXPERIENCE


@one_database
def test_a_link_saves_as_its_partner_does(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        level(session, form, 4, seen=0, viewer=form.by_link)
    assert rows(store) == [(form.core[0], 4, None, "", False, 1)]


def test_each_change_has_the_next_revision_and_takes_the_other_kind_of_answer_away(
    store: Store, form: AskedForm
) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
        assert level(session, form, NoLevel.DONT_KNOW, seen=1) == 2
        assert comment(session, form, "Why", seen=2) == 3
        assert level(session, form, 1, seen=3) == 4
    assert rows(store) == [(form.core[0], 1, None, "Why", False, 4)]


@one_database
def test_the_same_answer_again_changes_nothing_whatever_was_seen(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
        assert level(session, form, 3, seen=0) == 1
        assert comment(session, form, "Yes", seen=1) == 2
        assert comment(session, form, " Yes\n", seen=0) == 2
    assert rows(store) == [(form.core[0], 3, None, "Yes", False, 2)]


def test_an_older_page_overwrites_nothing(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
    with pytest.raises(EditedElsewhereError, match="Nothing was overwritten"), store.writing() as session:
        level(session, form, 0, seen=0)
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        comment(session, form, "Late", seen=0)
    assert rows(store) == [(form.core[0], 3, None, "", False, 1)]


def test_of_two_windows_that_save_at_once_one_is_told(store: Store, form: AskedForm) -> None:
    def save(choice: int) -> str:
        try:
            with store.writing() as session:
                level(session, form, choice, seen=0)
        except EditedElsewhereError:
            return "told"
        return f"saved {choice}"

    with ThreadPoolExecutor(4) as threads:
        said = sorted(threads.map(save, (1, 2, 3, 4)))
    assert said[1:] == ["told"] * 3
    assert [(row[1], row[5]) for row in rows(store)] == [(int(said[0][-1]), 1)]
    with store.reading() as session:
        assert len(session.exec(select(SelfAssessment)).all()) == 1


@one_database
def test_a_level_out_of_range_is_refused(store: Store, form: AskedForm) -> None:
    for choice in (-1, 5, 700):
        with pytest.raises(FieldError) as refusal, store.writing() as session:
            level(session, form, choice, seen=0)
        assert refusal.value.field == "level"
    assert rows(store) == []


@pytest.mark.parametrize("word", ["5", "-1", "³", "1.0", "", "null", None, 3, "Mostly"])
def test_a_word_that_is_no_choice_is_refused(word: object) -> None:
    with pytest.raises(FieldError):
        choice_from(word)


def test_every_choice_has_its_word() -> None:
    words = ("0", "1", "2", "3", "4", "does_not_apply", "dont_know")
    assert [choice_from(word) for word in words] == [0, 1, 2, 3, 4, NoLevel.DOES_NOT_APPLY, NoLevel.DONT_KNOW]


COMMENTS = (
    "Mae’r cyngor yn gwrando’n dda",
    "Zażółć gęślą jaźń",
    "ਅਸੀਂ ਇਕੱਠੇ ਕੰਮ ਕਰਦੇ ਹਾਂ",
    "نحن نعمل معا \u202eand back\u202c",
    "👩🏽‍🦽 👍",
    "=1+1\n\t<b>*x*</b> [a](http://example.org) '; DROP TABLE answer; --",
    "x" * COMMENT_LIMIT,
)


def test_a_comment_is_stored_as_it_was_typed(store: Store, form: AskedForm) -> None:
    for seen, words in enumerate(COMMENTS):
        with store.writing() as session:
            comment(session, form, words, seen=seen, may_be_quoted=True)
        assert rows(store) == [(form.core[0], None, None, words, True, seen + 1)]


@one_database
def test_signs_that_nobody_can_see_are_left_out(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        comment(session, form, "\x00 one\r\ntwo\x07\x1b[31m \ud800three\x00 ", seen=0)
    assert rows(store) == [(form.core[0], None, None, "one\ntwo[31m three", False, 1)]


@one_database
def test_a_comment_that_is_too_long_is_refused_and_the_old_one_stays(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        comment(session, form, "Short", seen=0)
    for length in (COMMENT_LIMIT + 1, 100_000):
        with pytest.raises(FieldError, match=f"{length:,} letters.*still in the box"), store.writing() as session:
            comment(session, form, "x" * length, seen=1)
    assert rows(store) == [(form.core[0], None, None, "Short", False, 1)]


@one_database
def test_an_empty_comment_takes_comment_and_tick_away_and_makes_no_row(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        assert comment(session, form, "  ", seen=0, may_be_quoted=True) == 0
    assert rows(store) == []
    with store.writing() as session:
        comment(session, form, "Yes", seen=0, may_be_quoted=True)
        comment(session, form, "", seen=1, may_be_quoted=True)
    assert rows(store) == [(form.core[0], None, None, "", False, 2)]


def strangers(form: AskedForm) -> list[Viewer]:
    """Give everybody who may not answer for the group; two come by a link of another group, or of another period."""
    return [
        PUBLIC,
        form.partner_of(form.other_id),
        form.partner_of(form.council_id),
        Viewer(invited=Invited(1, form.other_id, form.period_id)),
        Viewer(invited=Invited(1, form.group_id, form.period_id + 1)),
        Viewer(account_id=form.account_id, grants=frozenset({Grant(Role.COORDINATOR)})),
        Viewer(account_id=form.account_id, grants=frozenset({Grant(Role.ADMINISTRATOR)})),
    ]


@one_database
def test_nobody_else_answers_for_a_group(store: Store, form: AskedForm) -> None:
    for viewer in strangers(form):
        with pytest.raises(NotAllowedError), store.writing() as session:
            level(session, form, 3, seen=0, viewer=viewer)
    with store.reading() as session:
        assert session.exec(select(SelfAssessment)).all() == []


@one_database
def test_somebody_whose_session_ended_is_told_so(store: Store, form: AskedForm) -> None:
    with pytest.raises(SignedOutError, match="What you saved is safe"), store.writing() as session:
        level(session, form, 3, seen=0, viewer=Viewer(ended=True))
    assert rows(store) == []


@one_database
def test_a_period_that_was_closed_or_is_over_takes_no_answer(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
        session.get_one(Period, form.period_id).closes_on = clock.today() - timedelta(days=1)
    with pytest.raises(ClosedError, match="kept"), store.writing() as session:
        level(session, form, 0, seen=1)
    with store.writing() as session:
        period = session.get_one(Period, form.period_id)
        period.closes_on, period.state = clock.today() + timedelta(days=1), PeriodState.CLOSED
    with pytest.raises(ClosedError), store.writing() as session:
        comment(session, form, "Late", seen=1)
    assert rows(store) == [(form.core[0], 3, None, "", False, 1)]


@one_database
def test_a_sent_form_takes_no_answer_until_it_is_taken_back(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
        submit(session, viewer=form.partner, declared_by="Ana", **form.whose())
    with pytest.raises(RefusedError, match="have been sent"), store.writing() as session:
        level(session, form, 0, seen=1)
    assert rows(store) == [(form.core[0], 3, None, "", False, 1)]


@one_database
def test_what_is_not_asked_is_not_answered(store: Store, form: AskedForm) -> None:
    with pytest.raises(NotFoundError), store.writing() as session:
        save_level(session, viewer=form.partner, version_id=form.more + 1, choice=1, seen_revision=0, **form.whose())
    assert rows(store) == []


@one_database
def test_an_organisation_that_was_taken_off_the_list_answers_no_more(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        invitation = session.exec(select(Invitation).where(Invitation.organisation_id == form.group_id)).one()
        invitation.removed_at, invitation.removed_reason = clock.now(), "It is closed."
    with pytest.raises(NotFoundError, match="not on the invitation list"), store.writing() as session:
        level(session, form, 3, seen=0)
    assert rows(store) == []


@one_database
def test_a_level_that_rated_something_else_is_no_answer_and_the_new_one_rates_what_is_asked(
    store: Store, form: AskedForm
) -> None:
    with store.writing() as session:
        level(session, form, 3, seen=0)
        comment(session, form, "Why", seen=1)
        # The group was on the list by mistake: it is a public body, and is asked what it did, not what it saw.
        session.get_one(Organisation, form.group_id).kind = OrganisationKind.OTHER_PUBLIC
    with store.reading() as session:
        shown = read_form(session, viewer=form.partner, **form.whose())
        given = shown.answers[form.core[0]]
        assert (given.answered, given.comment, given.revision) == (False, "Why", 2)
    with store.writing() as session:
        assert level(session, form, 3, seen=2) == 3
        assert session.exec(select(Answer.measure, Answer.level)).one() == (Measure.PRACTICE, 3)
