"""Answers of the running node as lines of the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skyaccord.cli.hotline_words import say_lines, term


def said_line(message: Mapping[str, Any], language: str) -> str:
    """Return what was said in a line."""
    return f"{message['envelope'][7:19]}  {message['kind']} {term('said', language)} > {message['recipient']}"


def inbox_lines(answer: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield how the lines are and what is open."""
    yield f"{answer['party']}  {answer['time'][:19].replace('T', ' ')}Z"
    if answer["on_duty"]:
        yield f"{term('on_duty', language)}: {answer['on_duty']}"
    yield from say_lines(answer, language)
    for part in ("inbox", "awaited"):
        yield f"{term(part, language)}:"
        for each in answer[part]:
            yield f"  {each['envelope'][7:19]}  {each['words']}"
        if not answer[part]:
            yield f"  {term('nothing', language)}"
    for each in answer["aside"]:
        yield f"{term('aside', language)}: {each['kind']} {each['sender']} ({each['why']})"


def message_lines(message: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield a message and how it stands."""
    yield f"[{message['envelope'][7:19]}] {message['sender']} > {message['recipient']}  {message['state']}"
    if message["late_by_s"]:
        yield term("late", language, seconds=round(message["late_by_s"]))
    yield message["words"]


def figure_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield figures about the line with one party."""
    checks = figures["checks"]
    yield (
        f"{figures['party']}: checks {checks['called']}, answered {checks['answered']}, missed {checks['missed']},"
        f" round trip median {_seconds(checks['median_s'])} worst {_seconds(checks['worst_s'])}"
    )
    for each in (figures["theirs"], figures["ours"]):
        yield (
            f"  {each['party']} acknowledged {each['acknowledged']}, in time {each['in_time']}, late {each['late']},"
            f" median {_seconds(each['median_s'])} worst {_seconds(each['worst_s'])}"
        )


def _seconds(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f} s"
