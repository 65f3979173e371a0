"""A directory that lies: it signs whatever a test wants, and answers as slowly or as badly as a test wants."""

import hashlib
import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

METADATA = "/.well-known/openid-configuration"
CLIENT = "charter-site"
SECRET = "a client secret / of ours"
Answer = tuple[int, str] | Callable[[BaseHTTPRequestHandler], None]


@cache
def key_of(name: str) -> EllipticCurvePrivateKey:
    """Give a key by its name, made once."""
    del name
    return generate_private_key(SECP256R1())


def shown(name: str = "key") -> dict[str, Any]:
    """Show a key as directories do, without its secret part."""
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key_of(name).public_key()))
    return {**public, "kid": name, "use": "sig", "alg": "ES256"}


def signed(claims: Mapping[str, object], *, by: str = "key", named: str = "key", algorithm: str = "ES256") -> str:
    """Sign a statement, or pretend to: with `HS256` by the public key, as if that were a secret."""
    statement = jwt.encode(
        dict(claims),
        "" if algorithm == "none" else key_of(by),
        algorithm="none" if algorithm == "none" else "ES256",
        headers={"kid": named},
    )
    if algorithm != "HS256":
        return statement
    header = urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": named}).encode()).decode().rstrip("=")
    said = f"{header}.{statement.split('.')[1]}"
    public = key_of(by).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    seal = hmac.new(public, said.encode(), hashlib.sha256).digest()
    return f"{said}.{urlsafe_b64encode(seal).decode().rstrip('=')}"


def claims(issuer: str, **other: object) -> dict[str, object]:
    """Give what a right statement says, but for what is to be different; None leaves a part out."""
    now = int(time.time())
    usual = {
        "iss": issuer,
        "sub": "subject-1",
        "aud": CLIENT,
        "iat": now,
        "exp": now + 600,
        "email": "person@example.org",
        "email_verified": True,
    }
    return {name: value for name, value in (usual | other).items() if value is not None}


class Liar:
    """A directory in a thread of this process.

    Attributes:
        statement: what it hands out for any code.
        answers: what it answers instead, by the path; nothing for its ordinary answer.
        handed_in: the form by which the last code was redeemed, and who asked.
    """

    def __init__(self, port: int) -> None:
        """Stand at a port of this machine."""
        self.issuer = f"http://localhost:{port}"
        self.statement = ""
        self.answers: dict[str, Answer] = {}
        self.handed_in: dict[str, str] = {}

    def usual(self, path: str) -> Mapping[str, object] | None:
        """Give its ordinary answer."""
        answers: dict[str, Mapping[str, object]] = {
            METADATA: {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/token": {"access_token": "not looked at", "token_type": "Bearer", "id_token": self.statement},
            "/keys": {"keys": [{"kty": "oct", "kid": "key", "k": "c2VjcmV0"}, shown("another"), shown()]},
        }
        return answers.get(path)


@contextmanager
def lying() -> Iterator[Liar]:
    """Run it for as long as the scope lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = liar.answers.get(self.path)
            if callable(answer):
                answer(self)
                return
            said = liar.usual(self.path)
            status, body = answer or (200 if said else 404, json.dumps(said))
            self.send_response(status)
            if status in {301, 302}:
                self.send_header("location", body)
            self.end_headers()
            self.wfile.write(body.encode())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            liar.handed_in = {name: values[0] for name, values in form.items()}
            liar.handed_in["authorization"] = self.headers.get("authorization", "")
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called there
            del format, args

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    server.daemon_threads = True
    liar = Liar(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
