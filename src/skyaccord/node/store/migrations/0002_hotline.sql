-- When this node had a message of another party, by its own clock: from then its people have time to acknowledge.
CREATE TABLE arrival (envelope TEXT PRIMARY KEY, at_s {number} NOT NULL){strict}

-- Who was told of a message that nobody has acknowledged, or of a check that is due, and when: each once.
CREATE TABLE told (
  envelope TEXT NOT NULL,
  step TEXT NOT NULL,
  at_s {number} NOT NULL,
  PRIMARY KEY (envelope, step)){strict}
