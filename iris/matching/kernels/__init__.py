"""The loops that are compiled. They load numba, which a process does without that finds them compiled (see machine)."""
