"""What the connection, and not the client's words, says of a client: its certificate, as TLS has checked it.

It stands in the ASGI scope under the TLS extension's name, written by the listener from the socket's own TLS object. No
header is read for it, so that none can forge it.
"""

from __future__ import annotations

import ssl
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


def client_certificate(scope: Scope) -> bytes | None:
    """Return the certificate (DER) that the client has shown and whose key it has proved to have."""
    extensions = scope.get("extensions") or {}
    chain = (extensions.get("tls") or {}).get("client_cert_chain") or ()
    return ssl.PEM_cert_to_DER_cert(chain[0]) if chain else None


def with_certificate(app: ASGIApp, der: bytes | None) -> ASGIApp:
    """Return an app whose requests all come over a connection with this certificate."""
    chain = (ssl.DER_cert_to_PEM_cert(der),) if der else ()
    tls: dict[str, Any] = {"client_cert_chain": chain}

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"] = {**(scope.get("extensions") or {}), "tls": tls}
        await app(scope, receive, send)

    return within
