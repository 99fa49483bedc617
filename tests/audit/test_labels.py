"""Every action that the code records has words, in the room of the domain that records it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import praho
from praho.audit.web import labels
from praho.core.domain import registry

HOUSE = Path(praho.__file__).parent


def functions_that_record(tree: ast.Module) -> dict[str, int]:
    """Return `recording.record` and the module's own functions that are given an action, by where they take it."""
    own = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    places = {node.name: [argument.arg for argument in node.args.args] for node in own}
    taking = {name: arguments.index("action") for name, arguments in places.items() if "action" in arguments}
    return {"recording.record": 0, **taking}


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the actions that an argument may be, as patterns: what is computed may be any word."""
    if isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values
        )


def recorded_in_the_code() -> Iterator[tuple[str, str]]:
    """Yield (domain, pattern of an action)."""
    for path in HOUSE.rglob("*.py"):
        source = path.read_text()
        if "recording.record(" not in source:
            continue
        tree = ast.parse(source)
        taking = functions_that_record(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            place = taking.get(ast.unparse(call.func))
            if place is not None and len(call.args) > place:
                for pattern in texts(call.args[place]):
                    yield path.relative_to(HOUSE).parts[0], pattern


def test_every_recorded_action_has_words(app):
    known = {domain.name: [one.action for one in domain.contributions.recorded] for domain in registry().domains}
    found = set(recorded_in_the_code())
    assert len(found) > 80
    nameless = [(name, one) for name, one in found if not any(re.fullmatch(one, action) for action in known[name])]
    assert nameless == []
    patterns = [pattern for _name, pattern in found]
    every = [action for actions in known.values() for action in actions]
    assert [action for action in every if not any(re.fullmatch(one, action) for one in patterns)] == []
    assert len(every) == len(set(every))


def test_words_stand_for_names_and_an_unknown_name_for_itself(app):
    assert str(labels.action("user.signed_in")) == "S-a autentificat"
    assert labels.action("plugin.did_something") == "plugin.did_something"
