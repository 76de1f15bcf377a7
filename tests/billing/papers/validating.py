"""The published rules of Factur-X: its XSD, and the schematron of EN 16931 as FNFE-MPE compiles it to XSLT."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from saxonche import PySaxonProcessor

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931" / "FACTUR-X_EN16931.xslt"
FAILED = re.compile(r"<svrl:failed-assert\b.*?<svrl:text>(.*?)</svrl:text>", re.DOTALL)


def broken_rules(xml: bytes) -> list[str]:
    """The rules of the schematron that an e-invoice breaks; the XSD must take it."""
    assert facturx.xml_check_xsd(xml)
    processor, checking = _compiled()
    report = str(checking.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode())))
    assert "svrl:fired-rule" in report, "no rule was tried at all"
    return [" ".join(found.split()) for found in FAILED.findall(report)]


@cache
def _compiled() -> tuple[Any, Any]:
    processor = PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))
