"""Exchange rates: read in every shape of the bank's files, used from the next day on, never guessed (cases E)."""

from datetime import date
from decimal import Decimal

import pytest

from praho.billing import errors
from praho.billing.tax import exchange, jobs
from praho.billing.tax.gateways import bnr
from praho.billing.tax.services import exchange_rates
from praho.core.db.scope import SystemScope, entered
from praho.core.jobs.kinds import Tick
from tests.fakes import bnr as fake

FRIDAY, MONDAY, TUESDAY = date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 6)


def rate(value, currency="EUR", day=FRIDAY):
    return exchange.Rate(currency, Decimal(value), day)


def in_lei(minor, value, currency="EUR"):
    return exchange.in_lei(minor, exchange.Rate(currency, Decimal(value), FRIDAY))


class TestConverting:
    def test_e1_the_vat_is_converted_as_a_whole(self):
        assert in_lei(2_287, "5.0812") == 11_621

    def test_e5_a_rate_for_a_hundred_units(self):
        [read] = bnr.read(fake.file({FRIDAY: {"HUF*100": "1.3054"}}))
        assert in_lei(1_000_000, read.lei, "HUF") == 13_054

    def test_e6_a_currency_without_minor_units(self):
        [read] = bnr.read(fake.file({FRIDAY: {"JPY*100": "3.1896"}}))
        assert in_lei(1_500, read.lei, "JPY") == 4_784

    def test_a_negative_amount_is_the_mirror(self):
        assert in_lei(-2_287, "5.0812") == -11_621


class TestReading:
    @pytest.mark.parametrize("namespace", [fake.OLD, fake.NEW])
    def test_e7_both_namespaces(self, namespace):
        days = {FRIDAY: {"EUR": "5.0985"}, MONDAY: {"EUR": "5.1000", "USD": "4.5330"}}
        read = list(bnr.read(fake.file(days, namespace)))
        assert [(one.currency, one.published_on, one.lei) for one in read] == [
            ("EUR", FRIDAY, Decimal("5.0985")),
            ("EUR", MONDAY, Decimal("5.1000")),
            ("USD", MONDAY, Decimal("4.5330")),
        ]

    @pytest.mark.parametrize(
        "content",
        [
            fake.HOME_PAGE,
            b"",
            b"<DataSet/>",
            fake.file({FRIDAY: {"EUR": "0"}}),
            fake.file({FRIDAY: {"EUR": "-5"}}),
            fake.file({FRIDAY: {"EUR": "cinci"}}),
            fake.file({FRIDAY: {"EUR": "NaN"}}),
            fake.file({FRIDAY: {"EURO": "5"}}),
            fake.file({FRIDAY: {"HUF*0": "5"}}),
            fake.file({FRIDAY: {"EUR": "5"}}).replace(b"RON", b"EUR"),
            fake.file({FRIDAY: {"EUR": "5"}}).replace(b"2026-10-02", b"azi"),
        ],
    )
    def test_what_is_no_file_of_rates_is_refused(self, content):
        with pytest.raises(ValueError):
            list(bnr.read(content))


