"""Logs and their bundles, sound ones and forged ones, for all that checks bundles."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.bundles.export import export_bundle
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.journals.entry import Body, Entry
from tests.trust.cast import NOW_S, Note, Scene, Side, agreement, deliver, key

KINDS = {"talk.note": ("1,2", "duty"), "talk.pulse": ("1", "node")}


def acknowledged() -> Scene:
    """Blue has said five things, and has green's receipts for two; green has answered."""
    scene = Scene()
    for number in (1, 5):
        place = scene.green.standing.stream(("blue", "green")).place_of(number)
        assert place is not None
        deliver(scene.blue, scene.green.receipt(place))
    deliver(scene.blue, scene.green.say(Note("heard").body(), "blue", "duty", NOW_S), NOW_S)
    return scene


def write_bundle(path: Path, side: Side, chosen: Collection[int] | None = None) -> Path:
    """Sign what stands in a side's log, and write its bundle."""
    side.desk.log.checkpoint()
    path.write_bytes(b"".join(export_bundle(side.journal, side.name, [agreement(*side.parties)], chosen)))
    return path


def write_forged(path: Path, side: Side, entries: list[Parcel]) -> Path:
    """Write the bundle of a party that has put these entries into its log whatever they are, and signed for them."""
    forger = Side(side.name, side.parties)
    forger.desk.log.append([entry_of(each) for each in entries])
    return write_bundle(path, forger)


def entry_of(parcel: Parcel) -> Entry:
    if parcel.body is None or parcel.salt is None:
        return Entry(parcel.leaf)
    return Entry(parcel.leaf, Body(parcel.salt, parcel.body))


def check(path: Path, *parties: str) -> verifier.Bundle:
    roots = {party: key(f"{party} root").fingerprint for party in parties or ("blue", "green")}
    return verifier.Bundle(str(path), roots, KINDS, []).run()
