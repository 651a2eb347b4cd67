"""A spoken turn, recognised, answered and spoken by stand-in services, as people see it."""

import json
import sys

import pytest
from serving import PROJECT
from visiting import microphone_playing

sys.path.insert(0, str(PROJECT / "Tests/StandInServices"))
from stand_in_services import HEARD, running_services  # noqa: E402


@pytest.fixture
def chat(tmp_path, make_server):
    """Starts servers with the responder `chat`; `fault` is how its language model misbehaves."""
    with running_services() as services:

        def start(fault: str = ""):
            settings = {
                "transcription": {"base_url": f"{services}/v1", "model": "hearing"},
                "language_model": {"base_url": f"{services}{fault}/v1", "model": "small"},
                "synthesis": {"base_url": f"{services}/v1", "model": "tts", "voices": ["nova"], "sample_rate": 16_000},
            }
            file = tmp_path / "visavis.yaml"
            file.write_text(json.dumps({"responder": "chat", "responders": {"chat": settings}}))  # JSON is YAML.
            return make_server("--config", str(file))

        yield start


def test_a_spoken_turn_is_answered(visit, chat, speech):
    recording = speech("silence", 1, "speech", 3, "silence", 60)
    seen = visit(url=chat().url, arguments=microphone_playing(recording), locale="zh-CN")
    page = seen.page
    page.locator("#toggle-statistics").click()
    page.locator("#hands-free").click()
    page.locator(".item.is-user .words", has_text=HEARD).wait_for(timeout=60_000)
    seen.wait_for_status("speaking")
    seen.wait_for_status("listening")
    user, answer = seen.conversation
    assert (user["text"], user["state"]) == (HEARD, "done")
    assert "现在是晚上" in answer["text"] and answer["state"] == "done"
    steps = page.locator("#timeline li").evaluate_all("all => all.map(({ dataset }) => dataset.step)")
    assert steps[0] == "turn_committed" and "first_token" in steps and "first_frame_shown" in steps
    assert page.locator("#responder option:checked").text_content() == "交谈: small"


def test_a_service_that_refuses_is_told(visit, chat):
    seen = visit(url=chat("/unauthorized").url)
    page = seen.page
    seen.say("Hello.")
    page.locator(".notice").wait_for()
    assert "401" in page.locator(".notice").inner_text() or "key" in page.locator(".notice").inner_text()
    assert seen.status == "idle", "and the session stays"
