"""Scenarios of DAIDALUS through alerting and guidance, written down in the columns its users know."""
