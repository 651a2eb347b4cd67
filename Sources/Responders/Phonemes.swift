internal import Foundation

/// How a text sounds, in the phonetic alphabet: what trained voices without a lexicon read.
package enum Phonemes {
    /// The phonemes and marks of a text as Unicode scalars, accents apart from their letters.
    /// - Parameter voice: eSpeak NG's name of a voice, e.g. `en-us`.
    /// - Throws: ``ResponderError/voiceFailed(voice:reason:)``, also where the build has no eSpeak NG.
    package static func scalars(of text: String, voice: String) async throws(ResponderError) -> [Int32] {
        #if ESpeakNG
            let phonemes = try await ESpeakEngine.shared.phonemes(of: text, voice: voice)
            return phonemes.decomposedStringWithCanonicalMapping.unicodeScalars.map { Int32($0.value) }
        #else
            throw .voiceFailed(
                voice: voice,
                reason: "it reads phonemes, and this build has no eSpeak NG; build with the trait ESpeakNG")
        #endif
    }
}
