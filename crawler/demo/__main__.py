"""Serve a generated site for benchmarks; the first line of standard output is its URL."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Sequence

from crawler.demo.load import Faults, LoadSite
from crawler.demo.replies import Responder
from crawler.demo.server import serve
from crawler.demo.site import DemoSite


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the demo site, or with `--articles` a load site, until interrupted."""
    options = _parser().parse_args(arguments)
    with contextlib.suppress(KeyboardInterrupt), serve(_site(options), port=options.port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        server.wait()


def _site(options: argparse.Namespace) -> Responder:
    if not options.articles:
        return DemoSite(trouble=options.trouble)
    faults = Faults(
        server_error=options.server_errors,
        timeout=options.timeouts,
        truncated=options.truncated,
        dropped=options.dropped,
    )
    site = LoadSite(
        articles=options.articles, sections=options.sections, faults=faults, latency_seconds=options.latency
    )
    site.write_ahead()
    return site


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port (default)")
    parser.add_argument("--trouble", action="store_true", help="add the troublesome section to the demo site")
    parser.add_argument("--articles", type=int, default=0, help="serve so many generated articles instead")
    parser.add_argument("--sections", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that every answer takes")
    for name in ("server-errors", "timeouts", "truncated", "dropped"):
        parser.add_argument(
            f"--{name}", type=float, default=0.0, help="share of articles that fail so at first"
        )
    return parser


if __name__ == "__main__":
    main()
