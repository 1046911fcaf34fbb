"""One node's HTTP: a listener for people and a listener for peers, each with one table of routes. No domain logic."""
