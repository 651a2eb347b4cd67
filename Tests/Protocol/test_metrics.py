"""/metrics, what reads it, and whether they speak of the same things."""

import json
import re
import subprocess
import urllib.request

import pytest
from serving import PROJECT
from talking import Client

DEPLOY = PROJECT / "deploy"
DASHBOARD = PROJECT / "Sources/Server/Web/dashboard/panels.js"
ALERTS = DEPLOY / "prometheus/alerts.yml"


def scrape(server) -> str:
    with urllib.request.urlopen(server.url + "/metrics", timeout=10) as response:
        assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        return response.read().decode()


def total(text: str, name: str) -> float:
    """The sum over the series of a name."""
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE))


def promtool(*arguments, stdin: str = "") -> str:
    outcome = subprocess.run(["promtool", *arguments], input=stdin, capture_output=True, text=True, timeout=60)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout + outcome.stderr


def test_what_is_said_is_counted(server):
    with Client(server.realtime_url) as client:
        client.wait_for("session.created")
        before = scrape(server)
        client.send("video.report", skew_ms=[-3.5, 4, 700])
        client.type_text("Each frame counts.")
        client.send("response.create")
        client.wait_for("response.done")
        frames = len(client.all("response.output_video.delta"))
        after = scrape(server)
        assert total(after, "visavis_sessions") >= 1

    def growth(name: str) -> float:
        return total(after, name) - total(before, name)

    assert frames > 0
    # On a machine that is busy the last good mouth is shown again.
    assert growth("visavis_frames_made_total") + growth("visavis_frames_dropped_total") == frames
    assert growth("visavis_encoder_seconds_count") == frames
    assert growth("visavis_first_frame_seconds_count") == 1
    assert growth("visavis_av_skew_seconds_count") == 3
    assert growth("visavis_av_skew_seconds_sum") == pytest.approx(0.7075)
    assert growth("visavis_sent_bytes_total") > sum(
        len(event["delta"]) for event in client.all("response.output_video.delta"))
    assert growth("visavis_received_bytes_total") > len("Each frame counts.")
    assert 'visavis_frames_made_total{device="cpu",engine="viseme"}' in after


def test_somebody_who_finds_no_place_is_counted(make_server, tmp_path):
    settings = tmp_path / "visavis.yaml"
    settings.write_text("limits:\n  sessions: 1\n")
    server = make_server("--config", str(settings))
    with Client(server.realtime_url) as client:
        client.wait_for("session.created")
        with pytest.raises(Exception, match="503"), Client(server.realtime_url):
            pass
        assert total(scrape(server), "visavis_capacity_refused_total") == 1


def test_prometheus_can_read_it_and_finds_nothing_to_say(server):
    assert promtool("check", "metrics", stdin=scrape(server)) == ""


def test_the_rules_are_rules_and_ring_when_they_should():
    promtool("check", "rules", str(ALERTS))
    promtool("check", "config", str(DEPLOY / "prometheus/prometheus.yml"))
    promtool("test", "rules", str(DEPLOY / "prometheus/alerts.test.yml"))


@pytest.mark.parametrize(
    "reader", [ALERTS, DEPLOY / "grafana/visavis.json", DASHBOARD], ids=lambda path: path.name)
def test_what_is_read_is_there(server, reader):
    known = re.findall(r"^# TYPE (\w+) (\w+)$", scrape(server), re.MULTILINE)
    series = {name for name, kind in known if kind != "histogram"}
    series |= {name + end for name, kind in known if kind == "histogram" for end in ("", "_bucket", "_sum", "_count")}
    text = reader.read_text(encoding="utf-8")
    read = set(re.findall(r"visavis_[a-z_]+[a-z]", text))
    assert len(read) > 5
    assert read <= series


def test_every_query_of_grafana_is_one(tmp_path):
    dashboard = json.loads((DEPLOY / "grafana/visavis.json").read_text(encoding="utf-8"))
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    rules = [
        {"record": f"query:{number}", "expr": query.replace("$__rate_interval", "1m").replace("$instance", ".*")}
        for number, query in enumerate(queries)
    ]
    file = tmp_path / "queries.yml"
    file.write_text(json.dumps({"groups": [{"name": "grafana", "rules": rules}]}))
    assert len(queries) > 20
    promtool("check", "rules", str(file))


def test_the_documentation_names_every_metric(server):
    page = (PROJECT / "docs/telemetry.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(visavis_\w+)`", page, re.MULTILINE))
    assert documented == set(re.findall(r"^# TYPE (\w+)", scrape(server), re.MULTILINE))
