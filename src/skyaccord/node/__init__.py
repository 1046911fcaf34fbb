"""One party's runtime: its folder and configuration, its store, its people and its certificate authority for TLS."""
