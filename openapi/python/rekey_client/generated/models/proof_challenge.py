from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.proof_parameters import ProofParameters


T = TypeVar("T", bound="ProofChallenge")


@_attrs_define
class ProofChallenge:
    """What to work at: a challenge of ALTCHA's proof of work 2. Find the first `counter`, from 0, for which the derived
    key
    begins with `keyPrefix`: PBKDF2 of the bytes of `nonce` followed by the counter in four bytes, big-endian, with the
    bytes of `salt`. The `proof` is the Base64 of the JSON
    `{"challenge": …, "solution": {"counter": …, "derivedKey": "…"}}`, with this whole object as `challenge`.

        Attributes:
            parameters (ProofParameters): The parameters of a `ProofChallenge`, in ALTCHA's names.
            signature (str): Says that the service asked this. Send it back as it is.
    """

    parameters: ProofParameters
    signature: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        parameters = self.parameters.to_dict()

        signature = self.signature

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "parameters": parameters,
                "signature": signature,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.proof_parameters import ProofParameters  # noqa: PLC0415

        d = dict(src_dict)
        parameters = ProofParameters.from_dict(d.pop("parameters"))

        signature = d.pop("signature")

        proof_challenge = cls(
            parameters=parameters,
            signature=signature,
        )

        proof_challenge.additional_properties = d
        return proof_challenge

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
