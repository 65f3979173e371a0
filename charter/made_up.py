"""Whether the store holds made-up rows, so that every page can say so; and whether what a person adds is made up."""

from sqlmodel import Session, select

from charter.rules.access import Viewer
from db.models import Account, Organisation


def holds_made_up(session: Session) -> bool:
    """Tell whether any organisation in the store is made up."""
    return session.exec(select(Organisation.id).where(Organisation.made_up).limit(1)).first() is not None


def is_made_up(session: Session, viewer: Viewer) -> bool:
    """Tell whether what a viewer brings belongs to the demonstration: what its made-up people bring does."""
    account = session.get(Account, viewer.account_id) if viewer.account_id is not None else None
    return account is not None and account.made_up
