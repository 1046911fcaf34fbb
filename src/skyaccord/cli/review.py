"""``skyaccord review``: wiring and the table on the terminal."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from skyaccord.batch.outputs import document, write_tables
from skyaccord.batch.question import Question
from skyaccord.batch.review import SCENARIO, Progress, Review, review
from skyaccord.cli.encounter_table import COLOUR, print_encounters
from skyaccord.cli.options import reading_options
from skyaccord.cli.passage_table import print_passages
from skyaccord.cli.words import count, feet, nautical
from skyaccord.detect.volume import Volume
from skyaccord.errors import InputError, MemorandumError, SkyaccordError
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import load_memorandum
from skyaccord.memorandum.presets import preset, preset_names
from skyaccord.model.encounter import Outcome
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.model.records import Records
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.records.load import load_records
from skyaccord.rules.judge import Between
from skyaccord.rules.periods import PERIOD
from skyaccord.rules.severity.gravity import by_gravity, gravest
from skyaccord.tracks.parties import load_parties
from skyaccord.units import LENGTH, TIME, parse_quantity

GRAVITY: Final = (Outcome.BREACH, Outcome.INFRINGED, Outcome.UNDETERMINED)
"""Outcomes that someone must look at, the gravest first."""

PLURAL: Final = {
    Outcome.BREACH: ("breach", "breaches"),
    Outcome.INFRINGED: ("infringed", "infringed"),
    Outcome.UNDETERMINED: ("undetermined", "undetermined"),
    Outcome.COMPLIANT: ("compliant", "compliant"),
    Outcome.NOT_ASSESSABLE: ("not assessable", "not assessable"),
}


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command's arguments, as typed."""

    tracks: tuple[str, ...]
    memorandum: str
    parties: Path | None
    records: tuple[Path, ...]
    between: str
    since: str | None
    until: str | None
    gap: str
    within: str | None
    start: str | None
    site: str | None
    report: bool
    out: Path | None
    limit: int
    as_json: bool
    fail_on: str | None


def run(arguments: Arguments) -> None:
    """Answer, write what was asked for, and end with exit code 3 where ``--fail-on`` says so."""
    question = _question(arguments)
    with show_progress() as progress:
        result = review(question, progress)
        written = _write(result, arguments, progress)
    if arguments.as_json:
        sys.stdout.writelines(_json_lines(document(result)))
    else:
        _print(result, arguments.limit)
        for path in written:
            print(path)
    _fail(result, arguments.fail_on)


def find_memorandum(name: str) -> Memorandum:
    """Return the preset or the file of a name; a file wins."""
    if Path(name).is_file():
        return load_memorandum(name)
    if name in preset_names():
        return preset(name)
    raise MemorandumError(name, "there is no such file and no such preset", f"Presets are {', '.join(preset_names())}")


def _question(arguments: Arguments) -> Question:
    return Question(
        sources=tuple(arguments.tracks),
        memorandum=find_memorandum(arguments.memorandum),
        parties=load_parties(arguments.parties) if arguments.parties else None,
        records=load_records(arguments.records) if arguments.records else None,
        between=Between(arguments.between),
        since_s=parse_instant(arguments.since) if arguments.since else None,
        until_s=parse_instant(arguments.until) if arguments.until else None,
        gap_s=parse_quantity(arguments.gap, TIME).si,
        within=_volume(arguments.within) if arguments.within else None,
        options=reading_options(arguments.start, arguments.site),
        with_conduct=arguments.out is not None or arguments.as_json,
    )


def _volume(text: str) -> Volume:
    """Return the volume of ``"10 NM, 5000 ft"``."""
    parts = text.split(",")
    if len(parts) != 2:
        raise SkyaccordError(f'--within takes two distances, as in "10 NM, 5000 ft", and got {text!r}')
    return Volume(parse_quantity(parts[0], LENGTH).si, parse_quantity(parts[1], LENGTH).si)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show the step under way on standard error while it is a terminal; say nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Starting") as status:
        yield lambda text: status.update(text)


