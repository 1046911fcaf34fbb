"""Any of the messages."""

from __future__ import annotations

from typing import TypeAlias

from skyaccord.hotline.bodies.check import Check, CheckAnswer
from skyaccord.hotline.bodies.declaration import Declaration
from skyaccord.hotline.bodies.emergency import Emergency
from skyaccord.hotline.bodies.handover import Handover
from skyaccord.hotline.bodies.minute import DifferingMinute, Minute
from skyaccord.hotline.bodies.notice import Acknowledgement, CounterNotice, Notice
from skyaccord.hotline.bodies.protest import Protest
from skyaccord.hotline.bodies.spoken import Correction, Countersignature, Query, Reply, Withdrawal

Body: TypeAlias = (
    Acknowledgement
    | Check
    | CheckAnswer
    | Correction
    | CounterNotice
    | Countersignature
    | Declaration
    | DifferingMinute
    | Emergency
    | Handover
    | Minute
    | Notice
    | Protest
    | Query
    | Reply
    | Withdrawal
)
