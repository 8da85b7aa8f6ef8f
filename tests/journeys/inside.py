"""A process inside the product that runs what journeys send it: starting Django takes seconds, a state a moment."""

import contextlib
import io
import json
import sys
import traceback

import django


def main() -> None:
    """Each line read is the code of one call; each line written is what it printed and how it failed."""
    answers = sys.stdout
    django.setup()
    for line in sys.stdin:
        printed, failed = io.StringIO(), ""
        with contextlib.redirect_stdout(printed):
            try:
                exec(json.loads(line), {"__name__": "journey"})
            except BaseException:
                failed = traceback.format_exc()
        answers.write(json.dumps({"printed": printed.getvalue(), "failed": failed}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
