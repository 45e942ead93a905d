from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.proof_challenge import ProofChallenge


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """An error (RFC 9457). It never repeats what was sent.

    Attributes:
        code (str):
        status (int): The HTTP status.
        title (str): A short text for people.
        type_ (str): `about:blank`: what went wrong is in `code`.
        detail (str | Unset): What to do about it, for developers.
        proof_challenge (ProofChallenge | Unset): What to work at: a challenge of ALTCHA's proof of work 2. Find the
            first `counter`, from 0, for which the derived key
            begins with `keyPrefix`: PBKDF2 of the bytes of `nonce` followed by the counter in four bytes, big-endian, with
            the
            bytes of `salt`. The `proof` is the Base64 of the JSON
            `{"challenge": …, "solution": {"counter": …, "derivedKey": "…"}}`, with this whole object as `challenge`.
        reasons (list[str] | Unset): Why a password was refused, the decisive reasons first. With `password_rejected`
            alone, and never empty then.
    """

    code: str
    status: int
    title: str
    type_: str
    detail: str | Unset = UNSET
    proof_challenge: ProofChallenge | Unset = UNSET
    reasons: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        status = self.status

        title = self.title

        type_ = self.type_

        detail = self.detail

        proof_challenge: dict[str, Any] | Unset = UNSET
        if not isinstance(self.proof_challenge, Unset):
            proof_challenge = self.proof_challenge.to_dict()

        reasons: list[str] | Unset = UNSET
        if not isinstance(self.reasons, Unset):
            reasons = self.reasons

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "status": status,
                "title": title,
                "type": type_,
            }
        )
        if detail is not UNSET:
            field_dict["detail"] = detail
        if proof_challenge is not UNSET:
            field_dict["proof_challenge"] = proof_challenge
        if reasons is not UNSET:
            field_dict["reasons"] = reasons

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.proof_challenge import ProofChallenge  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        status = d.pop("status")

        title = d.pop("title")

        type_ = d.pop("type")

        detail = d.pop("detail", UNSET)

        _proof_challenge = d.pop("proof_challenge", UNSET)
        proof_challenge: ProofChallenge | Unset
        if isinstance(_proof_challenge, Unset):
            proof_challenge = UNSET
        else:
            proof_challenge = ProofChallenge.from_dict(_proof_challenge)

        reasons = cast(list[str], d.pop("reasons", UNSET))

        problem = cls(
            code=code,
            status=status,
            title=title,
            type_=type_,
            detail=detail,
            proof_challenge=proof_challenge,
            reasons=reasons,
        )

        problem.additional_properties = d
        return problem

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
