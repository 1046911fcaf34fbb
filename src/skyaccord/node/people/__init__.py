"""Who works at a node: roles, accounts, how they sign in, their sessions, and the record of what each did."""
