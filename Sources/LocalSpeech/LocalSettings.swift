internal import Foundation
public import Settings
internal import SherpaONNX

/// What the responder `local` is made of.
public struct LocalSettings: Sendable, Equatable {
    /// What finds the answer between hearing and speaking.
    public enum Answering: String, Sendable, CaseIterable {
        /// Nothing: what was understood is said again.
        case `repeat`
        /// The language model of the section `chat`.
        case chat
        /// The rules of the section `script`.
        case script
    }

    /// What recognises speech.
    public struct Recognition: Sendable, Equatable {
        /// The model's folder.
        public var model: String
        /// What is spoken, for models that ask; empty if they are to find out.
        public var language = ""
        /// Threads that share the work.
        public var threads = 2

        /// A model as it comes.
        public init(model: String) { self.model = model }
    }

    /// What speaks.
    public struct Synthesis: Sendable, Equatable {
        /// The model's folder.
        public var model: String
        /// The names of its speakers, from speaker 0 on. Never empty.
        public var voices = ["local"]
        /// How fast it speaks; 1 is the voice's own pace.
        public var speed = 1.0
        /// Threads that share the work.
        public var threads = 2

        /// A model as it comes.
        public init(model: String) { self.model = model }
    }

    /// What recognises speech.
    public var recognition: Recognition
    /// What speaks; nil for the voices that come with Visavis.
    public var synthesis: Synthesis?
    /// What finds the answer.
    public var answering = Answering.repeat

    /// A recogniser, and the voices that come with Visavis.
    public init(recognition: Recognition) { self.recognition = recognition }

    /// Reads the section `local`.
    /// - Throws: ``SettingsError``, also where a folder has no model of a layout that is known.
    public init(_ section: inout SettingsSection) throws(SettingsError) {
        guard var part = try section.section("recognition") else {
            throw section.missing("recognition", expected: "a section with model, the folder of a recogniser")
        }
        var recognition = Recognition(
            model: try part.model { folder throws(SherpaError) in _ = try RecognitionModel(folder: folder) })
        recognition.language = try part.text("language") ?? ""
        recognition.threads = try part.number("threads", in: 1...64) ?? recognition.threads
        try part.finish()
        self.init(recognition: recognition)
        answering = try section.choice("answer") ?? answering
        guard var part = try section.section("synthesis") else { return }
        var synthesis = Synthesis(
            model: try part.model { folder throws(SherpaError) in _ = try SynthesisModel(folder: folder) })
        synthesis.voices = try part.texts("voices") ?? synthesis.voices
        synthesis.speed = try part.number("speed", in: 0.25...4) ?? synthesis.speed
        synthesis.threads = try part.number("threads", in: 1...64) ?? synthesis.threads
        try part.finish()
        self.synthesis = synthesis
    }
}

extension SettingsSection {
    /// The folder of a model, found to have the files of one.
    fileprivate mutating func model(
        _ check: (String) throws(SherpaError) -> Void
    ) throws(SettingsError) -> String {
        guard let folder = try file("model") else { throw missing("model", expected: "the folder of a model") }
        do throws(SherpaError) {
            try check(folder.path)
        } catch {
            guard case .unknownLayout(_, let found, let expected) = error else {
                throw unexpected("model", expected: "\(error)")
            }
            throw unexpected(
                "model", expected: "a folder with \(expected). It has \(found.joined(separator: ", "))")
        }
        return folder.path
    }
}
