"""Countries, time zones and languages, as people name them in a request."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from core.errors import DomainError
from core.territories import CONTINENT_OF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

LANGUAGES: Final = frozenset(
    """
    aa ab af agq ak am an ann apc ar arn as asa ast ay az ba bal bas be bem bew bez bg bgc bgn bho bi blo blt bm
    bn bo bqi br brx bs bss bua byn ca cad cch ccp ce ceb cgg ch cho chr cic ckb co cop cr cs csw cu cv cy da
    dav de dje doi dsb dua dv dyo dz ebu ee el en eo es et eu ewo fa ff fi fil fj fo fr frr fur fy ga gaa gd gez
    gl gn gsw gu guz gv ha haw he hi hnj ho hr hsb ht hu hy hz ia id ie ig ii ik io is it iu ja jbo jgo jmc jv
    ka kaa kab kaj kam kcg kde kea kek ken kg kgp khq ki kj kk kkj kl kln km kn ko kok kpe kr ks ksb ksf ksh ku
    kv kw kxv ky la lag lb lg li lij lkt lld lmo ln lo lrc lt ltg lu luo luy lv lzz mai mas mdf mer mfe mg mgh
    mgo mh mhn mi mic mk ml mn mni moh mr ms mt mua mus mww my myv mzn na naq nb nd nds ne ng nl nmg nn nnh no
    nqo nr nso nus nv ny nyn oc oj oka om or os osa pa pap pcm pi pis pl pms prg ps pt qu quc raj rhg rif rm rn
    ro rof ru rw rwk sa sah saq sat sbp sc scn sd sdh se seh ses sg sgs shi shn si sid sk skr sl sm sma smj smn
    sms sn so sq sr ss ssy st su suz sv sw syr szl ta te teo tg th ti tig tk tl tn to tok tpi tr trv trw ts tt
    tw twq ty tyv tzm ug uk ur uz vai ve vec vi vmw vo vun wa wae wal wbp wo xh xnr xog yav yi yo yrl yue za zgh
    zh zu ase bfi fsl gsg lsq mfs
    """.split()
)
"""Primary subtags of BCP 47: those of ISO 639-1 and of CLDR 48's locales, and the sign languages asked for here."""

LONGEST_TAG: Final = 35


class UnknownCountry(DomainError):
    """The country is no ISO 3166-1 alpha-2 code of a country on a continent."""


class UnknownTimeZone(DomainError):
    """The time zone is no name of the IANA database such as America/Chicago."""


class UnknownLanguage(DomainError):
    """The language is no BCP 47 tag of a known language, such as en or pt-BR."""


def check_country(code: str, *, field: str) -> Iterator[DomainError]:
    """Yield a refusal unless the code is a country's."""
    if code not in CONTINENT_OF:
        yield UnknownCountry(f"{code[:8]!r} is not an ISO 3166-1 alpha-2 country code such as US", field=field)


def check_time_zone(name: str, *, field: str) -> Iterator[DomainError]:
    """Yield a refusal unless the name is a time zone's."""
    if name not in _time_zones():
        yield UnknownTimeZone(f"{name[:64]!r} is not a time zone such as America/Chicago", field=field)


def check_language(tag: str, *, field: str) -> Iterator[DomainError]:
    """Yield a refusal unless the tag begins with a known language, and its region, if any, is a country."""
    primary, *others = tag.split("-")
    regions = [part for part in others if len(part) == 2]  # noqa: PLR2004  (a region is two letters, a script four)
    if (
        primary not in LANGUAGES
        or len(tag) > LONGEST_TAG
        or not all(region.upper() in CONTINENT_OF for region in regions)
    ):
        yield UnknownLanguage(f"{tag[:LONGEST_TAG]!r} is not a language tag such as en or pt-BR", field=field)


def written_language(tag: str) -> str:
    """Write a language tag as RFC 5646 recommends: en, pt-BR, zh-Hant."""
    primary, *others = tag.split("-")
    return "-".join([primary, *(_SUBTAG.get(len(part), str.lower)(part) for part in others)])


_SUBTAG: Final = {2: str.upper, 4: str.title}


@cache
def _time_zones() -> frozenset[str]:
    # what has no slash is a country, an abbreviation or a file of the database's own
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}
