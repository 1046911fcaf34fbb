"""What rules speak of, evaluated on traces: when each signal is below a threshold, and when each fact is so."""
