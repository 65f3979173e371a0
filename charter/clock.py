"""The one clock: moments are UTC inside, and days are the place's own."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from charter.settings import settings


def now() -> datetime:
    """Give this moment, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Give a moment in the place's time zone."""
    return moment.astimezone(ZoneInfo(settings().time_zone))


def today() -> date:
    """Give the day that it is in the place."""
    return local(now()).date()


def end_of(day: date) -> datetime:
    """Give the last second of a day in the place, in UTC: when a period that closes on that day closes."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(settings().time_zone)).astimezone(UTC)


def day_in_words(day: date) -> str:
    """Write a day as people in the UK do: 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Write a moment as people in the UK do, in the place's time zone: 3 November 2026, 19:42."""
    here = local(moment)
    return f"{day_in_words(here.date())}, {here:%H:%M}"
