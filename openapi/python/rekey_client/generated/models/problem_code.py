from enum import StrEnum


class ProblemCode(StrEnum):
    BUSY = "busy"
    CODE_REJECTED = "code_rejected"
    INVALID_REQUEST = "invalid_request"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_FOUND = "not_found"
    PASSWORD_REJECTED = "password_rejected"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    PROOF_REQUIRED = "proof_required"
    RATE_LIMITED = "rate_limited"
    REQUEST_TIMEOUT = "request_timeout"
    SECOND_FACTOR_REQUIRED = "second_factor_required"
    TOKEN_REJECTED = "token_rejected"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"

    def __str__(self) -> str:
        return str(self.value)
