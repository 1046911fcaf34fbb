"""``skyaccord hotline``: the ground line, as the machine's owner uses it at the running node."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skyaccord.cli.hotline_codes import are_codes, draw_page, lines_of
from skyaccord.cli.hotline_lines import figure_lines, inbox_lines, message_lines, said_line
from skyaccord.cli.hotline_words import say_state
from skyaccord.cli.owner_call import OwnerCall
from skyaccord.errors import SkyaccordError

POLL_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class At:
    """At which node, as which duty, in which language, in what form."""

    folder: Path
    duty: str | None = None
    language: str = "en"
    as_json: bool = False

    @property
    def call(self) -> OwnerCall:
        """Return the way to the node."""
        return OwnerCall(self.folder, self.duty)

    def tell(self, answer: Mapping[str, Any], lines: Iterator[str] | Sequence[str]) -> None:
        """Print an answer."""
        print(json.dumps(answer, indent=1, ensure_ascii=False) if self.as_json else "\n".join(lines))


@dataclass(frozen=True, slots=True)
class Words:
    """What is typed for a message: the usual members as options, any other in a JSON object."""

    kind: str
    text: str = ""
    precedence: str | None = None
    written_in: str = "en"
    answers: str | None = None
    behalf: Sequence[str] = ()
    content: str | None = None
    interpreter: str | None = None
    is_assigned: bool = False


def send(at: At, to: Sequence[str], words: Words) -> None:
    """Say something."""
    content = _content(words.content)
    if words.text:
        content.setdefault("text", words.text)
    usual = "emergency" if words.kind == "emergency" else "routine"
    body: dict[str, Any] = {
        "kind": words.kind,
        "to": list(to),
        "content": content,
        "precedence": words.precedence or usual,
        "language": words.written_in,
        "answers": words.answers,
        "on_behalf_of": list(words.behalf),
    }
    if words.interpreter:
        body["interpreter"] = {"duty": words.interpreter, "assigned": words.is_assigned}
    _said(at, at.call.post("/hotline/messages", body))


def inbox(at: At, wait_s: float) -> None:
    """Show how the lines are, and what is open, most urgent first; waits for something to acknowledge or answer."""
    end_s = time.monotonic() + wait_s
    answer = at.call.get(f"/hotline/inbox?language={at.language}")
    while not answer["inbox"] and time.monotonic() < end_s:
        time.sleep(POLL_S)
        answer = at.call.get(f"/hotline/inbox?language={at.language}")
    at.tell(answer, inbox_lines(answer, at.language))


def show(at: At, message: str) -> None:
    """Show a message and all that was said to it."""
    answer = at.call.get(f"/hotline/messages/{_name(message)}?language={at.language}")
    at.tell(answer, [line for each in answer["messages"] for line in (*message_lines(each, at.language), "")])


def ack(at: At, message: str | None, readback: str, inform: Sequence[str]) -> None:
    """Acknowledge a message; without a name, the most urgent that nobody has acknowledged."""
    body = {"readback": readback, "will_inform": list(inform)}
    _said(at, at.call.post(f"/hotline/messages/{_pick(at, message, 'open')}/acknowledgement", body))


def answer_to(at: At, message: str | None, text: str, readability: int) -> None:
    """Answer a check with its challenge, anything else with a reply; without a name, the most urgent that is open."""
    name = _pick(at, message, "open", "acknowledged")
    target = _target(at, name)
    if target["kind"] == "check":
        body: dict[str, Any] = {"readability": readability, "text": text}
        _said(at, at.call.post(f"/hotline/messages/{name}/check_answer", body))
        return
    body = {"kind": "reply", "to": [target["sender"]], "content": {"text": text}, "answers": name}
    _said(at, at.call.post("/hotline/messages", body | {"precedence": target["content"]["heading"]["precedence"]}))


def check(at: At, to: str, text: str) -> None:
    """Check the line."""
    _said(at, at.call.post("/hotline/checks", {"to": to, "text": text}))


def figures(at: At) -> None:
    """Show figures about checks and punctuality."""
    answer = at.call.get("/hotline/statistics")
    at.tell(answer, [line for each in answer["parties"] for line in figure_lines(each)])


def minute(at: At, to: str, content: Mapping[str, Any], written_in: str) -> None:
    """Minute a call."""
    _said(at, at.call.post("/hotline/minutes", {"to": to, "content": dict(content), "language": written_in}))


def countersign(at: At, message: str | None, text: str) -> None:
    """Say that a minute says what was said."""
    _said(at, at.call.post(f"/hotline/messages/{_pick_minute(at, message)}/countersignature", {"text": text}))


def differ(at: At, message: str | None, text: str) -> None:
    """Give one's own minute of the same call: its facts where they are not disputed, and one's own words."""
    name = _pick_minute(at, message)
    target = _target(at, name)
    content = {key: value for key, value in target["content"].items() if key != "heading"} | {"text": text}
    _said(at, at.call.post(f"/hotline/messages/{name}/differing_minute", {"content": content}))


def hand_over(at: At, giving: str, text: str) -> None:
    """Take over from a duty, with all that is open."""
    answer = at.call.post("/hotline/handovers", {"giving": giving, "text": text})
    at.tell(answer, [f"{answer['giving']} > {answer['taking']}: {len(answer['open'])} open", *answer["open"]])


def export_to(at: At, party: str, out: Path | None, codes: Path | None) -> None:
    """Write what waits for a party as lines to carry or to read aloud, or as a page of QR codes."""
    answer = at.call.get(f"/hotline/export/{party}")
    told = f"{answer['messages']} messages, {answer['left']} left for the next"
    if codes is not None:
        codes.write_text(draw_page(f"What waits for {party}", answer["text"]), "utf-8")
    if out is not None:
        out.write_text(answer["text"], "ascii")
    if out is not None or codes is not None:
        at.tell(answer, [f"{each}: {told}" for each in (out, codes) if each is not None])
    elif at.as_json:
        at.tell(answer, [])
    else:
        sys.stdout.write(answer["text"])


def import_from(at: At, file: Path, back: Path | None) -> None:
    """Take lines that were carried, or what codes said; write what is to be carried back."""
    text = file.read_text("utf-8")
    answer = at.call.post("/hotline/import", {"text": lines_of(text, str(file)) if are_codes(text) else text})
    lines = [f"accepted {answer['accepted']}, known {answer['known']}, receipts {answer['acknowledged']}"]
    lines += [f"refused: {each}" for each in answer["refused"]]
    lines += [f"ask for it again: {each}" for each in answer["damaged"]]
    for party, text in answer["back"].items():
        if back is not None:
            back.write_text(text, "ascii")
            lines.append(f"carry back to {party}: {back}")
    at.tell(answer, lines)
    if answer["damaged"] or answer["refused"]:
        raise SkyaccordError(f"{file}: not all of it was taken. Mend what is named above and import it again")


def watch(at: At, seconds: float | None) -> None:
    """Follow what happens on the line until interrupted, or until nothing has happened for some seconds."""
    gc.enable()  # it may run for a shift
    for name, content in at.call.listen("/hotline/events", seconds):
        if at.as_json:
            print(json.dumps({"event": name, **content}, ensure_ascii=False), flush=True)
        elif name == "line":
            for state in content["states"]:
                print(say_state(content["party"], state, content["words"]["en"], at.language), flush=True)
        elif name == "missed":
            print("…", flush=True)
        else:
            told = f" > {content['told']}" if "told" in content else ""
            words = content.get("words", {}).get(at.language) or json.dumps(content)
            name_of = f" [{content['envelope'][7:19]}]" if "envelope" in content else ""
            print(f"{name}{told}: {words}{name_of}", flush=True)


def _said(at: At, answer: Mapping[str, Any]) -> None:
    at.tell(answer, [said_line(each, at.language) for each in answer["messages"]])


def _pick(at: At, message: str | None, *states: str) -> str:
    if message is not None:
        return _name(message)
    found = [each for each in at.call.get("/hotline/inbox")["inbox"] if each["state"] in states]
    if not found:
        raise SkyaccordError("the inbox: there is nothing of that kind to be said to. Name a message, or wait")
    return _name(found[0]["envelope"])


def _target(at: At, name: str) -> dict[str, Any]:
    thread = at.call.get(f"/hotline/messages/{name}")["messages"]
    return next(each for each in thread if each["envelope"].removeprefix("sha256:").startswith(name))


def _pick_minute(at: At, message: str | None) -> str:
    if message is not None:
        return _name(message)
    found = [each for each in at.call.get("/hotline/inbox")["inbox"] if each["kind"] == "minute"]
    if not found:
        raise SkyaccordError("the inbox: no minute waits to be countersigned. Name one, or wait")
    return _name(found[0]["envelope"])


def _name(message: str) -> str:
    name = message.removeprefix("sha256:").lower()
    if len(name) < 6 or not all(letter in "0123456789abcdef" for letter in name):
        raise SkyaccordError(f"{message[:80]!r} is no message: give 6 digits or more of those that the inbox shows")
    return name


def _content(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    try:
        content = json.loads(text)
    except ValueError as error:
        raise SkyaccordError(f"--content: it is no JSON ({error}). Write {{…}}, as docs/hotline.md has it") from None
    if not isinstance(content, dict):
        raise SkyaccordError("--content: it is no object. Write {…}, as docs/hotline.md has it")
    return content
