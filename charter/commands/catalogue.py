"""`catalogue load` and `catalogue check`: charters as files."""

from pathlib import Path
from typing import Annotated

import typer

from charter.catalogue.loading import load_catalogue
from charter.catalogue.reading import read_catalogue
from charter.commands.speaking import say
from charter.rules.access import OPERATOR
from charter.store import writing

app = typer.Typer(help="Load charters from files, or check them.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A charter as a TOML file.")]


@app.command()
def check(file: File) -> None:
    """Check a charter file without loading it: each mistake is named with its place."""
    found = read_catalogue(file)
    say(f"{file.name} has no mistakes: {found.charter.title}, {len(found.commitments)} commitments.")


@app.command()
def load(file: File) -> None:
    """Load a charter, or a new version of one: all of it, or nothing."""
    found = read_catalogue(file)
    with writing() as session:
        done = load_catalogue(session, viewer=OPERATOR, file=found, name=file.name)
    say(f"Loaded {done.charter_ref}: {done.commitments} commitments, {done.new_versions} new versions.")
