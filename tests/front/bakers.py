"""A guide of two themes and five entries: enough to be sure, to waver between two, and to miss."""

from tests.knowledge.folders import GUIDE as ONE_THEME

GUIDE = ONE_THEME.replace("  pay: Pay\n", "  pay: Pay\n  work: The work\n") + "sequences:\n  - [training, night]\n"

ENTRIES = """\
- id: median-pay
  theme: pay
  question: What does a baker earn?
  phrasings: [baker salary, pay of bakers, how much money do bakers make]
  answer: The median is {median_pay} a year.
  leads:
  - {when: [apprentice], text: An apprentice gets less.}
  - {when: [head baker], text: "A head baker: more than {median_pay}."}
  related: [pay-factors, night]
  sources: [survey]
- id: pay-factors
  theme: pay
  question: What makes a baker's pay higher or lower?
  phrasings: [why do some bakers get more pay than others, pay differences]
  answer: Town, owner and years.
  sources: [survey]
- id: night
  theme: work
  question: Do bakers work at night?
  phrasings: [working hours, when does the day of a baker start]
  answer: Most start at three in the morning.
  related: [gone]
  sources: [survey]
- id: training
  theme: work
  question: How long does the apprenticeship take?
  phrasings: [years of training, length of the apprenticeship, how long until I am a baker]
  answer: Three years.
  related: [night]
  sources: [survey]
- id: oven
  theme: work
  question: How does one learn to handle the oven, the dough, the mixer, the scales and other tools of a small bakery?
  answer: By doing.
  sources: [survey]
"""

WORDS = """\
synonyms: [[pay, salary, wage]]
fillers: [a, the, of, is, do, does, i, what, how, please, so, that, at, to]
social: [thanks, thank you, hello]
"""
