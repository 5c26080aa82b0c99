-- The search index reads the texts from a view of just those messages that it
-- has. Read from the whole log, SQLite's integrity check took the bot's own
-- messages, which are in no index, for damage.
DROP TABLE message_fts;

CREATE VIEW message_words AS SELECT id AS rowid, text FROM message WHERE indexed = 1;

CREATE VIRTUAL TABLE message_fts USING fts4 (
	text,
	content="message_words",
	matchinfo="fts3",
	tokenize=unicode61 "remove_diacritics=0" "tokenchars=ऀँंःऺऻ़ऽािीुूृॄॅॆेैॉॊोौ्ॎॏ॒॑॓॔ॕॖॗॢॣ"
);

INSERT INTO message_fts (message_fts) VALUES ('rebuild');
