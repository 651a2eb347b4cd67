import Audio
import Foundation

/// A voice that says nothing: what a bench measures does not depend on the words, and every machine can make it.
enum SyntheticSpeech {
    /// Syllables of a voice at 120 Hz, four a second; 24 kHz, mono.
    static func samples(seconds: Double) -> [Int16] {
        let rate = Double(SpeechFormat.sampleRate)
        return (0..<Int(seconds * rate)).map { index in
            let time = Double(index) / rate
            let loudness = 0.5 - 0.5 * cos(2 * .pi * 4 * time)
            // Overtones up to 3 kHz, weaker as they get higher, and one formant that wanders.
            let formant = 600 + 300 * sin(2 * .pi * 1.3 * time)
            let voice = (1...25).reduce(0.0) { sum, overtone in
                let frequency = 120 * Double(overtone)
                let weight = 1 / Double(overtone) + exp(-pow((frequency - formant) / 150, 2))
                return sum + weight * sin(2 * .pi * frequency * time)
            }
            return Int16(max(-1, min(1, 0.15 * loudness * voice)) * 32_000)
        }
    }
}
