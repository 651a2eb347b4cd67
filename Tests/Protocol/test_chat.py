"""Somebody speaks; stand-ins recognise, answer and speak; the client gets the words of both sides and the sound."""

import json
import sys

import pytest
from serving import PROJECT, Server, free_port
from talking import Client, english, samples_of, silence

sys.path.insert(0, str(PROJECT / "Tests/StandInServices"))
from stand_in_services import HEARD, Handler, running_services  # noqa: E402


@pytest.fixture(scope="module")
def chat_server(tmp_path_factory):
    with running_services() as services:
        settings = {
            "transcription": {"base_url": services + "/v1", "model": "hearing"},
            "language_model": {"base_url": services + "/failing/v1", "model": "small"},
            "synthesis": {"base_url": services + "/v1", "model": "tts", "voices": ["nova"], "sample_rate": 16_000},
        }
        file = tmp_path_factory.mktemp("chat") / "visavis.yaml"
        file.write_text(json.dumps({"responders": {"chat": settings}}))  # JSON is YAML.
        server = Server("--config", str(file)).start()
        yield server
        server.stop()


def test_speech_is_answered_with_speech(chat_server):
    with Client(chat_server.realtime_url, "?responder=chat&video=base64") as client:
        created = client.wait_for("session.created")
        assert created["session"]["model"] == "chat"
        assert created["session"]["audio"]["output"]["voice"] == "nova"
        client.send("session.update", session={"audio": {"input": {"transcription": {"model": "hearing"}}}})
        client.append(english(3, 2))
        client.append(silence(1))
        done = client.wait_for("response.done")
        assert done["response"]["status"] == "completed", done
        (committed,) = client.all("input_audio_buffer.committed")
        client.send("conversation.item.retrieve", item_id=committed["item_id"])
        turn = client.wait_for("conversation.item.retrieved")["item"]
        assert turn["content"][0]["transcript"] == HEARD
        kind = "conversation.item.input_audio_transcription"
        deltas = client.all(f"{kind}.delta")
        assert "".join(event["delta"] for event in deltas) == HEARD and len(deltas) > 1
        (heard,) = client.all(f"{kind}.completed")
        assert heard["transcript"] == HEARD and heard["content_index"] == 0
        assert {event["item_id"] for event in [*deltas, heard]} == {committed["item_id"]}
        # The sound of the turn, with what was before it and the silence that ended it.
        assert heard["usage"]["type"] == "duration" and 1 < heard["usage"]["seconds"] < 3
        words = "".join(event["delta"] for event in client.all("response.output_audio_transcript.delta"))
        assert words == "Good question, I think. It is late there 🌙, see the clock. 现在是晚上，大家都睡了。Good night!"
        # 50 ms for each character but the emoji.
        seconds = len(samples_of(client.all("response.output_audio.delta"))) / 24_000
        assert 3 < seconds < 5
        frames = client.all("response.output_video.delta")
        assert len(frames) == pytest.approx(seconds * 25, abs=2)


def test_what_was_not_heard_is_not_told_to_the_model(chat_server):
    with Client(chat_server.realtime_url, "?responder=chat") as client:
        client.wait_for("session.created")
        client.type_text("What time is it in Tokyo?")
        client.send("response.create")
        client.wait_for("response.output_audio.delta")
        client.send("response.cancel")
        done = client.wait_for("response.done")
        assert done["response"]["status"] == "cancelled"
        client.type_text("Sorry?")
        client.send("response.create")
        client.wait_for("response.output_audio.delta")
        asked = [record["asked"] for record in Handler.records if record["path"] == "chat/completions"][-1]
        assert asked["messages"][-1]["content"] == "Sorry?"
        told = "".join(message["content"] for message in asked["messages"] if message["role"] == "assistant")
        assert "Good night" not in told and len(told) < 40, told


def test_arguments_of_a_call_come_as_the_model_writes_them(chat_server):
    clock = {"type": "function", "name": "clock", "parameters": {"type": "object", "properties": {}}}
    with Client(chat_server.realtime_url, "?responder=chat") as client:
        client.send("session.update", session={"type": "realtime", "tools": [clock]})
        client.type_text("What time is it in Tokyo?")
        client.send("response.create")
        (call,) = client.wait_for("response.done")["response"]["output"]
        assert (call["name"], call["arguments"]) == ("clock", '{"city": "東京"}')
        deltas = client.all("response.function_call_arguments.delta")
        assert [event["delta"] for event in deltas] == ['{"ci', 'ty": "東京"}']
        assert {(event["call_id"], event["item_id"]) for event in deltas} == {(call["call_id"], call["id"])}
        output = {"type": "function_call_output", "call_id": call["call_id"], "output": "23:10"}
        client.send("conversation.item.create", item=output)
        client.send("response.create")
        done = client.wait_for("response.done")
        assert done["response"]["output"][0]["content"][0]["transcript"] == "The clock says 23:10."


def test_a_refused_key_is_told(tmp_path, make_server):
    with running_services() as services:
        settings = {"language_model": {"base_url": services + "/unauthorized/v1", "model": "small"}}
        file = tmp_path / "visavis.yaml"
        file.write_text(json.dumps({"responder": "chat", "responders": {"chat": settings}}))
        server = make_server("--config", str(file))
        with Client(server.realtime_url) as client:
            client.wait_for("session.created")
            client.type_text("Hello?")
            client.send("response.create")
            done = client.wait_for("response.done", troubles=("responder_unreachable",))
            assert done["response"]["status"] == "failed"
            assert "Incorrect API key provided." in json.dumps(done)
            # The session goes on.
            client.send("session.update", session={"type": "realtime"})
            client.wait_for("session.updated", troubles=("responder_unreachable",))
            (trouble,) = client.all("error")
            assert "Incorrect API key provided." in trouble["error"]["message"]


def test_services_that_come_back_are_told(tmp_path, make_server):
    port = free_port()
    settings = {"language_model": {"base_url": f"http://127.0.0.1:{port}/v1", "model": "small"}}
    file = tmp_path / "visavis.yaml"
    file.write_text(json.dumps({"responder": "chat", "responders": {"chat": settings}}))
    with Client(make_server("--config", str(file)).realtime_url) as client:
        client.wait_for("session.created")
        client.type_text("Hello?")
        client.send("response.create")
        assert client.wait_for("error", troubles=("responder_unreachable",))["error"]["retry_after_ms"] == 1000
        with running_services(port):
            client.wait_for("responder.reachable")
            client.send("response.create")
            client.wait_for("response.output_audio.delta")
