"""The layer by hand, against answers that a real service seldom gives."""

import asyncio
import json

import httpx
import pytest

from rekey_client import (
    AsyncRekey,
    Busy,
    PasswordReason,
    Problem,
    ProblemCode,
    ProofRequired,
    Rekey,
    SecondFactorRequired,
    TransportError,
    UnexpectedAnswer,
)
from rekey_client.generated.models import ConfirmBody, Verified, VerifyBody

PROBLEM = {"type": "about:blank", "title": "No", "status": 503, "code": "busy"}


def answering(answer: httpx.Response) -> dict:
    return {"httpx_args": {"transport": httpx.MockTransport(lambda _: answer)}}


def rekey(answer: httpx.Response) -> Rekey:
    return Rekey("http://rekey.test", **answering(answer))


def test_a_problem_has_its_code_and_its_wait():
    with pytest.raises(Busy) as raised:
        rekey(httpx.Response(503, json=PROBLEM, headers={"Retry-After": "7"})).verify("id", "code")
    problem = raised.value
    assert (problem.code, problem.status, problem.retry_after, problem.reasons) == (ProblemCode.BUSY, 503, 7, [])


def test_the_async_client_raises_the_same():
    async def call() -> None:
        async with AsyncRekey("http://rekey.test", **answering(httpx.Response(503, json=PROBLEM))) as service:
            await service.verify("id", "code")

    with pytest.raises(Busy):
        asyncio.run(call())


def test_what_a_later_version_says_is_unknown_and_no_failure():
    problem = {**PROBLEM, "code": "tea_rejected", "reasons": ["too_short", "new"]}
    with pytest.raises(Problem) as raised:
        rekey(httpx.Response(400, json=problem)).verify("id", "code")
    assert raised.value.code is ProblemCode.UNKNOWN
    assert raised.value.reasons == [PasswordReason.TOO_SHORT, PasswordReason.UNKNOWN]


def test_a_call_that_needs_a_proof_says_what_to_work_at_and_sends_it():
    parameters = {"algorithm": "PBKDF2/SHA-256", "cost": 2500, "data": {"action": "verify", "shard": 0}}
    parameters |= {"expiresAt": 7, "keyLength": 32, "keyPrefix": "00", "nonce": "07" * 16, "salt": "09" * 16}
    asked = {"parameters": parameters, "signature": "0" * 64}
    problem = {**PROBLEM, "status": 403, "code": "proof_required", "proof_challenge": asked}
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return httpx.Response(403, json=problem)

    service = Rekey("http://rekey.test", httpx_args={"transport": httpx.MockTransport(answer)})
    with pytest.raises(ProofRequired) as raised:
        service.verify("id", "code", proof="worked")
    assert raised.value.proof_challenge.to_dict() == asked
    with pytest.raises(ProofRequired):
        service.request("user@example.com", proof="worked")
    assert [body["proof"] for body in seen] == ["worked", "worked"]


def test_a_status_that_no_call_describes_is_a_problem_too():
    with pytest.raises(Problem) as raised:
        rekey(httpx.Response(404, json={**PROBLEM, "code": "not_found"})).verify("id", "code")
    assert raised.value.code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize("status", [200, 302, 404, 502, 503])
def test_a_page_of_a_proxy_is_no_answer(status):
    with pytest.raises(UnexpectedAnswer):
        rekey(httpx.Response(status, text="<html>")).verify("id", "code")


def test_no_answer_is_an_error_of_its_own():
    def refuse(_):
        raise httpx.ConnectError("refused")

    with pytest.raises(TransportError):
        Rekey("http://rekey.test", httpx_args={"transport": httpx.MockTransport(refuse)}).request("user@example.com")


def test_a_second_factor_is_asked_for_and_its_proof_is_sent():
    sent = []

    def ask(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        if "second_factor_proof" in sent[-1]:
            return httpx.Response(204)
        return httpx.Response(403, json={**PROBLEM, "status": 403, "code": "second_factor_required"})

    service = Rekey("http://rekey.test", httpx_args={"transport": httpx.MockTransport(ask)})
    with pytest.raises(SecondFactorRequired):
        service.confirm("token", "password")
    service.confirm("token", "password", second_factor_proof="statement")
    assert sent[1] == {"reset_token": "token", "new_password": "password", "second_factor_proof": "statement"}


def test_nothing_that_holds_a_secret_shows_it():
    answer = httpx.Response(200, json={"reset_token": "canary", "expires_in": 1})
    verified = rekey(answer).verify("id", "canary")
    assert verified.reset_token == "canary"
    confirm = ConfirmBody(reset_token="canary", new_password="canary", second_factor_proof="canary")
    bodies = [
        verified,
        Verified(reset_token="canary", expires_in=1),
        VerifyBody(challenge_id="id", code="canary"),
        confirm,
    ]
    assert "canary" not in repr(bodies) + repr(rekey(answer))
