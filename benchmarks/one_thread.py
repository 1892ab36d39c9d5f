"""Keeps NumPy to one thread, which it reads from the environment when it is first imported.

Its threads wait for each other busily, so that two of them are slower than one where other programs are at work.
"""

import os
import sys

#: What the libraries that NumPy may stand on look at.
NAMES = tuple(f"{name}_NUM_THREADS" for name in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"))


def keep_to_one_thread(module: str) -> None:
    """Starts this module anew as the program, with one thread; returns only when that is so already."""
    if any(os.environ.get(name) != "1" for name in NAMES):
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, **dict.fromkeys(NAMES, "1")})  # noqa: S606 - itself
