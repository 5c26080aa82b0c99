-- A database of the first version, frozen: never change this file.

-- The first schema.
--
-- Times are unix milliseconds in UTC, and 0 where there is none: a real time in
-- this domain is never 1970, and a plain 0 keeps conditions and indexes simple.
-- Money is integer paise. Yes and no are 1 and 0. A text that is not known is ''.
-- What refers to nothing (an officer, a case) is NULL, so that foreign keys hold.

CREATE TABLE resident (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '', -- ten digits
	lang  TEXT NOT NULL DEFAULT '', -- BCP 47; '' until chosen
	since INTEGER NOT NULL
) STRICT;

-- Where a resident writes from. One person may have several addresses.
CREATE TABLE alias (
	channel  TEXT NOT NULL,
	address  TEXT NOT NULL,
	resident INTEGER NOT NULL REFERENCES resident,
	PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE officer (
	id       INTEGER PRIMARY KEY,
	login    TEXT NOT NULL UNIQUE, -- lower case
	name     TEXT NOT NULL,
	role     TEXT NOT NULL,
	thana    TEXT NOT NULL,
	password TEXT NOT NULL, -- argon2id hash
	disabled INTEGER NOT NULL DEFAULT 0,
	since    INTEGER NOT NULL
) STRICT;

-- One row a resident. Each turn rewrites it, so it is kept small.
CREATE TABLE conversation (
	resident      INTEGER PRIMARY KEY REFERENCES resident,
	version       INTEGER NOT NULL DEFAULT 1,
	state         TEXT NOT NULL DEFAULT 'bot' CHECK (state IN ('bot', 'waiting', 'claimed', 'closed')),
	urgent        INTEGER NOT NULL DEFAULT 0,
	reason        TEXT NOT NULL DEFAULT '',
	waiting_since INTEGER NOT NULL DEFAULT 0,
	officer       INTEGER REFERENCES officer,
	unread        INTEGER NOT NULL DEFAULT 0,
	messages      INTEGER NOT NULL DEFAULT 0,
	last_at       INTEGER NOT NULL DEFAULT 0,
	last_text     TEXT NOT NULL DEFAULT '',
	channel       TEXT NOT NULL DEFAULT '',
	address       TEXT NOT NULL DEFAULT '',
	session       BLOB,
	CHECK ((state = 'claimed') = (officer IS NOT NULL))
) STRICT;

-- The queue and the desk. Nearly all conversations are with the bot and not in
-- it, so that a turn seldom pays for it.
CREATE INDEX conversation_desk ON conversation (state, urgent, waiting_since, resident)
	WHERE state <> 'bot';

-- The log, both ways. The outbox is its queued rows: there is no second copy.
CREATE TABLE message (
	id          INTEGER PRIMARY KEY, -- rises, so that a table of millions is only appended to
	resident    INTEGER NOT NULL REFERENCES resident,
	by          TEXT NOT NULL CHECK (by IN ('resident', 'bot', 'officer')),
	at          INTEGER NOT NULL,
	channel     TEXT NOT NULL,
	address     TEXT NOT NULL,
	external_id TEXT NOT NULL,
	kind        TEXT NOT NULL,
	text        TEXT NOT NULL,
	forwarded   INTEGER NOT NULL DEFAULT 0,
	quote_id    TEXT NOT NULL DEFAULT '',
	masked      INTEGER NOT NULL DEFAULT 0,
	indexed     INTEGER NOT NULL DEFAULT 0, -- its words are in message_fts
	officer     INTEGER REFERENCES officer,
	-- of an outgoing message:
	delivery    TEXT NOT NULL DEFAULT '' CHECK (delivery IN ('', 'queued', 'sent', 'delivered', 'read', 'failed', 'withdrawn')),
	bulk        INTEGER NOT NULL DEFAULT 0,
	due         INTEGER NOT NULL DEFAULT 0,
	attempts    INTEGER NOT NULL DEFAULT 0,
	payload     BLOB,
	error       TEXT NOT NULL DEFAULT ''
) STRICT;

-- What makes an incoming message the same one. It is led by time and not by
-- the channel's id, which is random: new entries go to the end of the index,
-- where led by the id each would touch a page of its own.
CREATE UNIQUE INDEX message_incoming ON message (at, resident, external_id) WHERE by = 'resident';

CREATE INDEX message_thread ON message (resident, id);

-- The outbox: replies in the order in which they are sent, and tips, of which
-- very many may wait, by their time.
CREATE INDEX message_outbox ON message (id, resident, due) WHERE delivery = 'queued' AND bulk = 0;
CREATE INDEX message_outbox_bulk ON message (due, id) WHERE delivery = 'queued' AND bulk = 1;

-- For receipts. Led by a random id, but only of what is under way.
CREATE INDEX message_receipt ON message (external_id) WHERE delivery IN ('sent', 'delivered');

-- What residents and officers wrote. The Devanagari signs (vowel signs, virama,
-- nukta, anusvara, visarga) are part of words; without them बिजली falls in two.
-- The row of a message must go from here before its text changes, because the
-- text is not kept twice. Nothing here is ranked, so it keeps no sizes (fts3).
CREATE VIRTUAL TABLE message_fts USING fts4 (
	text,
	content="message",
	matchinfo="fts3",
	tokenize=unicode61 "remove_diacritics=0" "tokenchars=ऀँंःऺऻ़ऽािीुूृॄॅॆेैॉॊोौ्ॎॏ॒॑॓॔ॕॖॗॢॣ"
);

CREATE TABLE media (
	id       INTEGER PRIMARY KEY,
	message  INTEGER NOT NULL UNIQUE REFERENCES message,
	ref      BLOB, -- what the channel needs to fetch it
	channel  TEXT NOT NULL,
	name     TEXT NOT NULL,
	claimed  TEXT NOT NULL, -- MIME type as the sender claims
	type     TEXT NOT NULL, -- MIME type as read from the bytes
	size     INTEGER NOT NULL,
	duration INTEGER NOT NULL, -- milliseconds
	sha256   TEXT NOT NULL DEFAULT '',
	state    TEXT NOT NULL CHECK (state IN ('pending', 'kept', 'failed')),
	attempts INTEGER NOT NULL DEFAULT 0,
	error    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX media_pending ON media (attempts, id) WHERE state = 'pending';
CREATE INDEX media_sha256 ON media (sha256) WHERE sha256 <> '';

-- Files that may have lost their last message. They are removed after the
-- commit that put them here, or at the next start if the program ended between.
CREATE TABLE media_gone (
	sha256 TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE timer (
	resident INTEGER NOT NULL REFERENCES resident,
	kind     TEXT NOT NULL,
	due      INTEGER NOT NULL,
	PRIMARY KEY (resident, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due);

-- A case is an SQL keyword, hence the plural.
CREATE TABLE cases (
	id             INTEGER PRIMARY KEY, -- from the series "case"
	number         TEXT UNIQUE,         -- NULL until it has one
	resident       INTEGER NOT NULL REFERENCES resident,
	state          TEXT NOT NULL,
	kind           TEXT NOT NULL,
	money_gone     INTEGER NOT NULL,
	urgent         INTEGER NOT NULL,
	reporter_name  TEXT NOT NULL,
	reporter_phone TEXT NOT NULL,
	victim_name    TEXT NOT NULL,
	victim_phone   TEXT NOT NULL,
	thana          TEXT NOT NULL,
	opened         INTEGER NOT NULL,
	filed          INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_resident ON cases (resident, id);

-- The nth transaction of a loss, counting from 0.
CREATE TABLE leg (
	case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
	n       INTEGER NOT NULL,
	amount  INTEGER NOT NULL, -- paise; 0 if unknown
	at      INTEGER NOT NULL,
	bank    TEXT NOT NULL,
	utr     TEXT NOT NULL,
	PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- The nth identifier of the fraudster in a case, counting from 0.
CREATE TABLE suspect (
	case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
	n       INTEGER NOT NULL,
	type    TEXT NOT NULL,
	value   TEXT NOT NULL,
	PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

-- A message that is evidence: of a case, or of a check where there is none.
-- A turn may name its case before it writes it, hence deferred.
CREATE TABLE evidence (
	message INTEGER PRIMARY KEY REFERENCES message,
	case_id INTEGER REFERENCES cases DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX evidence_case ON evidence (case_id, message) WHERE case_id IS NOT NULL;

-- Phones, UTRs, case numbers and suspects in one folded form (see identifier.go),
-- forwards and backwards, so that an index finds each by its beginning or its end.
CREATE TABLE identifier (
	id       INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident,
	case_id  INTEGER REFERENCES cases ON DELETE CASCADE, -- NULL: the resident's own phone
	value    TEXT NOT NULL,
	reversed TEXT NOT NULL
) STRICT;
CREATE INDEX identifier_value ON identifier (value, resident);
CREATE INDEX identifier_reversed ON identifier (reversed, resident);
CREATE INDEX identifier_case ON identifier (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE volunteer (
	id            INTEGER PRIMARY KEY, -- from the series "volunteer"
	number        TEXT NOT NULL UNIQUE,
	resident      INTEGER NOT NULL UNIQUE REFERENCES resident,
	name          TEXT NOT NULL,
	thana         TEXT NOT NULL,
	place         TEXT NOT NULL,
	referral_code TEXT NOT NULL UNIQUE,
	referred_by   TEXT NOT NULL,
	role          TEXT NOT NULL,
	state         TEXT NOT NULL,
	lang          TEXT NOT NULL,
	consent       INTEGER NOT NULL,
	left_at       INTEGER NOT NULL
) STRICT;

-- A resident who stops the tips keeps the row, so that the tips go on where
-- they stood if they are wanted again.
CREATE TABLE subscription (
	resident INTEGER PRIMARY KEY REFERENCES resident,
	since    INTEGER NOT NULL,
	sent     INTEGER NOT NULL DEFAULT 0,
	last_at  INTEGER NOT NULL DEFAULT 0,
	active   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX subscription_due ON subscription (last_at, resident) WHERE active = 1;

-- Each time that a human was needed; resolved when the conversation is closed.
CREATE TABLE escalation (
	id       INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident,
	reason   TEXT NOT NULL,
	urgent   INTEGER NOT NULL,
	case_id  INTEGER REFERENCES cases ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
	at       INTEGER NOT NULL,
	resolved INTEGER NOT NULL DEFAULT 0, -- when
	officer  INTEGER REFERENCES officer  -- who resolved it
) STRICT;
CREATE UNIQUE INDEX escalation_open ON escalation (resident, reason) WHERE resolved = 0;
CREATE INDEX escalation_case ON escalation (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE note (
	id       INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident,
	officer  INTEGER NOT NULL REFERENCES officer,
	text     TEXT NOT NULL,
	at       INTEGER NOT NULL
) STRICT;
CREATE INDEX note_resident ON note (resident, id);

-- Ids and keys only, never a resident's words.
CREATE TABLE audit (
	id       INTEGER PRIMARY KEY,
	at       INTEGER NOT NULL,
	officer  INTEGER REFERENCES officer, -- NULL: the command line or the program
	action   TEXT NOT NULL,
	resident INTEGER REFERENCES resident,
	detail   TEXT NOT NULL
) STRICT;

-- The inbox's sessions, by the SHA-256 of their token: who reads this table
-- cannot sign in with it.
CREATE TABLE web_session (
	token  BLOB PRIMARY KEY,
	data   BLOB NOT NULL,
	expiry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX web_session_expiry ON web_session (expiry);

-- The last number of each series that a committed turn has used.
CREATE TABLE series (
	name TEXT PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a first database may have held.
INSERT INTO series VALUES ('case', 1), ('case-26', 1), ('volunteer', 1);
INSERT INTO officer VALUES (1, 'ravi', 'SI Ravi', 'charge', 'Kotwali', 'hash', 0, 1773469800000);
INSERT INTO resident VALUES (1, 'Asha', '9000000001', 'hi', 1773469800000);
INSERT INTO alias VALUES ('handset', 'a1', 1);
INSERT INTO conversation VALUES (1, 3, 'waiting', 1, 'loss', 1773469800000, NULL, 1, 2, 1773469800000, 'बिजली कट जाएगी', 'handset', 'a1', CAST('session' AS BLOB));
INSERT INTO message (id, resident, by, at, channel, address, external_id, kind, text, indexed)
	VALUES (1, 1, 'resident', 1773469800000, 'handset', 'a1', 'IN-1', 'image', 'बिजली कट जाएगी', 1);
INSERT INTO message_fts (docid, text) VALUES (1, 'बिजली कट जाएगी');
INSERT INTO message (id, resident, by, at, channel, address, external_id, kind, text, delivery, due)
	VALUES (2, 1, 'bot', 1773469800000, 'handset', 'a1', 'OUT-1', 'text', 'अभी 1930 पर फ़ोन कीजिए।', 'queued', 1773469800000);
INSERT INTO media VALUES (1, 1, NULL, 'handset', 'x.png', 'image/png', 'image/png', 16, 0, 'abababababababababababababababababababababababababababababababab', 'kept', 0, '');
INSERT INTO timer VALUES (1, 'talk', 1773470400000);
INSERT INTO cases VALUES (1, 'BSP-26-000001', 1, 'filed', 'otp', 1, 1, 'Asha', '9000000001', '', '', 'Kotwali', 1773469800000, 1773469800000);
INSERT INTO leg VALUES (1, 0, 2500000, 1773469800000, 'SBI', '412345678901');
INSERT INTO suspect VALUES (1, 0, 'upi', 'refund@okaxis');
INSERT INTO evidence VALUES (1, 1);
INSERT INTO identifier VALUES (1, 1, NULL, '9000000001', '1000000009'), (2, 1, 1, '412345678901', '109876543214');
INSERT INTO volunteer VALUES (1, 'BSP-CM-00001', 1, 'Asha', 'Kotwali', 'Tikrapara', 'ABC234', '', 'mitan', 'enrolled', 'hi', 1773469800000, 0);
INSERT INTO subscription VALUES (1, 1773469800000, 2, 1773469800000, 1);
INSERT INTO escalation VALUES (1, 1, 'loss', 1, 1, 1773469800000, 0, NULL);
INSERT INTO note VALUES (1, 1, 1, 'called the bank', 1773469800000);
INSERT INTO audit VALUES (1, 1773469800000, 1, 'note', 1, 'note 1');
PRAGMA user_version = 1;
