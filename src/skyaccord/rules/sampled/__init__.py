"""The robustness of rules over sampled signals, sample by sample: for whoever has signals rather than tracks."""
