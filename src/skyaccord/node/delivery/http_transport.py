"""The way to a peer over HTTP: a few connections that are kept open, with the node's own certificate."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Final

import httpx

from skyaccord.node.line.lines import MOST_BYTES
from skyaccord.node.line.reply import Reply
from skyaccord.node.line.status_numbers import STATUSES
from skyaccord.node.line.transport import CALL_S, CONNECT_S, Failure, LineError

_EXPIRED: Final = 10  # X509_V_ERR_CERT_HAS_EXPIRED
MOST_CONNECTIONS: Final = 8
KEPT_S: Final = 60.0
"""How long an idle connection is kept; the head is asked more often, so that one is always open."""


class HttpTransport:
    """Connections to one peer."""

    def __init__(
        self, url: str, context: ssl.SSLContext | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            url: of the peer's line, such as ``https://green.example:8444/line/``.
            context: TLS with the node's certificate and the peer's authority; ``None`` for plain HTTP.
            headers: sent with each request.
        """
        self._url = url
        limits = httpx.Limits(
            max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS, keepalive_expiry=KEPT_S
        )
        timeout = httpx.Timeout(CALL_S, connect=CONNECT_S)
        self._client = httpx.AsyncClient(
            verify=context or False, limits=limits, timeout=timeout, headers=dict(headers or {}), trust_env=False
        )

    async def call(self, question: str, body: bytes) -> Reply:
        """Ask and return the answer; `LineError` where there is none."""
        try:
            async with self._client.stream("POST", self._url + question, content=body) as response:
                content = await _read(response, self._url)
        except httpx.TimeoutException as error:
            failure = Failure.UNREACHABLE if isinstance(error, httpx.ConnectTimeout) else Failure.NO_ANSWER
            raise LineError(self._url, failure, "no answer in time") from error
        except httpx.ConnectError as error:
            raise LineError(self._url, _why(error), str(error)[:200]) from error
        except httpx.HTTPError as error:
            raise LineError(self._url, _why(error, Failure.NO_ANSWER), str(error)[:200] or "cut off") from error
        status = STATUSES.get(response.status_code)
        if status is None:
            words = f"answered {response.status_code}, which no node does"
            raise LineError(self._url, Failure.NOT_UNDERSTOOD, words)
        return Reply(status, content)

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()


async def _read(response: httpx.Response, url: str) -> bytes:
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > MOST_BYTES:
            raise LineError(url, Failure.NOT_UNDERSTOOD, f"an answer of more than {MOST_BYTES} octets")
    return bytes(content)


def _why(error: BaseException | None, otherwise: Failure = Failure.UNREACHABLE) -> Failure:
    """Return why a connection failed: a certificate that has ended, that is not believed, or the line."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            has_ended = error.verify_code == _EXPIRED
            return Failure.CERTIFICATE_EXPIRED if has_ended else Failure.CERTIFICATE_NOT_BELIEVED
        if isinstance(error, ssl.SSLError) and "EXPIRED" in (error.reason or ""):
            return Failure.CERTIFICATE_EXPIRED  # the peer says so of one's own
        error = error.__cause__ or error.__context__
    return otherwise
