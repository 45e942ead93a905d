from enum import StrEnum


class ProofAction(StrEnum):
    REQUEST = "request"
    VERIFY = "verify"

    def __str__(self) -> str:
        return str(self.value)
