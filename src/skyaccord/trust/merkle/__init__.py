"""The hash tree of RFC 6962 and RFC 9162: hashes, growth, proofs and their verification; no storage."""
