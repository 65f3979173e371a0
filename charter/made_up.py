"""Whether the store holds made-up rows, so that every page can say so."""

from sqlmodel import Session, select

from db.models import Organisation


def holds_made_up(session: Session) -> bool:
    """Tell whether any organisation in the store is made up."""
    return session.exec(select(Organisation.id).where(Organisation.made_up).limit(1)).first() is not None
