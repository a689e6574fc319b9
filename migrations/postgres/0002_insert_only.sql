-- The journal is insert-only. One thing may be done to a row: lawful disposal takes away its payload and its random
-- bytes, both at once and for ever, and nothing else of it; its hashes stay and still prove it.
CREATE FUNCTION journal_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is insert-only';
END $$;

CREATE TRIGGER journal_keep BEFORE DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
CREATE TRIGGER journal_dispose BEFORE UPDATE ON journal
    FOR EACH ROW WHEN (NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL
        OR (NEW.id, NEW.happened_at, NEW.account_id, NEW.actor, NEW.action, NEW.payload_hash, NEW.own_hash)
        IS DISTINCT FROM (OLD.id, OLD.happened_at, OLD.account_id, OLD.actor, OLD.action, OLD.payload_hash, OLD.own_hash))
    EXECUTE FUNCTION journal_is_insert_only();
CREATE TRIGGER journal_about_keep BEFORE UPDATE OR DELETE ON journal_about
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
CREATE TRIGGER journal_seal_keep BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
