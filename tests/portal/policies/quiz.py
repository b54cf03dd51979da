"""A quiz of one question."""

QUIZ = [
    (
        "question",
        {
            "question": "Where is it?",
            "answers": [{"text": "Here", "is_right": True}, {"text": "There", "is_right": False}],
            "why": "",
        },
    )
]
