from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Challenge")


@_attrs_define
class Challenge:
    """A challenge was opened. The answer is the same whether or not the address has an account.

    Attributes:
        challenge_id (str): Names the challenge in `verify`, and in a later `request` to mail its code once more.
        expires_in (int): Seconds for which the code lives on.
        resend_in (int | None): Seconds until the code may be mailed once more; null: not any more.
    """

    challenge_id: str
    expires_in: int
    resend_in: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        challenge_id = self.challenge_id

        expires_in = self.expires_in

        resend_in: int | None
        resend_in = self.resend_in

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "challenge_id": challenge_id,
                "expires_in": expires_in,
                "resend_in": resend_in,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        challenge_id = d.pop("challenge_id")

        expires_in = d.pop("expires_in")

        def _parse_resend_in(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        resend_in = _parse_resend_in(d.pop("resend_in"))

        challenge = cls(
            challenge_id=challenge_id,
            expires_in=expires_in,
            resend_in=resend_in,
        )

        challenge.additional_properties = d
        return challenge

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
