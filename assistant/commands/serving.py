"""`gongmun run`."""

from __future__ import annotations

import importlib

import click

from assistant import eventlog
from assistant.assembly import build
from assistant.commands.common import load_settings, plain_errors
from assistant.datafolder import claim


def serve(*, host: str | None, port: int | None) -> None:
    """Serve the page until the process is told to stop."""
    eventlog.configure()
    settings = load_settings(host=host, port=port)
    # By name: the library does not depend on the web, but its command starts it.
    web = importlib.import_module("api.app")
    with plain_errors():
        web.require_loopback(settings.host)
        taken = claim(settings.data_dir)
        try:
            assistant = build(settings)

            def listening(address: str) -> None:
                taken.announce(address)
                click.echo(f"공문(Gongmun): {address}  (멈추기: Ctrl+C)")

            web.serve(assistant, settings, on_listening=listening)
        finally:
            taken.release()
