"""The `praho` command. Domains add their own groups from their `cli.py`."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="praho")
def main() -> None:
    """Run and look after a PRAHO installation."""
