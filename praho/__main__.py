"""`python -m praho` is the `praho` command."""

from praho import cli

if __name__ == "__main__":
    cli.main()
