"""What passwords are taken."""

import pytest

from charter.passwords import check_password
from charter.rules.refusals import FieldError


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("eleven byte", "12 characters or more"),
        ("", "12 characters or more"),
        ("éàüöß12", "12 characters or more"),  # twelve bytes, and seven characters
        ("x1" * 37, "too long"),
        ("é" * 37, "too long"),
        (" a space before", "begin or end with a space"),
        ("a space after ", "begin or end with a space"),
        ("a hidden\x00 character", "hidden characters"),
        ("aaaaaaaaaaaa", "Too many people"),
        ("ababababababab", "Too many people"),
        ("Password1234", "Too many people"),
        ("qwertyuiop123", "Too many people"),
        ("someone@example.org", "Too many people"),
        ("Someone@example.org1", "Too many people"),
    ],
)
def test_passwords_that_are_not_taken(password: str, said: str) -> None:
    with pytest.raises(FieldError, match=said) as refused:
        check_password(password, email="someone@example.org")
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["twelve bytes", "abcdef" * 12, "éàüöß1234567", "no upper, digit or mark"])
def test_passwords_that_are_taken(password: str) -> None:
    check_password(password, email="someone@example.org")
