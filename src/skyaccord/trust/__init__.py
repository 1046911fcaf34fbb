"""The record that neither side can rewrite: keys, envelopes, what is accepted, the log and its proofs."""
