"""What becomes of each table's personal data when somebody has the right to be forgotten: rules as data.

GDPR art. 17 gives the right, its paragraph 3 and Regulation (EU) 2016/679 art. 5 (2) the exceptions. A domain declares
one rule for each of its tables; a test finds every table, and every column that may hold words, that no rule names.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, false, func
from sqlalchemy.orm import InstrumentedAttribute

from praho.core.db.base import Base

NOWHERE = "erased.invalid"
"""A domain name that cannot exist."""
_LETTER = r"[:alnum:]_\u0080-\uffff"
"""What words are made of, for a bracket of PostgreSQL's regular expressions."""


class Treatment(StrEnum):
    NONE = "none"
    """Holds nothing about a person."""
    DELETE = "delete"
    PSEUDONYMISE = "pseudonymise"
    """The row stays, the columns that say who it was are overwritten."""
    KEEP = "keep"
    """The law asks for it, whole."""


class Ground(StrEnum):
    ACCOUNTING = "accounting"
    """GDPR art. 17 (3) (b) with Legea contabilității 82/1991 art. 25: vouchers and books are kept."""
    TAX = "tax"
    """GDPR art. 17 (3) (b) with Codul fiscal art. 321 and Regulation 282/2011 art. 63c: evidence for VAT."""
    PROOF = "proof"
    """GDPR art. 5 (2) and 17 (3) (e): that the request was answered, and how."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom an erasure is about: a customer, and the people whose accounts served it alone.

    `addresses` are e-mail addresses, lower-cased, that belong to nobody else; `words` are texts that give somebody
    away in the middle of others: those addresses, phone numbers, domain names. `names` are full names, which strangers
    may bear too: good for finding a remark, not for deciding whose a payment or a job is. `pseudonym` is the name of
    the customer from now on, `person` that of each of its people.
    """

    customer_id: int
    customer_ref: str
    pseudonym: str
    person: str
    user_ids: tuple[int, ...] = ()
    user_refs: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


Rows = Callable[[Forgotten], ColumnElement[bool]]
Value = Callable[[Forgotten], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """What becomes of one table's rows about a person: `rows` finds them.

    `what` names them for people. `columns` are overwritten (or, kept by law, are what is personal); `plain` ones may
    hold words and say nothing about anybody. `values` give what is written; where that differs from row to row and
    no SQL can say it, `run` does the work and returns how many rows it changed. `until` says how long it is kept.
    """

    model: type[Base]
    treatment: Treatment
    what: object = ""
    rows: Rows | None = None
    columns: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    run: Callable[[Forgotten], int] | None = None
    ground: Ground | None = None
    until: Callable[[Forgotten], date | None] | None = None


def nothing(*models: type[Base]) -> tuple[TableRule, ...]:
    """Return the rules of tables that hold nothing about a person."""
    return tuple(TableRule(model=model, treatment=Treatment.NONE) for model in models)


def delete(model: type[Base], what: object, rows: Rows) -> TableRule:
    """Return the rule of a table whose rows go."""
    return TableRule(model=model, treatment=Treatment.DELETE, what=what, rows=rows)


def pseudonymise(
    model: type[Base], what: object, rows: Rows, values: Mapping[str, Value], plain: tuple[str, ...] = ()
) -> TableRule:
    """Return the rule of a table whose rows stay without what is in `values`."""
    return TableRule(
        model=model,
        treatment=Treatment.PSEUDONYMISE,
        what=what,
        rows=rows,
        columns=tuple(values),
        values=values,
        plain=plain,
    )


def keep(
    model: type[Base],
    what: object,
    rows: Rows,
    ground: Ground,
    *,
    columns: tuple[str, ...] = (),
    plain: tuple[str, ...] = (),
    until: Callable[[Forgotten], date | None] | None = None,
) -> TableRule:
    """Return the rule of a table that the law asks for."""
    return TableRule(
        model=model,
        treatment=Treatment.KEEP,
        what=what,
        rows=rows,
        columns=columns,
        plain=plain,
        ground=ground,
        until=until,
    )


def of_customer(model: Any) -> Rows:
    """Return what finds the rows of a table that carries the customer's id."""
    return lambda whom: model.customer_id == whom.customer_id


def of_users(column: Any) -> Rows:
    """Return what finds the rows of the people whose accounts go."""
    return lambda whom: column.in_(whom.user_ids) if whom.user_ids else false()


def mentions(texts: Iterable[str], *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Return whether one of the columns, read as text, holds one of some texts, whole: no part of a longer word.

    `ana@x.ro` is not in `mariana@x.ro`, nor `ail.ro` in `mail.ro`; `x.ro` is in `www.x.ro`. Case does not count.
    """
    wanted = list(texts)
    if not wanted:
        return false()
    # Looking around costs ten times what finding the letters does, so it is done only where they are.
    parts, whole = ("|".join(map(spelled, wanted)) for spelled in (_letters, _whole))
    said = func.lower(func.concat_ws("\n", *(cast(column, Text) for column in columns)))
    return and_(said.regexp_match(parts), said.regexp_match(whole))


def _letters(text: str) -> str:
    return "".join(map(_any_case, text))


def _whole(text: str) -> str:
    # Before an address the signs of its first part do not end a word. In JSON a line's end is a letter, escaped.
    part = _LETTER + (".+" if "@" in text or "%40" in text else "")
    begins = rf"(?:(?<![{part}-])|(?<=\\[nrt]))"
    return f"{begins}{_letters(text)}(?![{_LETTER}-]|[.][{_LETTER}])"


def _any_case(sign: str) -> str:
    # The database's lower() knows the letters of ASCII alone.
    if sign.isascii():
        return re.escape(sign.lower())
    return f"[{sign.lower()}{sign.upper()}]" if sign.isalpha() else sign


def wiped(_whom: Forgotten) -> None:
    """Leave nothing."""


def nowhere(_whom: Forgotten) -> str:
    """Leave a domain name that cannot exist (RFC 2606), where there must be one."""
    return NOWHERE


def blank(_whom: Forgotten) -> str:
    """Leave an empty text, where a column must have one."""
    return ""


def pseudonym(whom: Forgotten) -> str:
    """Leave the name that the customer goes by from now on."""
    return whom.pseudonym


def nobody(whom: Forgotten) -> str:
    """Leave the name that its people go by from now on."""
    return whom.person
