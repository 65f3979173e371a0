"""`period open|close|publish` and `review accept`: the year, from the command line."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from charter import clock
from charter.commands.speaking import say
from charter.links import invitation_of, issue_link, link_address, qr_svg, revoke_link
from charter.periods import close_period, find_period, open_period, reopen_period, require_days_left
from charter.planning import plan_period
from charter.releases import prepare_release, publish_prepared
from charter.reviews import accept as accept_practice
from charter.rules.access import OPERATOR
from charter.rules.refusals import NotFoundError, RefusedError
from charter.store import reading, writing
from db.types import PeriodState

app = typer.Typer(help="Open, close and publish periods.", no_args_is_help=True)
review = typer.Typer(help="Review what public bodies say of their practice.", no_args_is_help=True)
Ref = Annotated[str, typer.Argument(help="The period's reference, such as 2026.")]
_DAY = ["%Y-%m-%d"]


@app.command("open")
def open_(
    ref: Ref,
    closes: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="The last day, for a period that is new.")
    ] = None,
    charter: Annotated[str, typer.Option(help="What a new period asks about.")] = "framework-2021",
    list_source: Annotated[str, typer.Option(help="Where a new period's invitation list comes from.")] = "",
    reason: Annotated[str, typer.Option(help="Why a period that was closed is opened again.")] = "",
) -> None:
    """Open a period. One that is not planned yet is planned first, from today to the last day given."""
    with writing() as session:
        if not _is_planned(session, ref):
            if closes is None:
                raise NotFoundError(f"There is no period {ref} yet: give its last day with --closes.")
            _plan(session, ref, closes.date(), charter, list_source)
        else:
            require_days_left(find_period(session, ref=ref))
        if reason:
            period = reopen_period(session, viewer=OPERATOR, ref=ref, reason=reason)
        else:
            period = open_period(session, viewer=OPERATOR, ref=ref)
    say(f"{period.title} is open until {clock.day_in_words(period.closes_on)}.")


@app.command()
def close(ref: Ref) -> None:
    """Close a period: it takes no more answers."""
    with writing() as session:
        period = close_period(session, viewer=OPERATOR, ref=ref)
    say(f"{period.title} is closed.")


@app.command()
def publish(ref: Ref) -> None:
    """Publish a closed period: its figures are made and frozen."""
    with reading() as session:
        prepared = prepare_release(session, viewer=OPERATOR, ref=ref)
    with writing() as session:
        release = publish_prepared(session, viewer=OPERATOR, prepared=prepared)
    say(f"{release.period_title} is published as release {release.ref}.")


@app.command()
def link(
    ref: Ref,
    organisation: Annotated[str, typer.Argument(help="The reference of a group on the invitation list.")],
    qr: Annotated[Path | None, typer.Option(help="Write the link's QR code to this SVG file too.")] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="Put the group's links out of use instead.")] = False,
) -> None:
    """Print a personal link that opens a group's own form, or revoke the group's links."""
    with writing() as session:
        invitation_id = invitation_of(session, viewer=OPERATOR, period_ref=ref, organisation_ref=organisation)
        if revoke:
            say(f"Revoked: {revoke_link(session, viewer=OPERATOR, invitation_id=invitation_id)} links.")
            return
        address = link_address(issue_link(session, viewer=OPERATOR, invitation_id=invitation_id))
    if qr is not None:
        qr.write_text(qr_svg(address), encoding="utf-8")
    say(address)


@review.command()
def accept(
    ref: Annotated[str, typer.Argument(help="The self-assessment's reference, such as SA-7K3M9Q2T.")],
) -> None:
    """Accept a public body's practice: from now on it counts."""
    with writing() as session:
        accept_practice(session, viewer=OPERATOR, ref=ref)
    say(f"{ref} is accepted.")


def _is_planned(session: Session, ref: str) -> bool:
    try:
        found = find_period(session, ref=ref)
    except NotFoundError:
        return False
    if found.made_up and found.state in {PeriodState.OPEN, PeriodState.PUBLISHED}:
        raise RefusedError(
            f"The period {ref} of the demonstration is {found.state.value} already. "
            "`python -m charter demo remove` takes it away, and then a real one can be opened. Nothing was changed."
        )
    return True


def _plan(session: Session, ref: str, closes_on: date, charter: str, list_source: str) -> None:
    plan_period(
        session,
        viewer=OPERATOR,
        ref=ref,
        title=f"{ref} review",
        charter_ref=charter,
        opens_on=clock.today(),
        closes_on=closes_on,
        list_source=list_source or "Every organisation in the store",
        list_date=clock.today(),
    )
