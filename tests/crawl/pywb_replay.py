"""Indexes the WARC files under a folder with pywb, replays every record of it and prints what came back.

`.venv-pywb/bin/python tests/crawl/pywb_replay.py FOLDER` runs where pywb is installed and none of our code.
"""

from __future__ import annotations

from gevent.monkey import patch_all

patch_all()  # before anything else, as pywb's own command does

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from hashlib import sha256  # noqa: E402
from pathlib import Path  # noqa: E402

from pywb.apps.frontendapp import FrontEndApp  # noqa: E402
from pywb.indexer.cdxindexer import main as index_files  # noqa: E402
from werkzeug.test import Client  # noqa: E402
from werkzeug.wrappers import Response  # noqa: E402


def replayed(folder: Path) -> Iterator[dict[str, object]]:
    """Yield what the record of each line of the index is shown as, without banner or rewriting."""
    index = Path("index.cdxj")
    index_files(["--cdxj", "--sort", "--recurse", "--dir-root", str(folder), "-o", str(index), str(folder)])
    collection = {"index_paths": str(index.absolute()), "archive_paths": f"{folder}/"}
    Path("config.yaml").write_text(json.dumps({"collections": {"evidence": collection}}))
    client = Client(FrontEndApp(config_file="config.yaml"), Response)
    for line in index.read_text("utf-8").splitlines():
        _, timestamp, fields = line.split(" ", 2)
        entry = json.loads(fields)
        shown = client.get(f"/evidence/{timestamp}id_/{entry['url']}")
        yield {
            "url": entry["url"],
            "timestamp": timestamp,
            "file": entry["filename"],
            "offset": int(entry["offset"]),
            "length": int(entry["length"]),
            "mime": entry["mime"],
            "status": shown.status_code,
            "digest": sha256(shown.data).hexdigest(),
        }


if __name__ == "__main__":
    folder = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        for each in replayed(folder):
            sys.stdout.write(json.dumps(each) + "\n")
        os.chdir("/")
