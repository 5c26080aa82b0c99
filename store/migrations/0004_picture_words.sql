-- The words in residents' pictures, as a program has read them.
ALTER TABLE media ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;  -- a picture whose words have yet to be read
ALTER TABLE media ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0; -- the talk is to be woken with the words

-- Both hold a few rows, those that wait: what is awaited is read first.
CREATE INDEX media_unread ON media (awaited DESC, id) WHERE unread = 1;
CREATE INDEX media_awaited ON media (message) WHERE awaited = 1;
