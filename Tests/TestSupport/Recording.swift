public import Foundation

/// The real recordings that the tests listen to. They lie beside the project, not in it; tests that need one
/// are enabled only where it exists: `@Test(.enabled(if: Recording.english.exists))`.
public struct Recording: Sendable {
    /// Where it lies.
    public let url: URL

    /// 60 s of English, 16 kHz mono WAV.
    public static let english = Recording("eng.wav")
    /// 22 s of Mandarin, 44.1 kHz mono WAV.
    public static let mandarin = Recording("sun.wav")
    /// 8 s of Mandarin, 48 kHz stereo WAV.
    public static let mandarinStereo = Recording("yongen.wav")
    /// 22 s of a person, 576×768, 25 fps, no sound.
    public static let clip = Recording("sun.mp4")

    /// All of them.
    public static let all = [english, mandarin, mandarinStereo, clip]

    /// True where the recording is at hand.
    public var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

    private init(_ name: String) {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        url = project.deletingLastPathComponent().appending(path: "shared/media").appending(path: name)
    }
}
