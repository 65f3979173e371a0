"""What a person is told when something cannot be done. The message is a sentence for the screen."""


class RefusedError(Exception):
    """Something was asked for that cannot be done. Nothing was changed."""


class NotAllowedError(RefusedError):
    """This viewer may not do this."""


class NotFoundError(RefusedError):
    """There is nothing at this address or by this reference."""


class DamagedError(RefusedError):
    """What was kept is not whole: its bytes are not those that were taken in or written, or of no such file at all."""


class SignedOutError(NotAllowedError):
    """The session has ended: signing in again, the person may go on."""


class ClosedError(RefusedError):
    """The period is not open for answers."""


class EditedElsewhereError(RefusedError):
    """The answer was changed in another window since this one showed it."""


class FieldError(RefusedError):
    """A value that was typed cannot be taken.

    Attributes:
        field: the name of the field that it was typed in.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
