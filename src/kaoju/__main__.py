"""``python -m kaoju`` is the command ``kaoju``."""

from kaoju.cli import main

if __name__ == "__main__":
    main()
