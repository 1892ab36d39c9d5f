"""Waymark, a career coach for Discord communities that answers from curated guides."""
