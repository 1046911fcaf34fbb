"""The party's own certificate authority for TLS, and the authorities of its peers, pinned one by one."""
