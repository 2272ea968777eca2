"""The evaluations that scripts/evaluate.py runs, one module each."""
