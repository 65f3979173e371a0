"""`account add|reset|disable`: who may sign in."""

from typing import Annotated

import typer

from charter.accounts import add_account, disable_account, reset_account
from charter.commands.speaking import say
from charter.passwords import LINK_LASTS
from charter.rules.access import OPERATOR
from charter.settings import settings
from charter.store import writing
from db.types import Role

app = typer.Typer(help="Who may sign in.", no_args_is_help=True)
_Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]


@app.command()
def add(
    email: _Email,
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    organisation: Annotated[str, typer.Option(help="The reference of a partner's organisation.")] = "",
    name: Annotated[str, typer.Option(help="How the person is called on the screen.")] = "",
) -> None:
    """Add an account, or give one another role, and print a link that sets its password."""
    with writing() as session:
        token = add_account(session, viewer=OPERATOR, email=email, role=role, organisation_ref=organisation, name=name)
    _print_link(token)


@app.command()
def reset(email: _Email) -> None:
    """Let an account in again, and print a link that sets its password."""
    with writing() as session:
        token = reset_account(session, viewer=OPERATOR, email=email)
    _print_link(token)


@app.command()
def disable(email: _Email) -> None:
    """Shut an account and sign it out everywhere, at once. What it did stays."""
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=email)
    say("The account is disabled.")


def _print_link(token: str) -> None:
    say(f"Send this link to the person. It works once, for {LINK_LASTS.days} days:")
    say(f"{settings().site_address}/sign-in?set={token}")
