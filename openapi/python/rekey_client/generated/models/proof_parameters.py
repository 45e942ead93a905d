from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.proof_data import ProofData


T = TypeVar("T", bound="ProofParameters")


@_attrs_define
class ProofParameters:
    """The parameters of a `ProofChallenge`, in ALTCHA's names.

    Attributes:
        algorithm (str): `PBKDF2/SHA-256`
        cost (int): Iterations of each attempt.
        data (ProofData): What a proof is for.
        expires_at (int): When it is too late: seconds since 1970.
        key_length (int): Bytes to derive.
        key_prefix (str): How the derived key has to begin, in hexadecimal digits.
        nonce (str): 16 bytes in hexadecimal digits.
        salt (str): 16 bytes in hexadecimal digits.
    """

    algorithm: str
    cost: int
    data: ProofData
    expires_at: int
    key_length: int
    key_prefix: str
    nonce: str
    salt: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        algorithm = self.algorithm

        cost = self.cost

        data = self.data.to_dict()

        expires_at = self.expires_at

        key_length = self.key_length

        key_prefix = self.key_prefix

        nonce = self.nonce

        salt = self.salt

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "algorithm": algorithm,
                "cost": cost,
                "data": data,
                "expiresAt": expires_at,
                "keyLength": key_length,
                "keyPrefix": key_prefix,
                "nonce": nonce,
                "salt": salt,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.proof_data import ProofData  # noqa: PLC0415

        d = dict(src_dict)
        algorithm = d.pop("algorithm")

        cost = d.pop("cost")

        data = ProofData.from_dict(d.pop("data"))

        expires_at = d.pop("expiresAt")

        key_length = d.pop("keyLength")

        key_prefix = d.pop("keyPrefix")

        nonce = d.pop("nonce")

        salt = d.pop("salt")

        proof_parameters = cls(
            algorithm=algorithm,
            cost=cost,
            data=data,
            expires_at=expires_at,
            key_length=key_length,
            key_prefix=key_prefix,
            nonce=nonce,
            salt=salt,
        )

        proof_parameters.additional_properties = d
        return proof_parameters

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
