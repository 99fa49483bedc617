"""What the catalogue offers to pages that cross domains."""

from praho.catalogue import permissions
from praho.catalogue.web import recorded
from praho.core.contributions import Contributions, NavigationItem, SubjectLink
from praho.core.i18n import lazy_gettext as _

CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    navigation=(
        NavigationItem(
            "admin", _("Plans"), "catalogue_admin.products", "package", permissions.VIEW_CATALOGUE, 60, _("Catalogue")
        ),
        NavigationItem(
            "admin", _("Endings"), "catalogue_tlds_admin.listing", "globe", permissions.VIEW_CATALOGUE, 61,
            _("Catalogue"),
        ),
        NavigationItem(
            "admin", _("Groups"), "catalogue_groups_admin.listing", "layout-grid", permissions.VIEW_CATALOGUE, 62,
            _("Catalogue"),
        ),
        NavigationItem(
            "admin", _("Promo codes"), "catalogue_codes_admin.listing", "badge-percent", permissions.VIEW_CATALOGUE, 63,
            _("Catalogue"),
        ),
    ),
    subject_links=(
        SubjectLink("promo_code", admin_endpoint="catalogue_codes_admin.code"),
        SubjectLink("product", admin_endpoint="catalogue_admin.product"),
        SubjectLink("product_group", admin_endpoint="catalogue_groups_admin.edit"),
        SubjectLink("tld", admin_endpoint="catalogue_tlds_admin.tld"),
    ),
)  # fmt: skip
