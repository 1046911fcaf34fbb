#!/usr/bin/env python3
"""Checks bundles of skyaccord without skyaccord: needs this file alone, Python 3.9 or later, and ``cryptography``.

    python verify_skyaccord.py BUNDLE… --roots blue=sha256:… green=sha256:…

A bundle is what a party shows of its log: each entry with the proof that it stands in the tree whose root the party has
signed. Take the roots of all parties from the memorandum, never from the bundle. Exit code 0: all holds; 1: something
does not, with place and reason; 2: nothing could be checked. The rules, and what is not checked: docs/protocol, 9.
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

# Kinds: their versions, and the roles of keys that may sign them. Bodies: their members; these bodies are never erased.
KINDS = {"key.certificate": ("1", "root"), "key.revocation": ("1", "root,duty,node,tls"), "log.receipt": ("1", "node")}
KINDS |= {"root.successor": ("1", "root"), "root.consent": ("1", "root"), "root.replacement": ("1", "heir")}
BODIES = {"key.certificate": "duty from public_key role until", "key.revocation": "because key"}
BODIES |= {"root.successor": "possession public_key", "root.consent": "old party public_key", "root.replacement": "old"}
BODIES |= {"log.receipt": "checkpoint index leaf proof"}
LEAF = "body key kind memorandum protocol recipient sender sequence signature time version"
NOTE = re.compile("\\A(([^\n]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)\n(?:[^\n]+\n)*)\n((?:— [^ \n]+ [^ \n]+\n)+)\\Z")
P, ORDER_8 = 2**255 - 19, 2707385501144840649318225287225658788936804267575313519463743609750303402022
WEAK = (0, 1, P - 1, ORDER_8, P - ORDER_8)  # y of the points of Ed25519 of small order: anyone can sign under them
LONGEST, MOST_SHOWN = 1 << 18, 100  # octets of a line; faults that are printed
PART_WORDS = " for these entries alone: that none was left out, no revocation either, only a whole log shows"


class Fault(ValueError):  # noqa: N818 - what fails here is what is checked
    """What does not hold: a reason in one word, and words that are safe to print."""


def need(holds: object, reason: str, words: str) -> None:
    """Go on only where something holds."""
    if not holds:
        raise Fault(reason, ascii(words)[1:-1][:300])


def canonical(value: object) -> bytes:
    """RFC 8785, of what `read` lets pass: ASCII text and whole numbers, under names that are known."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(data: bytes, names: str, most: int = LONGEST) -> dict[str, Any]:
    """The object of these members that octets state in their only spelling."""
    value = json.loads(data.decode())
    is_it = isinstance(value, dict) and value.keys() == set(names.split()) and canonical(value) == data
    need(is_it and len(data) <= most, "not_canonical", f"no canonical JSON of {names}: {data[:80]!r}")
    for each in value.values():
        is_text = isinstance(each, str) and each.replace("—", "").isascii()  # the mark of signatures below a note
        is_plain = is_text or type(each) in (dict, list) or (type(each) is int and 0 <= each <= 2**53)
        need(is_plain, "not_canonical", f"neither ASCII text nor a number up to 2^53: {str(each)[:80]}")
    return dict(value)


def octets(text: str, size: int | None = None) -> bytes:
    """What base64 says in its only spelling, of this size if one is given."""
    data = base64.b64decode(text, validate=True)
    is_it = base64.b64encode(data).decode() == text and size in (None, len(data))
    need(is_it, "not_canonical", f"no base64 of {size or 'some'} octets: {text[:80]}")
    return data


def hashed(*parts: bytes) -> bytes:
    """SHA-256; in the tree, of a leaf behind the octet 0 and of two subtrees behind 1 (RFC 6962, 2.1)."""
    return sha256(b"".join(parts)).digest()


