"""Why something that arrived is not believed: one member for each kind of fault or forgery."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A reason for refusing; the first thirteen are those of `model.canonical_faults.CanonicalFault`."""

    # bytes that are not canonical JSON
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_UTF8 = "not_utf8"
    BYTE_ORDER_MARK = "byte_order_mark"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    DUPLICATE_KEY = "duplicate_key"
    KEY_ORDER = "key_order"
    WHITE_SPACE = "white_space"
    NUMBER_FORM = "number_form"
    NUMBER_RANGE = "number_range"
    TEXT_FORM = "text_form"
    LONE_SURROGATE = "lone_surrogate"

    # a header that says what no envelope says
    MEMBERS = "members"  # one missing or one too many
    MEMBER_VALUE = "member_value"
    PARTY_NAME = "party_name"  # letters that no party's name has: other alphabets, combining and bidi marks
    UNKNOWN_PROTOCOL = "unknown_protocol"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_VERSION = "unknown_version"

    # addressed otherwise
    WRONG_RECIPIENT = "wrong_recipient"
    REFLECTED = "reflected"  # one's own envelope, come back
    UNKNOWN_MEMORANDUM = "unknown_memorandum"
    UNKNOWN_SENDER = "unknown_sender"

    # a key that may not sign it
    UNKNOWN_KEY = "unknown_key"
    CERTIFIED_TOO_LATE = "certified_too_late"
    KEY_REVOKED = "key_revoked"
    KEY_SUPERSEDED = "key_superseded"  # a root that named its successor
    KEY_REPLACED = "key_replaced"  # all keys under a root that was lost
    KEY_NOT_YET_VALID = "key_not_yet_valid"
    KEY_EXPIRED = "key_expired"
    NOT_ROOT = "not_root"
    ROLE_NOT_ALLOWED = "role_not_allowed"
    NO_CONSENT = "no_consent"  # a new root that the other parties have not consented to

    # a signature that is none
    SIGNATURE_FORM = "signature_form"  # a second spelling of a signature (S beyond the group's order)
    BAD_SIGNATURE = "bad_signature"

    # out of order
    FROM_FUTURE = "from_future"
    TIME_RUNS_BACK = "time_runs_back"
    DOWNGRADED = "downgraded"
    REPLAY = "replay"  # counted, no fault of the sender
    EQUIVOCATION = "equivocation"
    GAP = "gap"

    # a body that is not the one signed for, or says nothing
    BODY_MISSING = "body_missing"
    BODY_MISMATCH = "body_mismatch"
    BODY_CONTENT = "body_content"

    # a statement about keys that its signer cannot make
    WEAK_KEY = "weak_key"
    ROOT_BY_CERTIFICATE = "root_by_certificate"
    ROLE_CHANGED = "role_changed"
    FOREIGN_KEY = "foreign_key"
    NO_POSSESSION = "no_possession"
    CONSENT_MISPLACED = "consent_misplaced"

    # a receipt that acknowledges nothing
    RECEIPT_UNASKED = "receipt_unasked"  # for a number that was never sent
    RECEIPT_OTHER_LEAF = "receipt_other_leaf"
    RECEIPT_CHANGED = "receipt_changed"  # another place in the log than the one acknowledged before
    CHECKPOINT_FORM = "checkpoint_form"
    CHECKPOINT_OTHER_LOG = "checkpoint_other_log"
    CHECKPOINT_UNSIGNED = "checkpoint_unsigned"
    RECEIPT_PROOF = "receipt_proof"
    CHECKPOINT_FORK = "checkpoint_fork"
