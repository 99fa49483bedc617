from click.testing import CliRunner

from praho.billing.efactura import builder, cli
from tests.billing import samples
from tests.billing.efactura.documents import EXAMPLES


def validate(*paths):
    return CliRunner().invoke(cli.group, ["validate", *map(str, paths)])


def test_a_good_invoice(tmp_path):
    path = tmp_path / "bună.xml"
    path.write_bytes(builder.build(samples.document()))
    result = validate(path)
    assert (result.exit_code, result.output) == (0, f"{path}: valid\n")


def test_a_wrong_invoice_prints_its_rules():
    path = EXAMPLES / "broken/BR-CO-25__no-due-date.xml"
    result = validate(path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: BR-CO-25: An invoice with an amount to pay")
    assert result.stdout.endswith("(/Invoice[1])\n")


def test_a_warning_alone_is_no_failure(tmp_path):
    path = tmp_path / "invoice.xml"
    xml = builder.build(samples.document())
    path.write_bytes(xml.replace(b">61.90<", b">61.91<").replace(b">356.68<", b">356.69<"))
    result = validate(path)
    assert result.exit_code == 0
    assert f"{path}: warning: PRAHO-VAT: " in result.stdout
    assert result.stdout.endswith(f"{path}: valid\n")


def test_one_wrong_file_among_good_ones_fails(tmp_path):
    good = EXAMPLES / "own/b2b-ron.xml"
    missing = tmp_path / "missing.xml"
    result = validate(missing, good)
    assert result.exit_code == 1
    assert result.stderr == f"{missing}: cannot be read: No such file or directory\n"
    assert result.stdout == f"{good}: valid\n"


def test_files_that_are_no_invoice_say_so(tmp_path):
    picture, page = tmp_path / "picture.png", tmp_path / "page.html"
    picture.write_bytes(b"\x89PNG\r\n")
    page.write_text("<html><body>Request Rejected</body></html>")
    result = validate(picture, page, tmp_path)
    assert result.exit_code == 1
    first, second, third = result.stderr.splitlines()
    assert first.startswith(f"{picture}: The file is not well-formed XML: ")
    assert second == f"{page}: This is no UBL invoice: its root is html."
    assert third == f"{tmp_path}: cannot be read: Is a directory"


def test_no_file_is_a_usage_error():
    assert validate().exit_code == 2
