"""A check beside those that Schemathesis brings: tests/tests/schemathesis.rs names this file to it."""

import schemathesis


@schemathesis.check
def fitting_calls_are_not_invalid(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """A call that fits its description may be refused, with `code_rejected` say, but not for its form."""
    fits = case.meta is not None and case.meta.generation.mode.is_positive
    if fits and response.status_code == 400:
        assert response.json()["code"] != "invalid_request", "a call that fits its description is called invalid"
