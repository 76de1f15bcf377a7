"""Accounts: created all or none, updated each for itself, found even when deleted."""

from __future__ import annotations

import re
from typing import Any, Final

from simulators.moodle.functions.about import picture_of
from simulators.moodle.functions.calling import Call, function
from simulators.moodle.records import User
from simulators.moodle.refusals import Refused, invalid_parameter, missing_record

_PREFERENCES: Final = {"preferences?": [{"type": "text", "value": "raw"}]}
_PROFILE: Final = {
    "maildisplay?": "int", "city?": "text", "country?": "text", "timezone?": "text", "description?": "text",
    "middlename?": "text", "alternatename?": "text", "institution?": "text", "department?": "text", "phone1?": "text",
    "phone2?": "text", "address?": "text", "lang?": "text", "calendartype?": "text", "theme?": "text",
    "mailformat?": "int", "customfields?": [{"type": "text", "value": "raw"}],
} | _PREFERENCES  # fmt: skip
_FORCE: Final = "auth_forcepasswordchange"


def details_of(call: Call, user: User) -> dict[str, Any]:
    """Somebody as Moodle describes them."""
    picture = picture_of(call.wwwroot)
    number = {"idnumber": user.idnumber} if user.idnumber else {}
    return {
        "id": user.id,
        "username": user.username,
        "firstname": user.firstname,
        "lastname": user.lastname,
        "fullname": user.fullname,
        "email": user.email,
        "department": "",
        **number,
        "firstaccess": 0,
        "lastaccess": 0,
        "auth": user.auth,
        "suspended": user.suspended,
        "confirmed": True,
        "lang": "en",
        "theme": "",
        "timezone": "99",
        "mailformat": 1,
        "trackforums": 0,
        "profileimageurlsmall": f"{picture}2",
        "profileimageurl": f"{picture}1",
    }


@function(
    "core_user_create_users",
    {
        "users": [
            {
                "createpassword?": "bool", "username": "username", "auth?": "text", "password?": "raw",
                "firstname": "text", "lastname": "text", "email": "email", "idnumber?": "raw",
            } | _PROFILE
        ]
    },
)  # fmt: skip
def create_users(call: Call, params: dict[str, Any]) -> list[dict[str, Any]]:
    """All of them or, should one be refused, none."""
    call.require("moodle/user:create")
    made: list[User] = []
    try:
        for given in params["users"]:
            made.append(_create(call, given))  # noqa: PERF401 - what was made before a refusal is taken back
    except Refused:
        for user in made:
            call.site.unindex(user)
            del call.site.users[user.id]
        raise
    for user, given in zip(made, params["users"], strict=True):
        if given.get("createpassword"):
            call.site.mails.append((user.id, "your new account"))
    return [{"id": user.id, "username": user.username} for user in made]


def _create(call: Call, given: dict[str, Any]) -> User:
    site = call.site
    blank = not all(given[name].strip() for name in ("username", "firstname", "lastname"))
    chosen = given.get("createpassword")
    if (
        blank
        or given["username"] in site.by_username
        or given["email"].lower() in site.by_email
        or not (given.get("password") or chosen)
        or given.get("auth", "manual") not in {"manual", "nologin", "oauth2", "ldap"}
    ):
        raise invalid_parameter()
    if not chosen:
        _require_strong(given["password"])
    user = User(
        next(site.ids),
        given["username"],
        given["firstname"],
        given["lastname"],
        given["email"],
        given.get("idnumber", ""),
        auth=given.get("auth", "manual"),
        password=given.get("password", ""),
        must_change_password=bool(chosen),
    )
    _prefer(user, given)
    return site.add_user(user)


