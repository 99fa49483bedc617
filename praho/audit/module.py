"""The audit domain: the record of who did what."""

from praho.audit.services import personal_data
from praho.audit.web import admin
from praho.audit.web.contributions import CONTRIBUTIONS
from praho.core.domain import Domain

DOMAIN = Domain(
    name="audit",
    blueprints=(admin.bp,),
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
