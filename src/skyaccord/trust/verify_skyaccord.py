"""Checks bundles of skyaccord without skyaccord: needs this file alone, Python 3.9 or later, and ``cryptography``.

    python verify_skyaccord.py BUNDLE… --root blue=sha256:… --root green=sha256:…

Take the roots of all parties from the memorandum, never from a bundle. Exit code 0: all holds; 1: something does not,
with place and reason; 2: nothing could be checked. The rules, the reasons and what is not checked: docs/protocol, 9.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Roles of keys that may sign a kind, other kinds: duty and node; what bodies state, which are never erased then.
ROLES = {"key.certificate": "root", "key.revocation": "root,duty,node,tls", "log.receipt": "node"}
ROLES |= {"root.successor": "root", "root.consent": "root", "root.replacement": "heir", "log.refounding": "node"}
BODIES = {"key.certificate": "duty from public_key role until", "key.revocation": "because key"}
BODIES |= {"root.successor": "possession public_key", "root.consent": "old party public_key", "root.replacement": "old"}
BODIES |= {"log.receipt": "checkpoint index leaf proof", "log.refounding": "checkpoint kept origin"}
LEAF = "body key kind memorandum protocol recipient sender sequence signature time version"
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode  # RFC 8785, of `read`
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
NOTE = re.compile("\\A(([^\n]+)\n([1-9][0-9]{0,18})\n([^\n]+)\n(?:[^\n]+\n)*)\n((?:— [^ \n]+ [^ \n]+\n)+)\\Z")
P, ORDER_8 = 2**255 - 19, 2707385501144840649318225287225658788936804267575313519463743609750303402022
WEAK = (0, 1, P - 1, ORDER_8, P - ORDER_8)  # y of the points of Ed25519 of small order: anyone can sign under them
LONGEST, MOST_SHOWN = 1 << 18, 100  # octets of a line; faults that are printed
PART_WORDS = " for these entries alone: that none was left out, no revocation either, only a whole log shows"


class Fault(ValueError):  # noqa: N818 - what fails here is what is checked
    """What does not hold: a reason in one word, and words that are safe to print."""


def need(holds: object, reason: str, words: str = "") -> None:
    """Go on only where something holds."""
    if not holds:
        raise Fault(reason, ascii(words)[1:-1][:300])


def read(data: bytes, names: str, most: int = LONGEST) -> dict[str, Any]:
    """The object of these members that octets state in their only spelling."""
    value = json.loads(text := data.decode())
    is_it = isinstance(value, dict) and value.keys() == set(names.split()) and canonical(value) == text
    is_it = is_it and len(data) <= most and text.replace("—", "").isascii()  # the dash begins signatures
    is_it = is_it and all(type(x) in (dict, list, str) or (type(x) is int and 0 <= x <= 2**53) for x in value.values())
    need(is_it, "not_canonical", f"no canonical JSON of {names}: {data[:80]!r}")
    return dict(value)


def octets(text: str, size: int | None = None) -> bytes:
    """What base64 says in its only spelling, of this size if one is given."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text and size in (None, len(data)), "not_canonical", text)
    return data


def hashed(*parts: bytes) -> bytes:
    """SHA-256; in the tree, of a leaf behind the octet 0 and of two subtrees behind 1 (RFC 6962, 2.1)."""
    return sha256(b"".join(parts)).digest()


