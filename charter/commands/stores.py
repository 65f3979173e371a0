"""`init`, `run`, `demo` and `verify`: the store as a whole."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from charter import startup
from charter.commands.speaking import say, stop
from charter.demonstration.making import DEFAULT_SEED
from charter.logs import BEFORE_THE_LOG, last_line
from charter.rules.access import OPERATOR
from charter.settings import LogForm, SettingWrongError, cookie_secret, settings
from charter.store import reading
from charter.verify import verify as verify_figures

# By which Streamlit is told what it signs its own cookies with: the same for every server of a site.
_COOKIE_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105 - the name of a variable

demo = typer.Typer(help="Add or remove the demonstration.", invoke_without_command=True)


def init() -> None:
    """Make the store and load the charters that come with the product, and what the sources state of outcomes."""
    loaded = startup.initialise()
    say(f"The store is ready. Charters loaded now: {loaded}.")


def run() -> None:
    """Make the store ready, print the address and the demonstration accounts, and start the site."""
    try:
        form = settings().log
    except SettingWrongError as wrong:
        stop(last_line(str(wrong)))
    if form is LogForm.TEXT:
        _prepare_and_tell()
    app = Path(__file__).parents[2] / "app.py"
    # Streamlit's own greeting would name the address a second time.
    options = ["--server.port", str(settings().port), "--logger.hideWelcomeMessage", "true"]
    if form is LogForm.JSON:
        options += ["--logger.messageFormat", BEFORE_THE_LOG]
    command = [sys.executable, "-m", "streamlit", "run", str(app), *options]
    os.execve(sys.executable, command, os.environ | {_COOKIE_SECRET: cookie_secret()})  # noqa: S606 - our own interpreter


def _prepare_and_tell() -> None:
    """Make the store ready, and print what a person at a terminal wants to know; a log would keep the passwords."""
    try:
        startup.prepare_store()
    except DBAPIError:
        say("The store is away. The site starts all the same, and goes on trying.")
    say(f"The site is at {settings().site_address}")
    for line in startup.demonstration_accounts():
        say(f"  {line}")
    sys.stdout.flush()


@demo.callback()
def add(
    context: typer.Context,
    seed: Annotated[
        int, typer.Option(min=0, help="The number that the made-up answers are drawn from.")
    ] = DEFAULT_SEED,
) -> None:
    """Add the demonstration: 350 made-up groups, three published periods, and one that is open."""
    if context.invoked_subcommand is not None:
        return
    startup.initialise()
    for line in startup.add_demonstration(seed=seed):
        say(line)


@demo.command()
def remove() -> None:
    """Remove the demonstration, with everything that is made up."""
    startup.initialise()
    say(f"Removed: {startup.take_demonstration_away()} made-up organisations, and all that was theirs.")


def verify(
    release: Annotated[str, typer.Option(help="Only this release, such as 2026.1.")] = "",
) -> None:
    """Make the figures of every release again from its frozen inputs, and name each difference."""
    with reading() as session:
        compared, differences = verify_figures(session, viewer=OPERATOR, ref=release or None)
    for difference in differences:
        say(str(difference))
    say(f"{compared:,} figures compared, {len(differences):,} differences.")
    if differences:
        raise typer.Exit(1)
