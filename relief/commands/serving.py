"""What starts? The demo, the server, a worker alone, and the sweep."""

from __future__ import annotations

import ctypes
import socket
import sys

import click

from relief.commands.instance import migrated, server_settings
from relief.commands.speaking import Refused, Steps, _, helped

PANGO = "libpangoft2-1.0.so.0"


@click.command(**helped(_("Start the demo on this machine. Its people are made up, and nothing else is needed.")))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help=_("The port on 127.0.0.1."))  # fmt: skip
@click.option("--fresh", is_flag=True, help=_("Throw the demo's data away and start over."))
def demo(port: int, fresh: bool) -> None:
    from relief import serving
    from relief.commands.demo_instance import demo_folder, prepare, running

    steps = Steps(3)
    taken = _bound("127.0.0.1", port)
    prepare(steps, fresh=fresh)
    warn_without_pango()
    steps.step(_("Start"))
    address = f"http://127.0.0.1:{port}"
    with running(demo_folder(), address):
        sys.exit(serving.serve("demo", taken, lambda: steps.say(address)))


@click.command(
    **helped(_("Serve for real. Refuses to start without its secrets, or on a database that may lose data."))
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help=_("The address to listen on."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("The port."))
def serve(host: str, port: int) -> None:
    from relief import serving
    from relief.commands.database import require_durable

    server_settings()
    with migrated():
        require_durable()
    warn_without_pango()
    taken = _bound(host, port)
    sys.exit(serving.serve("server", taken, lambda: click.echo(f"http://{host}:{port}")))


@click.command(**helped(_("Run one background worker. For installations that start web and worker apart.")))
@click.option("--no-periodic", is_flag=True, help=_("Leave the periodic work to another worker."))
def worker(no_periodic: bool) -> None:
    from relief.jobs.worker import work

    with migrated() as app:
        pass
    work(app, with_periodic=not no_periodic)


@click.command(**helped(_("Sweep up. Sends lost jobs again and deletes stored files that nothing refers to.")))
def sweep() -> None:
    from relief.files.service import sweep_orphans
    from relief.jobs.service import sweep as sweep_jobs

    with migrated():
        said = _("%(jobs)s jobs sent again, %(files)s files deleted.", jobs=sweep_jobs(), files=sweep_orphans())
        click.echo(said)


def warn_without_pango() -> None:
    """Everything but printing works without pango: say so, and how to mend it."""
    try:
        ctypes.CDLL(PANGO)
    except OSError:
        if sys.platform == "linux":
            advice = "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"
            text = _("Printing is off: the system library pango is missing. Install it: %(advice)s", advice=advice)
            click.echo(text, err=True)


def _bound(host: str, port: int) -> socket.socket:
    """The socket, taken before the long steps, so that a port in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(_("port %(port)s on %(host)s is not free: %(why)s", port=port, host=host, why=why)) from None
    return taken
