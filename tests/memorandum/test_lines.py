"""The line of a key in TOML text, in every form that TOML has for one."""

from __future__ import annotations

import pytest

from skyaccord.memorandum.lines import KeyPath, Lines

TEXT = '''\
# title = "in a comment"
top = 1
[memorandum]
title = """
id = "inside text"
[provision]
""" # after
"quoted key" = [
  1, # ] in a comment
  "]", 2,
]
valid = { from = 1, until = 2 }
a.b . c = 3

[[provision]]
id = "first \\" # [[provision]]"
[provision.source]
text = \'\'\'
it\'s [[provision]]\'\'\'

  [[ provision ]] # second
  id = 'second'
  [provision."source"]
  text = ""

  [[provision.deep]]
  x = 1
  [[provision.deep]]
  x = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("memorandum",), 3),
        (("memorandum", "title"), 4),
        (("memorandum", "quoted key"), 8),
        (("memorandum", "quoted key", 2), 8),
        (("memorandum", "valid", "until"), 12),
        (("memorandum", "a", "b"), 13),
        (("memorandum", "a", "b", "c"), 13),
        (("provision",), 15),
        (("provision", 0), 15),
        (("provision", 0, "id"), 16),
        (("provision", 0, "source"), 17),
        (("provision", 0, "source", "text"), 18),
        (("provision", 1), 21),
        (("provision", 1, "id"), 22),
        (("provision", 1, "source"), 23),
        (("provision", 1, "source", "text"), 24),
        (("provision", 1, "deep", 0, "x"), 27),
        (("provision", 1, "deep", 1, "x"), 29),
        (("provision", 1, "missing"), 21),
        (("missing",), None),
        (("id",), None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_key_stands_on_this_line(path: KeyPath, line: int | None, newline: str) -> None:
    assert Lines(TEXT.replace("\n", newline)).of(path) == line


def test_text_that_ends_in_quotes_within_quotes_ends_there() -> None:
    assert Lines('a = """x"""""\nb = \'\'\'y\'\'\'\'\nc = ""\nd = """"""\ne = 1').of(("e",)) == 5
