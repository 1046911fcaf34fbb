"""The exceptions of skyaccord. Each says what came, what was expected and what to do, and keeps the facts.

::

    SkyaccordError
    ├── UnitError              a quantity that is no number with a known unit
    ├── InputError             a file or table that cannot be used
    │   ├── FormatError        not recognised, or broken as a whole
    │   └── ColumnError        a table that lacks what it must have
    ├── MemorandumError        a memorandum that cannot be accepted
    │   └── FormulaError       a rule text that cannot be read, with the place
    ├── PartyError             a party file that cannot be accepted
    ├── TalksError             a position or a question of talks that cannot be accepted
    ├── CanonicalError         bytes that are not canonical JSON, with the place
    ├── MemberError            a signed statement with a member too many, missing or wrong
    ├── PlacedError            something at a place that is not as it must be: NodeError and TrustError
    ├── NodeError              a node that cannot be set up or run as it is
    │   ├── ConfigurationError a node's configuration or folder that cannot be accepted
    │   ├── StoreError         a node's store that cannot be used as it is
    │   └── AuthorityError     a certificate, key or revocation list that cannot be used
    └── TrustError             what is kept or signed and cannot be believed
        ├── NoteError          text that is no signed note, or is signed by nobody known
        ├── JournalError       a journal that cannot be used as it is
        └── KeyStoreError      a private key that cannot be stored or fetched
            └── PassphraseError   the passphrase does not open it

Expected outcomes are values, not exceptions: a bad row is counted, an unanswerable question is ``undetermined``.
"""

from __future__ import annotations


class SkyaccordError(Exception):
    """Base of all errors that skyaccord raises on purpose."""


class UnitError(SkyaccordError):
    """A quantity that is not a number with a known unit of the right dimension."""

    def __init__(self, got: str, expected: str) -> None:
        self.got = got
        self.expected = expected
        super().__init__(f"{got!r} is not a quantity: expected {expected}")


class InputError(SkyaccordError):
    """A file or table that cannot be used as it is."""

    def __init__(self, source: str, problem: str, cure: str, line: int | None = None) -> None:
        self.source = source
        self.problem = problem
        self.cure = cure
        self.line = line
        place = f"{source}:{line}" if line is not None else source
        super().__init__(f"{place}: {problem}. {cure}")


class FormatError(InputError):
    """Content that no reader recognises, or that is broken as a whole."""


class ColumnError(InputError):
    """A table without a column that it must have, or with one of the wrong type."""


class MemorandumError(SkyaccordError):
    """A memorandum that cannot be accepted; says the line, the provision and the cure."""

    def __init__(
        self, source: str, problem: str, cure: str, line: int | None = None, provision: str | None = None
    ) -> None:
        self.source = source
        self.problem = problem
        self.cure = cure
        self.line = line
        self.provision = provision
        place = f"{source}:{line}" if line is not None else source
        where = f" provision {provision!r}:" if provision else ""
        super().__init__(f"{place}:{where} {problem}. {cure}")


class FormulaError(MemorandumError):
    """A rule text that cannot be read; ``column`` counts characters from 0."""

    def __init__(
        self,
        text: str,
        column: int,
        expected: str,
        problem: str = "cannot read the rule",
        source: str = "rule",
        line: int | None = None,
        provision: str | None = None,
    ) -> None:
        self.text = text
        self.column = column
        self.expected = expected
        self.fault = problem
        cure = f"Expected {expected}\n{self.pointer()}"
        super().__init__(source, f"{problem} at character {column + 1}", cure, line, provision)

    def pointer(self) -> str:
        """Return the part of the rule text around the error with a mark below its place."""
        begin = max(self.text.rfind("\n", 0, self.column) + 1, self.column - 60)
        shown = self.text[begin : self.column + 60].partition("\n")[0]
        printable = "".join(letter if letter.isprintable() else " " for letter in shown)
        return f"{printable}\n{' ' * (self.column - begin)}^"

    def within(self, source: str, line: int | None, provision: str | None) -> FormulaError:
        """Return the same error, placed in a memorandum."""
        return FormulaError(self.text, self.column, self.expected, self.fault, source, line, provision)


class PartyError(InputError):
    """A file of parties that cannot be accepted."""


class TalksError(InputError):
    """A position, or a question about drafts, that cannot be accepted; says the place and the cure."""


class PlacedError(SkyaccordError):
    """Something at a place is not as it must be; says the place, what is wrong there and the cure."""

    def __init__(self, place: str, problem: str, cure: str) -> None:
        self.place = place
        self.problem = problem
        self.cure = cure
        super().__init__(f"{place}: {problem}. {cure}")


class NodeError(PlacedError):
    """A node that cannot be set up or run as it is; says the place, what is wrong there and the cure."""


class ConfigurationError(NodeError):
    """A node's configuration or folder that cannot be accepted."""


class StoreError(NodeError):
    """A node's store that cannot be used as it is: damaged, in use, unreachable or of a later version."""


class AuthorityError(NodeError):
    """A certificate, its key or a revocation list that cannot be used."""


class TrustError(PlacedError):
    """Something kept or signed that cannot be believed; says the place and the cure."""


class NoteError(TrustError):
    """Text that is no signed note or checkpoint, or that no known key has signed."""


class JournalError(TrustError):
    """A journal that cannot be used as it is: damaged, in use, or of another log."""


class CanonicalError(SkyaccordError):
    """Bytes that are not canonical JSON; ``place`` counts octets from 0."""

    def __init__(self, fault: str, place: int, words: str) -> None:
        self.fault = fault
        self.place = place
        self.words = words
        super().__init__(f"not canonical JSON at octet {place}: {words}. Write it by RFC 8785")


class MemberError(SkyaccordError):
    """A member of a signed statement that is missing, too many or not of the form that it must have."""

    def __init__(self, member: str, problem: str, expected: str) -> None:
        self.member = member
        self.problem = problem
        self.expected = expected
        super().__init__(f"{member!r} {problem}: expected {expected}")


class KeyStoreError(TrustError):
    """A private key that cannot be stored or fetched."""


class PassphraseError(KeyStoreError):
    """A passphrase that does not open a key file."""
