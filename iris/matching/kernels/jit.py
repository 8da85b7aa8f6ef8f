"""How the kernels are compiled, and how they get at arrays by address."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numba.core import cgutils, types
from numba.extending import intrinsic

Function = TypeVar("Function", bound=Callable[..., Any])

OPTIONS: dict[str, Any] = {"boundscheck": False, "error_model": "numpy"}


def jit(function: Function) -> Function:
    """A helper of the kernels: compiled with whatever calls it."""
    compiled: Function = numba.njit(**OPTIONS)(function)
    return compiled


def object_code(function: Callable[..., None]) -> tuple[int, str, bytes, list[str]]:
    """Compile a way in, which takes one table: its address here, and its symbol, object code and what that asks of
    others, to keep."""
    options = {**OPTIONS, "nopython": True}
    made: Any = numba.cfunc(types.void(types.CPointer(types.int64)), **options)(function)
    library = made._library
    module = library._final_module
    outside = [one.name for one in (*module.functions, *module.global_variables) if one.is_declaration]
    wanted = [one for one in outside if not one.startswith("llvm.")]
    return made.address, made.native_name, library._get_compiled_object(), wanted


@intrinsic
def pointer(typing, address):
    """A number as the address it is."""

    def code(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), code


# A table holds the address and the length of one array after another.


@jit
def i8(table, at):
    """Array number `at` of a table, of 64-bit numbers."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.int64)


@jit
def i4(table, at):
    """Of 32-bit numbers."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.int32)


@jit
def i1(table, at):
    """Of small numbers."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.int8)


@jit
def u8(table, at):
    """Of 64 bits."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.uint64)


@jit
def u4(table, at):
    """Of 32 bits."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.uint32)


@jit
def u2(table, at):
    """Of 16 bits."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.uint16)


@jit
def u1(table, at):
    """Of bytes."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.uint8)


@jit
def f8(table, at):
    """Of numbers with a point."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.float64)


@jit
def f4(table, at):
    """Of short numbers with a point."""
    return numba.carray(pointer(table[2 * at]), table[2 * at + 1], np.float32)
