"""One JSON line for each thing that happened, with its request and without secrets."""

import json
import logging

import pytest
import structlog

from core.log import bound, configure_logging


def fail(*, token: str) -> None:
    raise ValueError(len(token))


def test_a_line_carries_its_request_and_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers
    try:
        configure_logging()
        with bound(request_id="r-1"):
            structlog.get_logger("test").info(
                "asked", headers={"Authorization": "Bearer hush"}, api_key="hush", path="/graphql"
            )
        logging.getLogger("uvicorn.error").info("listening on %s", 8000)
        try:
            fail(token="hush")
        except ValueError:
            structlog.get_logger("test").exception("failed")
    finally:
        logging.getLogger().handlers = before
        structlog.reset_defaults()
    asked, listening, failed = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert asked["event"] == "asked"
    assert asked["request_id"] == "r-1"
    assert asked["headers"] == {"Authorization": "***"}
    assert asked["api_key"] == "***"
    assert asked["path"] == "/graphql"
    assert listening["event"] == "listening on 8000"
    assert "request_id" not in listening
    assert failed["exception"][0]["exc_type"] == "ValueError"
    assert "hush" not in json.dumps([asked, listening, failed])
