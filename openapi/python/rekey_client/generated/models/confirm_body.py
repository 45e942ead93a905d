from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ConfirmBody")


@_attrs_define
class ConfirmBody:
    """Set the new password.

    Attributes:
        new_password (str): The new password: any Unicode, 256 code points at most; how many at least and how strong is
            the service's setting.
        reset_token (str): What `verify` answered.
    """

    new_password: str = _attrs_field(repr=False)
    reset_token: str = _attrs_field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        new_password = self.new_password

        reset_token = self.reset_token

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "new_password": new_password,
                "reset_token": reset_token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_password = d.pop("new_password")

        reset_token = d.pop("reset_token")

        confirm_body = cls(
            new_password=new_password,
            reset_token=reset_token,
        )

        return confirm_body