@pytest.mark.usefixtures("domains", "db")
class TestChoosing:
    def found(self, on, currency="EUR"):
        with entered(SystemScope("test")):
            return exchange_rates.rate_for(currency, on)

    def keep(self, *rates):
        with entered(SystemScope("test")):
            return exchange_rates.keep(rates)

    def test_e2_monday_uses_fridays_rate(self):
        self.keep(rate("5.0812"))
        assert self.found(MONDAY) == exchange.Rate("EUR", Decimal("5.0812"), FRIDAY)

    def test_e3_the_rate_of_the_same_day_is_not_used(self):
        self.keep(rate("5.0812"), rate("5.1", day=MONDAY))
        assert self.found(MONDAY).published_on == FRIDAY
        assert self.found(TUESDAY).published_on == MONDAY

    def test_e4_the_second_of_january_uses_decembers(self):
        self.keep(rate("5.09", day=date(2025, 12, 31)))
        assert self.found(date(2026, 1, 2)).published_on == date(2025, 12, 31)

    def test_e8_an_old_rate_is_not_used(self):
        self.keep(rate("5.0812"))
        assert self.found(date(2026, 10, 12)).lei == Decimal("5.0812")
        with pytest.raises(errors.ExchangeRateMissing):
            self.found(date(2026, 10, 14))

    def test_e9_what_the_bank_does_not_quote_is_refused(self):
        self.keep(rate("5.0812"))
        with pytest.raises(errors.ExchangeRateMissing):
            self.found(MONDAY, "XAU")

    def test_a_published_rate_never_changes(self):
        assert self.keep(rate("5.0812")) == 1
        assert self.keep(rate("6.0"), rate("4.5", "USD")) == 1
        assert self.found(MONDAY).lei == Decimal("5.0812")


@pytest.fixture
def bank():
    with fake.serving() as serving:
        yield serving


class TestAsking:
    def test_the_bank_answers(self, bank):
        bank.files[bnr.LAST_DAYS] = fake.file({FRIDAY: {"EUR": "5.0812"}})
        assert bnr.ask(bank.url, bnr.LAST_DAYS) == [rate("5.0812")]

    @pytest.mark.parametrize(("status", "body"), [(503, b""), (404, b""), (200, fake.HOME_PAGE), (200, b"<DataSet")])
    def test_a_fault_is_no_rate(self, bank, status, body):
        bank.files[bnr.LAST_DAYS] = b""
        bank.status, bank.body = status, body
        with pytest.raises(bnr.RatesUnavailable):
            bnr.ask(bank.url, bnr.LAST_DAYS)

    def test_nobody_there_is_no_rate(self):
        with pytest.raises(bnr.RatesUnavailable):
            bnr.ask("http://127.0.0.1:9", bnr.LAST_DAYS, seconds=1)


@pytest.mark.usefixtures("domains", "db")
class TestFetching:
    @pytest.fixture(autouse=True)
    def connected(self, app, bank, move_clock):
        move_clock("2026-01-02T08:00:00+00:00")
        app.config["PRAHO"] = app.config["PRAHO"].model_copy(update={"bnr_url": bank.url})

    def fetch(self, app):
        with app.app_context(), entered(SystemScope("test")):
            return exchange_rates.fetch()

    def test_the_first_time_it_fills_years(self, app, bank):
        bank.files[bnr.OF_A_YEAR.format(year=2025)] = fake.file({date(2025, 12, 31): {"EUR": "5.09"}}, fake.OLD)
        bank.files[bnr.OF_A_YEAR.format(year=2026)] = fake.file({date(2026, 1, 2): {"EUR": "5.1"}})
        assert self.fetch(app) == 2
        assert self.fetch(app) == 0
        assert len(bank.asked) == 2

    def test_then_the_last_ten_days(self, app, bank):
        with entered(SystemScope("test")):
            exchange_rates.keep([rate("5.0", day=date(2025, 12, 30))])
        bank.files[bnr.LAST_DAYS] = fake.file({date(2025, 12, 30): {"EUR": "9"}, date(2025, 12, 31): {"EUR": "5.09"}})
        assert self.fetch(app) == 1
        assert bank.asked == [bnr.LAST_DAYS]

    def test_a_silent_bank_is_told(self, app, bank):
        bank.status = 503
        with pytest.raises(exchange_rates.RatesUnavailable):
            self.fetch(app)

    def test_a_silent_bank_is_asked_again_by_the_next_hours_job_alone(self, app, bank):
        bank.status = 503
        with app.app_context(), entered(SystemScope("test")):
            assert jobs.fetch_exchange_rates(Tick("2026-01-02T10:00:00+02:00")) is None
        assert len(bank.asked) == 1
