"""Copies of a node's folder, and what a node does that finds itself restored from an old one."""
