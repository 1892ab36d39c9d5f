"""Entries in and out: files of people and of other bots become entries, and entries become a file that never varies.

Not here: the terminal's `waymark import` (`bot.importing`), and what a guide's own files must be (`bot.knowledge`).
"""
