"""How members are coached: plain values, and the moves on them; no Discord, no database, no clock."""
