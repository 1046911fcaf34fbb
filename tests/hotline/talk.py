"""Messages of parties blue, green and red, built for tests of the book: `Talk.say` makes the next one."""

from __future__ import annotations

from typing import Any, Final

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.plan import Plan
from skyaccord.model.instants import parse_instant
from skyaccord.records.date_time_group import as_group
from tests.hotline.golden import body

NOON: Final = parse_instant("2026-11-25T12:00:00Z")
PLAN: Final = Plan("blue", ("blue", "green", "red"), excluded=("grey",), check_every_s=12 * 3600.0, from_s=NOON)


class Talk:
    """Makes messages with envelopes that count up."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self.plan = plan
        self.entries: list[Entry] = []

    def say(
        self,
        route: str,
        kind: str,
        at_s: float,
        to: Entry | None = None,
        delay_s: float | None = 0.0,
        **changes: Any,
    ) -> Entry:
        """Return a message, ``blue>green``, sent some seconds after noon and received ``delay_s`` later."""
        sender, recipient = route.split(">")
        reference = None
        if to is not None:
            reference = {
                "envelope": to.envelope,
                "originator": to.sender,
                "date_time_group": to.body.heading.date_time_group,
            }
        defaults = {
            "heading__addressees": [recipient],
            "heading__answers": reference,
            "heading__date_time_group": as_group(NOON + at_s),
            "heading__on_behalf_of": [],
        }
        entry = Entry(
            envelope=f"sha256:{len(self.entries):064x}",
            sender=sender,
            recipient=recipient,
            body=body(kind, **defaults | changes),
            sent_s=NOON + at_s,
            received_s=None if delay_s is None else NOON + at_s + delay_s,
        )
        self.entries.append(entry)
        return entry

    @property
    def book(self) -> Book:
        """Return the book of all that was said."""
        return Book(self.plan, self.entries)
