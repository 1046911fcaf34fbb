"""A PostgreSQL server in a temporary folder, reached through a socket there and nowhere else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

WAIT_S = 60
SETTINGS = "-c listen_addresses= -c max_connections=20 -c shared_buffers=16MB -c unix_socket_permissions=0700"


@dataclass
class Server:
    """A running server; each schema of it is as good as a database of its own."""

    socket: Path
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.socket}"

    def fresh(self) -> str:
        """Return the URL of a new, empty schema."""
        name = f"s{next(self.numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]
        return f"{self.url}&options=-csearch_path%3D{name}"


def found_programs() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``; Debian keeps them out of the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def private_server(programs: Path) -> Iterator[Server]:
    """Start a server and stop it in the end. It refuses to run as root: then another user runs it."""
    folder = Path(tempfile.mkdtemp(prefix="skypg"))  # a socket's path is short
    user = unprivileged_user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user_group(user))

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(
            command, user=user, group=user and user_group(user), extra_groups=[] if user else None, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=WAIT_S, check=True,
        )  # fmt: skip

    try:
        run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        log = str(folder / "log")
        run("pg_ctl", "start", "--wait", f"--log={log}", "-o", f"{SETTINGS} -c unix_socket_directories={folder}")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--wait")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> str:
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def user_group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid
