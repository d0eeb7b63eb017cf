"""The command line ``detente``."""

import signal
import sys

from ._native import run


def main() -> None:
    """Run the program and leave with its exit code."""
    # Ctrl-C ends the program between two records with code 130, as it does without Python
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = run(["detente", *sys.argv[1:]])
    sys.stdout.flush()
    sys.exit(code)


if __name__ == "__main__":
    main()
