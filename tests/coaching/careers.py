"""Builds small careers for tests: a ladder, skills with what each level needs, and a readiness form."""

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.coaching.skills import Ratings
from bot.knowledge.skills_models import LadderFile, SkillsFile

LEVELS = ("helper", "baker", "master")
#: Two parts with one choice and with several, beside the skills.
PARTS: list[dict[str, object]] = [
    {
        "id": "papers",
        "name": "Papers",
        "weight": 40,
        "question": "How far are your papers?",
        "choose": "one",
        "choices": [
            {"id": "none", "text": "None yet", "points": 0},
            {
                "id": "begun",
                "text": "Begun",
                "points": 30,
                "move": {"do": "Begin", "step": "school", "entry": "school"},
            },
            {"id": "done", "text": "Done", "points": 100, "move": {"do": "Finish", "step": "exam", "entry": "exam"}},
        ],
        "holds_back": "Nobody bakes without papers.",
    },
    {
        "id": "work",
        "name": "Work",
        "weight": 20,
        "question": "What have you done?",
        "choose": "several",
        "choices": [
            {"id": "oven", "text": "Oven", "points": 70, "move": {"do": "Bake", "step": "work", "entry": "oven"}},
            {"id": "shop", "text": "Shop", "points": 30, "move": {"do": "Sell", "step": "work", "entry": "shop"}},
        ],
    },
]


def ladder(levels: Sequence[str] = LEVELS) -> LadderFile:
    """A ladder of those levels, lowest first."""
    found = [
        {
            "id": level,
            "title": level.title(),
            "years": "years",
            "does": "Bakes.",
            "pay": {"median": "pay"},
            "entry": "e",
        }
        for level in levels
    ]
    return LadderFile.model_validate({"levels": found})


def skills(*needs: Sequence[int], parts: Sequence[dict[str, object]] = tuple(PARTS)) -> SkillsFile:
    """Skills `s0`, `s1` and so on, with what each of the levels needs of them, and a readiness form for `baker`."""
    found = [
        {
            "id": f"s{number}",
            "name": f"Skill {number}",
            "about": "A skill.",
            "why": "It matters.",
            "needs": dict(zip(LEVELS, of_levels, strict=True)),
            "step": "work",
            "entry": "e",
        }
        for number, of_levels in enumerate(needs)
    ]
    ratings = [{"name": name, "meaning": name} for name in ("None yet", "Basic", "Solid", "Leading")]
    form = {"level": "baker", "note": "No verdict.", "skills": {"name": "Skills", "weight": 40}, "parts": [*parts]}
    groups = [
        {"id": f"g{at}", "title": "Group", "skills": found[at : at + 10]} for at in range(0, max(1, len(found)), 10)
    ]
    return SkillsFile.model_validate({"ratings": ratings, "groups": groups, "readiness": form})


def rated(*ratings: int | None) -> Ratings:
    """Ratings of `s0`, `s1` and so on; None leaves a skill out."""
    return Ratings({f"s{number}": rating for number, rating in enumerate(ratings) if rating is not None})


_rating = st.integers(0, 3)
#: What each of one to eighteen skills needs at the three levels, not always more at a higher one.
needs_of_skills = st.lists(st.tuples(_rating, _rating, _rating), min_size=1, max_size=18)
#: Ratings of up to eighteen skills, some of them left out.
ratings_of_skills = st.lists(st.none() | _rating, max_size=18).map(lambda ratings: rated(*ratings))
