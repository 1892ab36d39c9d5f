"""The Discord side: each command in the file of its name, what they share beside them.

Not here: which entry answers a question (`bot.matching`), and what entries say (`bot.knowledge`).
"""
