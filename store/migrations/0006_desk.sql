-- What officers do to each other and have not finished: drafts, how far each has
-- read, conversations that are offered to another, ready replies.

-- What an officer was writing to a resident, or to other officers about one.
CREATE TABLE unsent (
	officer  INTEGER NOT NULL REFERENCES officer,
	resident INTEGER NOT NULL REFERENCES resident,
	form     TEXT NOT NULL CHECK (form IN ('reply', 'note')),
	text     TEXT NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (officer, resident, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX unsent_resident ON unsent (resident);

-- The newest message that an officer has seen of a resident's thread.
CREATE TABLE reading (
	officer  INTEGER NOT NULL REFERENCES officer,
	resident INTEGER NOT NULL REFERENCES resident,
	message  INTEGER NOT NULL,
	PRIMARY KEY (officer, resident)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_resident ON reading (resident);

-- A conversation that its holder offers to an officer, or to a thana where
-- officer is NULL. It stays the holder's until it is taken; a row whose sender
-- no longer holds the conversation says nothing.
CREATE TABLE transfer (
	resident INTEGER PRIMARY KEY REFERENCES resident,
	sender   INTEGER NOT NULL REFERENCES officer,
	officer  INTEGER REFERENCES officer,
	thana    TEXT NOT NULL DEFAULT '',
	reason   TEXT NOT NULL,
	at       INTEGER NOT NULL,
	outcome  TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'lapsed', 'declined')) -- '': open
) STRICT;

CREATE TABLE ready_reply (
	id    INTEGER PRIMARY KEY,
	thana TEXT NOT NULL, -- '' for the whole unit
	name  TEXT NOT NULL,
	hi    TEXT NOT NULL,
	en    TEXT NOT NULL,
	UNIQUE (thana, name)
) STRICT;
