"""The three calls of a reset, blocking and async."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, Self

import httpx

from .generated import Client, models
from .generated.api.password_reset import confirm_password_reset, request_password_reset, verify_code
from .generated.types import UNSET, Response
from .problem import Problem, TransportError, UnexpectedAnswer

# The service gives up on a slow call of its own after less.
TIMEOUT = 30.0


class _Base:
    def __init__(self, base_url: str, *, timeout: float = TIMEOUT, httpx_args: dict[str, Any] | None = None) -> None:
        """Takes the service's URL, such as `https://reset.example.com`; a path is kept.

        `timeout` is in seconds. `httpx_args` go to the constructor of httpx' client: proxies, certificates, transports.
        """
        # It follows no redirect: what it sends is for this service alone.
        self._client = Client(base_url, timeout=httpx.Timeout(timeout), httpx_args=httpx_args or {})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Rekey(_Base):
    """A service, called blocking. Close it, or use it in a `with`."""

    def request(
        self,
        email: str,
        *,
        locale: str | None = None,
        challenge_id: str | None = None,
        idempotency_key: str | None = None,
        proof: str | None = None,
    ) -> models.Challenge:
        """Asks for a code. The answer is the same whether or not the address has an account.

        With the `challenge_id` of a live challenge its code is mailed once more. An `idempotency_key` is new for each
        reset, and the same when a lost call is repeated. A `proof` is what `ProofRequired` asked for.
        """
        return self._call(
            request_password_reset.sync_detailed, **_request(email, locale, challenge_id, idempotency_key, proof)
        )

    def verify(self, challenge_id: str, code: str, *, proof: str | None = None) -> models.Verified:
        """Exchanges the code, as the user typed it, for a token. Raises `CodeRejected`."""
        return self._call(
            verify_code.sync_detailed,
            body=models.VerifyBody(challenge_id=challenge_id, code=code, proof=proof or UNSET),
        )

    def confirm(self, reset_token: str, new_password: str, *, second_factor_proof: str | None = None) -> None:
        """Sets the new password. Raises `PasswordRejected`, with `reasons`, and `TokenRejected`.

        After `SecondFactorRequired` it takes the application's signed statement as `second_factor_proof`.
        """
        body = _confirm(reset_token, new_password, second_factor_proof)
        self._call(confirm_password_reset.sync_detailed, body=body)

    def _call(self, function: Callable[..., Response[Any]], **arguments: Any) -> Any:
        try:
            response = function(client=self._client, **arguments)
        except Exception as error:
            raise _failure(error) from error
        return _result(response)

    def close(self) -> None:
        """Closes the connections."""
        self._client.get_httpx_client().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncRekey(_Base):
    """A service, called with `await`. Close it, or use it in an `async with`."""

    async def request(
        self,
        email: str,
        *,
        locale: str | None = None,
        challenge_id: str | None = None,
        idempotency_key: str | None = None,
        proof: str | None = None,
    ) -> models.Challenge:
        """See `Rekey.request`."""
        arguments = _request(email, locale, challenge_id, idempotency_key, proof)
        return await self._call(request_password_reset.asyncio_detailed, **arguments)

    async def verify(self, challenge_id: str, code: str, *, proof: str | None = None) -> models.Verified:
        """See `Rekey.verify`."""
        body = models.VerifyBody(challenge_id=challenge_id, code=code, proof=proof or UNSET)
        return await self._call(verify_code.asyncio_detailed, body=body)

    async def confirm(self, reset_token: str, new_password: str, *, second_factor_proof: str | None = None) -> None:
        """See `Rekey.confirm`."""
        body = _confirm(reset_token, new_password, second_factor_proof)
        await self._call(confirm_password_reset.asyncio_detailed, body=body)

    async def _call(self, function: Callable[..., Awaitable[Response[Any]]], **arguments: Any) -> Any:
        try:
            response = await function(client=self._client, **arguments)
        except Exception as error:
            raise _failure(error) from error
        return _result(response)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.get_async_httpx_client().aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _request(
    email: str, locale: str | None, challenge_id: str | None, key: str | None, proof: str | None
) -> dict[str, Any]:
    body = models.RequestBody(
        email=email, locale=locale or UNSET, challenge_id=challenge_id or UNSET, proof=proof or UNSET
    )
    return {"body": body, "idempotency_key": key or UNSET}


def _confirm(reset_token: str, new_password: str, proof: str | None) -> models.ConfirmBody:
    return models.ConfirmBody(reset_token=reset_token, new_password=new_password, second_factor_proof=proof or UNSET)


def _failure(error: Exception) -> Exception:
    if isinstance(error, httpx.HTTPError):
        return TransportError(f"the service could not be reached: {type(error).__name__}")
    if isinstance(error, (ValueError, KeyError, TypeError, AttributeError)):
        return UnexpectedAnswer("an answer that is not the service's")
    return error


def _result(response: Response[Any]) -> Any:
    status = int(response.status_code)
    if status < 300:
        if response.parsed is None and status != 204:
            raise UnexpectedAnswer(f"an answer that is not the service's: status {status}")
        return response.parsed
    problem = response.parsed
    if not isinstance(problem, models.Problem):
        # A status that the call does not describe, such as a 404 where the base URL is wrong.
        try:
            problem = models.Problem.from_dict(json.loads(response.content))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UnexpectedAnswer(f"an answer that is not the service's: status {status}") from None
    raise Problem.of(problem, status, response.headers)
