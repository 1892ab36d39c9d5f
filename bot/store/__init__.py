"""Everything that must survive a restart, in SQLite or PostgreSQL.

Outside this package only plain values are seen: no rows, no sessions, no Discord.
"""
