"""The letters of the year, as the mail server took them."""

import re
import time
from email.message import EmailMessage

from tests.mail_server import MailServerHere

_WAIT_SECONDS = 20


def letters_to(server: MailServerHere, address: str, *, number: int) -> list[EmailMessage]:
    """Wait until so many letters came for an address, and give them in their order."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while len(server.to(address)) < number and time.monotonic() < deadline:
        time.sleep(0.1)
    found = server.to(address)
    assert len(found) == number, [str(letter["Subject"]) for letter in found]
    return found


def letters_after(server: MailServerHere, before: int, *, number: int) -> list[EmailMessage]:
    """Wait until so many letters came after the first ones, and give them."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while len(server.taken) < before + number and time.monotonic() < deadline:
        time.sleep(0.1)
    found = server.letters()[before:]
    assert len(found) == number, [str(letter["To"]) for letter in found]
    return found


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, path: str) -> str:
    """Give the address in a letter that leads to a path of the site, such as `/link/`."""
    found = re.search(rf"(https?://\S+{re.escape(path)}\S+)", words_of(letter))
    assert found is not None, words_of(letter)
    return found[1]
