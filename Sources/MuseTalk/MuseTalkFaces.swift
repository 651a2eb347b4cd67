import Avatars
import LipSync
import Video

/// One utterance of ``MuseTalkEngine``: speech becomes conditioning, conditioning faces, faces pictures.
///
/// While some faces are shown, those that follow are made. Dropping it interrupts that.
final class MuseTalkFaces: UtteranceFaces {
    private let avatar: Avatar
    private let face: FilmedFace
    private let conditioning: any Conditioning
    private let stream: FaceStream
    private let brush: MuseTalkBrush
    private let firstBaseFrame: Int

    private var samples = 0
    private var hasAllSpeech = false
    /// Frames that came out.
    private var painted = 0
    /// Frames whose face was asked for.
    private var conditioned = 0

    /// - Parameter batchSize: the largest that `maker` makes.
    init(
        of avatar: Avatar, face: FilmedFace, atBaseFrame baseFrame: Int, maker: any FaceMaking, batchSize: Int,
        conditioning: any Conditioning
    ) {
        self.avatar = avatar
        self.face = face
        self.conditioning = conditioning
        stream = FaceStream(maker, batchSize: batchSize)
        brush = MuseTalkBrush(for: avatar, face: face)
        firstBaseFrame = baseFrame
    }

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
        let asked = ContinuousClock.now
        try await stream.begin(isFilm: slack == nil)
        let wanted = min(stream.room, frames - conditioned)
        if wanted > 0 {
            let ready = min(try await conditioning.prepare(wanted), wanted)
            let slack = slack.map { $0 - (ContinuousClock.now - asked) }
            for _ in 0..<ready { askForFace(within: slack) }
        }
        guard !stream.isEmpty else { return false }
        try await stream.next()
        return true
    }

    func paintNextFrame(into picture: PixelBuffer) {
        let framesAfter = hasAllSpeech ? frames - painted - 1 : nil
        let baseFrame = firstBaseFrame + painted
        avatar.copyBaseFrame(baseFrame, into: picture)
        // Until there is a face the person's own mouth is seen.
        stream.shown?.withImage {
            brush.paint(
                $0, onFilmedFrame: face.filmedFrame(atBaseFrame: baseFrame), of: face,
                opacity: MouthFade.opacity(ofFrame: painted, framesAfter: framesAfter), into: picture)
        }
        skipNextFrame()
    }

    func skipNextFrame() { painted += 1 }

    /// Frames of the speech that has come.
    private var frames: Int { FrameTiming.frameCount(ofSamples: samples) }

    /// Frames of which it is known how they fade: speech that goes on beyond them proves that they are not the last.
    private var certainFrames: Int { hasAllSpeech ? frames : frames - MouthFade.frames }

    private func askForFace(within slack: Duration?) {
        let frame = FilmedFrame(film: face, index: face.filmedFrame(atBaseFrame: firstBaseFrame + conditioned))
        conditioned += 1
        stream.append(within: slack) { slot in slot.fill(frame) { conditioning.take(into: $0) } }
    }
}
