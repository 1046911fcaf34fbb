"""Who may sign what for whom: key pairs, where they are kept, what is said about them in the log, and the keyring."""
