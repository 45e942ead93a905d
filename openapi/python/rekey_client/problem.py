"""What may go wrong, as exceptions."""

from collections.abc import Mapping
from typing import Self, TypeVar

from .generated import models
from .generated.models import PasswordReason, ProblemCode
from .generated.types import Unset

_Kind = TypeVar("_Kind", ProblemCode, PasswordReason)


class RekeyError(Exception):
    """A call did not do what it was to do."""


class TransportError(RekeyError):
    """No answer came: the network, TLS, a time-out. Whether the call was heard is not known."""


class UnexpectedAnswer(RekeyError):  # noqa: N818 - an answer, of which the class says what it is
    """An answer that the service does not give: something else answered, such as a proxy."""


class Problem(RekeyError):  # noqa: N818 - the standard's word (RFC 9457)
    """The service refused.

    `code` is `ProblemCode.UNKNOWN` if the service is newer than this client. `reasons` say why a password was refused,
    the decisive ones first. `proof_challenge` is what to work at, with `ProofRequired`. `retry_after` are the seconds
    to wait before the same call may work.
    """

    def __init__(self, problem: models.Problem, status: int, retry_after: int | None) -> None:
        """Takes what the service answered."""
        super().__init__(f"{problem.title} ({problem.code})")
        self.code = _known(ProblemCode, problem.code)
        self.status = status
        self.title = problem.title
        self.detail = None if isinstance(problem.detail, Unset) else problem.detail
        reasons = [] if isinstance(problem.reasons, Unset) else problem.reasons
        self.reasons = [_known(PasswordReason, reason) for reason in reasons]
        self.proof_challenge = None if isinstance(problem.proof_challenge, Unset) else problem.proof_challenge
        self.retry_after = retry_after

    @classmethod
    def of(cls, problem: models.Problem, status: int, headers: Mapping[str, str]) -> Self:
        """The exception for a problem."""
        wait = headers.get("Retry-After", "")
        kind = _KINDS.get(_known(ProblemCode, problem.code), cls)
        return kind(problem, status, int(wait) if wait.isdecimal() else None)


class CodeRejected(Problem):
    """The code is wrong, used, used up or expired: which of them is not told."""


class TokenRejected(Problem):
    """The token is used or expired. If the answer to a `confirm` got lost, the new password may be set already."""


class PasswordRejected(Problem):
    """The password is refused, see `reasons`. The token can be used again."""


class SecondFactorRequired(Problem):
    """The account has a second factor, and the proof of it is missing or not one for this reset. The token stays."""


class ProofRequired(Problem):
    """The service is under attack: work at `proof_challenge` and make the same call again, with its `proof`."""


class RateLimited(Problem):
    """Too many calls: wait for `retry_after`."""


class Busy(Problem):
    """Another call holds what this one needs: wait for `retry_after`."""


class Unavailable(Problem):
    """A part of the service is down: wait for `retry_after`."""


_KINDS: dict[ProblemCode, type[Problem]] = {
    ProblemCode.CODE_REJECTED: CodeRejected,
    ProblemCode.TOKEN_REJECTED: TokenRejected,
    ProblemCode.PASSWORD_REJECTED: PasswordRejected,
    ProblemCode.SECOND_FACTOR_REQUIRED: SecondFactorRequired,
    ProblemCode.PROOF_REQUIRED: ProofRequired,
    ProblemCode.RATE_LIMITED: RateLimited,
    ProblemCode.BUSY: Busy,
    ProblemCode.UNAVAILABLE: Unavailable,
}


def _known(kind: type[_Kind], text: str) -> _Kind:
    try:
        return kind(text)
    except ValueError:
        return kind.UNKNOWN
