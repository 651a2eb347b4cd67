import Inference
import MuseTalk
import Telemetry
import Testing

@testable import Engines

@Suite struct BatchMetricsTests {
    @Test func whatADeviceDoesIsToBeSeen() {
        let metrics = PrometheusMetrics()
        let batches = BatchMetrics(engine: "musetalk", device: "cuda:0", factory: metrics)
        batches.finished(size: 4, took: .milliseconds(40), limit: 16, capacity: 100)
        batches.finished(size: 4, took: .milliseconds(60), limit: 8, capacity: 100)
        batches.finished(size: 8, took: .milliseconds(100), limit: 8, capacity: 100)
        batches.waited(.milliseconds(5))
        batches.dropped(3)
        batches.ranOutOfMemory(size: 16)
        batches.memoryAlarm(true)
        let lines = Set(metrics.scrape().split(separator: "\n"))
        for line in [
            #"visavis_batch_size_sum{device="cuda:0"} 16"#,
            #"visavis_batch_size_current{device="cuda:0"} 8"#,
            #"visavis_inference_seconds_sum{batch_size="4",device="cuda:0"} 0.1"#,
            #"visavis_inference_seconds_count{batch_size="8",device="cuda:0"} 1"#,
            #"visavis_queue_wait_seconds_bucket{device="cuda:0",le="0.005"} 1"#,
            #"visavis_frames_dropped_total{device="cuda:0",engine="musetalk",reason="deadline"} 3"#,
            #"visavis_out_of_memory_total{device="cuda:0"} 1"#,
            #"visavis_memory_alarm{device="cuda:0"} 1"#,
        ] {
            #expect(lines.contains(line[...]), "\(line)")
        }
        batches.memoryAlarm(false)
        #expect(metrics.scrape().contains(#"visavis_memory_alarm{device="cuda:0"} 0"#))
    }

    @Test func aDeviceIsDownUntilItWorksAgain() {
        let metrics = PrometheusMetrics()
        let health = DeviceHealth([.cuda(0), .cuda(1)], factory: metrics)
        health.note(.failed(.cuda(1), reason: "it fell off the bus"))
        #expect(metrics.scrape().contains(#"visavis_device_up{device="cuda:0"} 1"#))
        #expect(metrics.scrape().contains(#"visavis_device_up{device="cuda:1"} 0"#))
        health.note(.recovered(.cuda(1)))
        #expect(metrics.scrape().contains(#"visavis_device_up{device="cuda:1"} 1"#))
    }
}
