"""How much work it is to try a password: the same for a name that nobody has, and as much as bcrypt makes it."""

import bcrypt
import pytest

from tests.screens.test_sign_in import account, opened, type_in


@pytest.mark.usefixtures("settings_env")
def test_an_unknown_name_takes_the_same_work_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    checked: list[str] = []
    check = bcrypt.checkpw

    def heard(password: bytes, hashed: bytes) -> bool:
        checked.append(hashed[: len("$2b$12$")].decode())
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", heard)
    type_in(opened(), password="not the password")
    type_in(opened(), email="nobody@example.org", password="not the password")
    assert checked == ["$2b$12$"] * 2
