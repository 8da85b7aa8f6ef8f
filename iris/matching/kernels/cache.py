"""Where compiled kernels are kept between runs, and the decorators that compile them.

`NUMBA_CACHE_DIR` when set; else `IRIS_HOME/numba` when the house has a folder for what it makes; else numba's own
choice (beside the source, or the user's cache folder). In the house's folder each state of the sources has a folder
of its own: numba looks at the file of a kernel only, and would go on with helpers of another file that were changed.
Nothing here reads settings.
"""

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar


def state_of_sources() -> str:
    """A digest of everything that is compiled into the kernels."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*here.glob("*.py"), here.parent / "config.py"]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


_home = os.environ.get("IRIS_HOME")
if _home and "NUMBA_CACHE_DIR" not in os.environ:
    os.environ["NUMBA_CACHE_DIR"] = os.path.join(_home, "numba", state_of_sources())

import numba  # noqa: E402 - reads NUMBA_CACHE_DIR when it is imported

Function = TypeVar("Function", bound=Callable[..., Any])


_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy"}


def jit(function: Function) -> Function:
    """A helper of the kernels: compiled with whatever calls it, without holding Python's lock."""
    compiled: Function = numba.njit(**_OPTIONS)(function)
    return compiled


class Kernel:
    """A function that Python calls: compiled for one signature, the first time it is called, and kept on disk."""

    def __init__(self, function: Callable[..., Any], signature: Any) -> None:
        self._function = function
        self._signature = signature
        self._compiled: Callable[..., Any] | None = None
        self._lock = threading.Lock()
        self.__doc__ = function.__doc__

    def __call__(self, *arguments: Any) -> Any:
        """Call it, compiling first if nobody has."""
        return (self._compiled or self.ready())(*arguments)

    def ready(self) -> Callable[..., Any]:
        """Load it from the disk, or compile it."""
        with self._lock:
            if self._compiled is None:
                self._compiled = numba.njit(self._signature, **_OPTIONS)(self._function)
        return self._compiled


def kernel(signature: Any) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a function a kernel of this signature."""
    return lambda function: Kernel(function, signature)


def reads(kind: str, dimensions: int = 1) -> Any:
    """The type of an array that is only read (as mapped files are), for a signature."""
    return numba.types.Array(getattr(numba.types, kind), dimensions, "C", readonly=True)


def writes(kind: str, dimensions: int = 1) -> Any:
    """The type of an array that is written to, for a signature."""
    return numba.types.Array(getattr(numba.types, kind), dimensions, "C")


nothing = numba.types.void
float32 = numba.types.float32
int64 = numba.types.int64


def number(kind: str) -> Any:
    """The type of one number, for a signature."""
    return getattr(numba.types, kind)


def pack(*types: Any) -> Any:
    """The type of arrays handed over together, for a signature."""
    return numba.types.Tuple(types)
