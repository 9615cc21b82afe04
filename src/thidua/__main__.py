"""Runs the program as `python -m thidua`."""

import sys

from thidua.cli import main

if __name__ == "__main__":
    sys.exit(main())