def _write(result: Review, arguments: Arguments, progress: Progress) -> list[Path]:
    if arguments.out is None:
        return []
    progress("Writing tables and report" if arguments.report else "Writing tables")
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        tables = write_tables(result, arguments.out)
        if not arguments.report:
            return [*tables]
        from skyaccord.batch.report.document import write_report
        from skyaccord.batch.report.from_review import report_content

        report = arguments.out / "report.html"
        write_report(report_content(result, arguments.memorandum), report)
    except OSError as error:
        raise InputError(str(arguments.out), f"cannot be written ({error.strerror})", "Name another folder") from None
    return [*tables, report]


def _json_lines(answer: dict[str, Any]) -> Iterator[str]:
    """Yield a JSON object with one entry a line, and one element a line in lists: readable, and written at C speed."""
    yield "{\n"
    for n, (key, value) in enumerate(answer.items()):
        end = ",\n" if n < len(answer) - 1 else "\n"
        if isinstance(value, list) and value:
            yield f"{json.dumps(key)}: [\n"
            for k, element in enumerate(value):
                yield json.dumps(element, allow_nan=False) + (",\n" if k < len(value) - 1 else "\n")
            yield "]" + end
        else:
            yield f"{json.dumps(key)}: {json.dumps(value, allow_nan=False)}" + end
    yield "}\n"


def _print(result: Review, limit: int) -> None:
    console = Console(highlight=False)
    console.print(_sentence(result), style="bold")
    console.print(_setting(result), style="dim")
    listed = by_gravity(result.findings.all_encounters(), result.findings.verdicts)
    judged = [row for row in listed if row[1] is None or row[1].outcome is not Outcome.NOT_ASSESSABLE]
    shown = (judged or listed)[:limit]
    if shown:
        print_encounters(console, result.findings, shown)
    passages = by_gravity(result.findings.passages, result.findings.verdicts)
    grave = [(passage, verdict) for passage, verdict in passages if verdict and verdict.outcome in GRAVITY]
    if grave:
        print_passages(console, result.findings, grave[:limit])
    if len(grave) > limit:
        console.print(f"… and {len(grave) - limit:,} more passages (--limit, --json, --out)", style="dim")
    for verdict in result.findings.verdicts:
        if verdict.encounter == PERIOD:
            outcome = verdict.outcome.value.replace("_", " ")
            console.print(f"{verdict.provision}: [{COLOUR[verdict.outcome]}]{outcome}[/], {verdict.reason}")
    if len(listed) > len(shown):
        console.print(f"… and {len(listed) - len(shown):,} more (--limit, --json, --out)", style="dim")
    for note in _notes(result):
        console.print(f"• {note}")


def _sentence(result: Review) -> str:
    """Return the answer in one sentence; never the word "clear"."""
    found = result.findings
    worst = Counter(verdict.outcome for verdict in gravest(found.verdicts).values())
    flown = count(len(found.aircraft), "aircraft", "aircraft")
    beside = len(found.borderline) + len(found.doubtful)
    if not found.encounters and not beside and not found.passages:
        return f"No encounter found among what was observed of {flown}."
    among = count(len(found.encounters), "encounter")
    if found.passages:
        among += f", {count(len(found.passages), 'passage')}"
    if beside:
        among += f" and {count(beside, 'pair')} near a limit or in doubt"
    said = [count(worst[o], *PLURAL[o]) for o in PLURAL if worst[o]]
    return f"{', '.join(said) or 'No verdict'} among {among} of {flown}."


def _setting(result: Review) -> str:
    volume = result.findings.volume
    span = f"{format_instant(result.tally.first_s)[:16]}Z to {format_instant(result.tally.last_s)[:16]}Z"
    return (
        f"{result.question.memorandum.title}; searched within {nautical(volume.range_m)} and {feet(volume.height_m)}, "
        f"between {'parties' if result.question.between is Between.PARTIES else 'any two'}; {span}; "
        f"{result.timing_s['total']:.2f} s"
    )


