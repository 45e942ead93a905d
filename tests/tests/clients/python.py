"""A whole reset through the Python client, as tests/tests/clients/dialogue.rs asks for it: python.py blocking|async."""

import asyncio
import inspect
import os
import sys
from uuid import uuid4

from rekey_client import AsyncRekey, CodeRejected, PasswordRejected, Rekey, TokenRejected

URL, EMAIL = os.environ["REKEY_URL"], os.environ["EMAIL"]


async def reset(rekey: Rekey | AsyncRekey) -> None:
    """Goes through the steps with either client."""

    async def call(function, *arguments, **named):
        answer = function(*arguments, **named)
        return await answer if inspect.isawaitable(answer) else answer

    async def refused(kind, function, *arguments):
        try:
            await call(function, *arguments)
        except kind as problem:
            return problem
        sys.exit(f"{function.__name__} did not raise {kind.__name__}")

    key = str(uuid4())
    challenge = await call(rekey.request, EMAIL, idempotency_key=key)
    again = await call(rekey.request, EMAIL, idempotency_key=key)
    if again.challenge_id != challenge.challenge_id:
        sys.exit("the same request again opened another challenge")
    print("mailed", flush=True)

    wrong, code, weak, password = sys.stdin.read().splitlines()
    problem = await refused(CodeRejected, rekey.verify, challenge.challenge_id, wrong)
    print(problem.code, flush=True)
    token = (await call(rekey.verify, challenge.challenge_id, code)).reset_token
    print("verified", flush=True)
    problem = await refused(PasswordRejected, rekey.confirm, token, weak)
    print(problem.code, ",".join(problem.reasons), flush=True)
    await call(rekey.confirm, token, password)
    print("changed", flush=True)
    problem = await refused(TokenRejected, rekey.confirm, token, password)
    print(problem.code, flush=True)


async def asynchronously() -> None:
    """The async client."""
    async with AsyncRekey(URL) as rekey:
        await reset(rekey)


if sys.argv[1] == "async":
    asyncio.run(asynchronously())
else:
    with Rekey(URL) as rekey:
        asyncio.run(reset(rekey))
