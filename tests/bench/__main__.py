"""`python -m tests.bench NAME ...`: sets Django up and runs one bench."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    sys.exit(import_module(f"tests.bench.{sys.argv[1]}").main(sys.argv[2:]))