def roots(leaf: bytes, index: int, size: int, proof: list[str]) -> tuple[bytes, bytes]:
    """The roots over the entries up to this one, and over all, to which a proof of inclusion leads (RFC 6962, 2.1.1).

    Who shows the second shows the first: what stands to the left of an entry's path is all that came before it.
    """
    need(index < size and (size > 1) == bool(proof), "not_included", "the proof has another length")
    if size == 1:
        return leaf, leaf
    half, beside = 1 << (size - 1).bit_length() - 1, octets(proof[-1], 32)
    if index < half:
        before, after = roots(leaf, index, half, proof[:-1])
        return before, hashed(b"\1", after, beside)
    before, after = roots(leaf, index - half, size - half, proof[:-1])
    return hashed(b"\1", beside, before), hashed(b"\1", beside, after)


def check_signed(public: bytes, signature: bytes, *message: bytes) -> None:
    """Find a signature to be made by a key (Ed25519; ``cryptography`` refuses a second spelling of one)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"".join(message))
    except InvalidSignature:
        raise Fault("bad_signature", "it is not by this key over this text") from None


def is_noted(text: str, lines: str, name: str, public: bytes, kind: int) -> bool:
    """Whether a note (C2SP) has the signature of a log's key (kind 1), or of a witness's (4), which adds a time."""
    key_id = hashed(f"{name}\n".encode(), bytes([kind]), public)[:4]
    for data in [octets(line.split(" ")[2]) for line in lines.split("\n") if line.startswith(f"— {name} ")]:
        time = f"cosignature/v1\ntime {int.from_bytes(data[4:12], 'big')}\n" if kind == 4 else ""
        if data[:4] == key_id:
            check_signed(public, data[12 if kind == 4 else 4 :], time.encode(), text.encode())
            return True
    return False


# Keys: a ring has, for each party to a memorandum, what the log says so far of its keys
def new_key(role: str, public: bytes | None) -> SimpleNamespace:
    """A key: its role for good, its terms (from, until), why it ended; of an heir: (old root, who consents)."""
    return SimpleNamespace(
        role=role, public=public, terms={("", "~")} if role in ("root", "heir") else set(), end="", by=set()
    )


def fold(ring: dict[str, Any], leaf: dict[str, Any], said: dict[str, Any], public: bytes) -> None:
    """Let a statement change what is known of keys, if its signer can make it."""
    kind, sender, by, name = leaf["kind"], leaf["sender"], leaf["key"], "sha256:" + hashed(public).hex()
    mine, y = ring[sender], int.from_bytes(public, "little") % 2**255
    need(not public or (y < P and y not in WEAK), "weak_key", "anyone could sign under it")
    if kind == "key.certificate" and said["role"] == "root":
        need(name == by, "key_statement", "a root is followed by root.successor or root.replacement")
        mine.keys[by].public = public
    elif kind == "key.certificate":
        key = mine.keys.get(name) or new_key(said["role"], public)
        need(not key.end, key.end, f"{name} ended, and does not come back")
        can_be = key.role == said["role"] in ("duty", "node", "tls") and said["from"] < said["until"]
        need(can_be, "key_statement", f"{name} is a {key.role} key for good, or there is no such role or time")
        key.terms.add((said["from"], said["until"]))
        mine.keys[name] = key
    elif kind == "key.revocation":
        can = said["key"] in mine.keys and by in (mine.root, said["key"])
        need(can, "key_statement", "a key is revoked by its party's root or by itself")
        mine.keys[said["key"]].end = mine.keys[said["key"]].end or "key_revoked"
    elif kind == "root.successor":
        follows = canonical({"new": name, "old": by, "party": sender})
        check_signed(public, octets(said["possession"], 64), b"skyaccord/root.successor/1\n", follows)
        need(name not in mine.keys, "key_statement", f"{name} has a role, and does not become root")
        mine.keys[by].end, mine.root, mine.keys[name] = "key_superseded", name, new_key("root", public)
    elif kind == "root.consent":
        theirs = ring.get(said["party"], mine)
        can = theirs is not mine and theirs.root == said["old"] and name not in theirs.keys
        need(can, "key_statement", "it is not for the root of another party, or to a key that has a role")
        theirs.heirs.setdefault(name, new_key("heir", public)).by.add((said["old"], sender))
    elif kind == "root.replacement":
        heir, all_others = mine.heirs[by], {(mine.root, other) for other in ring if other != sender}
        need(mine.root == said["old"] and all_others <= heir.by, "no_consent", f"not of all others, for {mine.root}")
        for key in mine.keys.values():
            key.end = key.end or "key_replaced"
        mine.root, mine.keys[by] = by, new_key("root", heir.public)


class Bundle:
    """One party's log as far as it is shown; ``faults`` has what of it does not hold: place, reason, words."""

    party, log, size, root, place, count, next, erased, checkpoints = "", "", 0, b"", "", 0, 0, 0, 0
    grown = head = b""  # the root up to the last entry; that of the last checkpoint

    def __init__(self, path: str, pins: list[dict[str, str]], kinds: dict[str, Any], witnesses: list[Any]) -> None:
        """Read a bundle, line by line, as the log grew; what is refused changes nothing."""
        self.path, self.pins, self.kinds, self.witnesses = path, pins, {**KINDS, **kinds}, witnesses
        self.faults: list[tuple[str, str, str]] = []
        self.rings: dict[str, dict[str, Any]] = {}  # memorandum: other party: what the two said to each other of keys
        self.once: dict[tuple[Any, ...], tuple[Any, str]] = {}  # reason, of what: value, place; two values convict
        self.last: dict[tuple[str, ...], Any] = {}  # of a stream: number, time; of a kind in it: version
        with open(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                self.place, is_entry = f"line {number}", line.startswith(b'{"body"')
                try:
                    need(line.endswith(b"\n"), "not_canonical", "the line has no end, or is too long")
                    (self.begin if number == 1 else self.entry if is_entry else self.checkpoint)(line[:-1])
                except Fault as fault:
                    self.faults.append((self.place, *fault.args))
                except (ValueError, TypeError, LookupError, RecursionError) as error:
                    self.faults.append((self.place, "not_canonical", ascii(error)[:300]))
                if not self.size:
                    break
        if not self.size or self.head != self.root:
            self.faults.append(("end", "incomplete", f"no checkpoint that holds, over {self.size} entries"))

    def begin(self, line: bytes) -> None:
        """The first line: whose log it is, under which memoranda, and up to which size and root it is shown."""
        header = read(line, "bundle memoranda party root size")
        need(header["bundle"] == "skyaccord/bundle/1", "not_canonical", f"no bundle known here: {header['bundle']}")
        for memorandum, pinned in header["memoranda"].items():
            need(pinned in self.pins and header["party"] in pinned, "other_root", f"{pinned} are not the roots given")
            for other in pinned:
                ring = {
                    x: SimpleNamespace(root=y, keys={y: new_key("root", None)}, heirs={}) for x, y in pinned.items()
                }
                self.rings.setdefault(memorandum, {})[other] = ring
        self.party, self.root, self.size = header["party"], octets(header["root"], 32), header["size"]

    def entry(self, line: bytes) -> None:
        """An entry: proven to stand in the tree, then judged as its recipient had to."""
        given = read(line, "body entry leaf proof salt")
        index, leaf, body, salt = given["entry"], *(octets(given[name]) for name in ("leaf", "body", "salt"))
        self.place = f"entry {index}"
        need(self.next <= index, "bundle_order", f"an entry from {self.next} on was expected")
        before, after = roots(hashed(b"\0", leaf), index, self.size, given["proof"])
        need(after == self.root, "not_included", "its proof does not lead to the root that the first line states")
        self.say("checkpoint_fork", self.party, index + 1, value=before)
        self.count, self.next, self.grown = self.count + 1, index + 1, before
        self.judge(leaf, body, salt)

    def say(self, reason: str, *of: Any, value: Any) -> None:
        """Take what can be said in one way only."""
        first, place = self.once.setdefault((reason, *of), (value, self.place))
        need(first == value, reason, f"{place} says otherwise of {of}")

    def judge(self, data: bytes, body: bytes, salt: bytes) -> None:
        """Judge an envelope by what stands before it."""
        leaf, leaf_hash = read(data, LEAF, 2048), hashed(b"\0", data)
        kind, sender, recipient, number, time = (leaf[x] for x in ("kind", "sender", "recipient", "sequence", "time"))
        at = datetime.fromisoformat(time[:-1]).isoformat(timespec="milliseconds")
        need(time == f"{at}Z" and len(time) == 24, "not_canonical", f"no instant: {time}")
        (versions, roles), is_receipt = self.kinds.get(kind, ("", "")), kind == "log.receipt"
        is_known = leaf["protocol"] == "skyaccord/envelope/1" and str(leaf["version"]) in versions.split(",")
        need(is_known, "unknown_kind", f"{kind} {leaf['version']} of {leaf['protocol']} is not known here")
        rings, parties = self.rings.get(leaf["memorandum"], {}), {sender, recipient}
        need(parties <= rings.keys() and self.party in parties, "wrong_address", f"from {sender} to {recipient}")
        way = (recipient, sender) if is_receipt else (sender, recipient)  # the stream, or that of what is acknowledged
        sent, place = self.once.get(("equivocation", *way, number), (b"", ""))
        need(is_receipt or sent != leaf_hash, "replay", f"it stands at {place} already")

        names, is_there = BODIES.get(kind), bool(body and salt)  # other bodies are bound by their hash, and not read
        self.erased += not body
        need(is_there or not (names or body or salt), "body_missing", "the body or its salt is not there")
        is_its = len(salt) == 32 and leaf["body"] == "sha256:" + hashed(b"skyaccord/body/1\n", salt, body).hex()
        need(is_its or not is_there, "body_mismatch", "body and salt do not have the hash that was signed")
        said = read(body, names, 1 << 15) if names else {}

        other, public = recipient if sender == self.party else sender, octets(said.get("public_key", ""))
        mine = rings[other][sender]
        key = mine.keys.get(leaf["key"]) or mine.heirs.get(leaf["key"])
        need(key, "unknown_key", f"{leaf['key']} is no key of {sender} so far")
        need(not key.end, key.end, f"{leaf['key']} signs nothing any more")
        need(key.role in roles.split(","), "role_not_allowed", f"a {key.role} key signed what {roles} keys sign")
        in_term = any(start <= time < until for start, until in key.terms)
        need(in_term, "key_out_of_term", f"{time} is not in {key.terms}")
        is_root = key.public or "sha256:" + hashed(public).hex() == leaf["key"]  # pinned; the key stands in the body
        need(is_root, "unknown_key", "the root has not introduced itself by a certificate of its own key")
        header = canonical({name: leaf[name] for name in leaf if name != "signature"})
        check_signed(key.public or public, octets(leaf["signature"], 64), b"skyaccord/envelope/1\n", header)

        (latest, before), newest = self.last.get(way, (0, "")), self.last.get((sender, recipient, kind), 0)
        need(leaf["version"] >= newest, "downgraded", f"version {leaf['version']} after {newest}")
        if is_receipt:
            need(sender != self.party and sent, "receipt_unasked", f"nothing was sent to {sender} under {number}")
            self.receipt(leaf, said, sent)
        else:
            need(not sent, "equivocation", f"number {number} was used by another envelope, {place}")
            is_next = number == latest + 1 if self.count == self.next else number > latest
            need(is_next, "gap", f"it is number {number}, after {latest}")
            need(time >= before, "time_runs_back", f"it is dated before {before}, the one before it")
            if names:  # what one says to another counts between the two; what others say counts for all
                fold(rings[other], leaf, said, public)
                for name in {self.party, *(rings if sender != self.party else ())} - {other}:
                    with suppress(Fault, LookupError):
                        fold(rings[name], leaf, said, public)
            self.say("equivocation", *way, number, value=leaf_hash)
            self.last[way] = (number, time)
        self.last[(sender, recipient, kind)] = leaf["version"]

    def receipt(self, leaf: dict[str, Any], said: dict[str, Any], sent: bytes) -> None:
        """A receipt: the other party's signed log holds what was sent."""
        other, of, index = leaf["sender"], (leaf["recipient"], leaf["sender"], leaf["sequence"]), said["index"]
        need(said["leaf"] == "sha256:" + sent.hex(), "receipt_other_leaf", "it is for another envelope")
        size, root = self.noted(said["checkpoint"], other)
        before, after = roots(sent, index, size, said["proof"])
        need(after == root, "not_included", "its proof does not lead to the root that the checkpoint states")
        is_again = ("receipt_changed", *of) in self.once
        self.say("checkpoint_fork", other, size, value=root)
        self.say("receipt_changed", *of, value=index)
        self.say("checkpoint_fork", other, index + 1, value=before)
        need(not is_again, "replay", "it was acknowledged before")

    def noted(self, note: str, party: str) -> tuple[int, bytes]:
        """Size and root of a log, of which a note says that a node key of the party has signed them."""
        found = NOTE.findall(note)
        need(found, "checkpoint_form", f"no signed checkpoint: {note[:80]}")
        text, log, size, root, lines = found[0]
        rings = [ring[self.party][party] for ring in self.rings.values() if party in ring]
        keys = [key for ring in rings for key in ring.keys.items() if not key[1].end or key[1].role == "root"]
        is_its = log in [f"skyaccord/{party}/{name[7:23]}" for name, key in keys if key.role == "root"]
        need(is_its, "checkpoint_other_log", f"{log} is no log of {party}")
        is_its = any(is_noted(text, lines, log, key.public, 1) for _, key in keys if key.role == "node")
        need(is_its, "checkpoint_unsigned", f"no node key of {party} that is in force signed it")
        for name, public in self.witnesses if (party, int(size)) == (self.party, self.size) else ():
            need(is_noted(text, lines, name, public, 4), "not_cosigned", f"{name} did not cosign it")
        self.say("checkpoint_other_log", party, value=log)
        return int(size), octets(root, 32)

    def checkpoint(self, line: bytes) -> None:
        """A checkpoint of the log itself, directly behind the last entry that it covers."""
        size, root = self.noted(read(line, "checkpoint")["checkpoint"], self.party)
        self.place, self.log = f"checkpoint over {size}", self.once["checkpoint_other_log", self.party][0]
        need((size, root) == (self.next, self.grown), "checkpoint_root", f"not over the {self.next} entries up to here")
        self.head, self.checkpoints = root, self.checkpoints + 1


def compare(bundles: list[Bundle]) -> None:
    """Add to the faults of bundles what one says otherwise than one before: roots, envelopes, receipts, logs."""
    once: dict[tuple[Any, ...], tuple[Any, str]] = {}
    for bundle in bundles:
        for (reason, *of), (value, place) in bundle.once.items():
            first, where = once.setdefault((reason, *of), (value, f"{bundle.path}, {place}"))
            if first != value:
                bundle.faults.append((place, reason, f"{where} says otherwise of {of}"))


def main(words: list[str]) -> int:
    """Check bundles, and print what holds and what does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--roots", action="append", nargs="+", required=True, metavar="PARTY=sha256:…")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="must have cosigned")
    parser.add_argument("--kind", action="append", default=[], metavar="NAME:VERSIONS=ROLES", help="talk.note:1,2=duty")
    given = parser.parse_args(words)
    try:
        pins = [dict(each.split("=") for each in pinned) for pinned in given.roots]
        kinds = {name: (versions, roles) for name, versions, roles in (re.split("[:=]", each) for each in given.kind)}
        witnesses = [(name, octets(key, 33)[1:]) for name, _, key in (each.split("+", 2) for each in given.witness)]
        bundles = [Bundle(path, pins, kinds, witnesses) for path in given.bundles]
    except (ValueError, OSError) as error:
        print(f"nothing could be checked: {error}", file=sys.stderr)
        return 2
    compare(bundles)
    for each in bundles:
        print(f"{each.path}: {each.log!a}, {each.count} of {each.size} entries, {each.erased} of them without body")
        holds = f"holds{PART_WORDS * (each.count < each.size)}, under {', '.join(map(ascii, each.rings))}"
        print(f"  {len(each.faults)} faults" if each.faults else f"  {holds}")
        for place, reason, text in each.faults[:MOST_SHOWN]:
            print(f"  FAILS {place}: {reason}: {text}")
    return 1 if any(each.faults for each in bundles) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
