"""What the catalogue offers to pages that cross domains."""

from praho.catalogue import permissions
from praho.core.contributions import Contributions, NavigationItem, SubjectLink
from praho.core.i18n import lazy_gettext as _

CONTRIBUTIONS = Contributions(
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
    ),
    subject_links=(
        SubjectLink("product", admin_endpoint="catalogue_admin.product"),
        SubjectLink("product_group", admin_endpoint="catalogue_groups_admin.edit"),
        SubjectLink("tld", admin_endpoint="catalogue_tlds_admin.tld"),
    ),
)  # fmt: skip
