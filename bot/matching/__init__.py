"""From a member's text to entries with a calibrated confidence, and from there to one of four verdicts.

Not here: Discord, the clock, files. Everything comes in as a value.
"""
