"""The robustness of a rule at each row of a dataframe of signals: Signal Temporal Logic in words."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import ColumnError, FormatError, SkyaccordError
from skyaccord.frames.give_back import give_back
from skyaccord.memorandum.formula import Formula, atoms
from skyaccord.memorandum.formula_text import format_term
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.model.tracks import Floats, Ints
from skyaccord.rules.sampled.robustness import robustness as evaluate
from skyaccord.rules.sampled.samples import Samples
from skyaccord.tracks.formats.dataframe import ArrowStream

_NAME: Final = "table of signals"


def robustness(frame: ArrowStream, rule: str, *, time: str = "timestamp", trace: str | None = None) -> Any:
    """Return how far inside (negative: outside) a rule each row is, in the kind of dataframe that was given.

    The quantitative semantics of Signal Temporal Logic (Donzé and Maler, FORMATS 2010) at the rows: a comparison is its
    distance from the limit over the limit (over the signal's scale where that is 0), a fact is 1 or -1. Between two
    rows nothing is said; `skyaccord review` judges tracks in continuous time.

    Args:
        frame: one row a sample; beside time one column for each signal of the rule, named as the rule names it
            (``tau_mod(0.66 NM)``, ``aspect of interceptor``), in m, m/s, s, deg; facts true or false.
        rule: a rule text (docs/memorandum-file.md).
        time: the column of instants, or of seconds; ascending within each trace in the result, in any order here.
        trace: a column that tells which rows belong together; all where it is left out.

    Returns:
        Rows in the order given: time, trace where there is one, ``robustness`` (null where a signal that decides it is
        missing; infinite where the rule asks for time that was not seen) and ``holds``.

    Raises:
        FormatError: ``frame`` is no dataframe.
        FormulaError: the rule cannot be read, with the place.
        ColumnError: a column is missing or of a wrong type.
        SkyaccordError: two rows of one trace at one instant.
    """
    formula = parse_formula(rule)
    if not isinstance(frame, ArrowStream):
        raise FormatError(
            type(frame).__name__, "no dataframe with __arrow_c_stream__", "Give one of polars, pandas or pyarrow"
        )
    table = pa.table(frame)
    names = signals_of_rule(formula)
    _check(table, [time, *([trace] if trace else []), *names])
    t_s = _seconds(table, time)
    owner = _owners(table, trace)
    order = np.lexsort((t_s, owner))
    start = np.searchsorted(owner[order], np.arange(int(owner.max(initial=-1)) + 2))
    signals = {name: _floats(table, name)[order] for name in names}
    value = np.empty(len(order))
    value[order] = evaluate(formula, Samples(t_s[order], start, signals))
    unknown = np.isnan(value)
    kept = [name for name in (time, trace) if name]
    columns = {name: table[name] for name in kept}
    columns |= {"robustness": pa.array(value, mask=unknown), "holds": pa.array(value >= 0.0, mask=unknown)}
    return give_back(pa.table(columns), frame)


def signals_of_rule(formula: Formula) -> list[str]:
    """Return the names of the columns that a rule asks for, each once."""
    return list(dict.fromkeys(format_term(atom.signal, atom.subject, atom.argument) for atom in atoms(formula)))


def _check(table: pa.Table, names: list[str]) -> None:
    missing = [name for name in names if name not in table.column_names]
    if missing:
        problem = f"it has no column {', '.join(repr(name) for name in missing)}"
        raise ColumnError(_NAME, problem, "Name each signal as the rule does, in m, m/s, s or deg")


def _seconds(table: pa.Table, name: str) -> Floats:
    column = table[name]
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", tz=column.type.tz)).cast(pa.int64())
        return np.asarray(column.to_numpy(), float) / 1e6
    return _floats(table, name)


def _floats(table: pa.Table, name: str) -> Floats:
    try:
        return np.asarray(table[name].cast(pa.float64()).to_numpy(), float)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        problem = f"column {name!r} holds {table[name].type}"
        raise ColumnError(_NAME, problem, "Give numbers, or true and false") from error


def _owners(table: pa.Table, trace: str | None) -> Ints:
    if trace is None:
        return np.zeros(table.num_rows, np.int64)
    if table[trace].null_count:
        raise SkyaccordError(
            f"{table[trace].null_count:,} rows have no {trace!r}: say of each row which trace it is of"
        )
    encoded = pc.dictionary_encode(table[trace].combine_chunks())
    return np.asarray(encoded.indices.to_numpy(), np.int64)
