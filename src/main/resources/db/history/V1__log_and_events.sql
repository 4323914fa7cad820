-- What stands in the log, and where; made anew from the log when it is missing or damaged.
CREATE TABLE file (
  name TEXT PRIMARY KEY,
  length INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE stretch (
  file TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  split INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  frames INTEGER NOT NULL,
  life_cycles INTEGER NOT NULL,
  gaps INTEGER NOT NULL,
  contents BLOB NOT NULL,
  PRIMARY KEY (file, offset)
) WITHOUT ROWID;

-- The lives of sockets. They outlast the traffic, which pushes itself out of the log.
CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  endpoint TEXT NOT NULL,
  transport TEXT NOT NULL,
  role TEXT NOT NULL,
  local TEXT NOT NULL,
  remote TEXT NOT NULL,
  opened_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  endpoint TEXT NOT NULL,
  connection TEXT,
  kind TEXT NOT NULL,
  call TEXT,
  detail TEXT NOT NULL,
  reason TEXT
);
CREATE INDEX event_by_endpoint ON event (endpoint, id);
CREATE INDEX event_by_connection ON event (connection, id) WHERE connection IS NOT NULL;

-- What was dropped to stay within the bounds; one row.
CREATE TABLE forgotten (
  up_to INTEGER NOT NULL,
  frames INTEGER NOT NULL
);
INSERT INTO forgotten VALUES (0, 0);
