import Inference
import Synchronization

/// The latents of the frames that are shown, of all avatars, on the device that repaints them: a graph gathers those of
/// its batch by their rows. A frame is copied there when it is first asked for, and stays while it is often shown.
///
/// So a batch mixes avatars, and memory has a limit however many there are, and however long their films.
final class LatentBank: Sendable {
    /// All rows: [rows, 8, 32, 32].
    let tensor: ResidentTensor<Float>
    private let rows: Mutex<LatentRows>

    /// What a GPU holds: 128 MiB, nearly three minutes of film at 25 frames a second.
    private static let gpuRows = 4096

    /// - Parameter frames: the most that are read at the same time. The processor has room for no more: there a frame
    ///   that stays would save nothing but the copying of 32 KiB.
    /// - Throws: `InferenceError`.
    init(on device: InferenceDevice, frames: Int) throws(InferenceError) {
        let count = device.gpu == nil ? frames : max(frames, Self.gpuRows)
        tensor = try ResidentTensor([count, 8, 32, 32], on: device)
        rows = Mutex(LatentRows(count: count))
    }

    /// The row of a frame, which has its latents until it is released as often.
    /// - Throws: `InferenceError` if they cannot be copied there.
    func take(_ frame: FilmedFrame) throws -> Int {
        try rows.withLock { rows in
            let (row, isNew) = rows.take(frame.key)
            guard isNew else { return row }
            do {
                try frame.withLatents { latents throws(InferenceError) in try tensor.write(latents, at: row) }
            } catch {
                rows.release(row)
                rows.forget(row)
                throw error
            }
            return row
        }
    }

    /// A batch's place reads a row no more.
    func release(_ row: Int) { rows.withLock { $0.release(row) } }
}
