public import Avatars
import Inference
import Video

/// The built-in engine: reads the mouth off the sound and blends an avatar's drawings of it. It needs a fraction
/// of a percent of one core for an utterance, and no models to download.
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
    /// - Throws: `AvatarError.wrongFace` for an avatar without drawings of a mouth.
    public func startUtterance(
        of avatar: Avatar, atBaseFrame baseFrame: Int
    ) throws(AvatarError) -> sending any UtteranceFaces {
        VisemeFaces(
            avatar: avatar, face: try avatar.drawnFace(for: name), firstBaseFrame: baseFrame,
            reading: network.map { .network(LipReader($0)) } ?? .signal(SignalLipReader()))
    }
}

/// One utterance of ``VisemeEngine``.
private final class VisemeFaces: UtteranceFaces {
    private let avatar: Avatar
    private let face: DrawnFace
    private let brush: MouthBrush
    private let reading: LipReading
    private var baseFrame: Int
    /// The mouth of the next frame, as soon as it has been heard.
    private var shape: MouthShape?

    init(avatar: Avatar, face: DrawnFace, firstBaseFrame: Int, reading: LipReading) {
        self.avatar = avatar
        self.face = face
        brush = face.makeBrush()
        baseFrame = firstBaseFrame
        self.reading = reading
    }

    func append(_ speech: [Int16]) { reading.append(speech) }

    func finish() { reading.finish() }

    func prepareNextFrame(within slack: Duration?) async throws -> Bool {
        if shape == nil { shape = try await reading.next() }
        return shape != nil
    }

    func paintNextFrame(into picture: PixelBuffer) {
        guard let shape else { return }
        avatar.copyBaseFrame(baseFrame, into: picture)
        face.paint(MouthPose(shape), onto: picture, atBaseFrame: baseFrame, using: brush)
        skipNextFrame()
    }

    func skipNextFrame() {
        shape = nil
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

extension MouthPose {
    /// The drawing for a shape. Lips that meet are not open, however low the jaw is, and are pressed only where that
    /// is certain; rounded lips are not wide.
    init(_ shape: MouthShape) {
        self.init(
            aperture: shape.aperture, spread: shape.width - shape.rounding, teeth: shape.teeth, tongue: shape.tongue)
    }
}
