#!/usr/bin/env python3
"""Checks bundles of skyaccord without skyaccord: needs this file alone, Python 3.9 or later, and ``cryptography``.

    python verify_skyaccord.py BUNDLE… --root blue=sha256:… --root green=sha256:…

A bundle is what a party shows of its log. Take the fingerprints from the memorandum, never from the bundle. Exit code
0: all holds; 1: something does not, each with its reason; 2: nothing could be checked. The rules: docs/protocol.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import reduce
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Kinds: versions, and the roles that may sign them; what bodies state; the form of each member as canonical JSON.
KINDS = {"key.certificate": ("1", "root"), "key.revocation": ("1", "root,duty,node,tls"), "log.receipt": ("1", "node")}
KINDS |= {"root.successor": ("1", "root"), "root.consent": ("1", "root"), "root.replacement": ("1", "heir")}
BODIES = {"key.certificate": "duty from public_key role until", "key.revocation": "because key"}
BODIES |= {"root.successor": "possession public_key", "root.consent": "old party public_key", "root.replacement": "old"}
BODIES |= {"log.receipt": "checkpoint index leaf proof"}
LEAF = "body key kind memorandum protocol recipient sender sequence signature time version"
HEADER, ENTRY = "bundle covers log memoranda party root size", "body entry leaf salt"
DIGEST, NAME, NUMBER, OCTETS = '"sha256:[0-9a-f]{64}"', '"[A-Za-z0-9_-]{1,64}"', "0|[1-9][0-9]*", 'null|"[^"]*"'
HASH, SIGNATURE = '"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="', '"[A-Za-z0-9+/]{85}[AQgw]=="'  # base64 of 32 and 64 octets
INSTANT = r'"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"'
FORMS = dict.fromkeys(["body", "key", "memorandum", "old", "leaf"], DIGEST)
FORMS |= dict.fromkeys(["party", "sender", "recipient"], NAME) | dict.fromkeys(["time", "from", "until"], INSTANT)
FORMS |= dict.fromkeys(["index", "entry", "size"], NUMBER) | dict.fromkeys(["log", "checkpoint"], '".*"')
FORMS |= dict.fromkeys(["root", "public_key"], HASH) | dict.fromkeys(["signature", "possession"], SIGNATURE)
FORMS |= {"bundle": '"skyaccord/bundle/1"', "protocol": '"skyaccord/envelope/1"', "covers": '"whole"|"part"'}
FORMS |= {"memoranda": rf"\{{({DIGEST}:\{{({NAME}:{DIGEST},?)+\}},?)+\}}", "proof": rf"\[({HASH},?){{0,64}}\]"}
FORMS |= {"sequence": "[1-9][0-9]*", "version": "[1-9][0-9]{0,3}|10000", "salt": OCTETS}
FORMS |= {"kind": r'"[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31}){1,3}"', "duty": '"[A-Za-z0-9][A-Za-z0-9 _./-]{0,63}"'}
FORMS |= {"role": '"(root|duty|node|tls)"', "because": '"(retired|lost|exposed)"'}
MOST = dict.fromkeys(BODIES, 4096) | {"log.receipt": 1 << 15}  # octets of a body; else 65,536
CHECKPOINT, LINE = "([^\n]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)\n([^\n]+\n)*", "— ([^\\s+]{1,255}) ([^\n]+)\n"
P, ORDER, NEVER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, 2**63
ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022  # y of a point of order 8
LONGEST, MOST_SHOWN = 1 << 25, 100  # octets of a line; faults that are printed

PART_WORDS = " for these entries; that none was left out, no later revocation either, only a whole log shows"


class Fault(Exception):  # noqa: N818 - what fails here is what is checked
    """What does not hold: a reason in one word, and words."""


def need(holds: object, reason: str, words: str) -> None:
    """Go on only where something holds."""
    if not holds:
        raise Fault(reason, words)


def attempt(call: Callable[..., Any], *given: Any) -> Any:
    """What a call gives; None where what it was given has not the form for it."""
    try:
        return call(*given)
    except (Fault, ValueError, TypeError, LookupError, RecursionError, InvalidSignature):
        return None


# 1. Canonical JSON (RFC 8785) and the forms of members
def canonical(value: Any, depth: int = 0) -> str:
    """The one text of a value; ValueError where it has none."""
    if depth > 200 or (type(value) is int and abs(value) > 2**53):
        raise ValueError
    if isinstance(value, str):
        return json.dumps(value.encode().decode(), ensure_ascii=False)  # half a surrogate pair does not encode
    if isinstance(value, list):
        return "[" + ",".join(canonical(each, depth + 1) for each in value) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name], depth + 1)}" for name in names) + "}"
    if type(value) is not float:
        return json.dumps(value)
    if value == 0 or 1e-6 <= abs(value) < 1e21:  # the shortest digits that read back, laid out as ECMAScript does
        return format(Decimal(repr(value)), "f") if value % 1 else str(int(value))
    return re.sub("e([+-])0?", r"e\1", repr(value))


def read(data: bytes, most: int, what: str) -> dict[str, Any]:
    """The object of which octets are the canonical JSON; nothing that could be read in two ways passes."""
    value = attempt(lambda: json.loads(data.decode())) if len(data) <= most else None
    is_it = isinstance(value, dict) and attempt(lambda: canonical(value).encode()) == data
    need(is_it, "not_canonical", f"{what} is not the canonical JSON of an object in at most {most} octets")
    return dict(value or {})


def check(content: dict[str, Any], names: str, set_reason: str, form_reason: str, **forms: str) -> None:
    """Have exactly these members, each of its form."""
    need(content.keys() == set(names.split()), set_reason, f"it has the members {', '.join(content)[:200]!a}")
    for name, form in ((name, forms.get(name, FORMS[name])) for name in names.split()):
        value, is_it = content[name], re.fullmatch(form, canonical(content[name])) is not None
        if is_it and form == INSTANT:
            at = attempt(datetime.fromisoformat, value[:-1])
            is_it = at is not None and at.isoformat(timespec="milliseconds") == value[:-1]
        reason = "party_name" if name in ("sender", "recipient") else form_reason
        need(is_it, reason, f"{name} is {str(value)[:60]!a}")


def octets(value: Any, reason: str = "base64") -> bytes:
    """What base64 says, in its one spelling."""
    data = attempt(base64.b64decode, value, None, True)
    need(data is not None and base64.b64encode(data).decode() == value, reason, f"{str(value)[:60]!a} is not base64")
    return bytes(data)


def hashed(*parts: bytes) -> bytes:
    """SHA-256."""
    return sha256(b"".join(parts)).digest()


# 2. The tree (RFC 6962, 2.1): a leaf is hashed behind 0, two subtrees behind 1
def roots_from(old: int, size: int, proof: list[bytes], start: list[bytes], of_leaf: bool) -> tuple[bytes, bytes]:
    """The roots over the first ``old`` and over all leaves, to which a proof leads; ValueError for another length.

    It starts at the last leaf of the old tree (inclusion, 2.1.1), or at the old root (consistency, 2.1.2).
    """
    if size == 1 if of_leaf else old == size:
        (found,) = [*proof, *start]
        return found, found
    *inner, outer = proof
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        before, after = roots_from(old, half, inner, start, of_leaf)
        return before, hashed(b"\1", after, outer)
    before, after = roots_from(old - half, size - half, inner, start if of_leaf else [], of_leaf)
    return hashed(b"\1", outer, before), hashed(b"\1", outer, after)


def is_within(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether a proof shows a leaf to stand at an index of the tree with this size and root."""
    found = attempt(roots_from, index + 1, size, proof, [leaf], True) if index < size else None
    return found is not None and found[1] == root


