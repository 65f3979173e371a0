"""A browser's part of a page, by hand: the socket over which Streamlit draws, and what is typed into its forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

_SECONDS = 60


class Page:
    """A page that is open."""

    def __init__(self, socket: ClientConnection, path: str) -> None:
        """Speak over a socket that is open."""
        self._socket = socket
        self._path = path
        self._fields: dict[str, str] = {}
        self._buttons: dict[str, str] = {}

    def drawn(self, *states: WidgetState) -> str:
        """Have the page drawn with what is typed, and give all that it then says."""
        asked = BackMsg()
        asked.rerun_script.page_name = self._path
        asked.rerun_script.widget_states.widgets.extend(states)
        self._socket.send(asked.SerializeToString())
        said: list[str] = []
        while True:
            answer = ForwardMsg()
            got = self._socket.recv(timeout=_SECONDS)
            answer.ParseFromString(got if isinstance(got, bytes) else got.encode())
            if answer.WhichOneof("type") == "script_finished":
                return "\n".join(said)
            if answer.WhichOneof("type") == "delta":
                element = answer.delta.new_element
                said.append(str(element))
                if element.WhichOneof("type") == "text_input":
                    self._fields[element.text_input.label] = element.text_input.id
                if element.WhichOneof("type") == "button":
                    self._buttons[element.button.label] = element.button.id

    def pressed(self, button: str, typed: Mapping[str, str]) -> str:
        """Type into fields by their labels, press a button, and give what the page then says."""
        states = [WidgetState(id=self._fields[label], string_value=words) for label, words in typed.items()]
        return self.drawn(*states, WidgetState(id=self._buttons[button], trigger_value=True))


@contextmanager
def opened_page(
    address: str, path: str, *, headers: Mapping[str, str] | None = None, source: str | None = None
) -> Iterator[Page]:
    """Open a page as a browser does, with headers of its own.

    Args:
        address: where the site is, such as http://localhost:8501.
        path: the page's address in it, such as sign-in.
        headers: what it sends beside the usual.
        source: the address on this machine that it comes from.
    """
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=dict(headers or {}),
        source_address=(source, 0) if source else None,
        max_size=None,
        open_timeout=_SECONDS,
        proxy=None,
    ) as socket:
        yield Page(socket, path)
