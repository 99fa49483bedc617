"""An import-linter contract: a domain's `repos` and `gateways` are imported from inside the domain alone.

The built-in `protected` contract wants every such module listed by name; this one finds them, so that a new domain
is covered from its first line.
"""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class PrivateRooms(Contract):
    """`rooms` are module names; whoever imports `praho.<domain>.….<room>` must live in `praho.<domain>`."""

    type_name = "private_rooms"

    rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        private = [module for module in graph.modules if set(module.split(".")[2:]) & set(self.rooms)]
        broken = [
            f"{importer} imports {module}"
            for module in sorted(private)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if importer.split(".")[:2] != module.split(".")[:2]
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line)
