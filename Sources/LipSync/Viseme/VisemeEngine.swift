public import Avatars
import Inference
import Video

/// The built-in engine: reads the mouth off the sound, and warps an avatar's face accordingly. It needs no graphics card,
/// and no models to download.
public struct VisemeEngine: LipSyncEngine {
    /// `viseme`.
    public let name = "viseme"

    private let network: LipNetwork?

    /// - Parameter network: what reads the mouth; nil for signal processing, which is right less often.
    public init(_ network: LipNetwork?) { self.network = network }

    /// With the network that comes with Visavis; where it cannot run, with signal processing.
    /// - Parameter warn: is told in words that it cannot run, and why.
    public init(warn: (String) -> Void) {
        do {
            network = try LipNetwork()
        } catch {
            warn(
                "The network that reads lips cannot run: signal processing takes over, and is right less often. \(error)"
            )
            network = nil
        }
    }

    /// Starts an utterance.
    /// - Throws: `AvatarError.wrongFace` for an avatar without a rig.
    public func startUtterance(
        of avatar: Avatar, atBaseFrame baseFrame: Int
    ) throws(AvatarError) -> sending any UtteranceFaces {
        VisemeFaces(
            face: try avatar.riggedFace(for: name), firstBaseFrame: baseFrame,
            reading: network.map { .network(LipReader($0)) } ?? .signal(SignalLipReader()))
    }
}

/// One utterance of ``VisemeEngine``.
private final class VisemeFaces: UtteranceFaces {
    private let face: RiggedFace
    private let brush: RigBrush
    private let reading: LipReading
    private var baseFrame: Int
    private var samples = 0
    private var isFinished = false
    private var loudness = FrameLoudness()
    private var gestures = SpeechGestures()
    private var frame = 0
    /// The face of the next frame, as soon as it has been heard.
    private var pose: FacePose?

    init(face: RiggedFace, firstBaseFrame: Int, reading: LipReading) {
        self.face = face
        brush = face.makeBrush()
        baseFrame = firstBaseFrame
        self.reading = reading
    }

    func append(_ speech: [Int16]) {
        samples += speech.count
        reading.append(speech)
        loudness.append(speech)
    }

    func finish() {
        isFinished = true
        reading.finish()
        loudness.finish()
    }

    func prepareNextFrame(within slack: Duration?) async throws -> Bool {
        if pose == nil, let mouth = try await reading.next() {
            let (now, next) = loudness.next()
            let framesLeft = isFinished ? FrameTiming.frameCount(ofSamples: samples) - frame - 1 : nil
            let about = (baseFrame - SpeechGestures.blinkReach)...(baseFrame + SpeechGestures.blinkReach)
            pose = FacePose(
                mouth: mouth,
                head: gestures.frame(
                    loudness: now, next: next, framesLeft: framesLeft, clipBlinks: face.blinks(in: about)))
            frame += 1
        }
        return pose != nil
    }

    func paintNextFrame(into picture: PixelBuffer) {
        guard let pose else { return }
        face.paint(pose, atBaseFrame: baseFrame, into: picture, using: brush)
        skipNextFrame()
    }

    func skipNextFrame() {
        pose = nil
        baseFrame += 1
    }
}

/// What reads an utterance's lips.
private enum LipReading {
    case network(LipReader)
    case signal(SignalLipReader)

    func append(_ speech: [Int16]) {
        switch self {
        case .network(let reader): reader.append(speech)
        case .signal(let reader): reader.append(speech)
        }
    }

    func finish() {
        switch self {
        case .network(let reader): reader.finish()
        case .signal(let reader): reader.finish()
        }
    }

    func next() async throws -> MouthShape? {
        switch self {
        case .network(let reader):
            do throws(InferenceError) {
                return try await reader.next()?.shape
            } catch .ending {
                // The process is about to end, which is nobody's fault.
                throw CancellationError()
            }
        case .signal(let reader): return reader.next()
        }
    }
}
