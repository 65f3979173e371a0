"""`audit verify`: whether anybody changed the audit log by hand."""

import typer

from charter.audit_chain import verify_chain
from charter.audit_newest import kept_file, remember_newest
from charter.commands.speaking import say
from charter.rules.access import OPERATOR
from charter.store import reading

app = typer.Typer(help="Check the audit log.", no_args_is_help=True)


@app.command()
def verify() -> None:
    """Look for entries that were altered, removed, put in or cut off. The exit code is 1 if there are any.

    A detail that was erased, as a person may ask for, is none. The newest digest is kept in the data folder too.
    """
    with reading() as session:
        compared = kept_file().exists()
        entries, findings = verify_chain(session, viewer=OPERATOR)
        if not findings:
            remember_newest(session)
    for finding in findings:
        say(str(finding))
    outside = "" if compared else f" {kept_file()} was not there to compare with."
    say(f"{entries:,} entries checked, {len(findings):,} findings.{outside}")
    if findings:
        raise typer.Exit(1)
