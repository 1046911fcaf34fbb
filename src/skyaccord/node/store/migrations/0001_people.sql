-- Who works at the node. Nobody is ever taken out: what they did stays in the audit.
CREATE TABLE person (
  name TEXT PRIMARY KEY,
  duty TEXT NOT NULL,
  role TEXT NOT NULL,
  is_active {integer} NOT NULL CHECK (is_active IN (0, 1)),
  password TEXT,
  password_until_s {number},
  code_secret {bytes},
  code_step {integer} NOT NULL DEFAULT 0,
  next_code_secret {bytes},
  certificate TEXT UNIQUE){strict}

-- A session is known by the hash of its token: who reads the store can use none.
CREATE TABLE session (
  token_hash {bytes} PRIMARY KEY,
  name TEXT NOT NULL REFERENCES person (name),
  address TEXT NOT NULL,
  certificate TEXT,
  begun_s {number} NOT NULL,
  seen_s {number} NOT NULL,
  is_partial {integer} NOT NULL CHECK (is_partial IN (0, 1))){strict}

CREATE INDEX session_of ON session (name)

-- Attempts to sign in that have not shown themselves right; names need not be those of people.
CREATE TABLE attempt (id {integer} PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, at_s {number} NOT NULL){strict}

CREATE INDEX attempt_on ON attempt (name, at_s)

CREATE INDEX attempt_from ON attempt (address, at_s)

-- Where a person has signed in from; what strangers do elsewhere does not hold them up there.
CREATE TABLE known_address (
  name TEXT NOT NULL REFERENCES person (name),
  address TEXT NOT NULL,
  at_s {number} NOT NULL,
  PRIMARY KEY (name, address)){strict}

CREATE TABLE audit (
  id {integer} PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  deed TEXT NOT NULL,
  subject TEXT NOT NULL,
  address TEXT NOT NULL,
  hash {bytes} NOT NULL){strict}

-- sqlite
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END

-- sqlite
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END

-- postgresql
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$

-- postgresql
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
