"""Run one evaluation of kaoju: ``scripts/evaluate.py NAME ...``.

Each is a module of ``scripts/evaluation`` with a ``run`` that takes the arguments after its
name, prints its tables and writes its record under ``scripts/results``.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

EVALUATIONS = ("figures", "names", "retrieval", "reading", "answers", "checks")


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation named first; 2 when there is none such."""
    if not arguments or arguments[0] not in EVALUATIONS:
        print(f"usage: evaluate.py {'|'.join(EVALUATIONS)} [options]", file=sys.stderr)
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    module = importlib.import_module(f"evaluation.{arguments[0]}")
    result = module.run(list(arguments[1:]))
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
