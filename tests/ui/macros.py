"""Compares how templates call the components with how these are defined."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes

from praho.ui import environment

SHARED = ("components/", "layouts/", "email/")


@dataclass(frozen=True)
class Signature:
    """What a macro takes: all parameters, those without a default, and whether it turns keywords into attributes."""

    parameters: tuple[str, ...]
    required: frozenset[str]
    open_ended: bool
    takes_body: bool
    needs_body: bool


def signatures(parser: Environment, name: str) -> dict[str, Signature]:
    """Return the macros of a shared template by their names."""
    tree = parser.parse((environment.TEMPLATES / name).read_text())
    return {macro.name: _signature(macro) for macro in tree.find_all(nodes.Macro)}


def misuses(parser: Environment, path: Path) -> Iterator[str]:
    """Yield what is wrong with the calls of shared macros in one template."""
    tree = parser.parse(path.read_text())
    known: dict[str, Signature] = {}
    for imported in tree.find_all(nodes.FromImport):
        if not isinstance(imported.template, nodes.Const) or not imported.template.value.startswith(SHARED):
            continue
        offered = signatures(parser, imported.template.value)
        for entry in imported.names:
            name, alias = entry if isinstance(entry, tuple) else (entry, entry)
            if name not in offered:
                yield f"line {imported.lineno}: {imported.template.value} has no {name}"
            else:
                known[alias] = offered[name]
    bodies = {id(block.call) for block in tree.find_all(nodes.CallBlock)}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in known:
            for fault in _faults(call, known[call.node.name], id(call) in bodies):
                yield f"line {call.lineno}: {call.node.name}: {fault}"


def _signature(macro: nodes.Macro) -> Signature:
    parameters = tuple(argument.name for argument in macro.args)
    names = [name.name for name in macro.find_all(nodes.Name)]
    optional = any(
        isinstance(test.node, nodes.Name) and test.node.name == "caller" and test.name == "defined"
        for test in macro.find_all(nodes.Test)
    )
    return Signature(
        parameters,
        frozenset(parameters[: len(parameters) - len(macro.defaults)]),
        "kwargs" in names,
        "caller" in names,
        "caller" in names and not optional,
    )


def _faults(call: nodes.Call, signature: Signature, has_body: bool) -> Iterator[str]:
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    named = {keyword.key for keyword in call.kwargs}
    positional = signature.parameters[: len(call.args)]
    if len(call.args) > len(signature.parameters):
        yield "too many values"
    missing = signature.required - named - set(positional)
    if missing:
        yield f"{sorted(missing)} missing"
    unknown = named - set(signature.parameters)
    if unknown and not signature.open_ended:
        yield f"{sorted(unknown)} unknown"
    if named & set(positional):
        yield f"{sorted(named & set(positional))} given twice"
    if has_body and not signature.takes_body:
        yield "takes no body"
    if signature.needs_body and not has_body:
        yield "needs a body"
