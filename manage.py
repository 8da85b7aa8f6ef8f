#!/usr/bin/env python3
"""Django's command line for this project.

`./dev shell` starts it with the right environment; on its own it needs the variables of `.env.example`, except for
the commands on files of one's own.
"""

from __future__ import annotations

import os
import sys

ON_FILES = {"match"}


def main() -> None:
    """Run one management command."""
    if sys.argv[1:2] and sys.argv[1] in ON_FILES:
        os.environ["DJANGO_SETTINGS_MODULE"] = "iris.settings.bare"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iris.settings.development")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as problem:
        raise SystemExit("Django is not installed here. Type: ./dev shell") from problem
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
