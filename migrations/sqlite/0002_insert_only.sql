-- The journal is insert-only. Lawful disposal, which may null a payload and its random bytes, comes
-- with its own issue; until then nothing may change a row.
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
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
