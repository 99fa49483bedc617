"""How fast PRAHO is on this machine: `python -m benchmarks`, or `make bench`."""

from pathlib import Path

import click
import psycopg

from benchmarks import books, documents, installation, report, serving, sizes
from benchmarks.installation import Installation
from benchmarks.pages import Page, Walk
from benchmarks.reader import Reader
from benchmarks.seeding import founding, people, prototypes
from benchmarks.serving import Served
from benchmarks.sizes import Size
from benchmarks.timing import Figure, page
from praho.config import ROOT
from praho.core.web.blueprints import Surface

_STARTS = 3
_FOLDER = ROOT / "instance" / "bench"


@click.command()
@click.option("--size", default=10_000, show_default=True, help="Customers; five times as many invoices.")
@click.option("--times", default=25, show_default=True, help="How often each thing is measured.")
@click.option(
    "--folder", default=ROOT / "instance" / "bench", type=click.Path(path_type=Path), help="Where its data is."
)
@click.option("--only", default="", help="Only the pages whose endpoint contains this.")
def main(size: int, times: int, folder: Path, only: str) -> None:
    """Seed a database of its own, serve it by gunicorn, measure every page and the making of documents."""
    with installation.running(folder / str(size), size) as installed:
        with psycopg.connect(installed.database) as connection:
            version = connection.info.server_version // 10_000
        about = report.machine(str(version), size)
        click.echo(about)
        with serving.running(installed.environment) as served:
            pages, found = _pages(installed, served, times, only)
        work = documents.measured(installed.app, installed.database, times * 4)
        long_work, long_sizes = books.measured(installed.app, installed.database, times)
        work += long_work
        report.show("In this process, ms", work)
        found += long_sizes
        found += [sizes.start(installed.environment, min(times, _STARTS)), sizes.checker()]
        report.show_sizes(found)
    path = folder.parent / "bench.json"
    report.write(path, about, pages, work, found)
    click.echo(f"\nWritten to {path}")


def _pages(installed: Installation, served: Served, times: int, only: str) -> tuple[list[Figure], list[Size]]:
    staff = Reader(served.host, served.port)
    staff.sign_in(founding.STAFF, founding.PASSWORD, founding.TOTP_SECRET)
    walk = Walk(installed.app, staff, frozenset({Surface.ADMIN}), {})
    figures = _measured("As staff, ms", staff, [*walk.pages("/admin/"), *_searches()], times, only)
    found = sizes.assets(staff, "/admin/")
    email, customer_id = _customer(installed)
    customer = Reader(served.host, served.port)
    customer.sign_in(email, founding.PASSWORD)
    surfaces = frozenset({Surface.PORTAL, Surface.ACCOUNT, Surface.STOREFRONT})
    own = Walk(installed.app, customer, surfaces, {"customer_ref": customer_id})
    figures += _measured("As a customer, ms", customer, own.pages(f"/portal/{customer_id}/"), times, only)
    found += sizes.assets(customer, f"/portal/{customer_id}/")
    found.append(sizes.worker(served.worker_megabytes()))
    for missed in (*walk.missed(), *own.missed()):
        click.echo(f"not measured, for no link leads there: {missed}")
    return figures, found


def _measured(title: str, reader: Reader, pages: list[Page], times: int, only: str) -> list[Figure]:
    figures = [page(reader, one.endpoint, one.path, times) for one in pages if only in one.endpoint]
    report.show(title, figures)
    return figures


def _searches() -> list[Page]:
    """Return searches as staff type them: the beginning of a name, and a tax number."""
    name, cui = people.name(7).split()[-1][:5], people.cui(len(prototypes.PROTOTYPES))
    return [
        Page("search by the beginning of a name", f"/admin/search?q={name}"),
        Page("search by tax number", f"/admin/search?q={cui}"),
        Page("customers by the beginning of a name", f"/admin/customers?q={name}"),
    ]


def _customer(installed: Installation) -> tuple[str, str]:
    """Return the address and the customer's public id of an owner who owes."""
    with psycopg.connect(installed.database) as connection:
        row = connection.execute(
            "SELECT u.email, c.public_id FROM customers_customer c"
            " JOIN customers_member m ON m.customer_id = c.id AND m.role = 'owner'"
            " JOIN users_user u ON u.id = m.user_id WHERE EXISTS (SELECT FROM orders_order o"
            " WHERE o.customer_id = c.id AND o.state = 'awaiting_payment') ORDER BY c.id DESC LIMIT 1"
        ).fetchone()
    assert row is not None
    return row[0], row[1]


if __name__ == "__main__":
    main()
