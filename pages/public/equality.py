from charter.words import STATEMENT_KINDS
from db.types import StatementKind
from pages.ui import cached, statements, theme_page

shown = theme_page.draw("equality", "Equality: does everyone have a fair chance?")
statements.draw(
    "The Equality Statement: shown, not scored",
    cached.statements(),
    kinds=(StatementKind.EQUALITY_COMMITMENT, StatementKind.EQUALITY_OUTCOME),
    labels=STATEMENT_KINDS,
)
