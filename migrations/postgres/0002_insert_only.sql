-- The journal is insert-only. Lawful disposal, which may null a payload and its random bytes, comes
-- with its own issue; until then nothing may change a row.
CREATE FUNCTION journal_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is insert-only';
END $$;

CREATE TRIGGER journal_keep BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
CREATE TRIGGER journal_about_keep BEFORE UPDATE OR DELETE ON journal_about
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
CREATE TRIGGER journal_seal_keep BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION journal_is_insert_only();
