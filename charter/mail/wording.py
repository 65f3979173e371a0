"""What the e-mails say, and what a person reads of them on the screen."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from charter import clock
from charter.mail.recipients import Why
from charter.settings import settings
from db.models import Period
from db.types import MailKind


class Condition(StrEnum):
    """What is known of an e-mail."""

    WAITING = "waiting"
    BEING_SENT = "being_sent"
    NOT_KNOWN = "not_known"
    SENT = "sent"
    WRITTEN = "written"
    HANDED_ON = "handed_on"
    FAILED = "failed"
    BOUNCED = "bounced"


CONDITIONS: Mapping[Condition, str] = MappingProxyType(
    {
        Condition.WAITING: "Waiting to be sent",
        Condition.BEING_SENT: "Being sent now",
        Condition.NOT_KNOWN: "Not known whether it went",
        Condition.SENT: "Sent",
        Condition.WRITTEN: "In the outbox, to be downloaded",
        Condition.HANDED_ON: "Downloaded, to be sent by hand",
        Condition.FAILED: "Not sent",
        Condition.BOUNCED: "Came back",
    }
)
MAIL_KINDS: Mapping[MailKind, str] = MappingProxyType(
    {
        MailKind.INVITATION: "Invitation",
        MailKind.REMINDER: "Reminder",
        MailKind.NEW_LINK: "New link",
        MailKind.SET_PASSWORD: "Link to set a password",
        MailKind.PREVIEW: "Preview",
        MailKind.CONCERN: "News of a concern",
    }
)
WHY: Mapping[Why, str] = MappingProxyType(
    {
        Why.SUBMITTED: "has sent its answers",
        Why.SIGNS_IN: "is a public body, so its people sign in",
        Why.NO_ADDRESS: "has no e-mail address that works",
        Why.BOUNCED: "the last e-mail to its address came back",
        Why.STOPPED: "asked for no more reminders",
        Why.HAD_IT: "has had it already",
    }
)
_MADE_UP = "This is a demonstration: the review and everything in it are made up.\n\n"
_FOR_YOUR_GROUP = (
    "The link is only for your group. Anyone who has it can see and change your answers, so keep it to yourselves.\n"
)
_QUESTIONS = "\nIf you have a question, answer this e-mail.\n"


def invitation(period: Period, *, organisation: str, link: str) -> tuple[str, str]:
    """Give the subject and the text of an invitation."""
    return f"{period.title}: how did public bodies do for your group?", (
        f"{_opening(period, organisation)}"
        "Public bodies have made promises to groups like yours. Please tell us how far you saw them kept.\n\n"
        f"Open your form here. You need no password:\n\n{link}\n\n"
        "The picture with this e-mail opens the same form. Point the camera of a phone at it.\n\n"
        "It takes about ten minutes. You can stop and come back with the same link. "
        f"The review is open until {clock.day_in_words(period.closes_on)}.\n\n"
        "Only your group and the person who runs the review see your answers. "
        f"{_FOR_YOUR_GROUP}{_QUESTIONS}"
    )


def reminder(period: Period, *, organisation: str, link: str | None, stop: str) -> tuple[str, str]:
    """Give the subject and the text of a reminder. A public body has no link: its people sign in."""
    closes = clock.day_in_words(period.closes_on)
    way = (
        f"Open your form here. You need no password:\n\n{link}\n\n{_FOR_YOUR_GROUP}"
        if link
        else f"Sign in to open your form:\n\n{settings().site_address}/self-assessment\n"
    )
    return f"{period.title} closes on {closes}", (
        f"{_opening(period, organisation)}"
        f"{period.title} closes on {closes}, and you have not sent your answers yet. "
        "If you have begun, what you saved is safe.\n\n"
        f"{way}{_QUESTIONS}\n"
        f"You want no more reminders? Open this page and press the button:\n\n{stop}\n"
    )


def new_link(period: Period, *, organisation: str, link: str) -> tuple[str, str]:
    """Give the subject and the text of an e-mail with a new link."""
    return f"{period.title}: your new link", (
        f"{_opening(period, organisation)}"
        f"Somebody asked for a new link to your form. Here it is. You need no password:\n\n{link}\n\n"
        f"{_FOR_YOUR_GROUP}"
        "What you saved is safe. It was not you who asked? Then you need do nothing: the link came only to you.\n"
        f"{_QUESTIONS}"
    )


def preview(period: Period, *, name: str, link: str, until: datetime) -> tuple[str, str]:
    """Give the subject and the text of an e-mail with a person's own link to figures that are not published yet."""
    return f"{period.title}: see the figures before they are published", (
        f"{_opening(period, name)}"
        f"You can see the figures of {period.title} before everyone else. Open them here. You need no password:\n\n"
        f"{link}\n\n"
        f"The link is only for you. It works until {clock.moment_in_words(until)}.\n\n"
        "Please keep the figures to yourself until they are published. "
        "Do not pass them on, and do not pass on this link. "
        "Do not speak or write of them in public, and do not act on them.\n\n"
        "Your name, and when you first looked, are published with the figures.\n"
        f"{_QUESTIONS}"
    )


def _opening(period: Period, name: str) -> str:
    return f"{_MADE_UP if period.made_up else ''}Hello {name},\n\n"
