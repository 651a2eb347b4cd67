import LipSync

/// What it takes to make the faces of a speech that is there already: for measuring how fast that goes.
public enum FaceWork {
    /// Hears a speech to its end.
    /// - Returns: for each of its frames what the face graph needs. The filmed frame is one of zeros, over which the
    ///   graph takes as long as over any other.
    public static func slots(of speech: [Int16], heardBy model: SpeechModel) async throws -> [FaceSlot] {
        let conditioner = try SpeechConditioner(model)
        conditioner.append(speech)
        conditioner.finish()
        let count = FrameTiming.frameCount(ofSamples: speech.count)
        var slots: [FaceSlot] = []
        slots.reserveCapacity(count)
        while slots.count < count {
            let ready = min(try await conditioner.prepare(count - slots.count), count - slots.count)
            guard ready > 0 else { break }
            for _ in 0..<ready {
                let slot = FaceSlot()
                slot.fill(.blank) { conditioner.take(into: $0) }
                slots.append(slot)
            }
        }
        return slots
    }
}
