"""Contains all the data models used in inputs/outputs"""

from .challenge import Challenge
from .confirm_body import ConfirmBody
from .password_reason import PasswordReason
from .problem import Problem
from .problem_code import ProblemCode
from .request_body import RequestBody
from .verified import Verified
from .verify_body import VerifyBody

__all__ = (
    "Challenge",
    "ConfirmBody",
    "PasswordReason",
    "Problem",
    "ProblemCode",
    "RequestBody",
    "Verified",
    "VerifyBody",
)
