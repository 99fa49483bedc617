"""`praho efactura`: checks that need no database and no running system."""

from pathlib import Path

import click

from praho.billing import errors
from praho.billing.efactura import validator
from praho.billing.efactura.findings import Finding, Severity, errors_in
from praho.core import clock, i18n


@click.group("efactura")
def group() -> None:
    """Look at e-Factura files."""


@group.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def validate(files: tuple[Path, ...]) -> None:
    """Check invoices against the schemas, EN 16931, CIUS-RO and our own rules.

    Prints one line per finding and exits 1 when any file is wrong, or is no invoice.
    """
    with i18n.in_locale("en"):
        failed = [path for path in files if not _is_good(path)]
    if failed:
        raise SystemExit(1)


def _is_good(path: Path) -> bool:
    try:
        findings = validator.validate(path.read_bytes(), today=clock.today())
    except OSError as error:
        click.echo(f"{path}: cannot be read: {error.strerror}", err=True)
        return False
    except (errors.UnreadableInvoice, errors.ValidatorUnavailable) as error:
        click.echo(f"{path}: {error}", err=True)
        return False
    for finding in findings:
        click.echo(_line(path, finding))
    wrong = errors_in(findings)
    if not wrong:
        click.echo(f"{path}: valid")
    return not wrong


def _line(path: Path, finding: Finding) -> str:
    mark = "" if finding.severity is Severity.ERROR else "warning: "
    return f"{path}: {mark}{finding.rule_id}: {finding.message} ({finding.location})"
