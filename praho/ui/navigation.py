"""What the layouts show around a page; the surfaces build these once per request from what the domains contribute.

Labels are texts in the reader's language: plain strings or lazily translated ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of a navigation, a menu, a row of tabs or a switcher.

    `icon` is a name of `static/icons.svg`. Neighbours with the same `group` stand under one heading. `count`
    is shown as a small number when it is not None and not 0. `short` stands in the bottom bar of a phone, where a
    label has room for about ten letters. In the admin, `g` and then the letter `key` lead there.
    """

    label: object
    url: str
    icon: str = "circle"
    active: bool = False
    group: object = ""
    count: int | None = None
    detail: object = ""
    short: object = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb; the page at hand has no address."""

    label: object
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """The hosting company as the reader knows it, and where its name leads.

    `legal_lines` stand in the storefront's footer: company name, CUI, register number, address.
    """

    name: str
    home_url: str
    legal_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountMenu:
    """The menu of the signed-in person; `sign_out_url` takes a POST, and so does `theme_url` (field `theme`)."""

    name: str
    detail: str
    items: tuple[NavItem, ...]
    sign_out_url: str
    theme_url: str = ""
