-- When an entry of the log came to be, by the node's clock, and how far the other party's clock was from it then.
-- An envelope is known by its stream, so that a log that goes on under another name keeps its times.
CREATE TABLE message_time (
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  is_receipt {integer} NOT NULL CHECK (is_receipt IN (0, 1)),
  sequence {integer} NOT NULL,
  at_s {number} NOT NULL,
  offset_s {number},
  uncertainty_s {number},
  PRIMARY KEY (sender, recipient, is_receipt, sequence)){strict}
