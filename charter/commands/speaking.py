"""How commands speak: results on standard output, an error as one line on standard error with exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from sqlalchemy.exc import DataError, DBAPIError

from charter.catalogue.reading import CatalogueError
from charter.rules.refusals import RefusedError
from charter.settings import SettingWrongError
from db.errors import ConstraintViolatedError
from db.migrations.running import StoreBrokenError, StoreNewerError

_DAMAGED = ("malformed", "not a database", "decode to UTF-8")  # what SQLite says of such a file


def say(line: str) -> None:
    """Print a line of a command's result."""
    sys.stdout.write(f"{line}\n")


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn what went wrong into one line and exit code 1; a charter file's mistakes are a line each."""
    try:
        yield
    except CatalogueError as error:
        stop("\n".join(str(mistake) for mistake in error.mistakes))
    except (RefusedError, SettingWrongError, StoreNewerError, StoreBrokenError) as error:
        stop(str(error))
    except ConstraintViolatedError as error:
        stop(f"The store refused this ({error.constraint}). Nothing was changed.")
    except DataError:
        stop("A value is too long, or of a kind that the store does not take. Nothing was changed.")
    except OSError as error:
        stop(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}. Nothing was changed.")
    except DBAPIError as error:
        if any(words in str(error.orig) for words in _DAMAGED):
            stop("The store's file is damaged, or is none. Nothing was changed. Restore a backup.")
        stop(
            "The store cannot be reached, or was not made yet. `python -m charter init` makes it; "
            "CHARTER_DATABASE_URL says where it is."
        )


def stop(message: str) -> NoReturn:
    """Print a line of what went wrong, and end with exit code 1."""
    sys.stderr.write(f"{message}\n")
    raise SystemExit(1)
