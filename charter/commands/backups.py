"""`backup` and `restore`: the whole store in one file, and the store made from one again."""

from pathlib import Path
from typing import Annotated

import typer

from charter import clock
from charter.backup.locking import read_password
from charter.backup.making import back_up
from charter.backup.restoring import Replaced, opened_backup, what_is_replaced
from charter.backup.restoring import restore as restore_store
from charter.commands.speaking import say
from charter.rules.access import OPERATOR

File = Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="A file whose first line is the password that locks the backup.")
]


def backup(
    file: File,
    password_file: PasswordFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier backup of this name.")] = False,
) -> None:
    """Write all that the store holds into one file, while the site is in use.

    The file `secret-key` of the data folder is not in it. Keep a copy of that apart: without it, links that were sent
    out open nothing.
    """
    password = read_password(password_file, new=True) if password_file else ""
    made = back_up(file, viewer=OPERATOR, password=password, force=force)
    say(f"{file} holds {made.manifest.rows:,} rows of {len(made.manifest.tables)} tables. SHA-256 {made.sha256}.")
    if not made.log_is_whole:
        say("The audit log is not as it was: `python -m charter audit verify` says where.")


def restore(
    file: File,
    password_file: PasswordFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the store is replaced.")] = False,
) -> None:
    """Make the store what it was when a backup was made. What came later is gone from it."""
    password = read_password(password_file, new=False) if password_file else ""
    with opened_backup(file, viewer=OPERATOR, password=password) as archive:
        say(f"Backup of {clock.moment_in_words(archive.manifest.made_at)}, SHA-256 {archive.sha256}.")
        for one in what_is_replaced(archive, viewer=OPERATOR):
            say(_told(one))
        if not yes and not typer.confirm("Replace all that the store holds now?"):
            say("Nothing was changed.")
            raise typer.Exit(1)
        filled = restore_store(archive, viewer=OPERATOR)
    say(f"{filled:,} rows were restored. Start the site anew, so that it forgets what it held in memory.")


def _told(one: Replaced) -> str:
    return f"  {one.table}: {one.now:,} now, {one.then:,} in the backup"