@function(
    "core_user_update_users",
    {
        "users": [
            {
                "id": "int", "username?": "username", "auth?": "text", "suspended?": "bool", "password?": "raw",
                "firstname?": "text", "lastname?": "text", "email?": "email", "idnumber?": "raw",
                "userpicture?": "int",
            } | _PROFILE
        ]
    },
)  # fmt: skip
def update_users(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Each for itself; whom it cannot update is a warning."""
    call.require("moodle/user:update")
    warnings = []
    for given in params["users"]:
        try:
            _update(call, given)
        except Refused as refused:
            code, message = refused.body["errorcode"], refused.body["message"]
            warnings.append({"item": "user", "itemid": given["id"], "warningcode": code, "message": message})
    return {"warnings": warnings}


def _update(call: Call, given: dict[str, Any]) -> None:
    site = call.site
    user = site.users.get(given["id"])
    if user is None:
        raise Refused("invaliduserid", "Invalid user ID")
    if site.is_admin(user) and not site.is_admin(call.caller):
        raise Refused("usernotupdatedadmin", "Cannot update admin accounts")
    if user.deleted:
        raise Refused("usernotupdateddeleted", "User is a deleted user")
    if user.username == "guest":
        raise Refused("usernotupdatedguest", "Cannot update guest account")
    if site.by_email.get(given.get("email", user.email).lower(), user) is not user:
        raise Refused("useremailduplicate", "Duplicate email address")
    if site.by_username.get(given.get("username", user.username), user) is not user:
        raise Refused("dmlwriteexception", "Error writing to database")
    if given.get("password"):
        _require_strong(given["password"])
    site.unindex(user)
    for name in ("username", "auth", "suspended", "firstname", "lastname", "email", "idnumber"):
        if name in given:
            setattr(user, name, given[name])
    user.password = given.get("password") or user.password
    _prefer(user, given)
    site.index(user)


@function("core_user_get_users_by_field", {"field": "text", "values": ["raw"]})
def get_users_by_field(call: Call, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody whose field has one of the values, deleted people too; several may share an id number."""
    site, values = call.site, params["values"]
    match params["field"]:
        case "id":
            found = [site.users.get(int(value)) for value in values if value.isdecimal()]
        case "username":
            found = [site.by_username.get(value) for value in values]
        case "email":
            found = [site.by_email.get(value.lower()) for value in values]
        case "idnumber":
            found = [user for value in values for user in site.by_idnumber.get(value, ())]
        case _:
            raise invalid_parameter()
    if not call.has("moodle/user:update"):
        found = [user for user in found if user is call.caller]
    by_id = {user.id: user for user in found if user is not None}
    return [details_of(call, by_id[user_id]) for user_id in sorted(by_id)]


@function("core_user_delete_users", {"userids": ["int"]})
def delete_users(call: Call, params: dict[str, Any]) -> None:
    """All or none; what is left of them still answers."""
    call.require("moodle/user:delete")
    users = [call.site.users.get(user_id) for user_id in params["userids"]]
    for user in users:
        if user is None or user.deleted:
            raise missing_record("invalidrecord", "Can't find data record in database table user.")
        if call.site.is_admin(user):
            raise Refused("useradminodelete", "You cannot delete admin accounts")
    for user in users:
        assert user is not None
        call.site.delete_user(user)


@function("core_auth_request_password_reset", {"username?": "raw", "email?": "raw"})
def request_password_reset(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Send somebody Moodle's own message about a forgotten password; whether there is such a person is not said."""
    user = call.site.by_username.get(params.get("username", ""))
    if user is not None and not user.suspended and not user.deleted:
        call.site.mails.append((user.id, "reset your password"))
    notice = "If you supplied a correct username or unique email address then an email should have been sent to you."
    return {"status": "emailpasswordconfirmmaybesent", "notice": notice, "warnings": []}


def _prefer(user: User, given: dict[str, Any]) -> None:
    for preference in given.get("preferences", ()):
        if preference["type"] == _FORCE:
            user.must_change_password = preference["value"] == "1"


def _require_strong(password: str) -> None:
    wrong = [
        message
        for pattern, message in (
            (r".{8}", "Passwords must be at least 8 characters long."),
            (r"\d", "Passwords must have at least 1 digit(s)."),
            (r"[a-z]", "Passwords must have at least 1 lower case letter(s)."),
            (r"[A-Z]", "Passwords must have at least 1 upper case letter(s)."),
            (r"[^A-Za-z0-9]", "The password must have at least 1 special character(s) such as *, -, or #."),
        )
        if re.search(pattern, password) is None
    ]
    if wrong:
        words = "".join(f"<div>{message}</div>" for message in wrong)
        raise Refused(words, f"error/{words}")
