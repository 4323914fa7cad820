-- Nanoseconds; -1 where it was not measured.
ALTER TABLE event ADD COLUMN took INTEGER NOT NULL DEFAULT -1;
