"""Triggers that keep issued documents as they were issued, whoever asks: art. 319 and 330 of the Fiscal Code
know no changed invoice, only a further one."""

_FUNCTION = """
CREATE FUNCTION billing_protect_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an issued document cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(OLD) - 'state' - 'settled_at' - 'refusal' IS DISTINCT FROM
       to_jsonb(NEW) - 'state' - 'settled_at' - 'refusal' THEN
        RAISE EXCEPTION 'an issued document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> NEW.state AND OLD.state IN ('paid', 'issued') THEN
        RAISE EXCEPTION 'a settled document keeps its state' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

_LINE_FUNCTION = """
CREATE FUNCTION billing_protect_document_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a part of an issued document cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_COMPLETE_FUNCTION = """
CREATE FUNCTION billing_check_document(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    d billing_document;
    lines record;
    taxes record;
BEGIN
    SELECT * INTO d FROM billing_document WHERE id = wanted;
    SELECT count(*) AS n, coalesce(sum(net_minor), 0) AS net INTO lines
        FROM billing_document_line WHERE document_id = wanted;
    SELECT coalesce(sum(net_minor), 0) AS net, coalesce(sum(vat_minor), 0) AS vat INTO taxes
        FROM billing_document_tax WHERE document_id = wanted;
    IF lines.n <> d.line_count OR lines.net - d.allowance_minor <> d.net_minor OR taxes.net <> d.net_minor
       OR taxes.vat <> d.vat_minor THEN
        RAISE EXCEPTION 'document % does not add up', d.number_text
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$
"""

_COMPLETE_DOCUMENT = """
CREATE FUNCTION billing_document_is_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM billing_check_document(NEW.id); RETURN NULL; END $$
"""

_COMPLETE_PART = """
CREATE FUNCTION billing_part_completes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM billing_check_document(NEW.document_id); RETURN NULL; END $$
"""


def _complete(table: str, function: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER complete AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _protect(table: str, function: str) -> str:
    return f"CREATE TRIGGER protect BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"


FREEZE = (
    _FUNCTION,
    _LINE_FUNCTION,
    _COMPLETE_FUNCTION,
    _COMPLETE_DOCUMENT,
    _COMPLETE_PART,
    _protect("billing_document", "billing_protect_document"),
    _protect("billing_document_line", "billing_protect_document_part"),
    _protect("billing_document_tax", "billing_protect_document_part"),
    _protect("billing_document_file", "billing_protect_document_part"),
    _complete("billing_document", "billing_document_is_complete"),
    _complete("billing_document_line", "billing_part_completes"),
    _complete("billing_document_tax", "billing_part_completes"),
)
"""In this order: changes are refused at once; lines and taxes must add up to their document at commit, which
also refuses a line that comes later."""
