"""How two aircraft flew about each other: manner of an encounter, who closed on whom, who flew as one."""
