"""CPU of a reading command beside that of `scrapy version`, in turns; at most 0.9x is the goal.

    python benchmarks/startup.py [--turns N]

Both run outside of any project and ask an empty archive, so that start-up is all they do.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, the folder of the benchmarks comes first

from storage import Archive  # noqa: E402

SCRIPTS = Path(sys.executable).parent
ASKED = (("runs",), ("search", "port"), ("stories", "--json"))


def main() -> None:
    """Print the median CPU of each command and its ratio to `scrapy version`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--turns", type=int, default=9)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/archive.db"
        Archive.create(url).close()
        commands = [[str(SCRIPTS / "scrapy"), "version"]]
        commands += [[str(SCRIPTS / "hotnews"), *asked, "--archive", url] for asked in ASKED]
        rounds = [[cpu_seconds(command, folder) for command in commands] for _ in range(turns)]
    anchor, *medians = (median(column) for column in zip(*rounds, strict=True))
    print(f"scrapy version {anchor * 1000:.0f} ms of CPU, median of {turns}")
    for asked, seconds in zip(ASKED, medians, strict=True):
        print(f"hotnews {' '.join(asked)} {seconds * 1000:.0f} ms: {seconds / anchor:.2f}x")


def cpu_seconds(command: Sequence[str], folder: str) -> float:
    """Return user and system time of one run of *command* in *folder*."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=os.environ, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
