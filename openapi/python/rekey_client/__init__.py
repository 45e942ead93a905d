"""Client of Rekey, a password-reset service."""

from .generated.models import Challenge, PasswordReason, ProblemCode, Verified
from .problem import (
    Busy,
    CodeRejected,
    PasswordRejected,
    Problem,
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
