"""The reports in the application: their pages, their command and one setting."""

from praho.core.domain import Domain
from praho.reports.services import deadlines
from praho.reports.web import admin
from praho.reports.web.contributions import CONTRIBUTIONS

DOMAIN = Domain(
    name="reports",
    blueprints=(admin.bp,),
    settings=deadlines.FIELDS,
    contributions=CONTRIBUTIONS,
)
