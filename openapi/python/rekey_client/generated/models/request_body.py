from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RequestBody")


@_attrs_define
class RequestBody:
    """Ask for a reset.

    Attributes:
        email (str): The address of the account, ASCII, 254 octets at most. International domains as A-labels.
        challenge_id (None | str | Unset): A challenge of the same address, to mail its code once more.
        locale (None | str | Unset): The language of the mail, if the account has none: a BCP 47 tag such as `zh-CN`.
            Without it `Accept-Language` counts.
        proof (None | str | Unset): What was worked out after a `proof_required`: see `ProofChallenge`. Good for one
            call.
    """

    email: str
    challenge_id: None | str | Unset = UNSET
    locale: None | str | Unset = UNSET
    proof: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        email = self.email

        challenge_id: None | str | Unset
        if isinstance(self.challenge_id, Unset):
            challenge_id = UNSET
        else:
            challenge_id = self.challenge_id

        locale: None | str | Unset
        if isinstance(self.locale, Unset):
            locale = UNSET
        else:
            locale = self.locale

        proof: None | str | Unset
        if isinstance(self.proof, Unset):
            proof = UNSET
        else:
            proof = self.proof

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "email": email,
            }
        )
        if challenge_id is not UNSET:
            field_dict["challenge_id"] = challenge_id
        if locale is not UNSET:
            field_dict["locale"] = locale
        if proof is not UNSET:
            field_dict["proof"] = proof

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        email = d.pop("email")

        def _parse_challenge_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        challenge_id = _parse_challenge_id(d.pop("challenge_id", UNSET))

        def _parse_locale(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        locale = _parse_locale(d.pop("locale", UNSET))

        def _parse_proof(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        proof = _parse_proof(d.pop("proof", UNSET))

        request_body = cls(
            email=email,
            challenge_id=challenge_id,
            locale=locale,
            proof=proof,
        )

        return request_body
