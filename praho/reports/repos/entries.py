"""The one reading of the fiscal documents: each with its VAT by category and rate, in lei to the ban.

A document belongs to the day on which its VAT becomes chargeable, its tax point (Legea 227/2015 art. 282), and so to
the period in which it is declared (art. 323). An invoice that is issued anew after a credit note belongs to that
note's day: the note and the invoice are one correction (art. 330), declared in one period.

The net and the VAT of a document in another currency are converted once each, at the document's own rate and half up
(art. 290 (2); `exchange.in_lei`); with several rates of VAT each part is converted, and the largest takes what
rounding leaves, so that the parts add up to the document. What it takes back of an advance keeps the advance's rate
(`snapshot.vat_in_lei_minor`), and so does the part of that sign. The partner of a document that was corrected after
e-Factura had rejected it is the corrected one.
"""

from collections.abc import Mapping
from typing import Any

from praho.core import money
from praho.reports.types import Wanted

_WHOLE = ", ".join(f"'{currency}'" for currency, digits in sorted(money.EXPONENTS.items()) if digits == 0)

# OFFSET 0 keeps the snapshots, which are wide, from being carried through the sorts above.
ENTRIES = f"""
WITH fiscal AS (
    SELECT d.*, d.tax_point AS charged_on
    FROM billing_document d
    WHERE d.kind IN ('invoice', 'credit_note') AND d.tax_point BETWEEN :since AND :until
        AND NOT EXISTS (
            SELECT FROM billing_document n WHERE n.id = d.source_id AND n.kind = 'credit_note' AND d.kind = 'invoice'
        )
    UNION ALL
    SELECT d.*, n.tax_point
    FROM billing_document n
    JOIN billing_document d ON d.source_id = n.id AND d.kind = 'invoice'
    WHERE n.kind = 'credit_note' AND n.tax_point BETWEEN :since AND :until
), priced AS (
    SELECT
        d.id, d.public_id, d.kind, d.number_text, d.source_id, d.issue_date, d.charged_on,
        coalesce(corrected.buyer_name, d.buyer_name) AS buyer_name, d.currency,
        d.total_minor, d.net_minor AS whole_net, d.vat_minor AS whole_vat,
        coalesce(said.buyer ->> 'vat_id', said.buyer ->> 'tax_number') AS code,
        said.buyer #>> '{{address,country}}' AS country,
        (said.buyer ->> 'vat_payer')::boolean AS registered,
        t.category, t.percent, t.net_minor, t.vat_minor,
        CASE
            WHEN t.category = 'S' AND r.rule = 'destination' THEN 'oss'
            WHEN t.category = 'S' THEN 'romania'
            WHEN t.category = 'AE' THEN 'reverse_charge'
            WHEN r.rule IN ('outside_business', 'outside_consumer', 'special_territory') THEN 'outside'
            ELSE 'not_subject'
        END AS treatment,
        coalesce(r.place, 'RO') AS place, r.vat_id,
        CASE WHEN d.currency <> 'RON' THEN (d.snapshot #>> '{{exchange,lei}}')::numeric END AS rate,
        CASE WHEN d.currency IN ({_WHOLE}) THEN 100 ELSE 1 END AS units,
        coalesce(back.net, 0) AS back_net, coalesce(back.vat, 0) AS back_vat,
        coalesce(back.net_lei, 0) AS back_net_lei, coalesce(back.vat_lei, 0) AS back_vat_lei
    FROM fiscal d
    JOIN billing_document_tax t ON t.document_id = d.id
    LEFT JOIN billing_tax_record r ON r.document_id = d.id
    LEFT JOIN LATERAL (
        SELECT v.buyer_name, v.snapshot -> 'buyer' AS buyer FROM billing_document_revision v
        WHERE v.document_id = d.id ORDER BY v.revision DESC LIMIT 1
    ) corrected ON true
    CROSS JOIN LATERAL (SELECT coalesce(corrected.buyer, d.snapshot -> 'buyer') AS buyer) said
    LEFT JOIN LATERAL (
        SELECT sum(net) AS net, sum(vat) AS vat, sum(round(net * lei)) AS net_lei, sum(round(vat * lei)) AS vat_lei
        FROM (
            SELECT (fact ->> 'net_minor')::bigint AS net, (fact ->> 'vat_minor')::bigint AS vat,
                coalesce(fact #>> '{{exchange,lei}}', d.snapshot #>> '{{exchange,lei}}')::numeric
                    * CASE WHEN d.currency IN ({_WHOLE}) THEN 100 ELSE 1 END AS lei
            FROM jsonb_array_elements(coalesce(d.snapshot -> 'advances', '[]')) fact
            WHERE d.currency <> 'RON'
        ) facts
    ) back ON true
    OFFSET 0
), valued AS (
    SELECT *, coalesce(rate * units, 1) AS lei FROM priced
), entry AS (
    SELECT
        *,
        round(net_minor * lei) + CASE WHEN row_number() OVER largest = 1
            THEN round((whole_net - back_net) * lei) + back_net_lei - sum(round(net_minor * lei)) OVER document
            ELSE 0 END AS net_lei,
        round(vat_minor * lei) + CASE WHEN row_number() OVER largest = 1
            THEN round((whole_vat - back_vat) * lei) + back_vat_lei - sum(round(vat_minor * lei)) OVER document
            ELSE 0 END AS vat_lei
    FROM valued
    WINDOW document AS (PARTITION BY id),
        largest AS (
            PARTITION BY id
            ORDER BY back_net <> 0 AND sign(net_minor) = sign(back_net) DESC,
                abs(vat_minor) DESC, abs(net_minor) DESC, category, percent
        )
)
"""
"""`entry` is a document's VAT row with `net_lei` and `vat_lei` in bani, and what the journal says of the document.

Asks for `:since` and `:until`. `code` identifies the partner for the tax office; a person's own number is never read.
"""


def narrowing(wanted: Wanted) -> tuple[str, Mapping[str, Any]]:
    """Return the condition on `entry` that a journal asks for, and all its parameters."""
    possible = {
        "treatment": ("treatment = :treatment", wanted.treatment and wanted.treatment.value),
        "percent": ("percent = :percent", wanted.percent),
        "place": ("place = :place", wanted.place),
        "partner": ("code = :partner", wanted.partner),
        "kind": ("kind = :kind", wanted.kind and wanted.kind.value),
    }
    asked = {name: (condition, value) for name, (condition, value) in possible.items() if value is not None}
    parameters = {name: value for name, (_condition, value) in asked.items()}
    return (
        " AND ".join(("true", *(condition for condition, _value in asked.values()))),
        {"since": wanted.period.since, "until": wanted.period.until, **parameters},
    )
