"""Reads which icons the templates and modules name."""

import ast
import re

from jinja2 import Environment, nodes

# Where the macros take the name of an icon, counted from 0.
POSITIONS = {
    "alert": 3,
    "badge": 2,
    "button": 2,
    "empty_state": 2,
    "icon": 0,
    "icon_button": 0,
    "link_button": 3,
    "menu": 1,
    "menu_button": 1,
    "menu_link": 2,
    "open_button": 3,
    "post_button": 3,
    "stat": 4,
    "submit_row": 3,
}
# The same for the values that modules make.
CLASSES = {"NavItem": 2, "NavigationItem": 3, "TimelineEntry": 4}


def in_template(environment: Environment, source: str) -> set[str]:
    """Return the icon names that a template writes out."""
    found: set[str] = set()
    for call in environment.parse(source).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in POSITIONS:
            continue
        position = POSITIONS[call.node.name]
        written = [keyword.value for keyword in call.kwargs if keyword.key == "icon_name"]
        written += call.args[position : position + 1]
        for expression in written:
            literals = [expression] if isinstance(expression, nodes.Const) else _branches(expression)
            found.update(str(literal.value) for literal in literals if literal.value)
    found.update(name for name in re.findall(r"ICONS = \{(.*?)\}", source, re.DOTALL) for name in _table(name))
    return found


def in_module(source: str) -> set[str]:
    """Return the icon names that a module writes out."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in CLASSES:
            continue
        written = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
        written += node.args[CLASSES[name] : CLASSES[name] + 1]
        found.update(part.value for part in written if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return found


def _branches(expression: nodes.Expr) -> list[nodes.Const]:
    if not isinstance(expression, nodes.CondExpr):
        return []
    parts = [part for part in (expression.expr1, expression.expr2) if part is not None]
    direct = [part for part in parts if isinstance(part, nodes.Const)]
    return direct + [const for part in parts for const in _branches(part)]


def _table(body: str) -> list[str]:
    return re.findall(r':\s*"([^"]*)"', body)
