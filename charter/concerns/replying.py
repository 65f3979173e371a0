"""The right of reply: what the body concerned says to a concern, and what whoever raised it says to that."""

from sqlmodel import Session

from charter import audit, clock
from charter.concerns.letters import Reader, tell
from charter.concerns.seeing import seen_concern
from charter.outcomes.typed_values import words as checked_words
from charter.rules.access import Viewer
from charter.rules.concerns import OPEN, Part
from charter.rules.refusals import NotAllowedError, RefusedError
from db.models import ConcernReply

_NEWS = "There is an answer to a concern about how {body} keeps a promise of the charter."


def reply(session: Session, *, viewer: Viewer, ref: str, words: str) -> None:
    """Say something to a concern, for the body concerned or for whoever raised it. Both sides see it.

    Args:
        session: a writing session.
        viewer: somebody of one of the two sides; the coordinator types in what whoever raised it says.
        ref: the concern.
        words: what is said, up to 4,000 letters.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is of neither side.
        RefusedError: it is closed.
        FieldError: the words are missing or too long.
    """
    seen = seen_concern(session, viewer=viewer, ref=ref, held=True)
    row, concerned = seen.row, Part.CONCERNED in seen.parts
    if not seen.parts & {Part.RAISED, Part.CONCERNED, Part.COORDINATES}:
        raise NotAllowedError("Only the two sides of a concern answer each other. Nothing was changed.")
    if row.state not in OPEN:
        raise RefusedError("This concern is closed, so nothing is added to it. Nothing was changed.")
    said = checked_words("words", words, what="your answer")
    session.add(
        ConcernReply(
            concern_id=row.id or 0,
            organisation_id=row.about_id if concerned else row.raised_by_id,
            words=said,
            account_id=viewer.account_id,
            replied_at=clock.now(),
        )
    )
    session.flush()
    audit.record(session, viewer, act="concern_answered", subject=f"concern {ref}")
    tell(session, viewer=viewer, row=row, news=_NEWS, to={Reader.RAISER if concerned else Reader.CHAMPION})
