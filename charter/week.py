"""What waits for the coordinator this week: seven lines at most, each with a count and where to go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, SQLModel, col, func, select

from charter import clock
from charter.periods import PeriodFound, list_periods
from charter.responses.listing import count_matching
from charter.responses.wanted import Status, Wanted, Written
from charter.rules.access import Act, Viewer, require
from charter.rules.actions import OPEN, first_day_in_time
from db.models import Action, LinkRequest, Organisation, SelfAssessment, StoreFact
from db.types import PUBLIC_KINDS, PeriodState, Precision, SelfAssessmentState, Side

BACKUP_FACT = "last_backup"
_A_WEEK = timedelta(days=7)


class Line(StrEnum):
    """What a line is about."""

    NOT_ANSWERED = "not_answered"
    BOUNCED = "bounced"
    LINKS_ASKED = "links_asked"
    TO_REVIEW = "to_review"
    ACTIONS_OVERDUE = "actions_overdue"
    NEXT_DATE = "next_date"
    LAST_BACKUP = "last_backup"


# What the list of responses is asked for, for the lines that lead to it.
WANTED: Mapping[Line, Wanted] = MappingProxyType(
    {
        Line.NOT_ANSWERED: Wanted(side=Side.VCFSE, status=Status.MISSING),
        Line.BOUNCED: Wanted(written=Written.TROUBLE),
    }
)
# What is said of nothing, of one, and of several.
_WORDS: Mapping[Line, tuple[str, str, str]] = MappingProxyType(
    {
        Line.NOT_ANSWERED: (
            "Nobody’s answers are missing.",
            "1 group has not sent its answers yet.",
            "{} groups have not sent their answers yet.",
        ),
        Line.BOUNCED: (
            "No e-mail came back.",
            "The last e-mail to 1 organisation came back or could not be sent.",
            "The last e-mails to {} organisations came back or could not be sent.",
        ),
        Line.LINKS_ASKED: (
            "Nobody who asked for a new link this week is without it.",
            "1 person asked for a new link this week and has none yet.",
            "{} people asked for a new link this week and have none yet.",
        ),
        Line.TO_REVIEW: (
            "No public body’s answers wait for review.",
            "1 public body’s answers wait for review.",
            "{} public bodies’ answers wait for review.",
        ),
        Line.ACTIONS_OVERDUE: ("No action is overdue.", "1 action is overdue.", "{} actions are overdue."),
    }
)


@dataclass(frozen=True)
class WeekLine:
    """One line.

    Attributes:
        line: what it is about.
        count: how many wait; for a date the days until it, for the backup the days since. None where there is none.
        words: what there is to know, as a sentence.
        period_ref: the period that it is about, or None.
    """

    line: Line
    count: int | None
    words: str
    period_ref: str | None = None


@dataclass(frozen=True)
class Week:
    """The lines, and the period that the coordinator is working on, or None where there is none."""

    period: PeriodFound | None
    lines: tuple[WeekLine, ...]


def this_week(session: Session, *, viewer: Viewer) -> Week:
    """Tell what waits, in seven questions to the store or a few more.

    Raises:
        NotAllowedError: the viewer may not run periods.
    """
    require(viewer, Act.RUN_PERIODS)
    periods = list_periods(session, viewer=viewer)
    period = current_period(periods)
    about = _about_period(session, viewer, period) if period is not None else ()
    lines = (*about, _overdue(session), _next_date(periods), _backup(session))
    return Week(period, lines)


def current_period(periods: Sequence[PeriodFound]) -> PeriodFound | None:
    """Choose the period that is being worked on: open before closed before planned before published; real ones first.

    Among several of a state it is the one that closes last.
    """
    order = (PeriodState.OPEN, PeriodState.CLOSED, PeriodState.PLANNED, PeriodState.PUBLISHED)
    ranked = sorted(periods, key=lambda period: period.closes_on, reverse=True)
    return min(ranked, key=lambda period: (period.made_up, order.index(period.state)), default=None)


def _about_period(session: Session, viewer: Viewer, period: PeriodFound) -> tuple[WeekLine, ...]:
    counts = {Line.NOT_ANSWERED: 0, Line.BOUNCED: 0}
    if period.state is PeriodState.OPEN:
        for line, wanted in WANTED.items():
            counts[line] = count_matching(session, viewer=viewer, period_id=period.id, wanted=wanted)
    counts[Line.LINKS_ASKED] = _count(
        session,
        LinkRequest,
        col(LinkRequest.period_id) == period.id,
        col(LinkRequest.asked_at) >= clock.now() - _A_WEEK,
        col(LinkRequest.answered_at).is_(None) | col(LinkRequest.invitation_id).is_(None),
    )
    bodies = select(Organisation.id).where(col(Organisation.kind).in_(PUBLIC_KINDS))
    counts[Line.TO_REVIEW] = _count(
        session,
        SelfAssessment,
        col(SelfAssessment.period_id) == period.id,
        col(SelfAssessment.state) == SelfAssessmentState.SUBMITTED,
        col(SelfAssessment.organisation_id).in_(bodies),
    )
    return tuple(WeekLine(line, count, _said(line, count), period.ref) for line, count in counts.items())


def _overdue(session: Session) -> WeekLine:
    """Count the actions whose day, month or year is over. One without a date is ongoing, and never overdue."""
    begins = {how: first_day_in_time(how, on=clock.today()) for how in Precision}
    over = [(col(Action.due_precision) == how) & (col(Action.due_on) < begin) for how, begin in begins.items()]
    count = _count(session, Action, col(Action.status).in_(OPEN), col(Action.history).is_(False), or_(*over))
    return WeekLine(Line.ACTIONS_OVERDUE, count, _said(Line.ACTIONS_OVERDUE, count))


def _next_date(periods: Sequence[PeriodFound]) -> WeekLine:
    today = clock.today()
    dates = [(each.opens_on, "opens", each) for each in periods if each.state is PeriodState.PLANNED]
    dates += [(each.closes_on, "closes", each) for each in periods if each.state is PeriodState.OPEN]
    coming = sorted((day, what, each.made_up, each.title, each.ref) for day, what, each in dates if day >= today)
    if not coming:
        return WeekLine(Line.NEXT_DATE, None, "No date is coming up: plan the next period.")
    day, what, _, title, ref = coming[0]
    left = (day - today).days
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return WeekLine(Line.NEXT_DATE, left, f"{title} {what} {when}, on {clock.day_in_words(day)}.", ref)


def _backup(session: Session) -> WeekLine:
    fact = session.get(StoreFact, BACKUP_FACT)
    if fact is None:
        return WeekLine(Line.LAST_BACKUP, None, "No backup of this store is known of.")
    days = (clock.today() - clock.local(fact.set_at).date()).days
    ago = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return WeekLine(Line.LAST_BACKUP, days, f"It was made {ago}, {clock.moment_in_words(fact.set_at)}.")


def _count(session: Session, table: type[SQLModel], *conditions: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def _said(line: Line, count: int) -> str:
    nothing, one, several = _WORDS[line]
    return nothing if count == 0 else one if count == 1 else several.format(count)
