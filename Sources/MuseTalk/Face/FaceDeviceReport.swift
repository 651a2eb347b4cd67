import Foundation
public import Inference

/// What people want to know of a device that makes faces; its description is a line for a log.
public enum FaceDeviceReport: Sendable, Equatable, CustomStringConvertible {
    /// A batch size was measured: the median of a few runs.
    case measured(InferenceDevice, size: Int, time: Duration)
    /// Batches will be smaller than was asked for: measuring larger ones would have taken too long.
    case noTime(InferenceDevice, largest: Int)
    /// Batches will be smaller than was asked for: there is no memory for larger ones.
    case noMemory(InferenceDevice, largest: Int)
    /// It could not make a batch, and others have to.
    case failed(InferenceDevice, reason: String)
    /// It failed, and makes faces again.
    case recovered(InferenceDevice)

    /// The line.
    public var description: String {
        switch self {
        case .measured(let device, let size, let time):
            "\(device): \(size) \(size == 1 ? "face" : "faces") in "
                + time.formatted(.units(allowed: [.milliseconds], fractionalPart: .show(length: 1)))
        case .noTime(let device, let largest):
            "\(device): no more than \(largest) in a batch; measuring larger ones would take too long"
        case .noMemory(let device, let largest):
            "\(device): no more than \(largest) in a batch; there is no memory for larger ones"
        case .failed(let device, let reason): "\(device) makes no faces for now: \(reason)"
        case .recovered(let device): "\(device) makes faces again"
        }
    }
}
