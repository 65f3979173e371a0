"""Sending what waits: each letter in transactions of its own, so that none is sent twice, whatever happens."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, select

from charter import clock
from charter.job_steps import Task
from charter.mail.handing_in import HandingIn, Outcome
from charter.mail.keeping_out import keep_out_needless
from charter.mail.outbox_folder import content_of, is_kept, kept_letters, letter_path, take_out
from charter.mail.sending import BEGUN
from charter.retention.rules import RULES, What
from charter.settings import settings
from charter.store import reading, writing
from db.models import Mail
from db.types import MailState

_COMMITTED_WITHIN = timedelta(hours=1)  # no transaction takes as long, so a letter without a row then has none


def letters_wait() -> bool:
    """Tell whether a letter in this outbox waits for the mail server."""
    return settings().mail_server is not None and next(_waiting(), None) is not None


def mail_work(task: Task) -> str:
    """Send every letter that waits, as a job's work."""
    keys = list(_waiting())
    task.total(len(keys))
    outcomes = deliver(keys, task)
    sent = outcomes.count(MailState.SENT)
    return f"{sent} of {len(outcomes)} e-mails went." if outcomes else "No e-mail was waiting."


def deliver_waiting() -> None:
    """Send every letter that waits, as a command does."""
    deliver(list(_waiting()))


def deliver(keys: list[int], task: Task | None = None) -> list[MailState | None]:
    """Send some letters, and give what became of each that was to go and that nobody else was sending."""
    server = settings().mail_server
    outcomes: list[MailState | None] = []
    if server is None:
        return outcomes
    with HandingIn(server) as way:
        for key in keys:
            if task is not None and task.stopping:
                break
            if (claimed := _begin(key)) is not None:
                outcome = _hand_in(way, *claimed)
                _finish(key, claimed[0], outcome)
                outcomes.append(outcome.state)
            if task is not None:
                task.step()
    return outcomes


def clear_away() -> None:
    """Take out letters that nobody needs: of e-mails that went, that failed long ago, or that were never posted."""
    now = clock.now()
    with reading() as session:
        rows = session.exec(select(Mail.message_id, Mail.state, Mail.changed_at)).all()
    known = {letter_path(message_id).name: (state, changed) for message_id, state, changed in rows}
    for path, since in kept_letters():
        row = known.get(path.name)
        if row is None:
            over = now - since > _COMMITTED_WITHIN
        else:
            state, changed = row
            rule = RULES[What.WRITTEN_LETTERS if state is MailState.WRITTEN else What.FAILED_LETTERS]
            over = state in {MailState.SENT, MailState.BOUNCED} or now - changed > rule.kept
        if over:
            path.unlink(missing_ok=True)


def _waiting() -> Iterator[int]:
    with reading() as session:
        rows = session.exec(
            select(Mail.id, Mail.message_id)
            .where(col(Mail.state) == MailState.WAITING, Mail.failure == "")
            .order_by(col(Mail.id))
        ).all()
    yield from (key for key, message_id in rows if key is not None and is_kept(message_id))


def _begin(key: int) -> tuple[str, str] | None:
    """Mark an e-mail as begun, and give its Message-ID and address.

    None if another process was quicker, or if it is a reminder that is not needed any more.
    """
    mine = update(Mail).where(col(Mail.id) == key, col(Mail.state) == MailState.WAITING, col(Mail.failure) == "")
    with writing() as session:
        if session.exec(mine.values(failure=BEGUN, changed_at=clock.now())).rowcount != 1:
            return None
        if keep_out_needless(session, col(Mail.id) == key):
            return None
        row = session.get_one(Mail, key)
        return row.message_id, row.address


def _hand_in(way: HandingIn, message_id: str, address: str) -> Outcome:
    content = content_of(message_id)
    if content is None:
        return Outcome(MailState.FAILED, "This e-mail was not kept, so it could not be sent. Send a new one.")
    return way.hand_in(address=address, content=content)


def _finish(key: int, message_id: str, outcome: Outcome) -> None:
    """Write down what became of an e-mail. One of which nobody knows stays as it was when it was begun."""
    if outcome.state is None:
        return
    with writing() as session:
        session.exec(
            update(Mail)
            .where(col(Mail.id) == key)
            .values(state=outcome.state, failure=outcome.failure, changed_at=clock.now())
        )
    if outcome.state in {MailState.SENT, MailState.BOUNCED}:
        take_out(message_id)
