"""The errors that carry a sentence for the person reading; everything else is a fault of ours."""


class WaymarkError(Exception):
    """Something that a person can mend: its text is one clear line, shown as it is, never with a traceback."""
