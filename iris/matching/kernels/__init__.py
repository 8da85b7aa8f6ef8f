"""The compiled parts. Import numba from here, so that its cache lies where it can be written."""

from iris.matching.kernels.cache import jit, kernel

__all__ = ["jit", "kernel"]
