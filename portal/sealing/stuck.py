"""What keeps the sealer from working, though nothing need be wrong with the record."""


class SealerStuck(Exception):
    """Nothing can be signed at present.

    ``sentence`` says what is wrong and ``advice`` what to do, each in full sentences.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(f"{sentence} {advice}".strip())
        self.sentence = sentence
        self.advice = advice
