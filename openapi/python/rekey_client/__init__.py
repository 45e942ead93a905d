"""Client of Rekey, a password-reset service."""

from .generated.models import Challenge, PasswordReason, ProblemCode, ProofChallenge, Verified
from .problem import (
    Busy,
    CodeRejected,
    PasswordRejected,
    Problem,
    ProofRequired,
    RateLimited,
    RekeyError,
    SecondFactorRequired,
    TokenRejected,
    TransportError,
    Unavailable,
    UnexpectedAnswer,
)
from .reset import AsyncRekey, Rekey

__all__ = [
    "AsyncRekey",
    "Busy",
    "Challenge",
    "CodeRejected",
    "PasswordReason",
    "PasswordRejected",
    "Problem",
    "ProblemCode",
    "ProofChallenge",
    "ProofRequired",
    "RateLimited",
    "Rekey",
    "RekeyError",
    "SecondFactorRequired",
    "TokenRejected",
    "TransportError",
    "Unavailable",
    "UnexpectedAnswer",
    "Verified",
]
