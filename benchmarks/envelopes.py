"""Envelopes on one core: sealed, unpacked and accepted, with and without the disk. Prints JSON lines.

`seal` makes envelopes with 200 letters of text; `accept` unpacks, verifies, judges and appends them in memory; `both`
is what an exchange costs the two sides together apart from fsync. `durable` sends and receives each with a SQLite
journal on disk, one fsync for each side and envelope; `batched` receives a hundred at a time. `receipt` is an
exchange with its receipt, verified. Rates are by the clock and by the time of the processor, which others on the
machine do not lower.

Usage: envelopes.py [COUNT]
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from skyaccord.trust.acceptance.outcome import Accepted
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.acceptance.refold import refold
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.key_file import COST, lock_key, unlock_key
from tests.trust.cast import MEMORANDUM, NOW_S, PLAIN, Note, Scene, Side, agreement, deliver, key

COUNT = 5_000
BODY = Note("Level at flight level three one zero, turning north; will inform. " * 3).body()


def timed(name: str, count: int, work: Callable[[], object], **more: object) -> None:
    begin_s, begin_cpu_s = time.perf_counter(), time.process_time()
    work()
    took_s, took_cpu_s = time.perf_counter() - begin_s, time.process_time() - begin_cpu_s
    rates = {"per_s": round(count / took_s, 1), "per_cpu_s": round(count / took_cpu_s, 1)}
    print(json.dumps({"benchmark": "envelopes", "what": name, "count": count, **rates, **more}))


def acquainted(folder: Path | None = None) -> tuple[Side, Side]:
    blue, green = (Side(name, path=folder and folder / f"{name}.sqlite") for name in ("blue", "green"))
    for one, other in ((blue, green), (green, blue)):
        for parcel in one.introduce(other.name):
            deliver(other, parcel)
    return blue, green


def sealed(count: int, first: int) -> list[bytes]:
    message = Message(MEMORANDUM, "blue", "green", "talk.note", 1, BODY)
    signer = key("blue duty")
    return [seal(message, signer, first + k, NOW_S).packed() for k in range(count)]


def accept(green: Side, packed: list[bytes], at_once: int) -> None:
    for at in range(0, len(packed), at_once):
        outcomes = green.desk.receive([open_parcel(data) for data in packed[at : at + at_once]], NOW_S)
        assert all(isinstance(each, Accepted) for each in outcomes), outcomes


def exchange(blue: Side, green: Side, count: int) -> None:
    for _ in range(count):
        deliver(green, blue.say(BODY, "green", "duty"))


def acknowledge(scene: Scene, count: int) -> None:
    for _ in range(count):
        place = deliver(scene.green, scene.blue.say(BODY, "green", "duty"))
        deliver(scene.blue, scene.green.receipt(place))


def fold(side: Side) -> Standing:
    standing = Standing(side.name, [agreement("blue", "green")], PLAIN)
    refold(standing, side.journal)
    return standing


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    packed: list[bytes] = []
    timed("seal", count, lambda: packed.extend(sealed(count, 5)), octets=len(sealed(1, 5)[0]))
    _, green = acquainted()
    timed("accept", count, lambda: accept(green, packed, 1))
    assert green.journal.frontier.size == count + 8
    timed("open a log again", count, lambda: fold(green))
    _, green = acquainted()
    timed("both", count, lambda: accept(green, sealed(count, 5), 1))
    timed("receipt", count // 10, lambda: acknowledge(Scene(), count // 10))
    with tempfile.TemporaryDirectory() as folder:
        timed("durable", count // 10, lambda: exchange(*acquainted(Path(folder)), count // 10))
    with tempfile.TemporaryDirectory() as folder:
        _, green = acquainted(Path(folder))
        timed("batched", count, lambda: accept(green, packed, 100))
    timed("key file", 3, lambda: [unlock_key(lock_key(key("x"), "x"), "x") for _ in range(3)], cost=COST)


if __name__ == "__main__":
    main()
