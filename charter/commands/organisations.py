"""`organisation import`: a list of organisations from a file."""

from pathlib import Path
from typing import Annotated

import typer

from charter.commands.speaking import say
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.sources.organisations import Alike, Import, import_organisations, on_the_list, read_organisations
from charter.store import reading, writing

app = typer.Typer(help="The list of organisations.", no_args_is_help=True)
_MOST_SHOWN = 20  # lines of each kind


@app.callback()
def group() -> None:
    """Keep `import` a word of its own: typer folds a group of one command into it."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx) or CSV file with the columns name and kind.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    leave_out_lookalikes: Annotated[
        bool, typer.Option("--leave-out-lookalikes", help="Leave those out that look like another.")
    ] = False,
) -> None:
    """Add every organisation of a file that is not on the list yet, or nothing where something is wrong."""
    content = file.read_bytes()
    with reading() as session:
        known = on_the_list(session, viewer=OPERATOR)
    found = read_organisations(content, known=known)
    _tell(found)
    if found.problems:
        raise RefusedError(f"{len(found.problems)} things to put right. Nothing was added.")
    if dry_run:
        say(f"It would add {len(found.new)} organisations. Nothing was added.")
        return
    with writing() as session:
        done = import_organisations(session, viewer=OPERATOR, found=found, leave_out_lookalikes=leave_out_lookalikes)
    say(f"Added: {done.added} organisations.")


def _tell(found: Import) -> None:
    _tell_some([str(problem) for problem in found.problems])
    _tell_some([f"{_place(one)} is on the list already and is not added again." for one in found.already])
    _tell_some([f"{_place(one)} looks like {one.other}." for one in found.lookalikes])
    if found.not_used:
        say(f"Columns that are not used: {', '.join(found.not_used)}.")


def _place(one: Alike) -> str:
    return f"Row {one.row}, {one.name},"


def _tell_some(lines: list[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        say(line)
    if len(lines) > _MOST_SHOWN:
        say(f"… and {len(lines) - _MOST_SHOWN} more of these.")
