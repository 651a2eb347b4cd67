import Inference
import Metrics
import MuseTalk
import Telemetry

/// Shows which devices take work.
struct DeviceHealth: Sendable {
    private let up: [InferenceDevice: Meter]

    /// - Parameter devices: those that a model was asked to run on, and does.
    init(_ devices: [InferenceDevice], factory: any MetricsFactory = MetricsSystem.factory) {
        up = Dictionary(
            uniqueKeysWithValues: Set(devices).map { device in
                let meter = Meter(.deviceUp, ["device": device.description], factory: factory)
                meter.set(1)
                return (device, meter)
            })
    }

    /// Takes note of what has become of a device.
    func note(_ report: FaceDeviceReport) {
        switch report {
        case .failed(let device, _): up[device]?.set(0)
        case .recovered(let device): up[device]?.set(1)
        case .measured, .noTime, .noMemory: break
        }
    }
}
