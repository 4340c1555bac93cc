"""Declares what CKAN may call. No logic lives here."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.plugins import DefaultPermissionLabels, DefaultTranslation

from . import cli, helpers, logic, views
from .catalogue import identity, index, ledger, showing, visibility
from .linked_data import catalog
from .logic.access import activities, labels
from .logic.erase import keeping_out
from .schemas import facets
from .views import notices, uploads
from .views.labels import label_facets


@tk.blanket.config_declarations
class OpenGovBelizePlugin(p.SingletonPlugin, DefaultTranslation, DefaultPermissionLabels):
    """The catalogue of an open government program."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(p.IClick)
    p.implements(p.IConfigurer)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IPermissionLabels)
    p.implements(p.ITemplateHelpers)
    p.implements(p.ITranslation)
    p.implements(p.IValidators)

    def update_config(self, config: Any) -> None:
        """Add our templates and assets."""
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "opengovbelize")

    def make_middleware(self, app: Any, config: Any) -> Any:
        """Let uploads of attendance files stay in memory."""
        return uploads.keep_in_memory(app)

    def get_actions(self) -> dict[str, Any]:
        """Return the API actions of every area, and what stands before those of others."""
        return {
            **keeping_out.chained_actions(),
            **activities.chained_actions(),
            **catalog.chained_actions(),
            **showing.chained_actions(),
            **logic.registered("action"),
        }

    def get_auth_functions(self) -> dict[str, Any]:
        """Return the authorization functions of every area."""
        return logic.registered("auth")

    def get_validators(self) -> dict[str, Any]:
        """Return the validators that the schemas name."""
        return logic.registered("validators")

    def get_helpers(self) -> dict[str, Any]:
        """Return the template helpers."""
        return helpers.get_helpers()

    def get_blueprint(self) -> list[Any]:
        """Return the pages."""
        return views.get_blueprints()

    def get_commands(self) -> list[Any]:
        """Return the command line."""
        return cli.get_commands()

    def dataset_facets(self, facets_dict: dict[str, str], package_type: str) -> dict[str, str]:
        """Add the facets that the schemas declare."""
        return facets.dataset_facets(facets_dict, package_type)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        """Shape a dataset for Solr."""
        return index.before_dataset_index(pkg_dict)

    def after_dataset_search(self, search_results: dict[str, Any], search_params: Any) -> dict[str, Any]:
        """Give facet values the labels of their schemas."""
        return label_facets(search_results)

    def after_dataset_create(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Note the keys by which later records find this dataset."""
        identity.register(pkg_dict, is_new=True)
        notices.after_saving(pkg_dict)

    def after_dataset_update(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Note the keys by which later records find this dataset, and let its activities follow its state."""
        identity.register(pkg_dict)
        visibility.follow(pkg_dict)
        notices.after_saving(pkg_dict)
        if pkg_dict.get("state") == "deleted":
            ledger.retire(pkg_dict["id"])

    def after_dataset_delete(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        """Let other sources take the place of one that is deleted."""
        ledger.retire(pkg_dict["id"])

    def get_dataset_labels(self, dataset_obj: Any) -> list[str]:
        """Return who may read a dataset."""
        return labels.dataset_labels(dataset_obj, super().get_dataset_labels(dataset_obj))

    def get_user_dataset_labels(self, user_obj: Any) -> list[str]:
        """Return what a user may read."""
        return labels.user_labels(user_obj, super().get_user_dataset_labels(user_obj))
