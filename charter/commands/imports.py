"""`import grants|register|measurements`: taking a file in, the list of files that were, and taking one back."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated

import typer

from charter import clock
from charter.commands.speaking import say
from charter.imports.grants import GrantPlan, import_grants, preview_grants
from charter.imports.ledger import file_brought
from charter.imports.listing import list_imports
from charter.imports.measurements import MeasurementPlan, import_measurements, preview_measurements
from charter.imports.register import RegisterPlan, import_register, looked_for, preview_register
from charter.imports.taking_back import take_back as take_import_back
from charter.imports.words import IMPORT_KINDS, counted, grants_said, measurements_said, register_said
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.sources.grants import read_grants
from charter.sources.measurement_rows import BY_COMMAND as MEASUREMENTS_BY_COMMAND
from charter.sources.measurement_rows import read_measurements
from charter.sources.register import read_register
from charter.sources.register_tables import BY_COMMAND as REGISTER_BY_COMMAND
from charter.sources.row_findings import Finding
from charter.sources.tables import BY_COMMAND
from charter.store import reading, writing

app = typer.Typer(help="Files that come in: grants, the charity register, and measurements.", no_args_is_help=True)
_MOST_SHOWN = 20  # lines of each kind
File = Annotated[Path, typer.Argument(help="The file.", metavar="FILE")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")]
_NOT_DONE = "Nothing was changed: this was a dry run."


@app.command()
def grants(
    file: File,
    dry_run: DryRun = False,
    confirm: Annotated[
        list[str] | None, typer.Option(help="The reference of a group that recipients of nearly its name are.")
    ] = None,
) -> None:
    """Take in a file of grants in the 360Giving data standard: a spreadsheet or JSON."""
    content = file.read_bytes()
    brought = file_brought({file.name: content})
    read = read_grants(content, today=clock.today(), limits=BY_COMMAND)
    with reading() as session:
        asked = preview_grants(session, viewer=OPERATOR, read=read, file=brought).suggestions
        _require_asked(confirm or [], {each.group.ref for each in asked})
        keys = [each.key for each in asked if each.group.ref in (confirm or [])]
        plan = preview_grants(session, viewer=OPERATOR, read=read, file=brought, confirmed=keys)
    _tell_grants(plan, keys)
    if dry_run:
        say(_NOT_DONE)
        return
    with writing() as session:
        done = import_grants(session, viewer=OPERATOR, read=read, file=brought, confirmed=keys)
    say(f"Taken in as {done.ref}.")


@app.command()
def register(
    files: Annotated[list[Path], typer.Argument(help="The .zip files of the extract, one for each table.")],
    dry_run: DryRun = False,
    confirm: Annotated[
        list[str] | None, typer.Option(help="The org-id of a charity that is the group of the same name.")
    ] = None,
    area: Annotated[str, typer.Option(help="Look for charities of this area that are not on the list.")] = "",
    add: Annotated[bool, typer.Option("--add", help="Add those charities to the list.")] = False,
) -> None:
    """Take in what the charity register says of groups on the list."""
    contents = {str(file): file.read_bytes() for file in files}
    with reading() as session:
        wanted = looked_for(session, viewer=OPERATOR, area=area)
    read = read_register(list(contents.values()), wanted=wanted, limits=REGISTER_BY_COMMAND)
    brought, keys = file_brought(contents), confirm or []
    with reading() as session:
        plan = preview_register(session, viewer=OPERATOR, read=read, file=brought, confirmed=keys)
    _require_asked(keys, {each.charity.ref for each in plan.suggestions})
    _tell_register(plan, keys)
    if dry_run:
        say(_NOT_DONE)
        return
    with writing() as session:
        done = import_register(session, viewer=OPERATOR, read=read, file=brought, confirmed=keys, add_newcomers=add)
    say(f"Taken in as {done.ref}.")


@app.command()
def measurements(
    file: File,
    dry_run: DryRun = False,
    revise: Annotated[bool, typer.Option("--revise", help="Revise values that are there and differ.")] = False,
) -> None:
    """Take in a spreadsheet of measurements: all of its rows, or none."""
    content = file.read_bytes()
    read = read_measurements(content, limits=MEASUREMENTS_BY_COMMAND)
    with reading() as session:
        plan = preview_measurements(session, viewer=OPERATOR, read=read)
    _tell_measurements(plan)
    if plan.problems:
        raise RefusedError(f"{counted(len(plan.problems), 'thing')} to put right. Nothing was taken in.")
    if dry_run:
        say(_NOT_DONE)
        return
    with writing() as session:
        done = import_measurements(
            session, viewer=OPERATOR, read=read, file=file_brought({file.name: content}), revise=revise
        )
    say(f"Taken in as {done.ref}.")


@app.command("list")
def list_() -> None:
    """List the files that were taken in, the last one first."""
    with reading() as session:
        found = list_imports(session, viewer=OPERATOR)
    if not found:
        say("No file has been taken in yet.")
    for each in found:
        back = f", taken back {clock.moment_in_words(each.taken_back_at)}" if each.taken_back_at else ""
        when = clock.moment_in_words(each.imported_at)
        taken = f"{each.rows_taken:,} rows taken, {each.rows_left:,} left"
        say(f"{each.ref}  {IMPORT_KINDS[each.kind]}  {each.file_name}  {when}  {taken}{back}")


@app.command("take-back")
def take_back(
    ref: Annotated[str, typer.Argument(help="The import's reference, such as IM-7K3M9Q2T.")],
    reason: Annotated[str, typer.Option(help="Why, for the log.")],
) -> None:
    """Undo all that an import did, or nothing."""
    with writing() as session:
        name = take_import_back(session, viewer=OPERATOR, ref=ref, reason=reason)
    say(f"{name} was taken back.")


def _require_asked(given: Iterable[str], asked: Collection[str]) -> None:
    unknown = [ref for ref in given if ref not in asked]
    if unknown:
        raise RefusedError(f"Nothing in this file waits to be confirmed as {', '.join(unknown)}. Nothing was changed.")


def _tell_grants(plan: GrantPlan, confirmed: Collection[str]) -> None:
    _tell_findings(plan.findings)
    _tell(
        f"“{each.recipient}” ({counted(each.grants, 'grant')}) may be {each.group.name}: "
        f"say yes with --confirm {each.group.ref}."
        for each in plan.suggestions
        if each.key not in confirmed
    )
    say(grants_said(plan))


def _tell_register(plan: RegisterPlan, confirmed: Collection[str]) -> None:
    _tell_findings(plan.findings)
    _tell(
        f"{each.charity.name} may be {each.group.name}: say yes with --confirm {each.charity.ref}."
        for each in plan.suggestions
        if each.charity.ref not in confirmed
    )
    _tell(f"{each.ref} {each.name} is not on the list: --add adds it." for each in plan.newcomers)
    say(register_said(plan))


def _tell_measurements(plan: MeasurementPlan) -> None:
    _tell(str(problem) for problem in plan.problems)
    if not plan.problems:
        say(measurements_said(plan))


def _tell_findings(findings: Iterable[Finding]) -> None:
    _tell(f"{each.place}: {each.reason}{' Left out.' if each.left else ''}" for each in findings)


def _tell(lines: Iterable[str]) -> None:
    told = list(lines)
    for line in told[:_MOST_SHOWN]:
        say(line)
    if len(told) > _MOST_SHOWN:
        say(f"… and {len(told) - _MOST_SHOWN:,} more of these.")
