"""``python -m kaoju`` is the command ``kaoju``."""

from __future__ import annotations

import os
import sys

from kaoju.cli import main


def run() -> None:
    """Run the command and leave at once.

    Python would take its dictionaries and models apart first, which the system frees anyway: a
    tenth of a second of each question. What a command writes is closed before it returns.
    """
    try:
        main()
    except SystemExit as left:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            raise left from None  # a full disk or a closed pipe is told in Python's own way
        if not isinstance(left.code, int):
            raise
        os._exit(left.code)


if __name__ == "__main__":
    run()
