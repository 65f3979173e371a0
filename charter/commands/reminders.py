"""`remind`: the reminders that are due today, for a timer such as cron to call each morning."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from charter import clock
from charter.commands.speaking import say
from charter.mail.delivering import deliver_waiting
from charter.mail.listing import count_states
from charter.mail.recipients import Why
from charter.mail.reminding import RemindersDue, due_reminders, remind_each
from charter.mail.wording import WHY
from charter.rules.access import OPERATOR
from charter.store import reading
from db.types import MailState

_STATES = {
    MailState.SENT: "sent",
    MailState.WRITTEN: "in the outbox",
    MailState.WAITING: "on the way",
    MailState.FAILED: "failed",
    MailState.BOUNCED: "came back",
}


def remind(
    preview: Annotated[bool, typer.Option("--preview", help="Say how many would be sent, and send none.")] = False,
) -> None:
    """Send the reminders that are due today: 28, 10 and 2 days before a period closes, to those who have not answered.

    Called again on the same day, it sends nothing twice. A day that was missed is caught up. The exit code is 1 if an
    e-mail could not be sent.
    """
    today = clock.today()
    with reading() as session:
        due = due_reminders(session, viewer=OPERATOR, on=today)
    if preview:
        say(f"Reminders due: {_who(due)}")
        return
    posted = remind_each(viewer=OPERATOR, on=today)
    deliver_waiting()
    with reading() as session:
        states = count_states(session, viewer=OPERATOR, mail_ids=posted)
    told = ", ".join(f"{states[state]:,} {words}" for state, words in _STATES.items() if states[state])
    say(f"Reminders: {told or 'none'}. {_left_out(due)}")
    if states[MailState.FAILED] or states[MailState.BOUNCED]:
        raise typer.Exit(1)


def _who(due: Sequence[RemindersDue]) -> str:
    return f"{sum(len(each.recipients) for each in due):,}. {_left_out(due)}"


def _left_out(due: Sequence[RemindersDue]) -> str:
    """Count who gets none, by the reason. No name is printed, as who has answered is the coordinator's to see."""
    whys = Counter(one.why for each in due for one in each.left_out)
    told = "; ".join(f"{WHY[why]} ({whys[why]:,})" for why in Why if whys[why])
    return f"Left out: {told or 'nobody'}."
