"""What the demo's vendors offer, beside the offering that the journey publishes; invented, and priced like the real."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from demo.seats import HARBOR, LAKESIDE
from services.catalog.content import Content, Promise, Rate, UnitAmount

if TYPE_CHECKING:
    from typing import Final

    from demo.seats import DemoOrganization

FRONT: Final = "FRONT_OFFICE"
BACK: Final = "BACK_OFFICE"


def _rates(currency_code: str, *rows: tuple[str, str, str, str, str, str]) -> list[Rate]:
    """A rate card; each row is key, title, office, unit, unit cost, unit price."""
    return [
        Rate(
            key,
            title,
            office,
            unit,
            unit_cost=UnitAmount(Decimal(cost), currency_code),
            unit_price=UnitAmount(Decimal(price), currency_code),
        )
        for key, title, office, unit, cost, price in rows
    ]


def _first_response(minutes: int, percent: str) -> Promise:
    return Promise("first-response", "FIRST_RESPONSE_WITHIN_MINUTES", minutes, Decimal(percent), "MONTH")


def _resolution(minutes: int, percent: str) -> Promise:
    return Promise("resolution", "RESOLUTION_WITHIN_MINUTES", minutes, Decimal(percent), "MONTH")


def _on_time(percent: str, period: str = "QUARTER") -> Promise:
    return Promise("on-time", "DELIVERED_ON_TIME", None, Decimal(percent), period)


LAKESIDES: Final[tuple[Content, ...]] = (
    {
        "title": "Member help desk around the clock",
        "summary": "A staffed help desk for members who cannot sign in, find a course or print a certificate: by "
        "e-mail, chat and telephone, in English and Spanish, every day of the year.",
        "category": "HELP_DESK",
        "delivery_countries": ["US", "MX", "PH"],
        "languages": ["en", "es"],
        "time_zone": "America/Chicago",
        "deepest_disclosure_tier": "OPEN_BOOK",
        "deliverables": [
            "Every member request answered by a person, with a ticket of its own",
            "A knowledge base that grows with every question asked three times",
            "A monthly report of volumes, causes and satisfaction",
        ],
        "exclusions": ["Membership dues and refunds", "Questions on the substance of a course"],
        "assumptions": ["At most 15 percent of tickets arrive by telephone"],
        "buyer_inputs": ["Read access to the membership system", "A named contact for escalations"],
        "rate_card": _rates(
            "USD",
            ("ticket", "Ticket by e-mail or chat", FRONT, "TICKET", "3.85", "6.25"),
            ("telephone", "Ticket by telephone", FRONT, "TICKET", "6.40", "9.75"),
            ("lead", "Help desk lead", FRONT, "MONTH", "3900.00", "5200.00"),
            ("knowledge-base", "Knowledge base writer", BACK, "HOUR", "31.00", "44.00"),
        ),
        "service_levels": [_first_response(60, "95.00"), _resolution(1440, "90.00")],
    },
    {
        "title": "LMS migration project office",
        "summary": "A project manager and a data lead who bring an association from one learning platform to the next: "
        "plan, data mapping, rehearsals, cut-over and the weeks after it.",
        "category": "PROJECT_MANAGEMENT",
        "delivery_countries": ["US"],
        "languages": ["en"],
        "time_zone": "America/New_York",
        "deepest_disclosure_tier": "OPEN_BOOK",
        "deliverables": [
            "A plan with owners and dates, kept current every week",
            "Two rehearsals with a reconciliation of learners, completions and credits",
            "A cut-over weekend with a way back",
        ],
        "exclusions": ["Licences of either platform", "Redesign of courses"],
        "assumptions": ["The old platform stays readable for 60 days after cut-over"],
        "buyer_inputs": ["A sponsor who decides within three working days", "An export of the old platform"],
        "rate_card": _rates(
            "USD",
            ("project-manager", "Project manager", FRONT, "DAY", "540.00", "780.00"),
            ("data-lead", "Data migration lead", BACK, "HOUR", "58.00", "84.00"),
            ("rehearsal", "Migration rehearsal", BACK, "LUMP_SUM", "5200.00", "7400.00"),
        ),
        "service_levels": [_on_time("90.00")],
    },
    {
        "title": "Instructor-led certification preparation",
        "summary": "Live cohorts that take candidates to their certification exam: experienced instructors, practice "
        "questions against your blueprint, and a producer in every session.",
        "category": "LIVE_TRAINING",
        "delivery_countries": ["US", "CA"],
        "languages": ["en"],
        "time_zone": "America/Chicago",
        "deepest_disclosure_tier": "BAND",
        "deliverables": [
            "Six live sessions for each cohort, recorded and captioned",
            "Attendance and practice results for each candidate",
        ],
        "exclusions": ["Exam registration and proctoring"],
        "assumptions": ["A cohort has 12 to 40 candidates"],
        "buyer_inputs": ["The exam blueprint, twelve weeks before the first session"],
        "rate_card": _rates(
            "USD",
            ("session", "Live session of 90 minutes", FRONT, "SESSION", "610.00", "895.00"),
            ("candidate", "Practice questions and coaching", FRONT, "LEARNER", "21.50", "34.00"),
            ("instructor", "Instructor's preparation", FRONT, "HOUR", "62.00", "88.00"),
        ),
        "service_levels": [_on_time("98.00", "MONTH")],
    },
    {
        "title": "Course catalog care",
        "summary": "Learning content kept in order: broken links, outdated standards, captions, alternative texts, "
        "tags and retirement dates, on a schedule that you can look up.",
        "category": "CONTENT_MANAGEMENT",
        "delivery_countries": ["MX", "PH"],
        "languages": ["en", "es"],
        "time_zone": "America/Mexico_City",
        "deepest_disclosure_tier": "OPEN_BOOK",
        "deliverables": [
            "Every course reviewed once a year, with a dated checklist",
            "Captions and alternative texts that meet WCAG 2.2 AA",
        ],
        "exclusions": ["New courses", "Opinions on the subject matter"],
        "assumptions": ["Source files of all courses are at hand"],
        "buyer_inputs": ["Standards and editions as they change"],
        "rate_card": _rates(
            "USD",
            ("course", "Yearly review of a course", BACK, "COURSE", "118.00", "165.00"),
            ("editor", "Content editor", BACK, "HOUR", "24.00", "36.50"),
            ("captions", "Captions for an hour of video", BACK, "HOUR", "47.50", "72.00"),
        ),
        "service_levels": [_on_time("95.00")],
    },
)

HARBORS: Final[tuple[Content, ...]] = (
    {
        "title": "Moodle hosting in Canada",
        "summary": "Moodle sites hosted, patched and watched in Toronto and Montréal, with daily backups that are "
        "restored once a quarter to show that they can be.",
        "category": "HOSTING",
        "delivery_countries": ["CA"],
        "languages": ["en", "fr"],
        "time_zone": "America/Toronto",
        "deepest_disclosure_tier": "BAND",
        "deliverables": [
            "Production and staging for each site",
            "Security patches within seven days of their release",
            "A restore drill each quarter, with its protocol",
        ],
        "exclusions": ["Plugins that Moodle has withdrawn", "Storage of video beyond 500 GB"],
        "assumptions": ["At most 2,500 learners active in any hour"],
        "buyer_inputs": ["Control of the site's domain name"],
        "rate_card": _rates(
            "CAD",
            ("site", "Site, hosted and patched", BACK, "MONTH", "690.00", "1080.00"),
            ("set-up", "Set-up of a site", BACK, "SITE", "1450.00", "2100.00"),
            ("engineer", "Platform engineer", BACK, "HOUR", "83.00", "125.00"),
        ),
        "service_levels": [
            Promise("uptime", "UPTIME", None, Decimal("99.90"), "MONTH"),
            _first_response(30, "99.00"),
            _resolution(240, "95.00"),
        ],
    },
    {
        "title": "Bilingual LMS operations",
        "summary": "Enrolments, groups, certificates and reports, run in English and French by administrators who "
        "speak with your members in theirs.",
        "category": "LMS_ADMINISTRATION",
        "delivery_countries": ["CA", "MA"],
        "languages": ["en", "fr"],
        "time_zone": "America/Toronto",
        "deepest_disclosure_tier": "BAND",
        "deliverables": [
            "Enrolments made within four working hours",
            "Course pages published in both languages on the same day",
        ],
        "exclusions": ["Translation of course content"],
        "assumptions": ["One learning platform, with its own reporting"],
        "buyer_inputs": ["A list of new and lapsed members every week"],
        "rate_card": _rates(
            "CAD",
            ("administrator", "Bilingual administrator", BACK, "HOUR", "44.00", "66.00"),
            ("course", "Course published in both languages", BACK, "COURSE", "140.00", "215.00"),
        ),
        "service_levels": [_first_response(240, "95.00")],
    },
    {
        "title": "Course conversion from slides to SCORM",
        "summary": "Slide decks and recordings turned into accessible, responsive courses that report completion to "
        "any learning platform.",
        "category": "CONTENT_MANAGEMENT",
        "delivery_countries": ["CA", "IN"],
        "languages": ["en", "fr", "hi"],
        "time_zone": "Asia/Kolkata",
        "deepest_disclosure_tier": "CLOSED",
        "deliverables": ["A SCORM 2004 package for each course", "Storyboard and source files, yours to keep"],
        "exclusions": ["Filming"],
        "assumptions": ["Two rounds of corrections"],
        "buyer_inputs": ["Final slides and a subject expert for questions"],
        "rate_card": _rates(
            "CAD",
            ("course-hour", "Finished hour of learning", BACK, "HOUR", "1350.00", "2250.00"),
            ("short-course", "Short course, up to 15 minutes", BACK, "COURSE", "480.00", "790.00"),
        ),
        "service_levels": [_on_time("92.00")],
    },
    {
        "title": "Exam item writing and review",
        "summary": "Practising professionals who write, review and retire exam questions against your blueprint, led "
        "by a psychometrician.",
        "category": "SUBJECT_MATTER_EXPERTISE",
        "delivery_countries": ["CA", "US", "GB"],
        "languages": ["en"],
        "time_zone": None,
        "deepest_disclosure_tier": "OPEN_BOOK",
        "deliverables": [
            "Items with rationale and reference, reviewed by two experts",
            "A bias and sensitivity review of every form",
        ],
        "exclusions": ["Delivery of the exam"],
        "assumptions": ["The blueprint is settled before writing begins"],
        "buyer_inputs": ["The blueprint", "Access to the item bank"],
        "rate_card": _rates(
            "CAD",
            ("expert", "Subject matter expert", FRONT, "HOUR", "96.00", "140.00"),
            ("psychometrician", "Psychometrician", BACK, "DAY", "870.00", "1260.00"),
            ("item", "Reviewed exam item", BACK, "LUMP_SUM", "61.00", "92.00"),
        ),
        "service_levels": [_on_time("95.00")],
    },
    {
        "title": "Webinars, produced and credited",
        "summary": "A producer, a rehearsal and a tidy recording for every webinar, with attendance turned into "
        "continuing education credits the next morning.",
        "category": "LIVE_TRAINING",
        "delivery_countries": ["CA"],
        "languages": ["en", "fr"],
        "time_zone": "America/Vancouver",
        "deepest_disclosure_tier": "BAND",
        "deliverables": ["Rehearsal, moderation and recording", "Credits posted within one working day"],
        "exclusions": ["Speakers' fees"],
        "assumptions": ["At most 1,000 attendees"],
        "buyer_inputs": ["Speakers and a title six weeks ahead"],
        "rate_card": _rates(
            "CAD",
            ("webinar", "Webinar of 60 minutes", FRONT, "SESSION", "540.00", "820.00"),
            ("attendee", "Credit for an attendee", BACK, "LEARNER", "0.85", "1.45"),
        ),
        "service_levels": [_on_time("99.00", "MONTH")],
    },
)

OFFERINGS: Final[dict[DemoOrganization, tuple[Content, ...]]] = {LAKESIDE: LAKESIDES, HARBOR: HARBORS}
