"""What the coach knows: guides, entries, figures and sources, read from YAML files with faults named by file and line.

Not here: how a question finds its entry (`bot.matching`), and how an answer looks on Discord (`bot.front`).
"""
