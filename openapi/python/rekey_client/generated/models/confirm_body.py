from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ConfirmBody")


@_attrs_define
class ConfirmBody:
    """Set the new password.

    Attributes:
        new_password (str): The new password: any Unicode, 256 code points at most; how many at least and how strong is
            the service's setting.
        reset_token (str): What `verify` answered.
        second_factor_proof (None | str | Unset): For an account that has a second factor, where the service asks for it
            (`second_factor_required`): the
            application's signed statement (JWT) that the user showed it, for this reset.
    """

    new_password: str = _attrs_field(repr=False)
    reset_token: str = _attrs_field(repr=False)
    second_factor_proof: None | str | Unset = _attrs_field(default=UNSET, repr=False)

    def to_dict(self) -> dict[str, Any]:
        new_password = self.new_password

        reset_token = self.reset_token

        second_factor_proof: None | str | Unset
        if isinstance(self.second_factor_proof, Unset):
            second_factor_proof = UNSET
        else:
            second_factor_proof = self.second_factor_proof

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "new_password": new_password,
                "reset_token": reset_token,
            }
        )
        if second_factor_proof is not UNSET:
            field_dict["second_factor_proof"] = second_factor_proof

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        new_password = d.pop("new_password")

        reset_token = d.pop("reset_token")

        def _parse_second_factor_proof(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        second_factor_proof = _parse_second_factor_proof(d.pop("second_factor_proof", UNSET))

        confirm_body = cls(
            new_password=new_password,
            reset_token=reset_token,
            second_factor_proof=second_factor_proof,
        )

        return confirm_body
