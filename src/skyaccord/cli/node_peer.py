"""``skyaccord node peer`` and ``node code``: two parties come to know each other."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from skyaccord.cli.passphrase import find_passphrase
from skyaccord.errors import AuthorityError
from skyaccord.node.folder import Folder, read_private
from skyaccord.node.identity.introduction import MOST_BYTES, Introduction, read_introduction
from skyaccord.node.identity.keys import open_keys, open_root
from skyaccord.node.identity.party import add_peer, own_introduction
from skyaccord.node.node import open_node


def show_code(folder: Path, *, as_json: bool) -> None:
    """Print the code that the other party compares by voice."""
    place = Folder(folder.absolute())
    place.check()
    own = own_introduction(place)
    if as_json:
        print(json.dumps({"party": own.party, "code": own.code, "root": own.root_fingerprint}))
    elif sys.stdout.isatty():
        print(f"{own.code}\n{own.code_in_words}")
    else:
        print(own.code)


def add(folder: Path, card: Path, compared: str | None, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Believe a peer and say to it which keys are this party's; asks whether the code was compared, where not given."""
    place = Folder(folder.absolute())
    place.check()
    other = read_introduction(read_private(card, MOST_BYTES), str(card))
    code = compared if compared is not None else _ask(other)
    passphrase = find_passphrase(passphrase_file)
    root, keys = open_root(place, passphrase), open_keys(place, passphrase)
    now_s = time.time()
    node = open_node(place, now_s)
    try:
        memorandum = add_peer(node, root, keys, other, code, now_s)
    finally:
        node.close()
    answer = {"party": other.party, "root": other.root_fingerprint, "memorandum": memorandum.hash}
    if as_json:
        print(json.dumps(answer, indent=1))
        return
    print(f"{other.party}: known from now on, at {other.card.address}")
    print(f"bootstrap memorandum {memorandum.hash[:23]}… (the same at {other.party}, or nothing goes through)")


def _ask(other: Introduction) -> str:
    print(f"Telephone {other.party}. Let them read out what `skyaccord node code` prints there; here it must be")
    print(f"  {other.code}\n  {other.code_in_words}")
    if not sys.stdin.isatty():
        cure = "Give --compared CODE, as the other party read it out"
        raise AuthorityError(f"the introduction of {other.party}", "nobody has compared it", cure)
    if input("Is it the same? Type yes: ").strip().lower() != "yes":
        cure = "Ask the other party for its introduction.json over another way"
        raise AuthorityError(f"the introduction of {other.party}", "it is not the same", cure)
    return other.code
