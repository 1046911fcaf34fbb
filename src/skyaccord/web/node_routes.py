"""Routes that say how the node is and what was done at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skyaccord import __version__
from skyaccord.model.instants import format_instant
from skyaccord.node.authority.own_files import AUTHORITY, CLIENT, SERVER
from skyaccord.node.people.audit import MOST_READ, read_audit
from skyaccord.node.people.roles import Act
from skyaccord.web.people_messages import AuditAnswer, CertificateEnd, HealthAnswer, NodeAnswer
from skyaccord.web.route import Access, Call, Parameter, Reply, Route


def _audit(call: Call) -> Reply:
    entries = read_audit(call.node.store, call.values.get("before"), call.values.get("count", 50))
    return Reply(AuditAnswer(list(entries)))


def _node(call: Call) -> Reply:
    node = call.node
    ends = [
        CertificateEnd(name, format_instant(node.files.certificate(name).not_valid_after_utc.timestamp()))
        for name in (AUTHORITY, SERVER, CLIENT)
    ]
    refused = {reason.value: count for reason, count in sorted(node.refused.items())}
    peers = [card.party for card in node.cards]
    now, kind = format_instant(call.now_s), node.store.dialect.kind.value
    return Reply(NodeAnswer(node.configuration.party, __version__, now, kind, peers, ends, refused))


def _health(call: Call) -> Reply:
    return Reply(HealthAnswer(call.node.configuration.party, format_instant(call.now_s)))


_BEFORE: Final = Parameter(
    *("before", "query", {"type": "integer", "minimum": 1, "maximum": 2**53}, "Only entries with a lower number.")
)
_COUNT: Final = Parameter("count", "query", {"type": "integer", "minimum": 1, "maximum": MOST_READ}, "Most entries.")
HEALTH: Final = Route(
    "GET", "/health", "showHealth", "Whether the node answers.", _health, Access.OPEN, gives=HealthAnswer
)

NODE_ROUTES: Final[Sequence[Route]] = (
    HEALTH,
    Route(
        *("GET", "/node", "showNode", "How the node is.", _node, Access.PERSON, Act.READ_NODE),
        gives=NodeAnswer,
    ),
    Route(
        *("GET", "/audit", "readAudit", "What was done, the latest first.", _audit, Access.PERSON, Act.READ_AUDIT),
        gives=AuditAnswer,
        parameters=(_BEFORE, _COUNT),
    ),
)
