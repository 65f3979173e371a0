"""`python -m charter`: every command."""

import typer

from charter.commands import (
    accounts,
    audit,
    backups,
    catalogue,
    imports,
    moving,
    organisations,
    periods,
    reminders,
    report,
    stores,
)
from charter.commands.speaking import errors_in_one_line

app = typer.Typer(
    help="Keep a charter between public bodies and the voluntary sector.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(stores.init)
app.command()(stores.run)
app.command()(stores.verify)
app.command()(backups.backup)
app.command()(backups.restore)
app.command()(moving.move)
app.command()(reminders.remind)
app.add_typer(stores.demo, name="demo")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(accounts.app, name="account")
app.add_typer(audit.app, name="audit")
app.add_typer(organisations.app, name="organisation")
app.add_typer(imports.app, name="import")
app.add_typer(periods.app, name="period")
app.add_typer(periods.review, name="review")
app.add_typer(report.app, name="report")


def main() -> None:
    """Run the command that was asked for."""
    with errors_in_one_line():
        app()


if __name__ == "__main__":
    main()
