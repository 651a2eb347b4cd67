"""Every event that is sent is one that OpenAI's own types describe: by its name today, and by its earlier one."""

import pytest
from recordings import ENGLISH
from serving import PROJECT
from talking import Client, english, silence

TOOL = {"type": "function", "name": "show_page", "parameters": {"type": "object", "properties": {}}}


@pytest.fixture
def kiosk(make_server, tmp_path):
    """A server whose answers call a function."""
    settings = tmp_path / "visavis.yaml"
    settings.write_text(f"responders:\n  script:\n    file: {PROJECT / 'script.example.yaml'}\n")
    return make_server("--config", str(settings), "--responder", "script")


@pytest.mark.skipif(not ENGLISH.exists(), reason=f"{ENGLISH} is not there")
@pytest.mark.parametrize("earlier", [False, True])
def test_events_of_a_conversation_are_valid(kiosk, earlier):
    added = "conversation.item.created" if earlier else "conversation.item.done"
    audio = "response.audio.delta" if earlier else "response.output_audio.delta"
    with Client(kiosk.realtime_url, "", earlier=earlier) as client:
        client.wait_for("session.created")
        client.send("session.update", session={"instructions": "Be brief.", "tools": [TOOL]})
        client.wait_for("session.updated")

        client.type_text("How much is it?")
        client.send("response.create")
        call = client.wait_for("response.function_call_arguments.done")
        spoken, called = client.wait_for("response.done")["response"]["output"]
        assert spoken["content"][0]["transcript"] == "Nine euros."
        assert (called["type"], called["call_id"]) == ("function_call", call["call_id"])
        output = {"id": "output", "type": "function_call_output", "call_id": call["call_id"], "output": "shown"}
        client.send("conversation.item.create", item=output)
        while client.wait_for(added)["item"]["id"] != "output":
            pass

        client.append(english(3, 2))
        client.append(silence(1))
        client.wait_for("input_audio_buffer.committed")
        client.wait_for(audio)
        client.send("response.cancel")
        assert client.wait_for("response.done")["response"]["status"] == "cancelled"
        truncated = client.wait_for("conversation.item.truncated")
        client.send("conversation.item.retrieve", item_id=truncated["item_id"])
        assert client.wait_for("conversation.item.retrieved")["item"]["status"] == "incomplete"
        client.send("conversation.item.delete", item_id=truncated["item_id"])
        client.wait_for("conversation.item.deleted")

        client.send("conversation.item.delete", item_id=truncated["item_id"], event_id="mine")
        while (refusal := client.receive())["type"] != "error":
            pass
        assert (refusal["error"]["code"], refusal["error"]["event_id"]) == ("item_not_found", "mine")
    assert not [kind for kind in client.types if "video" in kind or "timeline" in kind]
