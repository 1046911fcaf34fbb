"""Logs and their bundles, sound ones and forged ones, for all that checks bundles."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from skyaccord.model.canonical_faults import CanonicalFault
from skyaccord.model.instants import from_seconds
from skyaccord.trust import verify_skyaccord as verifier
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.bundles.export import export_bundle
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.journals.entry import Body, Entry
from skyaccord.trust.notes.cosign import cosign
from skyaccord.trust.notes.note_key import NoteSigner, SignatureKind
from skyaccord.trust.reasons import Reason
from tests.trust.cast import NOW_S, PLAIN, Note, Scene, Side, agreement, deliver, key
from tests.trust.forgeries.all import FORGERIES
from tests.trust.forgeries.forgery import Attempt, Forgery, Rewritten

WITNESS: Final = NoteSigner.from_seed("witness.example", key("witness").seed, SignatureKind.COSIGNATURE)

NOT_IN_A_LOG: Final = (Reason.FROM_FUTURE, Reason.REFLECTED)
"""What a recipient refuses by its own clock, or because it comes from outside, a log does not show."""

STANDS_FOR: Final = {
    "not_canonical": {
        Reason.MEMBERS,
        Reason.MEMBER_VALUE,
        Reason.PARTY_NAME,
        Reason.BODY_CONTENT,
        Reason.CHECKPOINT_FORM,
    },
    "unknown_kind": {Reason.UNKNOWN_VERSION, Reason.UNKNOWN_PROTOCOL, Reason.MEMBERS},
    "wrong_address": {
        Reason.WRONG_RECIPIENT,
        Reason.UNKNOWN_MEMORANDUM,
        Reason.UNKNOWN_SENDER,
        Reason.PARTY_NAME,
    },
    "unknown_key": {Reason.CERTIFIED_TOO_LATE, Reason.NO_CONSENT, Reason.MEMBER_VALUE},
    "role_not_allowed": {Reason.NOT_ROOT},
    "key_out_of_term": {Reason.KEY_NOT_YET_VALID, Reason.KEY_EXPIRED},
    "bad_signature": {Reason.SIGNATURE_FORM, Reason.NO_POSSESSION},
    "key_statement": {
        Reason.ROOT_BY_CERTIFICATE,
        Reason.ROLE_CHANGED,
        Reason.FOREIGN_KEY,
        Reason.NOT_ROOT,
        Reason.CONSENT_MISPLACED,
        Reason.BODY_CONTENT,
    },
    "not_included": {Reason.RECEIPT_PROOF},
    "equivocation": {Reason.MEMBER_VALUE},
    "gap": {Reason.MEMBER_VALUE},
}
"""Where the verifier has one reason for several of the package's; any other it gives as the package does."""

LOGGED: Final = [each for each in FORGERIES if each.family != "checkpoint" and each.reason not in NOT_IN_A_LOG]
"""Forgeries that can be put into a log."""


def acknowledged() -> Scene:
    """Blue has said five things, and has green's receipts for two; green has answered; blue has signed twice."""
    scene = Scene()
    for number in (1, 5):
        place = scene.green.standing.stream(("blue", "green")).place_of(number)
        assert place is not None
        deliver(scene.blue, scene.green.receipt(place))
    scene.blue.desk.log.checkpoint()
    deliver(scene.blue, scene.green.say(Note("heard").body(), "blue", "duty", NOW_S), NOW_S)
    scene.blue.say(Note("to be erased").body(), "green", "duty", NOW_S)
    return scene


def logged(forgery: Forgery) -> tuple[Side, list[Parcel]]:
    """Return whose log has a forgery in it, and the entries as they are stored: with body and salt, or neither."""
    trial = forgery.make(Scene())
    assert isinstance(trial, Rewritten | Attempt)
    side = trial.side if isinstance(trial, Rewritten) else trial.judge
    given = trial.entries if isinstance(trial, Rewritten) else [*side.log, trial.parcel]
    return side, [each if each.body and each.salt else Parcel(each.leaf, None, None) for each in given]


def found_by_package(side: Side, entries: list[Parcel]) -> list[tuple[str, str]]:
    """Return place and reason of what the package finds; one word for the ways of not being canonical JSON."""
    faults = {each.value for each in CanonicalFault}
    return [
        (f"entry {each.index}", "not_canonical" if each.reason in faults else each.reason.value)
        for each in review(entries, side.name, [agreement(*side.parties)], PLAIN)
    ]


def is_left_out(forgery: Forgery, entry: Parcel) -> bool:
    """Return whether a forgery is of those that the verifier leaves to the package.

    These are, of kinds of other rooms: what their bodies state, a body that is not there, as if it had been erased,
    which kinds and versions there are, and which of duty and node keys sign them; and a key that is no point of the
    curve, with which nobody can sign.
    """
    is_elsewhere = b'"kind":"talk.' in entry.leaf
    is_body = forgery.family == "body" and forgery.reason is not Reason.BODY_MISMATCH
    is_of_kind = forgery.reason in (Reason.BODY_CONTENT, Reason.UNKNOWN_KIND, Reason.UNKNOWN_VERSION)
    is_by = forgery.name in ("note by a node key", "pulse by a duty key", "kind with a capital")
    return (is_elsewhere and (is_body or is_of_kind or is_by)) or "no point" in forgery.name


def bundle_of(side: Side, chosen: Collection[int] | None = None) -> bytes:
    """Sign what stands in a side's log, and return its bundle."""
    side.desk.log.checkpoint()
    return b"".join(export_bundle(side.journal, side.name, [agreement(*side.parties)], chosen))


def forged_bundle(side: Side, entries: list[Parcel]) -> bytes:
    """Return the bundle of a party that has put these entries into its log whatever they are, and signed for them."""
    forger = Side(side.name, side.parties)
    forger.desk.log.append([entry_of(each) for each in entries])
    return bundle_of(forger)


def entry_of(parcel: Parcel) -> Entry:
    if parcel.body is None or parcel.salt is None:
        return Entry(parcel.leaf)
    return Entry(parcel.leaf, Body(parcel.salt, parcel.body))


def sound_bundles() -> dict[str, bytes]:
    """Return bundles that hold: both logs whole, a body erased, blue's cosigned; and one entry of blue's."""
    scene = acknowledged()
    log = scene.blue.desk.log
    scene.blue.journal.erase([log.size - 1], from_seconds(NOW_S))
    note = log.checkpoint()
    log.add_cosignatures(log.size, [cosign(note.text, WITNESS, from_seconds(NOW_S))])
    return {"blue": bundle_of(scene.blue), "green": bundle_of(scene.green), "part": bundle_of(scene.blue, [8])}


Once = dict[tuple[object, ...], tuple[object, str]]
"""What several bundles say that can be said in one way only."""


def check(
    path: Path, data: bytes, *parties: str, is_witnessed: bool = False, once: Once | None = None
) -> verifier.Bundle:
    """Return what the verifier finds in a bundle."""
    path.write_bytes(data)
    roots = {party: key(f"{party} root").fingerprint for party in parties or ("blue", "green")}
    witnesses = [(WITNESS.key.name, WITNESS.key.public)] if is_witnessed else []
    return verifier.Bundle(str(path), [roots], witnesses, {} if once is None else once)
