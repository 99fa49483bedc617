"""Whether an invoice would be accepted, and whether it is true.

Four layers: the UBL 2.1 schemas, the EN 16931 stylesheet, the ministry's CIUS-RO rules, and checks of our own.
"""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Protocol

from lxml import etree

from praho.billing.efactura import own_checks, ro_conditions, ro_limits, standard, ubl
from praho.billing.efactura.findings import Finding

# A hostile file may break a rule on each of its lines; a reader needs no more than this of each layer.
MAX_FINDINGS_PER_LAYER = 200


class StandardChecker(Protocol):
    """Whoever checks against the schemas and the EN 16931 stylesheet, as `standard.StandardWorker` does."""

    def check(self, xml: bytes) -> list[Finding]:
        """Return what is wrong with a UTF-8 document without DOCTYPE; raises `ValidatorUnavailable`."""


def validate(xml: bytes, *, today: date, worker: StandardChecker = standard.shared_worker) -> tuple[Finding, ...]:
    """Return the findings about an invoice or credit note, none for a good one.

    `today` is the Bucharest date that no issue date may exceed. A document that breaks its schema is not looked at
    further. Raises `UnreadableInvoice` for bytes that are no invoice, `ValidatorUnavailable` when the check
    itself failed.
    """
    root = ubl.parse(xml)
    findings = _first(worker.check(etree.tostring(root, encoding="UTF-8")))
    if any(finding.rule_id == "XSD" for finding in findings):
        return tuple(findings)
    # BR-27 is a rule of the standard and of the ministry; once is enough.
    known = {finding.rule_id for finding in findings}
    for layer in (ro_conditions.check(root), ro_limits.check(root), own_checks.check(root, today)):
        findings += [finding for finding in _first(layer) if finding.rule_id not in known]
    return tuple(findings)


def _first(findings: Iterable[Finding]) -> list[Finding]:
    return list(islice(findings, MAX_FINDINGS_PER_LAYER))
