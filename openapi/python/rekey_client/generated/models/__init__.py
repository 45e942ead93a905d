"""Contains all the data models used in inputs/outputs"""

from .challenge import Challenge
from .confirm_body import ConfirmBody
from .password_reason import PasswordReason
from .problem import Problem
from .problem_code import ProblemCode
from .proof_action import ProofAction
from .proof_challenge import ProofChallenge
from .proof_data import ProofData
from .proof_parameters import ProofParameters
from .request_body import RequestBody
from .verified import Verified
from .verify_body import VerifyBody

__all__ = (
    "Challenge",
    "ConfirmBody",
    "PasswordReason",
    "Problem",
    "ProblemCode",
    "ProofAction",
    "ProofChallenge",
    "ProofData",
    "ProofParameters",
    "RequestBody",
    "Verified",
    "VerifyBody",
)
