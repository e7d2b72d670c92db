"""The first module of a frozen build: both programs start here."""

from __future__ import annotations

import multiprocessing
import sys

from briefing_app.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
