"""TLS as the node speaks it: 1.3 alone, its own and its peers' authorities and no others."""

from __future__ import annotations

import ssl
from collections.abc import Iterable

from cryptography import x509

from skyaccord.node.authority.certificates import pem
from skyaccord.node.authority.own_files import AUTHORITY, CLIENT, SERVER, OwnFiles


def people_line(files: OwnFiles) -> ssl.SSLContext:
    """Return the context of the listener for people, who may show a certificate of the node's own authority."""
    context = _server(files)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(cafile=files.path(AUTHORITY))
    return context


def peers_line(files: OwnFiles, authorities: Iterable[x509.Certificate]) -> ssl.SSLContext:
    """Return the context of the listener for peers, who must show a certificate of a pinned authority."""
    context = _server(files)
    context.verify_mode = ssl.CERT_REQUIRED
    believe(context, authorities)
    return context


def calling_line(files: OwnFiles, authority: x509.Certificate) -> ssl.SSLContext:
    """Return the context with which the node calls one peer, whose authority is pinned."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(files.path(CLIENT), files.key_path(CLIENT))
    believe(context, [authority])
    return context


def believe(context: ssl.SSLContext, authorities: Iterable[x509.Certificate]) -> None:
    """Let connections from now on be vouched for by further authorities."""
    for each in authorities:
        context.load_verify_locations(cadata=pem(each))


def _server(files: OwnFiles) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.num_tickets = 0  # each connection proves anew that it has the key of its certificate
    context.load_cert_chain(files.path(SERVER), files.key_path(SERVER))
    return context
