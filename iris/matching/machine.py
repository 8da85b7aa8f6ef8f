"""The kernels as machine code: loaded from where an earlier process kept them, compiled by the first one.

A compiler takes some 40 MB of each process that loads it, so only the one that compiles does. The code is kept in
`NUMBA_CACHE_DIR` when set, else in `IRIS_HOME/numba`, else in the user's cache folder: for each state of the sources,
each processor and each version of LLVM a file of its own, with a digest, because broken code ends a process.
Nothing here reads settings.
"""

import ctypes
import fcntl
import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from iris.matching.shapes import ENTRIES

log = logging.getLogger(__name__)
Entry = Callable[[int], None]
Compiled = tuple[int, str, bytes, list[str]]  # address, symbol, object code, and what that asks of others


def state_of_sources() -> str:
    """A digest of everything that is compiled into the kernels of names."""
    here = Path(__file__).parent
    return digest_of(
        [*(here / "kernels").glob("*.py"), here / "config.py", here / "shapes.py", here / "score.py"]
    )


def digest_of(sources: Iterable[Path]) -> str:
    """A short digest of some files, whatever their order."""
    digest = hashlib.sha256()
    for file in sorted(sources):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _compiled_here(name: str) -> Compiled:
    from iris.matching.kernels.entries import compiled

    return compiled(name)


def _kept_in() -> Path:
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen)
    if home := os.environ.get("IRIS_HOME"):
        return Path(home) / "numba" / state_of_sources()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "iris-kernels"


HOME = _kept_in()
os.environ.setdefault(
    "NUMBA_CACHE_DIR", str(HOME)
)  # for others who use numba: it reads this when it is imported


class Machine:
    """The ways into some kernels, each made ready when it is first asked for; those of names unless others are given.

    `entries` says which arrays each takes, `state` is a digest of their sources, `compiler` makes one by its name.
    """

    def __init__(
        self,
        home: Path = HOME,
        *,
        entries: Mapping[str, Sequence[str]] = ENTRIES,
        state: Callable[[], str] = state_of_sources,
        compiler: Callable[[str], Compiled] = _compiled_here,
    ) -> None:
        self.home = home
        self._state, self._compiler = cache(state), compiler
        self._entries: dict[str, Entry] = {}
        self._types = {name: tuple(map(np.dtype, types)) for name, types in entries.items()}
        self._held: list[Any] = []  # what must not be freed while the code may run
        self._lock = threading.Lock()

    def run(self, name: str, *arrays: np.ndarray) -> None:
        """Call an entry, without Python's lock. The arrays are as shapes.ENTRIES says, or TypeError."""
        table = addresses(arrays, self._types[name])
        self.call(name, address(table))

    def call(self, name: str, table: int) -> None:
        """Call an entry with a table made before."""
        (self._entries.get(name) or self.ready(name))(table)

    def ready(self, name: str) -> Entry:
        """Load an entry, or compile and keep it."""
        with self._lock:
            if name not in self._entries:
                address = self._loaded(name) or self._compiled_once(name)
                self._entries[name] = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)
        return self._entries[name]

    def warm(self) -> None:
        """Make every entry ready."""
        for name in self._types:
            self.ready(name)

    def file_of(self, name: str) -> Path:
        """Where the code of an entry is kept."""
        return self.home / f"{name}-{self._state()}-{_processor()}.code"

    def _loaded(self, name: str) -> int:
        try:
            head, _line, code = self.file_of(name).read_bytes().partition(b"\n")
            about = json.loads(head)
            if hashlib.sha256(code).hexdigest() != about["sha256"]:
                raise ValueError("its digest is another")
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The kept code of %s is not used: %s", name, error)
            return 0
        engine, address = _linked(code, about["symbol"], about["outside"])
        self._held.append(engine)
        return address

    def _compiled_once(self, name: str) -> int:
        """One process compiles; those that came at the same time load what it kept, where the folder can be locked."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock = (self.home / "compiling.lock").open("ab")
        except OSError:
            return self._compiled(name)
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self._loaded(name) or self._compiled(name)

    def _compiled(self, name: str) -> int:
        address, symbol, code, outside = self._compiler(name)
        head = {"symbol": symbol, "outside": outside, "sha256": hashlib.sha256(code).hexdigest()}
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            draft = self.home / f"{name}.{os.getpid()}.draft"
            draft.write_bytes(json.dumps(head).encode() + b"\n" + code)
            os.replace(draft, self.file_of(name))
        except OSError as error:
            log.warning("The compiled code of %s cannot be kept, each process compiles it: %s", name, error)
        return address


@cache
def _processor() -> str:
    """A digest of the processor and of the library that links for it."""
    import llvmlite
    from llvmlite import binding

    about = (llvmlite.__version__, binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten())
    return hashlib.sha256("\0".join(about).encode()).hexdigest()[:12]


def _linked(code: bytes, symbol: str, outside: Sequence[str]) -> tuple[Any, int]:
    """Put machine code into this process: what holds it, and the address of a symbol of it."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    process = ctypes.CDLL(None)
    for name in outside:
        # What the kernels never call, as they raise nothing and make no objects: numba's ways to Python.
        if binding.address_of_symbol(name) is None and not hasattr(process, name):
            binding.add_symbol(name, ctypes.cast(process.abort, ctypes.c_void_p).value)
    target = binding.Target.from_default_triple().create_target_machine(jit=True)
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), target)
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine, engine.get_function_address(symbol)


def addresses(arrays: Sequence[np.ndarray], types: Sequence[np.dtype[Any]]) -> np.ndarray:
    """The table of some arrays: where each begins and how long it is. The arrays must outlive it."""
    table: list[int] = []
    for array, kind in zip(arrays, types, strict=True):
        if array.dtype != kind or not array.flags.c_contiguous:
            raise TypeError(f"expected an array of {kind} in one piece, found {array.dtype}")
        table += (address(array), array.size)
    return np.array(table, np.int64)


def address(array: np.ndarray) -> int:
    """Where an array begins."""
    return int(array.__array_interface__["data"][0])


_machine = Machine()
run = _machine.run
call = _machine.call
ready = _machine.ready
