"""`python -m tests.bench NAME ...`: sets Django up, runs one bench and leaves its report under docs/reports/."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    from tests import reports
    from tests.bench import running

    name, *arguments = sys.argv[1:]
    code = import_module(f"tests.bench.{name}").main(arguments)
    if not code:
        made = reports.of_bench(name, arguments, running.said)
        sys.stderr.write(
            f"Report: {made.relative_to(running.ROOT)}\n"
        )  # the last line of the answer stays JSON
    sys.exit(code)
