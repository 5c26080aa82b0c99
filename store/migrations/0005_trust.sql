-- Who did what, kept so that it cannot be changed unseen; who may see what; what
-- an officer signs in with.

-- The audit becomes a chain: each row has the SHA-256 of the former's hash and of
-- itself (see audit.go). The program moves the rows that were there into it.
-- A resident's id stays as it was then: a row never changes, also where two
-- residents turn out to be one.
DROP INDEX audit_resident;
ALTER TABLE audit RENAME TO audit_unchained;
CREATE TABLE audit (
	id       INTEGER PRIMARY KEY,
	at       INTEGER NOT NULL,
	officer  INTEGER REFERENCES officer, -- NULL: the command line or the program
	action   TEXT NOT NULL,
	resident INTEGER,
	detail   TEXT NOT NULL,
	hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_resident ON audit (resident, id) WHERE resident IS NOT NULL;
CREATE INDEX audit_officer ON audit (officer, id);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_at ON audit (at, id);

-- Signed words about the end of the chain, which can be kept elsewhere.
CREATE TABLE audit_checkpoint (
	id        INTEGER PRIMARY KEY, -- of the row that was the last
	at        INTEGER NOT NULL,
	hash      BLOB NOT NULL,       -- of that row
	key       BLOB NOT NULL,       -- the public key
	signature BLOB NOT NULL
) STRICT;

-- REPLACE removes a row without asking the triggers for DELETE, hence the third.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is only added to'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is only added to'); END;
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
	WHEN NEW.id IS NULL OR NEW.id <= (SELECT COALESCE(MAX(id), 0) FROM audit)
	BEGIN SELECT RAISE (ABORT, 'the audit is only added to'); END;
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE (ABORT, 'checkpoints are only added to'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE (ABORT, 'checkpoints are only added to'); END;
CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON audit_checkpoint
	WHEN NEW.id IS NULL OR NEW.id <= (SELECT COALESCE(MAX(id), 0) FROM audit_checkpoint)
	BEGIN SELECT RAISE (ABORT, 'checkpoints are only added to'); END;

-- Residents who turned out to be others: whose rows of the audit are whose now.
-- An id that stands here is never given again.
CREATE TABLE joined (
	younger INTEGER PRIMARY KEY,
	older   INTEGER NOT NULL REFERENCES resident
) STRICT;
CREATE INDEX joined_older ON joined (older);

-- Whose conversation it is: of the thana that the resident's newest case names,
-- or to which it has been given; '' for nobody's yet, which all may see.
ALTER TABLE conversation ADD COLUMN thana TEXT NOT NULL DEFAULT '';
UPDATE conversation SET thana = COALESCE((SELECT thana FROM cases
	WHERE cases.resident = conversation.resident AND thana <> '' ORDER BY id DESC LIMIT 1), '');
CREATE TRIGGER case_thana_first AFTER INSERT ON cases WHEN NEW.thana <> ''
	BEGIN UPDATE conversation SET thana = NEW.thana WHERE resident = NEW.resident; END;
CREATE TRIGGER case_thana AFTER UPDATE OF thana ON cases WHEN NEW.thana <> OLD.thana AND NEW.thana <> ''
	BEGIN UPDATE conversation SET thana = NEW.thana WHERE resident = NEW.resident; END;

-- What an officer signs in with beside the password.
ALTER TABLE officer ADD COLUMN temporary INTEGER NOT NULL DEFAULT 0; -- the password was given, and must be changed
ALTER TABLE officer ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;     -- sessions of an earlier one have ended
ALTER TABLE officer ADD COLUMN totp TEXT NOT NULL DEFAULT '';        -- secret of the code app, base32; '' for none
ALTER TABLE officer ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0; -- of the last code that was used: each serves once

-- A code that serves once in place of the app's.
CREATE TABLE recovery_code (
	officer INTEGER NOT NULL REFERENCES officer,
	sha256  BLOB NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0, -- when
	PRIMARY KEY (officer, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey (
	id      BLOB PRIMARY KEY, -- the credential's
	officer INTEGER NOT NULL REFERENCES officer,
	name    TEXT NOT NULL,
	data    BLOB NOT NULL,    -- the credential, as the library keeps it
	since   INTEGER NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_officer ON passkey (officer);
