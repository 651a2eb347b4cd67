import Avatars
import Inference
import LipSync
import Video

/// One utterance of ``MuseTalkEngine``: speech becomes conditioning, conditioning faces, faces pictures.
///
/// While the faces of one batch are shown, those of the next are made, on the painter's thread. Dropping it interrupts
/// that.
final class MuseTalkFaces: UtteranceFaces {
    private let avatar: Avatar
    private let face: FilmedFace
    private let painter: FacePainter
    private let latents: ResidentTensor<Float>
    private let conditioning: any Conditioning
    private let brush: MuseTalkBrush
    private let firstBaseFrame: Int

    private var samples = 0
    private var hasAllSpeech = false
    /// Frames that came out.
    private var painted = 0
    /// Frames whose conditioning was taken.
    private var conditioned = 0

    private var ramp: BatchRamp
    /// The faces that come out now, from ``place`` on.
    private var shown: FaceBatch
    private var place = 0
    /// The faces that follow; ``making`` is at work on them.
    private var coming: FaceBatch
    private var making: Task<Void, any Error>?

    init(
        of avatar: Avatar, face: FilmedFace, atBaseFrame baseFrame: Int, latents: ResidentTensor<Float>,
        painter: FacePainter, conditioning: any Conditioning
    ) {
        self.avatar = avatar
        self.face = face
        self.latents = latents
        self.painter = painter
        self.conditioning = conditioning
        brush = MuseTalkBrush(for: avatar, face: face)
        firstBaseFrame = baseFrame
        ramp = BatchRamp(painter.sizes)
        shown = FaceBatch(capacity: painter.sizes.largest)
        coming = FaceBatch(capacity: painter.sizes.largest)
    }

    deinit { making?.cancel() }

    func append(_ speech: [Int16]) {
        samples += speech.count
        conditioning.append(speech)
    }

    func finish() {
        hasAllSpeech = true
        conditioning.finish()
    }

    func prepareNextFrame(within slack: Duration?) async throws -> Bool {
        guard painted < certainFrames else { return false }
        guard place < shown.count else { return try await nextBatch() }
        // Not with the first face of an utterance, which nothing may delay.
        if making == nil, painted > 0 { _ = try await startBatch() }
        return true
    }

    func paintNextFrame(into picture: PixelBuffer) {
        let framesAfter = hasAllSpeech ? frames - painted - 1 : nil
        let baseFrame = firstBaseFrame + painted
        avatar.copyBaseFrame(baseFrame, into: picture)
        shown.withImage(place) {
            brush.paint(
                $0, onFilmedFrame: face.filmedFrame(atBaseFrame: baseFrame), of: face,
                opacity: MouthFade.opacity(ofFrame: painted, framesAfter: framesAfter), into: picture)
        }
        skipNextFrame()
    }

    func skipNextFrame() {
        place += 1
        painted += 1
    }

    /// Frames of the speech that has come.
    private var frames: Int { FrameTiming.frameCount(ofSamples: samples) }

    /// Frames of which it is known how they fade: speech that goes on beyond them proves that they are not the last.
    private var certainFrames: Int { hasAllSpeech ? frames : frames - MouthFade.frames }

    /// Has the next faces shown, as soon as they are made.
    /// - Returns: false if they need more speech.
    private func nextBatch() async throws -> Bool {
        guard try await startBatch(), let making else { return false }
        try await withTaskCancellationHandler {
            try await making.value
        } onCancel: {
            making.cancel()
        }
        self.making = nil
        swap(&shown, &coming)
        coming.clear()
        place = 0
        return true
    }

    /// Has the next faces made, unless they are being made already.
    /// - Returns: false if they need more speech.
    private func startBatch() async throws -> Bool {
        if making != nil { return true }
        let wanted = min(ramp.limit, frames - conditioned)
        guard wanted > 0 else { return false }
        let ready = min(try await conditioning.prepare(wanted), wanted)
        guard ready > 0 else { return false }
        for _ in 0..<ramp.next(ready: ready) {
            let filmedFrame = face.filmedFrame(atBaseFrame: firstBaseFrame + conditioned)
            coming.append(filmedFrame: filmedFrame) { conditioning.take(into: $0) }
            conditioned += 1
        }
        making = Task { [painter, latents, coming] in try await painter.paint(coming, of: latents) }
        return true
    }
}
