-- The journal is insert-only. One thing may be done to a row: lawful disposal takes away its payload and its random
-- bytes, both at once and for ever, and nothing else of it; its hashes stay and still prove it.
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.happened_at IS NOT OLD.happened_at
    OR NEW.account_id IS NOT OLD.account_id OR NEW.actor IS NOT OLD.actor OR NEW.action IS NOT OLD.action
    OR NEW.payload_hash IS NOT OLD.payload_hash OR NEW.own_hash IS NOT OLD.own_hash
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER journal_about_no_update BEFORE UPDATE ON journal_about
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER journal_about_no_delete BEFORE DELETE ON journal_about
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER journal_seal_no_update BEFORE UPDATE ON journal_seal
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER journal_seal_no_delete BEFORE DELETE ON journal_seal
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
