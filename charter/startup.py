"""Making a store ready: migrated, with the ground truth in it and, where wanted, the demonstration."""

import os
import stat
from pathlib import Path

from sqlmodel import Session, col, select

from charter.actions.past import load_past_actions
from charter.audit_newest import remember_newest
from charter.catalogue import ASSESSED, SHIPPED
from charter.catalogue.loading import load_catalogue
from charter.catalogue.reading import read_catalogue
from charter.demonstration.making import DEFAULT_SEED, FACT, make_demonstration
from charter.demonstration.removing import remove_demonstration
from charter.outcomes_data.indicators import shipped_indicators
from charter.outcomes_data.loading import load_indicators
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.settings import prepare_data_dir, settings
from charter.store import reading, store, writing
from db.locks import STARTING, one_start_at_a_time, take_turns
from db.migrations.running import upgrade
from db.models import Account, Charter, Organisation, Period, StoreFact
from db.types import VCFSE_KINDS

_ACCOUNTS_FILE = "demonstration-accounts.txt"


def prepare_store() -> None:
    """Make the store ready. Called at every start, it changes nothing in a store that is ready.

    Raises:
        StoreNewerError: the store is of a version that this code does not know.
        OperationalError: the store cannot be reached.
    """
    with one_start_at_a_time(store().engine):
        initialise()
        if settings().demonstration:
            with writing() as session:
                take_turns(session, STARTING)
                if _wants_demonstration(session):
                    _keep_accounts(make_demonstration(session, viewer=OPERATOR))
    with reading() as session:
        remember_newest(session)


def initialise() -> int:
    """Migrate the store and load what it does not hold yet of the shipped charters, and of what the sources state.

    Returns:
        How many charters were loaded.
    """
    upgrade(store().engine)
    loaded = 0
    for path in SHIPPED:
        # Reading the file is cheap; a charter that the store holds is never overwritten at a start.
        file = read_catalogue(path)
        with writing() as session:
            take_turns(session, STARTING)
            known = session.exec(select(Charter.id).where(Charter.ref == file.charter.key)).first()
            if known is None:
                load_catalogue(session, viewer=OPERATOR, file=file, name=path.name)
                loaded += 1
    with writing() as session:
        take_turns(session, STARTING)
        _load_outcomes(session)
    return loaded


def _load_outcomes(session: Session) -> None:
    """Load the figures that the sources state, the agenda, and the actions of 2006. What is there stays as it is."""
    ref = read_catalogue(ASSESSED).charter.key
    load_indicators(session, viewer=OPERATOR, file=shipped_indicators(), charter_ref=ref)
    load_past_actions(session, viewer=OPERATOR)


def add_demonstration(*, seed: int = DEFAULT_SEED) -> tuple[str, ...]:
    """Add the demonstration on demand, also where it was removed before, and give its accounts' lines.

    Raises:
        RefusedError: the settings want no demonstration, or it is there already.
    """
    if not settings().demonstration:
        raise RefusedError("CHARTER_DEMONSTRATION is 0, so nothing made up is loaded. Nothing was changed.")
    with writing() as session:
        take_turns(session, STARTING)
        lines = make_demonstration(session, viewer=OPERATOR, seed=seed)
        _keep_accounts(lines)
    return lines


def take_demonstration_away() -> int:
    """Remove the demonstration and its accounts file, and give how many organisations went."""
    with writing() as session:
        removed = remove_demonstration(session, viewer=OPERATOR)
    _accounts_path().unlink(missing_ok=True)
    return removed


def demonstration_accounts() -> tuple[str, ...]:
    """Give the lines that tell the demonstration's accounts, if there is one."""
    path = _accounts_path()
    if not settings().demonstration or not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    # The link is kept without the address, which may be another one at this start.
    return tuple(f"{settings().site_address}{line}" if line.startswith("/") else line for line in lines)


def _keep_accounts(lines: tuple[str, ...]) -> None:
    """Keep the demonstration's passwords in a file of the owner's, so that every start can print them.

    It is written before the store commits: passwords without a file could not be known again.
    """
    prepare_data_dir()
    path = _accounts_path()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR), "w") as file:
        file.write("\n".join(lines) + "\n")


def _accounts_path() -> Path:
    return settings().data_dir / _ACCOUNTS_FILE


def _wants_demonstration(session: Session) -> bool:
    """Tell whether this is a new store: nobody's, and no demonstration was ever loaded or removed."""
    theirs = (
        select(Period.id),
        select(Account.id),
        select(Organisation.id).where(col(Organisation.kind).in_(VCFSE_KINDS)),
    )
    used = any(session.exec(statement.limit(1)).first() is not None for statement in theirs)
    return not used and session.get(StoreFact, FACT) is None
