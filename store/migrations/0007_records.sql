-- What officers do with cases, and finding people by their names.

-- How often officers have amended the case. From the first time on the talk
-- leaves its facts alone.
ALTER TABLE cases ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN merged_into INTEGER REFERENCES cases ON DELETE SET NULL;
ALTER TABLE cases ADD COLUMN split_from INTEGER REFERENCES cases ON DELETE SET NULL;
CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_split ON cases (split_from) WHERE split_from IS NOT NULL;
CREATE INDEX cases_opened ON cases (opened);

-- For how soon a conversation that waited was claimed.
CREATE INDEX escalation_at ON escalation (at, resident);

-- A next step that is done in a case.
CREATE TABLE case_step (
	case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
	step    TEXT NOT NULL,
	officer INTEGER NOT NULL REFERENCES officer,
	at      INTEGER NOT NULL,
	PRIMARY KEY (case_id, step)
) STRICT, WITHOUT ROWID;

-- Names by their words. Triggers keep them, because names are written at many
-- places and seldom.
CREATE VIRTUAL TABLE resident_fts USING fts4 (
	name,
	matchinfo="fts3",
	tokenize=unicode61 "remove_diacritics=0" "tokenchars=ऀँंःऺऻ़ऽािीुूृॄॅॆेैॉॊोौ्ॎॏ॒॑॓॔ॕॖॗॢॣ"
);
CREATE VIRTUAL TABLE case_fts USING fts4 (
	name,
	matchinfo="fts3",
	tokenize=unicode61 "remove_diacritics=0" "tokenchars=ऀँंःऺऻ़ऽािीुूृॄॅॆेैॉॊोौ्ॎॏ॒॑॓॔ॕॖॗॢॣ"
);
INSERT INTO resident_fts (docid, name) SELECT id, name FROM resident WHERE name <> '' ORDER BY id;
INSERT INTO case_fts (docid, name) SELECT id, reporter_name || ' ' || victim_name FROM cases
	WHERE reporter_name <> '' OR victim_name <> '' ORDER BY id;

CREATE TRIGGER resident_named AFTER INSERT ON resident WHEN new.name <> '' BEGIN
	INSERT INTO resident_fts (docid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER resident_renamed AFTER UPDATE OF name ON resident WHEN new.name <> old.name BEGIN
	DELETE FROM resident_fts WHERE docid = old.id;
	INSERT INTO resident_fts (docid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER resident_gone AFTER DELETE ON resident BEGIN
	DELETE FROM resident_fts WHERE docid = old.id;
END;
CREATE TRIGGER case_named AFTER INSERT ON cases WHEN new.reporter_name <> '' OR new.victim_name <> '' BEGIN
	INSERT INTO case_fts (docid, name) VALUES (new.id, new.reporter_name || ' ' || new.victim_name);
END;
CREATE TRIGGER case_renamed AFTER UPDATE OF reporter_name, victim_name ON cases
WHEN new.reporter_name <> old.reporter_name OR new.victim_name <> old.victim_name BEGIN
	DELETE FROM case_fts WHERE docid = old.id;
	INSERT INTO case_fts (docid, name) VALUES (new.id, new.reporter_name || ' ' || new.victim_name);
END;
CREATE TRIGGER case_gone AFTER DELETE ON cases BEGIN
	DELETE FROM case_fts WHERE docid = old.id;
END;
