"""Opening files: packed, damaged, bloated, and what is no file at all."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.formats import content as content_module
from skyaccord.tracks.formats.content import open_content
from skyaccord.tracks.read import read_tracks

CSV = b"timestamp,icao24,latitude,longitude\n" + b"2018-08-01T05:00:10Z,4b1805,47.5,8.5\n" * 2000


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(CSV, mtime=0),
        gzip.compress(CSV[:100], mtime=0) + gzip.compress(CSV[100:], mtime=0),
        gzip.compress(CSV, mtime=0) + b"\x00" * 512,
        gzip.compress(os.urandom(0), mtime=0) + gzip.compress(CSV, mtime=0),
    ],
)
def test_all_members_of_a_gzip_file_are_unpacked(tmp_path: Path, packed: bytes) -> None:
    assert open_content(write(tmp_path, packed)).buffer.to_pybytes() == CSV


@pytest.mark.parametrize(
    "damaged",
    [
        gzip.compress(CSV, mtime=0)[:-1],
        gzip.compress(CSV, mtime=0)[:50],
        gzip.compress(CSV, mtime=0)[:10],
        b"\x1f\x8b",
        gzip.compress(CSV, mtime=0)[:-8] + bytes(8),
        gzip.compress(CSV, mtime=0) + b"more",
        b"\x1f\x8b" + CSV,
    ],
)
def test_a_damaged_gzip_file_is_refused(tmp_path: Path, damaged: bytes) -> None:
    with pytest.raises(FormatError, match="the gzip file is damaged"):
        read_tracks(write(tmp_path, damaged))


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with gzip.open(packed, "wb") as file:
        for _ in range(80):
            file.write(b"\n" * (1 << 20))
    path = write(tmp_path, packed.getvalue())
    assert path.stat().st_size < 100_000
    with pytest.raises(FormatError, match="unpacks to more than 33,554,432 bytes"):
        read_tracks(path)


def test_there_is_an_end_to_what_is_unpacked_at_any_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_module, "MOST_UNPACKED_BYTES", len(CSV) - 1)
    with pytest.raises(FormatError, match="unpacks to more than"):
        read_tracks(write(tmp_path, gzip.compress(CSV, mtime=0)))


def test_archives_are_named_with_what_to_do(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("day.csv", CSV)
    with pytest.raises(FormatError, match="a zip archive: unpack it first"):
        read_tracks(write(tmp_path, archive.getvalue()))
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("day.csv"))
    with pytest.raises(FormatError, match="a tar archive: unpack it first"):
        read_tracks(write(tmp_path, archive.getvalue()))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatError, match="no regular file"):
        read_tracks(tmp_path / "pipe")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert open_content(write(tmp_path, b"\xef\xbb\xbf" + CSV)).head == CSV[: 65_536 - 3]
