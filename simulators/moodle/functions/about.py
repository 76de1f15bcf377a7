"""What a site says about itself, with a token and without one."""

from __future__ import annotations

from typing import Any

from simulators.moodle.functions.calling import FUNCTIONS, Call, function
from simulators.moodle.site import Site

RELEASE = "4.5.6 (Build: 20250811)"
VERSION = "2024100706"
_FEATURES = {
    "usecomments": 1, "usetags": 1, "enablenotes": 1, "messaging": 1, "enableblogs": 1, "enablecompletion": 1,
    "enablebadges": 1, "messagingallusers": 0, "enablecustomreports": 1, "enableglobalsearch": 0,
    "mnet_dispatcher_mode": 0, "enablecompetencies": 1,
}  # fmt: skip


@function("core_webservice_get_site_info", {"serviceshortnames?": ["raw"]})
def get_site_info(call: Call, _params: dict[str, Any]) -> dict[str, Any]:
    """Whose token it is, which release this is, and the functions that the token reaches."""
    caller = call.caller
    reached = [name for name in FUNCTIONS if call.token.functions is None or name in call.token.functions]
    return {
        "sitename": call.site.name,
        "username": caller.username,
        "firstname": caller.firstname,
        "lastname": caller.lastname,
        "fullname": caller.fullname,
        "lang": "en",
        "userid": caller.id,
        "siteurl": call.wwwroot,
        "userpictureurl": f"{picture_of(call.wwwroot)}1",
        "downloadfiles": 1,
        "uploadfiles": 1,
        "release": RELEASE,
        "version": VERSION,
        "mobilecssurl": "",
        "advancedfeatures": [{"name": name, "value": value} for name, value in _FEATURES.items()],
        "usercanmanageownfiles": True,
        "userquota": 0,
        "usermaxuploadfilesize": -1,
        "userhomepage": 1,
        "siteid": 1,
        "sitecalendartype": "gregorian",
        "usercalendartype": "gregorian",
        "userissiteadmin": call.site.is_admin(caller),
        "theme": "boost",
        "limitconcurrentlogins": 0,
        "policyagreed": 0,
        "functions": [{"name": name, "version": VERSION} for name in reached],
    }


def picture_of(wwwroot: str) -> str:
    """Everybody's picture, but for its size."""
    return f"{wwwroot}/theme/image.php/boost/core/1795287404/u/f"


def public_config(site: Site, wwwroot: str) -> dict[str, Any]:
    """What `tool_mobile_get_public_config` tells anybody."""
    return {
        "wwwroot": wwwroot,
        "httpswwwroot": wwwroot,
        "sitename": site.name,
        "guestlogin": 0,
        "rememberusername": 2,
        "authloginviaemail": 0,
        "registerauth": "",
        "forgottenpasswordurl": "",
        "authinstructions": "",
        "authnoneenabled": 0,
        "enablewebservices": int(site.services_on),
        "enablemobilewebservice": int(site.services_on),
        "maintenanceenabled": int(site.maintenance),
        "maintenancemessage": "",
        "warnings": [],
    }
