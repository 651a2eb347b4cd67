import Audio
import Foundation
import Synchronization
import Testing

@testable import Responders

@Suite(.timeLimit(.minutes(10))) struct SpeakResponderTests {
    private func seconds(_ pieces: [ResponsePiece]) -> Double {
        SpeechFormat.seconds(ofSample: pieces.reduce(0) { $0 + $1.sampleCount })
    }

    /// RMS of every 20 ms.
    private func loudness(_ samples: [Int16]) -> [Float] {
        stride(from: 0, to: samples.count - 479, by: 480).map { start in
            let power = samples[start..<start + 480].reduce(Float(0)) { $0 + Float($1) * Float($1) } / 480
            return power.squareRoot()
        }
    }

    @Test(arguments: VoiceCatalog.standard.voices.map(\.name))
    func everyVoiceSpeaksItsLanguageAtTheSameLevel(name: String) async throws {
        let voice = try VoiceCatalog.standard.voice(named: name)
        let language = String(voice.language.prefix { $0 != "-" })
        let text = try #require(Self.greetings[language], "\(language)")
        let pieces = try await read(text, voice: name)
        let samples = pieces.flatMap(\.samples)
        #expect((0.6...6).contains(seconds(pieces)), "\(seconds(pieces)) s")
        // 40 ms are left of the silence before the first sound.
        #expect(try #require(samples.firstIndex { abs(Int($0)) > 300 }) < 3_600)
        let spoken = loudness(samples).filter { $0 > 184 }
        let level = 20 * log10((spoken.reduce(0) { $0 + $1 * $1 } / Float(spoken.count)).squareRoot() / 32_768)
        #expect((-22 ... -16).contains(level), "\(level) dBFS")
        #expect(samples.count { abs(Int($0)) >= 32_767 } < 20)
        #expect(pieces.map(\.words).joined() == text)
    }

    @Test func wordsComeBeforeTheirSound() async throws {
        let text = "Hello there. My name is Mira! How are you?"
        let pieces = try await read(text)
        let order = pieces.map { $0.words.isEmpty ? "sound" : $0.words }.reduce(into: [String]()) { order, next in
            if order.last != next { order.append(next) }
        }
        #expect(order == ["Hello there. ", "sound", "My name is Mira! ", "sound", "How are you?", "sound"])
    }

    @Test func longerTextsTakeLonger() async throws {
        let sentence = "One sentence about the weather in the north."
        let one = try await read(sentence)
        let three = try await read("\(sentence) \(sentence) \(sentence)")
        // With the two pauses; the voice's timing is random, and three may be a short one against a long one.
        #expect((2...4.5).contains(seconds(three) / seconds(one)), "\(seconds(one)) s, \(seconds(three)) s")
    }

    @Test func sayingTheSameTwiceSoundsTheSame() async throws {
        let text = "The same words, twice."
        let (first, second) = (try await read(text).flatMap(\.samples), try await read(text).flatMap(\.samples))
        #expect(abs(first.count - second.count) < 9_600)
        // The libraries' breath is random, the envelope is not.
        let alike = zip(loudness(first), loudness(second)).map { abs($0 - $1) < 0.5 * max($0, $1) + 100 }
        #expect(alike.count { $0 } * 10 > alike.count * 7, "\(alike.count { !$0 }) of \(alike.count) differ")
    }

    @Test func voicesDiffer() async throws {
        let (slt, rms) = (try await read("Good morning."), try await read("Good morning.", voice: "rms"))
        #expect(slt.flatMap(\.samples) != rms.flatMap(\.samples))
    }

    #if ESpeakNG
        @Test func mandarinIsSpokenInMandarinWhateverTheVoice() async throws {
            let pieces = try await read("Hello. 你好，很高兴见到你。")
            #expect(pieces.map(\.words).joined() == "Hello. 你好，很高兴见到你。")
            let mandarin = try await read("你好，很高兴见到你。", voice: "cmn")
            let english = try await read("Hello.")
            #expect(abs(seconds(pieces) - seconds(english) - seconds(mandarin) - 0.32) < 0.3)
            // Nine syllables; as spelled letters, which is what "cmn" of eSpeak NG 1.51 makes of them, over 4 s.
            #expect((1.6...3.6).contains(seconds(mandarin)), "\(seconds(mandarin)) s")
        }
    #endif

    @Test(arguments: [
        "<speak>Hello <break time=\"9s\"/> there</speak>", "a\u{0}b\u{1B}[2Jc\u{7F}", "[[hh@l'oU]] there",
        "café “naïve” — ½ €5 £6 7° ™ ﬁne ß", "😀 Hello 👨‍👩‍👧 there", "%s %n %d %x",
        "\u{202E}right\u{FEFF} to left\u{FFFD}", "''''\"\"\"((([[[{{{<<<a",
        "0123456789012345678901234567890123456789", "www.example.com/a?b=c&d=%20 x@y.org", "-- ; ' OR 1=1 a",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA zzzzzzzzzzzzzzzzzzzzzzzzzz", "$5,000,000,000,000,000,000,000.55 a.b.c.d.e.f",
    ])
    func oddTextsAreHarmless(text: String) async throws {
        for voice in ["slt", VoiceCatalog.standard.voices.first { $0.engine == "espeak-ng" }?.name ?? "rms"] {
            let pieces = try await read(text, voice: voice)
            #expect(pieces.map(\.words).joined() == text)
            #expect((0.1...60).contains(seconds(pieces)), "\(seconds(pieces)) s")
        }
    }

    @Test func tenThousandCharactersStartAtOnceAndAreNotSynthesisedInAdvance() async throws {
        let text = String(repeating: "The quick brown fox jumps over the lazy dog, again and again. ", count: 170)
        let conversation = Conversation(turns: [Turn(speaker: .user, text: text)], voice: "slt")
        var heard: [ResponsePiece] = []
        for try await piece in try SpeakResponder().respond(to: conversation) {
            heard.append(piece)
            if seconds(heard) > 2 { break }
        }
        #expect(heard.first?.words.isEmpty == false)
        #expect(heard.map(\.words).joined().count < 130)
    }

    @Test func whoWantsToReadGetsTheTextAlone() async throws {
        let text = "Good morning. 😀 How are you?"
        var conversation = Conversation(turns: [Turn(speaker: .user, text: text)], voice: "slt")
        conversation.output = .text
        #expect(try await collect(SpeakResponder(), conversation) == [.text(text)])
    }

    @Test func whatCannotBeReadIsATypedError() async {
        for text in ["", " \n\t"] {
            await #expect(throws: ResponderError.noText(responder: "speak")) { try await read(text) }
        }
        for text in ["😀🎉", "...", "ᚠᚢᚦ", "٣"] {
            await #expect(throws: ResponderError.unspeakable(text: text)) { try await read(text) }
        }
        await #expect(throws: ResponderError.textTooLong(bytes: 500_000, limit: 400_000)) {
            try await read(String(repeating: "word ", count: 100_000))
        }
        await #expect(throws: ResponderError.self) { try await read("Hello.", voice: "nobody") }
        await #expect(throws: ResponderError.nothingToAnswer) {
            try await collect(SpeakResponder(), Conversation(turns: [], voice: "slt"))
        }
    }

    @Test(arguments: ["slt", VoiceCatalog.standard.voices.last?.name ?? "slt"])
    func aCancelledReadingStopsAtTheNextPiece(voice: String) async throws {
        let sentence = "This is a sentence that goes on for some seconds and is not to be heard to its end"
        let conversation = Conversation(turns: [Turn(speaker: .user, text: sentence)], voice: voice)
        let whole = try await collect(SpeakResponder(), conversation).reduce(0) { $0 + $1.sampleCount }
        let task = Task {
            var heard = 0
            do {
                for try await piece in try SpeakResponder().respond(to: conversation) {
                    heard += piece.sampleCount
                    if heard > 0 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            } catch is CancellationError {}
            return heard
        }
        #expect(try await task.value < whole / 2)
        // The engine is free for the next.
        #expect(try await read("Hello.", voice: voice).contains { $0.sampleCount > 0 })
    }

    @Test func theEngineStopsWhenNobodyWantsMore() async throws {
        let counter = Counter()
        let text = SpeakableText("This sentence is stopped after its first piece of sound, long before its end.")
        let voice = try VoiceCatalog.standard.voice(named: "slt")
        try await FliteEngine.shared.speak(text, as: voice) { _ in counter.add() < 2 }
        #expect(counter.count == 2)
    }

    @Test func twelveSpeakAtOnce() async throws {
        let counts = try await withThrowingTaskGroup(of: (String, Int).self) { group in
            for session in 0..<12 {
                let voice = VoiceCatalog.standard.voices[session % min(VoiceCatalog.standard.voices.count, 4)].name
                group.addTask {
                    let text = "Session number \(session) speaks. It says this sentence too."
                    let pieces = try await read(text, voice: voice)
                    return (pieces.map(\.words).joined(), pieces.reduce(0) { $0 + $1.sampleCount })
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(counts.count == 12)
        #expect(counts.values.allSatisfy { $0 > 48_000 && $0 < 240_000 })
    }

    @Test func autoEchoesSpeechAndReadsText() async throws {
        let spoken = Turn(speaker: .user, text: "hm", speech: [1, 2, 3])
        let typed = Turn(speaker: .user, text: "Hello.")
        let echoed = try await collect(AutoResponder(), Conversation(turns: [typed, spoken], voice: "slt"))
        #expect(echoed == [.transcript("hm"), .speech([1, 2, 3])])
        let said = try await collect(AutoResponder(), Conversation(turns: [spoken, typed], voice: "slt"))
        #expect(said.first == .transcript("Hello."))
        #expect(seconds(said) > 0.3)
    }

    private static let greetings = [
        "en": "Good morning, my name is Mira.", "cmn": "早上好，我叫米拉。", "yue": "早晨，我叫米拉。",
        "ko": "안녕하세요, 만나서 반갑습니다.", "hi": "नमस्ते, आप कैसे हैं?", "ar": "مرحبا، كيف حالك؟",
        "ru": "Здравствуйте, как дела?", "es": "Buenos días, ¿cómo estás?", "fr": "Bonjour, comment allez-vous?",
        "de": "Guten Tag, schön dich zu sehen.", "it": "Buongiorno, come stai oggi?", "pt": "Bom dia, como você está?",
        "nl": "Goedemorgen, hoe gaat het?", "pl": "Dzień dobry, jak się masz?", "sv": "God morgon, hur mår du?",
        "tr": "Merhaba, nasılsın?", "vi": "Xin chào, bạn khỏe không?", "id": "Selamat pagi, apa kabar?",
        "uk": "Добрий день, як справи?", "el": "Καλημέρα, τι κάνεις;", "he": "שלום, מה שלומך?",
        "fa": "سلام، حال شما چطور است؟", "bn": "আপনি কেমন আছেন?", "ta": "வணக்கம், எப்படி இருக்கிறீர்கள்?",
        "te": "నమస్కారం మీరు ఎలా ఉన్నారు", "ka": "გამარჯობა, როგორ ხარ?",
    ]
}

/// Counts from any thread.
private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
