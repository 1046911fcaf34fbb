-- Who was told of a message that nobody has acknowledged, or of a check that is due, and when: each once.
CREATE TABLE told (
  subject TEXT NOT NULL,
  step TEXT NOT NULL,
  at_s {number} NOT NULL,
  PRIMARY KEY (subject, step)){strict}
