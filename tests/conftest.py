"""What all tests share; each fixture lives in the module of `tests/fixtures` that is named after its subject."""

pytest_plugins = [
    "tests.fixtures.isolation",
    "tests.fixtures.programs",
    "tests.fixtures.chrome",
    "tests.fixtures.server",
    "tests.fixtures.database",
    "tests.fixtures.redis",
    "tests.fixtures.sandbox",
    "tests.fixtures.counting",
    "tests.fixtures.application",
    "tests.fixtures.browsing",
    "tests.fixtures.budgets",
    "tests.fixtures.serving",
    "tests.fixtures.mails",
    "tests.fixtures.registers",
    "tests.fixtures.anaf",
]
