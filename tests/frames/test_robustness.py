"""Rules over dataframes of signals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import skyaccord
from skyaccord.errors import ColumnError, FormatError, FormulaError, SkyaccordError
from skyaccord.memorandum import parse_formula
from skyaccord.rules.sampled.robustness import robustness
from skyaccord.rules.sampled.samples import Samples

RULE = "(horizontal >= 3 NM or vertical >= 3000 ft) for 2 s"
T = np.arange(5.0)
HORIZONTAL = np.array([6000.0, 5000.0, 5700.0, 5800.0, 9000.0])
VERTICAL = np.array([0.0, 1000.0, 0.0, 0.0, 0.0])
EXPECTED = robustness(parse_formula(RULE), Samples.of(T, {"horizontal": HORIZONTAL, "vertical": VERTICAL}))


def frame(**more: object) -> pl.DataFrame:
    return pl.DataFrame({"t": T, "horizontal": HORIZONTAL, "vertical": VERTICAL, **more})


def test_rows_come_back_in_their_order_whatever_it_was() -> None:
    shuffled = frame().sample(fraction=1.0, shuffle=True, seed=3)
    found = skyaccord.robustness(shuffled, RULE, time="t")
    assert found["t"].to_list() == shuffled["t"].to_list()
    assert found.sort("t")["robustness"].to_list() == EXPECTED.tolist()
    assert found.sort("t")["holds"].to_list() == (EXPECTED >= 0.0).tolist()


def test_each_trace_is_evaluated_alone() -> None:
    both = pl.concat([frame(pair=["x"] * 5), frame(pair=["y"] * 5)]).sort("t")
    found = skyaccord.robustness(both, RULE, time="t", trace="pair")
    for name in ("x", "y"):
        assert found.filter(pl.col("pair") == name).sort("t")["robustness"].to_list() == EXPECTED.tolist()


def test_same_kind_of_dataframe_comes_back_and_instants_are_times() -> None:
    begin = datetime(2026, 5, 1, tzinfo=UTC)
    stamped = frame(timestamp=[begin + timedelta(seconds=s) for s in T.tolist()])
    assert skyaccord.robustness(stamped, RULE)["robustness"].to_list() == EXPECTED.tolist()
    assert isinstance(skyaccord.robustness(stamped.to_pandas(), RULE), pd.DataFrame)
    assert isinstance(skyaccord.robustness(stamped.to_arrow(), RULE), pa.Table)


def test_missing_value_that_decides_is_null_and_one_that_does_not_is_none_of_it() -> None:
    gap = frame().with_columns(
        pl.when(pl.col("t") == 4.0).then(None).otherwise(pl.col("horizontal")).alias("horizontal")
    )
    found = skyaccord.robustness(gap, "horizontal >= 3 NM", time="t")
    assert found["robustness"].to_list()[:4] == pytest.approx((HORIZONTAL[:4] / 5556.0 - 1.0).tolist())
    assert found["robustness"].to_list()[4] is None
    assert found["holds"].to_list()[4] is None


def test_facts_are_true_or_false() -> None:
    inside = frame(**{"inside(north) of either": [True, False, True, True, False]})
    found = skyaccord.robustness(inside, "inside(north) of either", time="t")
    assert found["robustness"].to_list() == [1.0, -1.0, 1.0, 1.0, -1.0]


@pytest.mark.parametrize(
    ("rule", "what", "said"),
    [
        ("closure <= 5 kt", ColumnError, "no column 'closure'"),
        ("horizontal >= 3", FormulaError, "unit of length"),
    ],
)
def test_what_cannot_be_done_is_refused(rule: str, what: type[Exception], said: str) -> None:
    with pytest.raises(what, match=said):
        skyaccord.robustness(frame(), rule, time="t")


def test_text_for_numbers_no_frame_and_two_rows_at_one_instant_are_refused() -> None:
    with pytest.raises(ColumnError, match="column 'horizontal' holds"):
        skyaccord.robustness(frame().with_columns(horizontal=pl.lit("far")), RULE, time="t")
    with pytest.raises(FormatError, match="no dataframe"):
        skyaccord.robustness({"t": [0.0]}, RULE)  # type: ignore[arg-type]
    with pytest.raises(SkyaccordError, match="not later than the one before"):
        skyaccord.robustness(pl.concat([frame(), frame()]), RULE, time="t")
    with pytest.raises(SkyaccordError, match="1 rows have no 'pair'"):
        skyaccord.robustness(frame(pair=["x", "x", None, "x", "x"]), RULE, time="t", trace="pair")
