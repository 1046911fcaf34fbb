"""Elements of HTML and SVG: what is data is escaped, what is drawn is where it should be."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.draw.svg import element, join, number, path_data, raw


def read_path(data: str) -> np.ndarray:
    """Read back what `path_data` writes: one absolute point, then relative steps."""
    numbers = [float(text) for text in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", data)]
    return np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)


def test_text_and_attributes_are_escaped() -> None:
    made = element("p", "<script>", title='"><img onerror=x>')
    assert made == '<p title="&quot;&gt;&lt;img onerror=x&gt;">&lt;script&gt;</p>'


def test_markup_inside_markup_is_not_escaped_twice() -> None:
    assert join(element("b", "a & b"), raw("<hr>")) == "<b>a &amp; b</b><hr>"


@given(st.text())
def test_any_text_gives_well_formed_xml(text: str) -> None:
    root = ET.fromstring(element("text", text, title=text))  # noqa: S314 - our own output
    assert (root.text or "").count("\n") == text.count("\n") + text.count("\r") - text.count("\r\n")


def test_attribute_names_are_written_as_xml_has_them() -> None:
    assert element("path", class_="a", stroke_width=1.50, hidden=False, open=True, x=None) == (
        '<path class="a" stroke-width="1.5" open></path>'
    )


def test_void_elements_have_no_end() -> None:
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'


def test_numbers_are_short_and_never_minus_zero() -> None:
    assert [number(v) for v in (1.0, -0.001, 12.345, 100.0)] == ["1", "0", "12.35", "100"]


@given(st.lists(st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)), min_size=1, max_size=40))
def test_a_path_reads_back_within_half_a_tenth_of_a_pixel(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    back = read_path(path_data(line))
    kept = np.round(line * 10)
    kept = kept[np.concatenate(([True], (np.diff(kept, axis=0) != 0).any(axis=1)))] / 10
    assert np.allclose(back, kept, atol=1e-6)
    assert abs(back[-1] - line[-1]).max() <= 0.0501