def roots(leaf: bytes, index: int, size: int, proof: list[str]) -> tuple[bytes, bytes]:
    """The roots over the entries up to this one, and over all, to which a proof leads (RFC 6962, 2.1.1)."""
    need(index < size and (size > 1) == bool(proof), "not_included", "the proof has another length")
    if size == 1:
        return leaf, leaf
    half, beside = 1 << (size - 1).bit_length() - 1, octets(proof[-1], 32)
    if index < half:
        before, after = roots(leaf, index, half, proof[:-1])
        return before, hashed(b"\1", after, beside)
    before, after = roots(leaf, index - half, size - half, proof[:-1])
    return hashed(b"\1", beside, before), hashed(b"\1", beside, after)  # what is to the left is all that came before


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a key made a signature (Ed25519; ``cryptography`` refuses a second spelling of one)."""
    with suppress(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    return False


def is_noted(text: str, lines: str, name: str, public: bytes, kind: int) -> bool:
    """Whether a note has the signature of a log's key (kind 1), or of a witness's (4), which adds a time."""
    key_id = hashed(f"{name}\n".encode(), bytes([kind]), public)[:4]
    signed = [octets(line.split(" ")[2]) for line in lines.split("\n") if line.startswith(f"— {name} ")]
    data = next((each[4:] for each in signed if each[:4] == key_id), b"")
    time = f"cosignature/v1\ntime {int.from_bytes(data[:8], 'big')}\n" if kind == 4 else ""
    return is_signed(public, data[8:] if kind == 4 else data, (time + text).encode())


def new_key(role: str, public: bytes | None = None, *, is_limited: bool = False) -> SimpleNamespace:
    """A key: its role for good, its terms (from, until), why it ended; of an heir: (old root, who consents)."""
    return SimpleNamespace(role=role, public=public, terms=set() if is_limited else {("", "~")}, end="", by=set())


def fold(ring: dict[str, Any], leaf: dict[str, Any], said: dict[str, Any], public: bytes) -> None:
    """Let a statement change what is known of the keys of each party, if its signer can make it."""
    kind, sender, by, name = leaf["kind"], leaf["sender"], leaf["key"], "sha256:" + hashed(public).hex()
    mine, y = ring[sender], int.from_bytes(public, "little") % 2**255
    need(not public or (y < P and y not in WEAK), "weak_key", name)
    if kind == "key.certificate" and said["role"] == "root":
        need(name == by, "key_statement", "a root introduces itself; the next follows otherwise")
        mine.keys[by].public = public
    elif kind == "key.certificate":
        key = mine.keys.get(name) or new_key(said["role"], public, is_limited=True)
        need(not key.end, key.end, "it does not come back")
        is_key = key.role == said["role"] in ("duty", "node", "tls") and said["from"] < said["until"]
        need(is_key, "key_statement", "one role for good, and a time")
        key.terms.add((said["from"], said["until"]))
        mine.keys[name] = key
    elif kind == "key.revocation":
        need(said["key"] in mine.keys and by in (mine.root, said["key"]), "key_statement", "not by root or itself")
        mine.keys[said["key"]].end = mine.keys[said["key"]].end or "key_revoked"
    elif kind == "root.successor":
        follows = "skyaccord/root.successor/1\n" + canonical({"new": name, "old": by, "party": sender})
        need(is_signed(public, octets(said["possession"], 64), follows.encode()), "bad_signature", "of the new root")
        need(name not in mine.keys, "key_statement", "one role for good")
        mine.keys[by].end, mine.root, mine.keys[name] = "key_superseded", name, new_key("root", public)
    elif kind == "root.consent":
        theirs = ring.get(said["party"], mine)
        is_heir = theirs is not mine and theirs.root == said["old"] and name not in theirs.keys
        need(is_heir, "key_statement", "not for the root of another party, or to a key that has a role")
        theirs.heirs.setdefault(name, new_key("heir", public)).by.add((said["old"], sender))
    elif kind == "root.replacement":
        all_others = {(mine.root, other) for other in ring if other != sender}
        need(mine.root == said["old"] and all_others <= mine.heirs[by].by, "no_consent", "not of all other parties")
        for key in mine.keys.values():
            key.end = key.end or "key_replaced"
        mine.root, mine.keys[by] = by, new_key("root", mine.heirs[by].public)


class Bundle:
    """One party's log as far as it is shown; ``faults`` has what of it does not hold: place, reason, words."""

    party, log, note, place, size, root, count, next, erased, follow = "", "", "", "", 0, b"", 0, 0, 0, frozenset[str]()

    def __init__(self, path: str, pins: list[dict[str, str]], witnesses: Any, once: dict[Any, Any]) -> None:
        """Read a bundle, line by line, as the log grew; what is refused changes nothing."""
        self.path, self.pins, self.witnesses, self.once = path, pins, witnesses, once
        self.faults: list[tuple[str, str, str]] = []
        self.seen: dict[bytes, tuple[int, bytes]] = {}  # hash of an envelope that holds: size up to it, and root
        self.rings: dict[str, dict[str, Any]] = {}  # memorandum: other party: what the two said to each other of keys
        self.last: dict[tuple[str, ...], Any] = {}  # of a stream: number, time; of a kind in it: version
        with open(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), None), 1):
                self.place = f"line {number}" if line else "checkpoint"
                try:
                    if line and self.size:
                        self.entry(line[:-1])
                    elif number == 1:
                        self.begin(line[:-1])
                    else:
                        self.noted(self.note, self.party, self.witnesses)
                        for size, root in self.seen.values():  # now they are the party's word
                            self.say("checkpoint_fork", self.log, size, value=root)
                except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
                    fault = error if isinstance(error, Fault) else Fault("not_canonical", ascii(error)[:300])
                    self.faults.append((self.place, *fault.args))
                if not line or not self.size:
                    break

    def begin(self, line: bytes) -> None:
        """The first line: whose log it is, under which memoranda, and the checkpoint up to which it is shown."""
        header = read(line, "bundle checkpoint memoranda party")
        need(header["bundle"] == "skyaccord/bundle/1", "not_canonical", header["bundle"])
        self.party, self.note = header["party"], header["checkpoint"]
        for name, pinned in header["memoranda"].items():
            need(pinned in self.pins and self.party in pinned, "other_root", "not as it was given")
            for other in pinned:
                ring = {x: SimpleNamespace(root=y, keys={y: new_key("root")}, heirs={}) for x, y in pinned.items()}
                self.rings.setdefault(name, {})[other] = ring
        _, self.log, size, root, _ = NOTE.findall(self.note)[0]
        self.root, self.size = octets(root, 32), int(size)

    def entry(self, line: bytes) -> None:
        """An entry: proven to stand in the tree, then judged as its recipient had to."""
        given = read(line, "body entry leaf proof salt")
        index, leaf, body, salt = given["entry"], *(octets(given[name]) for name in ("leaf", "body", "salt"))
        self.place = f"entry {index}"
        need(self.next <= index, "bundle_order", f"an entry from {self.next} on was expected")
        before, after = roots(hashed(b"\0", leaf), index, self.size, given["proof"])
        need(after == self.root, "not_included", "its proof does not lead to the root of the first line")
        self.count, self.next = self.count + 1, index + 1
        self.judge(leaf, body, salt)
        self.seen[hashed(b"\0", leaf)] = (index + 1, before)

    def say(self, reason: str, *of: Any, value: Any) -> None:
        """Take what can be said in one way only, also in another bundle: `once` has reason, of what: value, place."""
        first, place = self.once.setdefault((reason, *of), (value, f"{self.path}, {self.place}"))
        need(first == value, reason, f"{place} says otherwise of {of}")

    def judge(self, data: bytes, body: bytes, salt: bytes) -> None:
        """Judge an envelope by what stands before it."""
        leaf, leaf_hash = read(data, LEAF, 2048), hashed(b"\0", data)
        kind, sender, recipient, number, time = (leaf[x] for x in ("kind", "sender", "recipient", "sequence", "time"))
        need(INSTANT.fullmatch(time) and datetime.fromisoformat(time[:-1]), "not_canonical", time)
        roles, is_receipt = ROLES.get(kind, "duty,node"), kind == "log.receipt"
        is_known = leaf["protocol"] == "skyaccord/envelope/1" and (leaf["version"] == 1 or kind not in ROLES)
        need(is_known, "unknown_kind", f"{kind} {leaf['version']} of {leaf['protocol']}")
        rings, parties = self.rings.get(leaf["memorandum"], {}), {sender, recipient}
        need(parties <= rings.keys() and self.party in parties, "wrong_address", f"{sender} to {recipient}")
        way = (recipient, sender) if is_receipt else (sender, recipient)  # the stream, or that of what is acknowledged
        need(leaf_hash not in self.seen, "replay")
        names = BODIES.get(kind)  # any other body is bound by its salted hash, and not read here
        self.erased += not body
        need((body and salt) or not (names or body or salt), "body_missing")
        bound = "sha256:" + hashed(b"skyaccord/body/1\n", salt, body).hex()
        need(not body or (len(salt) == 32 and leaf["body"] == bound), "body_mismatch")
        said = read(body, names, 1 << 15) if names else {}
        other, public = recipient if sender == self.party else sender, octets(said.get("public_key", ""))
        mine, by = rings[other][sender], leaf["key"]
        key = mine.keys.get(by) or mine.heirs.get(by)
        need(key, "unknown_key", f"{by} is none of {sender} so far")
        need(not key.end, key.end, by)
        need(key.role in roles.split(","), "role_not_allowed", f"a {key.role} key signed what {roles} keys sign")
        need(any(start <= time < until for start, until in key.terms), "key_out_of_term", time)
        need(key.public or by == "sha256:" + hashed(public).hex(), "unknown_key", "a root that is not introduced")
        header = "skyaccord/envelope/1\n" + canonical({x: leaf[x] for x in leaf if x != "signature"})
        need(is_signed(key.public or public, octets(leaf["signature"], 64), header.encode()), "bad_signature")
        latest, before = self.last.get(way, (0, ""))
        need(leaf["version"] >= self.last.get((sender, recipient, kind), 0), "downgraded")
        if is_receipt:
            sent, _ = self.once.get(("equivocation", *way, number), (b"", ""))
            need(sender != self.party and sent in self.seen, "receipt_unasked", f"{number}")
            self.receipt(said, sent, *way, number)
        else:
            need(number > latest, "equivocation", f"{number} after {latest}")
            need(number == latest + 1 or self.count < self.next, "gap", f"{number} after {latest}")
            need(time >= before, "time_runs_back", f"{time} after {before}")
            if names:  # what one says to another counts between the two; what others say counts for all
                fold(rings[other], leaf, said, public)
                for name in {self.party, *(rings if sender != self.party else ())} - {other}:
                    with suppress(Fault, LookupError):
                        fold(rings[name], leaf, said, public)
            self.follow |= {said["origin"]} if kind == "log.refounding" else set()  # its name after entries were lost
            self.last[way] = (number, time)
            self.say("equivocation", *way, number, value=leaf_hash)
        self.last[(sender, recipient, kind)] = leaf["version"]

    def receipt(self, said: dict[str, Any], sent: bytes, sender: str, other: str, number: int) -> None:
        """A receipt: the other party's signed log holds what was sent."""
        need(said["leaf"] == "sha256:" + sent.hex(), "receipt_other_leaf")
        log, size, root = self.noted(said["checkpoint"], other)
        before, after = roots(sent, said["index"], size, said["proof"])
        need(after == root, "not_included", "its proof does not lead to its checkpoint")
        self.say("receipt_changed", log, sender, other, number, value=said["index"])
        self.say("checkpoint_fork", log, said["index"] + 1, value=before)

    def noted(self, note: str, party: str, witnesses: Any = ()) -> tuple[str, int, bytes]:
        """Name, size and root of a party's log, as a checkpoint (C2SP) says that a node key of its has signed."""
        text, log, size, root, lines = NOTE.findall(note)[0]
        keys = [key for ring in self.rings.values() if party in ring for key in ring[self.party][party].keys.items()]
        logs = [f"skyaccord/{party}/{name[7:23]}" for name, key in keys if key.role == "root"]
        first = "/".join(log.split("/")[:3])
        need(first in logs and log in (first, *self.follow), "checkpoint_other_log", log)
        nodes = [key.public for _, key in keys if key.role == "node" and not key.end]
        need(any(is_noted(text, lines, log, public, 1) for public in nodes), "checkpoint_unsigned")
        need(all(is_noted(text, lines, name, key, 4) for name, key in witnesses), "not_cosigned", "by all")
        self.say("checkpoint_other_log", party, value=first)
        self.say("checkpoint_fork", log, int(size), value=octets(root, 32))
        return log, int(size), octets(root, 32)


def main(words: list[str]) -> int:
    """Check bundles, and print what holds and what does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--root", action="append", required=True, metavar="PARTY=sha256:…", help="one for each party")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="must have cosigned")
    given = parser.parse_args(words)
    try:
        pinned, once = dict(each.split("=") for each in given.root), dict[Any, Any]()
        witnesses = [(name, octets(key, 33)[1:]) for name, _, key in (each.split("+", 2) for each in given.witness)]
        bundles = [Bundle(path, [pinned], witnesses, once) for path in given.bundles]
    except (ValueError, OSError) as error:
        print(f"nothing could be checked: {error}", file=sys.stderr)
        return 2
    for x in bundles:
        print(f"{x.path}: {x.log!a}, {x.count} of {x.size} entries, {x.erased} without body, under {[*x.rings]}")
        print(f"  {len(x.faults)} faults" if x.faults else f"  holds{PART_WORDS * (x.count < x.size)}")
        for place, reason, text in x.faults[:MOST_SHOWN]:
            print(f"  FAILS {place}: {reason}: {text}")
    return 1 if any(x.faults for x in bundles) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
