import Foundation

/// Background noise of several kinds, at 24 kHz, of RMS 1, the same on every run.
enum VoiceActivityNoise: String, CaseIterable {
    case white, pink, brown, hum, fan

    func samples(_ count: Int) -> [Float] {
        var random = SeededNoise(seed: 7)
        var noise = [Float](repeating: 0, count: count)
        switch self {
        case .white: for index in noise.indices { noise[index] = random.next() }
        case .pink: Self.fall(&noise, &random, perOctave: [0.9975, 0.985, 0.91, 0.5])
        case .brown: Self.fall(&noise, &random, perOctave: [0.99])
        case .hum:
            for index in noise.indices {
                let phase = 2 * Double.pi * 50 * Double(index) / 24_000
                let lines = [1, 2, 3, 4, 5, 6, 7, 9].reduce(0.0) { $0 + sin((phase + 1) * $1) / $1 }
                noise[index] = Float(lines) + 0.1 * random.next()
            }
        case .fan:
            // Rushing air that swells seven times a second, and the blades' own tone.
            Self.fall(&noise, &random, perOctave: [0.995, 0.9])
            let level = Self.rms(noise)
            for index in noise.indices {
                let time = 2 * Double.pi * Double(index) / 24_000
                let blades = 0.6 * sin(117 * time) + 0.4 * sin(234 * time) + 0.2 * sin(351 * time)
                noise[index] = noise[index] / level * Float(1 + 0.15 * sin(7 * time)) + Float(blades)
            }
        }
        let level = Self.rms(noise)
        return noise.map { $0 / level }
    }

    /// White noise through a sum of one-pole low-passes: the more poles, the gentler the slope.
    private static func fall(_ noise: inout [Float], _ random: inout SeededNoise, perOctave poles: [Float]) {
        var states = [Float](repeating: 0, count: poles.count)
        for index in noise.indices {
            let white = random.next()
            for pole in poles.indices { states[pole] = poles[pole] * states[pole] + (1 - poles[pole]) * white * 4 }
            var sum = white * 0.05
            for pole in poles.indices { sum += states[pole] * Float(pole + 1) / 4 }
            noise[index] = sum
        }
    }

    static func rms(_ samples: [Float]) -> Float {
        (samples.reduce(0) { $0 + $1 * $1 } / Float(max(samples.count, 1))).squareRoot()
    }
}