# 3. Signatures: Ed25519 (RFC 8032), checkpoints as signed notes (C2SP)
def is_sound(public: bytes) -> bool:
    """Whether a key is a point of the curve in its one spelling, and not one of those under which anyone can sign."""
    y = int.from_bytes(public, "little") % 2**255
    square = (y * y - 1) * pow(1 - 121665 * pow(121666, -1, P) * y * y, -1, P) % P
    return y < P and y not in (0, 1, P - 1, ORDER_8, P - ORDER_8) and pow(square, (P - 1) // 2, P) == 1


def is_signed(public: bytes, signature: bytes, *message: bytes) -> bool:
    """Whether a key made a signature."""
    key = attempt(Ed25519PublicKey.from_public_bytes, public)
    return key is not None and attempt(lambda: key.verify(signature, b"".join(message)) is None) is True


class Checkpoint:
    """A signed note that says how long a log was and what its root was."""

    def __init__(self, note: str) -> None:
        text, _, below = note.rpartition("\n\n")
        found, lines = re.fullmatch(CHECKPOINT, text + "\n"), re.findall(LINE, below)
        is_note = 0 < len(lines) <= 100 and "".join(f"— {name} {data}\n" for name, data in lines) == below
        is_text = text.replace("\n", "").isprintable() and not re.search("[\0-\x09\x0b-\x1f]", below)
        need(found and is_note and is_text, "checkpoint_form", "it is no signed checkpoint")
        self.origin, size, root = found.groups()[:3] if found else ("", "0", "")
        self.size, self.root, self.text = int(size), octets(root, "checkpoint_form"), text + "\n"
        self.lines = [(name, octets(data, "checkpoint_form")) for name, data in lines]
        is_tree = len(self.root) == 32 and self.size < NEVER and min(len(data) for _, data in self.lines) > 4
        need(is_tree, "checkpoint_form", "it has no size, no root, or an empty signature")

    def is_by(self, name: str, public: bytes, kind: int = 1) -> bool:
        """Whether a key of a log (1) or a witness (4) signed it; a line in its name that it did not make is a fault."""
        key_id = hashed(name.encode(), b"\n", bytes([kind]), public)[:4]
        mine = [data[4:] for who, data in self.lines if (who, data[:4]) == (name, key_id)]
        for data in mine:
            at = f"cosignature/v1\ntime {int.from_bytes(data[:8], 'big')}\n" if kind == 4 else ""
            is_its = is_signed(public, data[8:] if kind == 4 else data, at.encode(), self.text.encode())
            need(is_its, "checkpoint_unsigned", f"a signature in the name of {name} is not by its key")
        return bool(mine)


# 4. Keys: a ring has what the log says so far of the keys of each party to one memorandum
def new_key(role: str, public: bytes | None, *terms: tuple[int, str, str]) -> SimpleNamespace:
    """A key: its role for good, its terms (entry, from, until), the entry that ended it and why."""
    return SimpleNamespace(role=role, public=public, terms=[*terms], end=NEVER, why="")


def begin(roots: dict[str, str]) -> dict[str, Any]:
    """A ring before any entry: each party's root as pinned; heirs are keys that others consent to as its next root."""
    keys = {party: {root: new_key("root", None, (-1, "", "~"))} for party, root in roots.items()}
    return {party: SimpleNamespace(root=root, keys=keys[party], heirs={}) for party, root in roots.items()}


def may_sign(ring: dict[str, Any], party: str, name: str, roles: str, time: str, index: int) -> bytes | None:
    """The public key, if it may sign at an entry what these roles sign; None of a root not introduced yet."""
    key, heir = ring[party].keys.get(name), ring[party].heirs.get(name)
    if roles == "heir" and key is None:
        need(heir and heir.by >= ring.keys() - {party}, "no_consent", f"not all others consented to {name}")
        return bytes(heir.public)
    need(key, "unknown_key", f"{name} is no key of {party} so far")
    terms = [(start, until) for at, start, until in key.terms if at < index]
    need(terms, "certified_too_late", f"the key was certified by entry {key.terms[0][0]}")
    need(key.end >= index, key.why, f"the key ended with entry {key.end}")
    is_its = key.role in roles.split(",")
    need(is_its, "not_root" if roles == "root" else "role_not_allowed", f"a {key.role} key signed")
    need(min(terms)[0] <= time, "key_not_yet_valid", "it is dated before the key's first term")
    need(any(start <= time < until for start, until in terms), "key_expired", "it is dated outside the key's terms")
    return bytes(key.public) if key.public else None


def fold(ring: dict[str, Any], leaf: dict[str, Any], said: dict[str, Any], index: int) -> None:
    """Let a statement change what is known of keys, if it can stand."""
    kind, mine, by, ended, why = leaf["kind"], ring[leaf["sender"]], leaf["key"], [], ""
    public, whose = octets(said.get("public_key", "")), ring.get(said.get("party", ""), mine)
    name, root = "sha256:" + hashed(public).hex(), new_key("root", public, (index, "", "~"))
    need(not public or is_sound(public), "weak_key", "anyone could sign under it")
    if kind == "key.certificate" and said["role"] == "root":
        need(name == by, "root_by_certificate", "a root is followed by root.successor or root.replacement")
        mine.keys[name].public = public
    elif kind == "key.certificate":
        key = mine.keys.get(name) or new_key(said["role"], public)
        need(key.end == NEVER, key.why, f"the key ended with entry {key.end} and does not come back")
        need(key.role == said["role"], "role_changed", f"it is a {key.role} key for good")
        key.terms.append((index, said["from"], said["until"]))
        mine.keys[name] = key
    elif kind == "key.revocation":
        need(said["key"] in mine.keys, "foreign_key", f"{said['key']} is no key of {leaf['sender']}")
        need(by in (mine.root, said["key"]), "not_root", "a key is revoked by its party's root or by itself")
        ended, why = [mine.keys[said["key"]]], "key_revoked"
    elif kind == "root.successor":
        follows = canonical({"new": name, "old": by, "party": leaf["sender"]}).encode()
        is_held = is_signed(public, octets(said["possession"]), b"skyaccord/root.successor/1\n", follows)
        need(is_held, "no_possession", "the new root did not sign that it follows this one")
        need(name not in mine.keys, "role_changed", "a key that has a role does not become root")
        ended, why = [mine.keys[by]], "key_superseded"
        mine.root, mine.keys[name] = name, root
    elif kind == "root.consent":
        is_other = whose is not mine and whose.root == said["old"]
        need(is_other, "consent_misplaced", "it is not for the root of another party")
        need(name not in whose.keys, "role_changed", "a key that has a role does not become root")
        heir = whose.heirs.get(name)
        consents = {leaf["sender"]} | (heir.by if heir and heir.old == said["old"] else set())
        whose.heirs[name] = SimpleNamespace(public=public, old=said["old"], by=consents)
    elif kind == "root.replacement":
        heir, ended, why = mine.heirs[by], [*mine.keys.values()], "key_replaced"
        need(mine.root == said["old"] == heir.old, "no_consent", "the consent was to replace another root")
        mine.root, mine.keys[by] = by, new_key("root", heir.public, (index, "", "~"))
    for key in (key for key in ended if key.end == NEVER):
        key.end, key.why = index, why


# 5. A bundle, line by line, as the log grew
class Bundle:
    """One party's log as far as it is shown; ``faults`` has what of it does not hold: place, reason, words."""

    covers, log, size, root, count, latest, erased, checkpoints, time = "", "", 0, b"", 0, -1, 0, 0, ""
    head: tuple[int, bytes] | None = None

    def __init__(
        self, path: str, roots: dict[str, str], kinds: dict[str, Any], witnesses: list[tuple[str, bytes]]
    ) -> None:
        self.path, self.pinned, self.kinds, self.witnesses = path, roots, {**KINDS, **kinds}, witnesses
        self.faults: list[tuple[str, str, str]] = []
        self.rings: dict[str, dict[str, Any]] = {}  # memorandum: other party: what the two said to each other of keys
        self.sent: dict[tuple[str, str], dict[int, tuple[bytes, int]]] = {}  # sender, recipient: number: hash, entry
        self.receipts: dict[tuple[str, str], dict[int, int]] = {}  # likewise: number: entry in the recipient's log
        self.newest: dict[tuple[str, str, str], int] = {}  # sender, recipient, kind: version
        self.last: dict[tuple[str, str], str] = {}  # sender, recipient: time
        self.claims: dict[tuple[str, int], tuple[bytes, str]] = {}  # log, size: root, and where it is said
        self.logs: dict[str, str] = {}  # party: its log, as receipts name it
        self.peaks: list[bytes] = []  # roots of the complete subtrees of the tree so far
        self.roots = bytearray()  # of the tree at each size, where the whole log is shown

    def run(self) -> Bundle:
        """Read all of it; what is refused changes nothing."""
        with open(self.path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                place = f"line {number}"
                try:
                    need(line.endswith(b"\n"), "not_canonical", "the line has no end, or is too long")
                    content = read(line[:-1], LONGEST, "the line")
                    place = f"entry {content['entry']!a}"[:24] if "entry" in content else place
                    handle = self.entry if "entry" in content else self.checkpoint
                    (self.begin if number == 1 else handle)(content)
                except Fault as fault:
                    self.faults.append((place, *fault.args))
                    if not self.size:
                        return self
        rings = [ring for each in self.rings.values() for ring in each.values()]
        late = {f"{name} is no key of {party} so far" for ring in rings for party in ring for name in ring[party].keys}
        for k, (place, reason, words) in enumerate(self.faults):
            if reason == "unknown_key" and words in late:
                self.faults[k] = (place, "certified_too_late", f"{words}; a later entry certifies it")
        if self.head != (self.size, self.root) or (self.covers == "whole" and self.count != self.size):
            words = f"{self.count} entries, and no checkpoint over {self.size} with the root that the first line states"
            self.faults.append(("end", "incomplete", words))
        return self

    def begin(self, header: dict[str, Any]) -> None:
        """The first line: whose log it is, and what is pinned."""
        check(header, HEADER, "bundle_form", "bundle_form")
        self.covers, self.party, self.log, self.root = (header[name] for name in ("covers", "party", "log", "root"))
        for memorandum, roots in header["memoranda"].items():
            for party, root in roots.items():
                need(self.pinned.get(party) == root, "other_root", f"{root} of {party} is not the root that was given")
            need(self.party in roots, "bundle_form", f"{self.party} is no party of {memorandum}")
            self.rings[memorandum] = {other: begin(roots) for other in roots}
        need(self.log in self.logs_of(self.party), "checkpoint_other_log", f"{self.log!a} is no log of {self.party}")
        self.size, self.root = header["size"], octets(header["root"])

    def logs_of(self, party: str) -> set[str]:
        """The names that a party's log may have: it was begun under one of its roots."""
        keys = [pair for rings in self.rings.values() if party in rings for pair in rings[party][party].keys.items()]
        return {f"skyaccord/{party}/{name[7:23]}" for name, key in keys if key.role == "root"}

    def tree_root(self) -> bytes:
        """The root over all entries so far."""
        return reduce(lambda right, left: hashed(b"\1", left, right), self.peaks[::-1] or [hashed()])

    def entry(self, line: dict[str, Any]) -> None:
        """An entry: in its place in the tree, then judged."""
        check(line, ENTRY + " proof" * (self.covers == "part"), "bundle_form", "bundle_form", body=OCTETS, leaf=OCTETS)
        index, data = line["entry"], octets(line["leaf"])
        leaf_hash = hashed(b"\0", data)
        if self.covers == "whole":
            need(index == self.count, "bundle_order", f"entry {self.count} was expected")
            self.peaks.append(leaf_hash)
            for _ in range(((index + 1) & -(index + 1)).bit_length() - 1):
                self.peaks[-2:] = [hashed(b"\1", *self.peaks[-2:])]
            self.roots.extend(self.tree_root())
        else:
            is_next = self.latest < index and not self.head
            need(is_next, "bundle_order", "entries stand in their order, then checkpoints")
            is_in = is_within(leaf_hash, index, self.size, [octets(each) for each in line["proof"]], self.root)
            need(is_in, "not_included", "its proof does not lead to the root that the first line states")
        self.count, self.latest = self.count + 1, index
        self.judge(index, data, leaf_hash, line["body"], line["salt"])

    def judge(self, index: int, data: bytes, leaf_hash: bytes, body: str | None, salt: str | None) -> None:
        """Judge an envelope by what stands before it, in the order in which a recipient does."""
        leaf = read(data, 2048, "the leaf")
        need(isinstance(leaf.get("protocol"), str), "members", "no protocol is named")
        check({"protocol": leaf["protocol"]}, "protocol", "members", "unknown_protocol")
        check(leaf, LEAF, "members", "member_value")
        kind, sender, recipient, number = leaf["kind"], leaf["sender"], leaf["recipient"], leaf["sequence"]
        versions, roles = self.kinds.get(kind, ("", ""))
        need(roles, "unknown_kind", f"{kind} is no kind that is known here")
        is_known = str(leaf["version"]) in versions.split(",")
        need(is_known, "unknown_version", f"{kind} {leaf['version']} is not known here")
        rings = self.rings.get(leaf["memorandum"], {})
        need(rings, "unknown_memorandum", "the bundle does not name this memorandum")
        need(sender in rings, "unknown_sender", f"{sender} is no party of it")
        need(recipient in rings and self.party in (sender, recipient), "wrong_recipient", f"it is for {recipient}")
        is_receipt, way = kind == "log.receipt", (recipient, sender) if kind == "log.receipt" else (sender, recipient)
        sent = self.sent.setdefault(way, {})
        stands = sent.get(number)
        is_new = is_receipt or not stands or stands[0] != leaf_hash
        need(is_new, "replay", f"it stands at {stands and stands[1]} already")

        other = recipient if sender == self.party else sender
        ring = rings[other]
        public = may_sign(ring, sender, leaf["key"], roles, leaf["time"], index)
        if public is None:  # a root introduces itself: its fingerprint is pinned, its public key stands in the body
            said = self.open(leaf, body, salt)
            public = octets(said["public_key"]) if kind == "key.certificate" else b""
            is_root = "sha256:" + hashed(public).hex() == leaf["key"]
            need(is_root, "unknown_key", "the root has not introduced itself by a certificate of its own key")
            need(is_sound(public), "weak_key", "anyone could sign under it")
        signature, header = octets(leaf["signature"]), {name: leaf[name] for name in leaf if name != "signature"}
        need(int.from_bytes(signature[32:], "little") < ORDER, "signature_form", "S is not below the group's order")
        is_its = is_signed(public, signature, b"skyaccord/envelope/1\n", canonical(header).encode())
        need(is_its, "bad_signature", "the signature is not by this key over this header")

        if is_receipt:
            need(sender != self.party and stands, "receipt_unasked", f"nothing was sent to {sender} under {number}")
        else:
            words = f"number {number} was used by another envelope, entry {stands and stands[1]}"
            need(not stands, "equivocation", words)
            is_next = number == len(sent) + 1 or self.covers == "part"
            need(is_next, "gap", f"it is number {number}; number {len(sent) + 1} comes first")
            need(leaf["time"] >= self.last.get(way, ""), "time_runs_back", "it is dated before the one before it")
        newest = self.newest.get((sender, recipient, kind), 0)
        need(leaf["version"] >= newest, "downgraded", f"version {leaf['version']} after {newest}")
        said = self.open(leaf, body, salt)
        if is_receipt:
            self.receipt(leaf, said, stands[0] if stands else b"", index)
        elif kind in BODIES:
            fold(ring, leaf, said, index)
            for name in {self.party, *(rings if sender != self.party else ())} - {other}:
                attempt(fold, rings[name], leaf, said, index)
        if not is_receipt:
            sent[number], self.last[way] = (leaf_hash, index), leaf["time"]
        self.newest[sender, recipient, kind] = leaf["version"]
        self.time = max(self.time, leaf["time"]) if sender == self.party else self.time

    def open(self, leaf: dict[str, Any], body: str | None, salt: str | None) -> dict[str, Any]:
        """What a body states, which was signed for; nothing of one that may be erased and was."""
        if body is None and salt is None and leaf["kind"] not in BODIES:
            self.erased += 1
            return {}
        need(body is not None and salt is not None, "body_missing", "the body or its salt is not there")
        content, secret = octets(body), octets(salt)
        is_its = len(secret) == 32 and leaf["body"] == "sha256:" + hashed(b"skyaccord/body/1\n", secret, content).hex()
        need(is_its, "body_mismatch", "body and salt do not have the hash that was signed")
        said = read(content, MOST.get(leaf["kind"], 1 << 16), "the body")
        if leaf["kind"] in BODIES:
            check(said, BODIES[leaf["kind"]], "body_content", "body_content", leaf=DIGEST)
            need("until" not in said or said["from"] < said["until"], "body_content", "it ends before it begins")
        return said

    def receipt(self, leaf: dict[str, Any], said: dict[str, Any], sent: bytes, index: int) -> None:
        """A receipt: the other party's signed log holds what was sent."""
        other, way, place = leaf["sender"], (leaf["recipient"], leaf["sender"]), f"receipt at {index}"
        need(said["leaf"] == "sha256:" + sent.hex(), "receipt_other_leaf", "it is for another envelope")
        shown, there = Checkpoint(said["checkpoint"]), self.receipts.setdefault(way, {}).get(leaf["sequence"])
        logs = {self.logs[other]} if other in self.logs else self.logs_of(other)
        need(shown.origin in logs, "checkpoint_other_log", f"{shown.origin!a} is not the log of {other}")
        ring = self.rings[leaf["memorandum"]][other]
        nodes = [attempt(may_sign, ring, other, name, "node", leaf["time"], index) for name in ring[other].keys]
        self.check_signed(shown, nodes)
        proof = [octets(each) for each in said["proof"]]
        is_in = is_within(sent, said["index"], shown.size, proof, shown.root)
        need(is_in, "receipt_proof", "its proof does not lead to the checkpoint's root")
        self.claim(shown, place)
        need(there in (None, said["index"]), "receipt_changed", f"it names entry {said['index']}, one before {there}")
        need(there is None, "replay", "it was acknowledged before")
        self.receipts[way][leaf["sequence"]], self.logs[other] = said["index"], shown.origin

    def checkpoint(self, line: dict[str, Any]) -> None:
        """A checkpoint of the log itself: signed, of the tree as shown, continuing the one before, cosigned."""
        check(line, "checkpoint" + " proof" * (self.covers == "part"), "bundle_form", "bundle_form")
        shown, before = Checkpoint(line["checkpoint"]), self.head
        need(shown.origin == self.log, "checkpoint_other_log", f"{shown.origin!a} is another log")
        if self.covers == "whole":
            need(shown.size == self.count, "bundle_order", f"it covers {shown.size}, and stands behind {self.count}")
            need(shown.root == self.tree_root(), "checkpoint_root", "the entries do not give the root that was signed")
        elif before is None:
            need(line["proof"] == [], "not_consistent", "the first checkpoint continues none")
        else:
            found = attempt(roots_from, before[0], shown.size, [octets(h) for h in line["proof"]], [before[1]], False)
            need(found == (before[1], shown.root), "not_consistent", f"it does not continue the one over {before[0]}")
        rings = [each[self.party] for each in self.rings.values()]
        keys = [(ring, name, key) for ring in rings for name, key in ring[self.party].keys.items()]
        spans = [(ring, name, max(self.time, start)) for ring, name, key in keys for _, start, _ in key.terms]
        nodes = [attempt(may_sign, ring, self.party, name, "node", at, shown.size) for ring, name, at in spans]
        self.check_signed(shown, nodes)
        for name, public in self.witnesses:
            need(shown.size < self.size or shown.is_by(name, public, 4), "not_cosigned", f"{name} did not cosign it")
        self.claim(shown, f"checkpoint over {shown.size}")
        self.head, self.checkpoints = (shown.size, shown.root), self.checkpoints + 1

    def check_signed(self, shown: Checkpoint, nodes: list[bytes | None]) -> None:
        """A checkpoint is signed by one of these node keys."""
        signed = [shown.is_by(shown.origin, public) for public in nodes if public]
        need(any(signed), "checkpoint_unsigned", "no node key that was certified and in force signed it")

    def claim(self, shown: Checkpoint, place: str) -> None:
        """Remember what a log has signed; two roots for one size convict it."""
        root, first = self.claims.setdefault((shown.origin, shown.size), (shown.root, place))
        need(root == shown.root, "checkpoint_fork", f"{first} has another root for {shown.origin} at size {shown.size}")


# 6. Bundles side by side: what one party told two
def compare(one: Bundle, other: Bundle) -> Iterable[tuple[str, str, str]]:
    """Yield what convicts a party: two roots for one size of its log, two envelopes under one number."""
    for (log, size), (root, place) in one.claims.items():
        shown, where = other.claims.get((log, size), (b"", ""))
        if not shown and (log, other.covers) == (other.log, "whole"):
            shown, where = bytes(other.roots[32 * size - 32 : 32 * size]), f"its first {size} entries"
        if shown not in (b"", root):
            words = f"{log} has another root at size {size}: {other.path}, {where}"
            yield f"{one.path}, {place}", "checkpoint_fork", words
    for (sender, recipient), sent in one.sent.items() if one.path < other.path else ():
        for number, (leaf_hash, index) in sent.items():
            theirs = other.sent.get((sender, recipient), {}).get(number, (leaf_hash, 0))
            if theirs[0] != leaf_hash:
                words = f"number {number} of {sender} to {recipient} is another in {other.path}, entry {theirs[1]}"
                yield f"{one.path}, entry {index}", "equivocation", words


def main(words: list[str]) -> int:
    """Check bundles and print what holds and what does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--root", action="append", required=True, metavar="PARTY=sha256:…", help="from the memorandum")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="must have cosigned")
    parser.add_argument("--kind", action="append", default=[], metavar="NAME:VERSIONS=ROLES", help="talk.note:1,2=duty")
    given = parser.parse_args(words)
    try:
        roots = dict(each.split("=") for each in given.root)
        kinds = {name: (versions, roles) for name, versions, roles in (re.split("[:=]", each) for each in given.kind)}
        parts = [(name, octets(key)) for name, _, key in (each.split("+", 2) for each in given.witness)]
        bundles = [Bundle(path, roots, kinds, [(name, key[1:]) for name, key in parts]).run() for path in given.bundles]
    except (Fault, ValueError, OSError) as error:
        print(f"nothing could be checked: {error}", file=sys.stderr)
        return 2
    between = [fault for one in bundles for other in bundles if one is not other for fault in compare(one, other)]
    for each in bundles:
        print(f"{each.path}: {each.log!a}, {each.count} entries of {each.size}, {each.erased} of them without body")
        print(f"  {each.checkpoints} checkpoints; under", ", ".join(each.rings) or "no memorandum")
        for fault in each.faults[:MOST_SHOWN]:
            print(f"  FAILS {fault[0]}: {fault[1]}: {fault[2]}")
        print(f"  {len(each.faults)} faults" if each.faults else f"  holds{PART_WORDS * (each.covers == 'part')}")
    for fault in between[:MOST_SHOWN]:
        print(f"FAILS {fault[0]}: {fault[1]}: {fault[2]}")
    return 1 if between or any(each.faults for each in bundles) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
