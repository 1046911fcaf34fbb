"""``skyaccord node backup`` and ``node restore``: a copy of a node's folder, made while it runs, and put back."""

from __future__ import annotations

import json
from pathlib import Path

from skyaccord.node.configuration import read_configuration
from skyaccord.node.folder import Folder
from skyaccord.node.restore.backup import back_up, put_back


def backup(folder: Path, copy: Path, *, as_json: bool) -> None:
    """Copy a node's folder into a new one; what lies in PostgreSQL is not in it, and that is said."""
    place = Folder(folder.absolute())
    place.check()
    files = back_up(place.path, copy.absolute())
    is_elsewhere = read_configuration(place.configuration).store_url is not None
    if as_json:
        print(json.dumps({"copy": str(copy), "files": len(files), "store_is_elsewhere": is_elsewhere}))
        return
    print(f"{copy}: {len(files)} files. It opens what the folder opens: keep it as safe")
    if is_elsewhere:
        print("The store is in PostgreSQL and not in this copy: copy it with the database's own tools as well")


def restore(copy: Path, folder: Path, *, as_json: bool) -> None:
    """Put a copy back into a new folder; the node meets its peers before it signs anything."""
    put_back(copy.absolute(), folder.absolute())
    if as_json:
        print(json.dumps({"folder": str(folder)}))
        return
    print(f"{folder}: put back. Run it; it first asks its peers what it had said since the copy was made,")
    print("and goes on under another name of its log where entries were lost. Never run the old folder again")
