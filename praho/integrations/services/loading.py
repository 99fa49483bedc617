"""The installed plugins, found by their entry points and loaded once, when a process starts."""

from importlib import metadata
from typing import Any

from praho.integrations.errors import PluginCannotLoad, UnknownPlugin
from praho.models.integrations import ProviderKind
from praho.sdk.plugin import Kind, Plugin

GROUPS: dict[str, ProviderKind | None] = {
    **{kind.entry_point_group: ProviderKind(kind.value) for kind in Kind},
    "praho.notifiers": None,
    "praho.extensions": None,
}
"""The five entry-point groups; None where this release of the plugin kit has no kind for them yet."""

_plugins: dict[tuple[ProviderKind, str], Plugin[Any]] = {}


def load_plugins() -> None:
    """Load every installed plugin; call it once at the start of each process.

    Raises PluginCannotLoad with one sentence for the first that is unusable: a hosting company must not find out
    at the next renewal that its registrar is missing.
    """
    loaded: dict[tuple[ProviderKind, str], Plugin[Any]] = {}
    for group in GROUPS:
        for entry in metadata.entry_points(group=group):
            plugin = _load(entry)
            key = (ProviderKind(plugin.kind.value), plugin.name)
            if key in loaded:
                raise PluginCannotLoad(f"The plugin {_shown(entry)} cannot be loaded: {plugin.name!r} is there twice.")
            loaded[key] = plugin
    _plugins.clear()
    _plugins.update(loaded)


def plugin(kind: ProviderKind, name: str) -> Plugin[Any]:
    """Return a loaded plugin; raises UnknownPlugin where it is not installed (any more)."""
    found = _plugins.get((kind, name))
    if found is None:
        raise UnknownPlugin(f"the {kind} plugin {name!r} is not installed")
    return found


def plugins() -> list[Plugin[Any]]:
    """Return all loaded plugins, by kind and name."""
    return [_plugins[key] for key in sorted(_plugins)]


def _load(entry: metadata.EntryPoint) -> Plugin[Any]:
    kind = GROUPS[entry.group]
    if kind is None:
        raise PluginCannotLoad(f"The plugin {_shown(entry)} cannot be loaded: this release has no {entry.group}.")
    try:
        declared = entry.load()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise PluginCannotLoad(f"The plugin {_shown(entry)} cannot be loaded: {reason}") from error
    if not isinstance(declared, Plugin):
        raise PluginCannotLoad(f"The plugin {_shown(entry)} cannot be loaded: {entry.value} is no Plugin.")
    if declared.kind.entry_point_group != entry.group:
        raise PluginCannotLoad(f"The plugin {_shown(entry)} cannot be loaded: it is a {declared.kind}, not {kind}.")
    return declared


def _shown(entry: metadata.EntryPoint) -> str:
    distribution = entry.dist.name if entry.dist is not None else entry.value
    return f"{entry.name!r} of {distribution} ({entry.group})"
