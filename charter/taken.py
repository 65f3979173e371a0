"""What two people wanted at the same moment, and only one could have: told in words to the second.

A verb looks first whether something is taken, and says so. Where somebody else takes it between the look and the write,
the store's own rule refuses the second. That is no fault of the site: whoever typed it is told the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from charter.rules.refusals import FieldError
from db.errors import ConstraintViolatedError

_REFERENCE = "Somebody else has just used this reference. Choose another one. Nothing was changed."
_PERSON = (
    "Somebody else has just added a person with this e-mail address. Nothing was changed. Try it once more: that "
    "person is then given this role too."
)
_INVITED = "Somebody else has just put this organisation on the list. Nothing was changed."
_ROLE = "Somebody else has just given this person this role. Nothing was changed: look at what it says now."
# The rule of the store: the field that it speaks of, and what to say. Where a verb holds a row that both would change,
# such as the organisation that is merged, signs or names a champion, the second looks after the first and needs none.
_TAKEN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "uq_organisation_ref": ("ref", _REFERENCE),
        "uq_period_ref": ("ref", _REFERENCE),
        "uq_charter_ref": ("ref", _REFERENCE),
        "uq_commitment_ref": ("ref", _REFERENCE),
        "uq_account_email": ("email", _PERSON),
        "uq_account_grant_account_id_role": ("role", _ROLE),
        "uq_account_grant_account_id_role_organisation_id": ("organisation", _ROLE),
        "uq_invitation_period_id_organisation_id": ("organisation", _INVITED),
    }
)


@contextmanager
def told_when_taken() -> Iterator[None]:
    """Tell in words of what somebody else took at the same moment. Any other broken rule of the store stays as it is.

    Raises:
        FieldError: somebody else was first. Nothing was changed.
        ConstraintViolatedError: another rule of the store was broken.
    """
    try:
        yield
    except ConstraintViolatedError as error:
        if error.constraint not in _TAKEN:
            raise
        raise FieldError(*_TAKEN[error.constraint]) from None
