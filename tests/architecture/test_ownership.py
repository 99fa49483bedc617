"""Who may write what, and where the kernel's sharp tools may be used."""

import ast
from pathlib import Path

from tests.architecture import sources

UNIT_OF_WORK = Path("praho/core/db/uow.py")
LOCKING = Path("praho/core/db/locking.py")
CLOCK = Path("praho/core/clock.py")
JOB_RUNNER = Path("praho/core/jobs/running.py")
CALL_WRAPPER = Path("praho/integrations/services/calling.py")
# Models name the conditions of partial indexes in SQL.
RAW_SQL_ROOMS = (Path("praho/core"), Path("praho/models"), Path("praho/reports"))
CLOCK_READINGS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
}  # fmt: skip


def models() -> dict[str, str]:
    """Full name of every table's class → the domain that owns it; the kernel's own tables belong to `core`."""
    owners: dict[str, str] = {}
    for path in sources.modules("praho"):
        for node in sources.tree(path).body:
            if isinstance(node, ast.ClassDef) and _names_a_table(node):
                module = ".".join(path.with_suffix("").parts)
                owners[f"{module}.{node.name}"] = path.stem if len(path.parts) == 3 else path.parts[2]
                if path.parts[1] != "models":
                    owners[f"{module}.{node.name}"] = path.parts[1]
    return owners


def _names_a_table(node: ast.ClassDef) -> bool:
    return any(
        isinstance(line, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "__tablename__" for target in line.targets)
        for line in node.body
    )


def test_tables_are_where_they_belong():
    strays = [name for name in models() if not name.startswith(("praho.models.", "praho.core."))]
    assert strays == []


def test_a_model_is_written_only_by_its_own_domain():
    owners = models()
    assert owners
    offences = []
    for path in sources.modules("praho"):
        for call in sources.calls(path):
            written = sources.full_name(path, call.func)
            if written.rsplit(".", 1)[-1] in {"insert", "update", "delete"} and call.args:
                written = sources.full_name(path, call.args[0])
            owner = owners.get(written)
            if owner is not None and path.parts[1] not in {owner, "models"}:
                offences.append(f"{sources.place(path, call)} writes {written}")
    assert offences == []


def test_only_the_unit_of_work_commits():
    offences = [
        sources.place(path, call)
        for path in sources.modules("praho")
        if path != UNIT_OF_WORK
        for call in sources.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    ]
    assert offences == []


def test_rows_are_locked_only_by_the_locking_module():
    offences = [
        sources.place(path, call)
        for path in sources.modules("praho")
        if path != LOCKING and not path.is_relative_to("praho/core/jobs")
        for call in sources.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "with_for_update"
    ]
    assert offences == []


def test_raw_sql_stays_in_the_kernel_and_the_reports():
    offences = []
    for path in sources.modules("praho"):
        if any(path.is_relative_to(room) for room in RAW_SQL_ROOMS):
            continue
        for node in ast.walk(sources.tree(path)):
            table = isinstance(node, ast.Attribute) and node.attr == "__table__"
            raw = isinstance(node, ast.Call) and sources.full_name(path, node.func) in {
                "sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text",
            }  # fmt: skip
            if table or raw:
                offences.append(sources.place(path, node))
    assert offences == []


def test_no_broad_except_swallows_an_error():
    """The job runner and the call wrapper meet foreign code; elsewhere a broad `except` must raise again."""
    offences = [
        sources.place(path, node)
        for path in sources.modules("praho", "plugins")
        if path not in {JOB_RUNNER, CALL_WRAPPER} and "tests" not in path.parts
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node)
    ]
    assert offences == []


def _is_broad(node: ast.ExceptHandler) -> bool:
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(
        name is None or (isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"}) for name in caught
    )


def _raises_again(node: ast.ExceptHandler) -> bool:
    return isinstance(node.body[-1], ast.Raise)


def test_business_time_comes_from_the_clock():
    offences = [
        sources.place(path, call)
        for path in sources.modules("praho")
        if path != CLOCK and not path.is_relative_to("praho/sdk")
        for call in sources.calls(path)
        if sources.full_name(path, call.func) in CLOCK_READINGS
    ]
    assert offences == []


def test_a_plugin_knows_nothing_of_praho_but_the_kit():
    offences = [
        f"{path} imports {name}"
        for path in sources.modules("plugins")
        for name in sources.imported_names(path).values()
        if name.split(".")[0] == "praho" and not f"{name}.".startswith("praho.sdk.")
    ]
    assert offences == []
