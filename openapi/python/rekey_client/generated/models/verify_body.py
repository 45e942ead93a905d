from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VerifyBody")


@_attrs_define
class VerifyBody:
    """Exchange the mailed code for a reset token.

    Attributes:
        challenge_id (str): The challenge that the code belongs to.
        code (str): The code as the user typed it: dashes, spaces and case do not matter.
        proof (None | str | Unset): What was worked out after a `proof_required`: see `ProofChallenge`. Good for one
            call.
    """

    challenge_id: str
    code: str = _attrs_field(repr=False)
    proof: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        challenge_id = self.challenge_id

        code = self.code

        proof: None | str | Unset
        if isinstance(self.proof, Unset):
            proof = UNSET
        else:
            proof = self.proof

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "challenge_id": challenge_id,
                "code": code,
            }
        )
        if proof is not UNSET:
            field_dict["proof"] = proof

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        challenge_id = d.pop("challenge_id")

        code = d.pop("code")

        def _parse_proof(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        proof = _parse_proof(d.pop("proof", UNSET))

        verify_body = cls(
            challenge_id=challenge_id,
            code=code,
            proof=proof,
        )

        return verify_body
