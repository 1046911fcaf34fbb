"""The one decorator of compiled functions: `kernel`.

A kernel is a plain Python function over numbers and arrays. It is compiled by numba at its first call, not at import
(numba alone takes most of a second to load), and the machine code is kept on disk:

* under a key made of the text of every module of kernels, the versions of numba and Python, and the processor, so that
  an edited callee can never leave a stale caller behind;
* in the user's cache folder; where that cannot be written, in a private folder below the system's temporary folder;
  where that fails too, in memory only.

A cache that is damaged, truncated or cannot be written costs time, never an error. First calls from several threads
compile once. Kernels release the interpreter's lock, and none uses numba's own threads (its portable threading layer
must not be entered by two threads at once): parallelism is the caller's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_LOCK = threading.RLock()
_MARK = b"import kernel\n"  # how a module of kernels is recognised by its text


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function of numbers and arrays a compiled one, compiled when first called."""
    return cast("Callable[P, R]", _Kernel(function))


class _Kernel(Generic[P, R]):
    """A function that becomes a numba dispatcher when it is first called, by Python or by another kernel."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.py_func = function
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self._dispatcher: Any = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        dispatcher = self._dispatcher or self._dispatch()
        return cast("R", dispatcher(*args, **kwargs))

    @property
    def _numba_type_(self) -> Any:
        """The type by which numba, compiling a caller, finds this kernel among the caller's globals."""
        return self._dispatch()._numba_type_

    def _dispatch(self) -> Any:
        with _LOCK:
            if self._dispatcher is None:
                import numba

                dispatcher = numba.njit(nogil=True, error_model="numpy", boundscheck=False)(self.py_func)
                folder = cache_folder()
                if folder is not None:
                    dispatcher._cache = _disk_cache(self.py_func, folder)  # noqa: SLF001 - what cache=True sets
                self._dispatcher = dispatcher
            return self._dispatcher


def _disk_cache(function: Callable[..., Any], folder: Path) -> Any:
    """Return numba's function cache, kept in ``folder`` and deaf to whatever goes wrong there."""
    from numba.core import caching
    from numba.core.runtime import rtsys

    # numba has no types, so to the type checker these classes have no known base; test_kernel.py holds what they do.
    class Locator(caching._CacheLocator):  # type: ignore[misc]  # noqa: SLF001 - the documented base is private
        def get_cache_path(self) -> str:
            return str(folder)

        def get_source_stamp(self) -> str:
            return folder.name  # the key of all sources stands for each of them

        def get_disambiguator(self) -> str:
            return f"{function.__module__}-{function.__code__.co_firstlineno}"

        @classmethod
        def from_function(cls, _function: Any, _file: Any) -> Any:
            return cls()

    class Implementation(caching.CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = (Locator,)

    class Cache(caching.FunctionCache):  # type: ignore[misc]
        _impl_class = Implementation

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            # numba would first load all that it can compile, 0.15 s; machine code needs its memory manager alone, and
            # a kernel that must be compiled loads the rest then.
            try:
                rtsys.initialize(target_context)
                return self._load_overload(sig, target_context)
            except Exception:  # noqa: BLE001 - unpickling damaged bytes may raise anything; then we compile
                return None

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except Exception:  # noqa: BLE001 - a full disk, or an index that cannot be read; the kernel itself is fine
                self.disable()

    return Cache(function)


@cache
def cache_folder() -> Path | None:
    """Return the folder that holds compiled kernels, or ``None`` where nothing can be written."""
    key = source_key()
    for parent in _candidates():
        folder = parent / key
        if _is_private_and_writable(folder):
            return folder
    return None


@cache
def source_key() -> str:
    """Return a key of all that machine code depends on: every kernel's module, numba, Python and the processor."""
    from importlib.metadata import version

    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        text = path.read_bytes()
        if _MARK in text:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + text + b"\0")
    digest.update(f"{version('numba')} {version('numpy')} {sys.version} {platform.machine()}".encode())
    digest.update(_processor().encode())
    return digest.hexdigest()[:24]


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open() as lines:
            return next((line for line in lines if line.startswith("model name")), "")
    except OSError:
        return platform.processor()


def _candidates() -> list[Path]:
    user = getattr(os, "getuid", lambda: "user")()
    found = [Path(tempfile.gettempdir()) / f"skyaccord-{user}" / "kernels"]
    with contextlib.suppress(RuntimeError):  # no home is known
        found.insert(0, Path.home() / ".cache" / "skyaccord" / "kernels")
    return found


def _is_private_and_writable(folder: Path) -> bool:
    """Make the folder; refuse one that another user could have filled, since machine code is loaded from it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for place in (folder, folder.parent, folder.parent.parent):
            status = place.lstat()
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return False
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True
