"""Pictures: pay by level, a member's path as a timeline, progress over time, counts. Each with its words besides.

Matplotlib is loaded when the first picture is drawn, not before: most processes never draw one.
"""
