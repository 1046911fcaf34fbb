"""What every request passes before a route sees it; each guard is a plain ASGI wrapper."""
