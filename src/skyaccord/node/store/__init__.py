"""What a node keeps: one SQLite file by default, a PostgreSQL database where the owner names one."""
