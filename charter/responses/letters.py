"""What the e-mails to groups say, with the places marked in which each group's own name and link stand."""

from sqlmodel import Session, select

from charter.mail import wording
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import Period
from db.types import MailKind

_NAME, _LINK, _STOP = "(the group’s name)", "(the group’s own link)", "(its own link to stop)"


def letter_words(session: Session, *, viewer: Viewer, period_ref: str, kind: MailKind) -> tuple[str, str]:
    """Give the subject and the text of an invitation, or of a reminder, as groups get it.

    Raises:
        NotAllowedError: the viewer may not see who answered.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.READ_RESPONSES)
    period = session.exec(select(Period).where(Period.ref == period_ref)).first()
    if period is None:
        raise NotFoundError(f"There is no period {period_ref}.")
    if kind is MailKind.INVITATION:
        return wording.invitation(period, organisation=_NAME, link=_LINK)
    return wording.reminder(period, organisation=_NAME, link=_LINK, stop=_STOP)
