-- What a real messenger brings: messages that are held while it catches up,
-- edited, deleted, or cannot be read; people with two addresses; the state of
-- the link; the officers' group.

-- When the security code of the resident's phone changed; 0 if it has not, or
-- an officer has confirmed who it is.
ALTER TABLE resident ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- Ten digits, by which the officers' group knows an officer; '' if not given.
ALTER TABLE officer ADD COLUMN phone TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX officer_phone ON officer (phone) WHERE phone <> '' AND disabled = 0;

ALTER TABLE message ADD COLUMN held INTEGER NOT NULL DEFAULT 0;    -- kept, and not answered yet
ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;  -- when the resident changed it last
ALTER TABLE message ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0; -- when the resident deleted it

-- None of these has more than a few rows, so that a turn seldom pays for them:
-- what is held, what could not be read and has not come again, what has been
-- sent and is on its way to a phone.
CREATE INDEX message_held ON message (resident, id, kind) WHERE held = 1;
CREATE INDEX message_unreadable ON message (resident, external_id) WHERE kind = 'unreadable';
CREATE INDEX message_under_way ON message (at) WHERE delivery = 'sent' AND bulk = 0;
-- An officer's answer that is given twice is sent once.
CREATE INDEX message_answer ON message (resident, external_id) WHERE by = 'officer';

-- For what is kept of a resident, when two turn out to be one person.
CREATE INDEX alias_resident ON alias (resident);
CREATE INDEX identifier_own ON identifier (resident) WHERE case_id IS NULL;
CREATE INDEX audit_resident ON audit (resident) WHERE resident IS NOT NULL;
CREATE INDEX escalation_resolved ON escalation (resident) WHERE resolved <> 0;
CREATE INDEX volunteer_referred ON volunteer (referred_by) WHERE referred_by <> '';

CREATE TABLE link_event (
	id     INTEGER PRIMARY KEY,
	at     INTEGER NOT NULL,
	state  TEXT NOT NULL,
	reason TEXT NOT NULL
) STRICT;
CREATE INDEX link_event_at ON link_event (at, state);

-- What was told to the officers' group: once of an escalation.
CREATE TABLE notice (
	id          INTEGER PRIMARY KEY,
	external_id TEXT NOT NULL UNIQUE,
	resident    INTEGER NOT NULL REFERENCES resident,
	escalation  INTEGER NOT NULL UNIQUE REFERENCES escalation,
	text        TEXT NOT NULL, -- '' once it is erased
	at          INTEGER NOT NULL,
	sent        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX notice_unsent ON notice (id) WHERE sent = 0;
CREATE INDEX notice_resident ON notice (resident);
CREATE INDEX notice_text ON notice (at) WHERE text <> '';
CREATE INDEX escalation_untold ON escalation (at, id) WHERE resolved = 0;
