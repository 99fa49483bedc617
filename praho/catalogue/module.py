"""The catalogue in the application: what is sold, and its pages for staff."""

from praho.catalogue.services import currencies, personal_data
from praho.catalogue.web import admin_codes, admin_groups, admin_plans, admin_tlds
from praho.catalogue.web.contributions import CONTRIBUTIONS
from praho.core.domain import Domain

DOMAIN = Domain(
    name="catalogue",
    blueprints=(admin_plans.bp, admin_groups.bp, admin_tlds.bp, admin_codes.bp),
    settings=currencies.FIELDS,
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