def _notes(result: Review) -> Iterator[str]:
    """Yield what a reader must know to take the table for what it is."""
    found, tally = result.findings, result.tally
    for file in result.recording.files:
        if file.bad_rows:
            yield f"{file.name}: {count(file.bad_rows, 'bad row')} left out, e.g. {file.complaints[0]}"
        for note in file.notes:
            yield f"{file.name}: {note}"
    if result.question.records is not None:
        yield from _records_notes(result.question.records)
    if tally.gaps > 0.5 * tally.rows:
        yield (
            f"MOST REPORTS ARE MORE THAN {result.question.gap_s:.0f} s APART; nothing is said of the time between: "
            "give a longer --gap, and take what it bridges with care"
        )
    memorandum = result.question.memorandum
    unassigned = sum(each.party == UNASSIGNED for each in found.aircraft)
    if unassigned and not memorandum.binds_everyone:
        yield f"{count(unassigned, 'aircraft', 'aircraft')} claimed by no one: counted against everyone"
    if result.question.parties is not None and not memorandum.binds_everyone:
        for name in result.question.parties.names:
            if name not in memorandum.parties:
                yield f"{name} is no party of the memorandum ({', '.join(memorandum.parties)}): judged all the same"
    for name in result.question.parties.names if result.question.parties else ():
        if not any(each.party == name for each in found.aircraft):
            yield f"no aircraft of {name} in the recording"
    for claim in tally.contested:
        yield f"claimed twice, so taken as unassigned: {claim}"
    if found.same_party:
        yield f"{count(found.same_party, 'encounter')} between aircraft of one party not shown (--between any)"
    if found.borderline:
        yield (
            f"{count(len(found.borderline), 'pair')} passed outside a limit by less than the error of "
            "measurement (B…): undetermined"
        )
    if found.doubtful:
        yield (
            f"{count(len(found.doubtful), 'pair')} that may have met while one was silent or not to be believed (D…): "
            "undetermined"
        )
    if found.not_assessable:
        provisions = len(result.question.memorandum.provisions)
        yield (
            f"{len(found.not_assessable)} of {count(provisions, 'provision')} cannot be judged from what was given "
            "(--json and the report say why)"
        )
    left_out = {name: rows for name, rows in tally.marks.items() if name != "stale_gap"}
    if left_out:
        yield "reports marked: " + ", ".join(f"{rows:,} {name.replace('_', ' ')}" for name, rows in left_out.items())
    if tally.gaps:
        yield (
            f"{count(tally.gaps, 'gap')} longer than {result.question.gap_s:.0f} s in tracks, together "
            f"{tally.unobserved_s / 3600:,.1f} h (landed, out of coverage or silent): "
            "up to ten minutes may hide a meeting (D…), beyond nothing is said"
        )
    if result.recording.advisories.num_rows:
        advisories = count(result.recording.advisories.num_rows, "resolution advisory", "resolution advisories")
        yield f"{advisories} in the recording"
    if any(verdict.is_as_if for verdict in found.verdicts):
        valid = result.question.memorandum.valid
        yield (
            f"judged as if in force: the memorandum binds from {format_instant(valid.from_s)[:10]} "
            f"to {format_instant(valid.until_s)[:10]}"
        )
    if any(SCENARIO in str(source) for source in result.question.sources):
        yield "generated tracks, not a recording"


def _records_notes(records: Records) -> Iterator[str]:
    for file in records.files:
        if file.bad_rows:
            yield f"{file.name}: {count(file.bad_rows, 'bad row')} left out, e.g. {file.complaints[0]}"
        for note in file.notes:
            yield f"{file.name}: {note}"
    yield f"{count(len(records), 'record')} of radio and ground line; outside the time they cover nothing is known said"


def _fail(result: Review, fail_on: str | None) -> None:
    if fail_on is None:
        return
    grave = GRAVITY[: GRAVITY.index(Outcome(fail_on)) + 1]
    if any(verdict.outcome in grave for verdict in result.findings.verdicts):
        sys.exit(3)
