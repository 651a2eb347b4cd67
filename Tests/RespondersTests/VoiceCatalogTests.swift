import Testing

@testable import Responders

@Suite(.timeLimit(.minutes(10))) struct VoiceCatalogTests {
    private let catalog = VoiceCatalog.standard

    private func reader(of text: String, chosen: String = VoiceCatalog.defaultVoice) throws -> String? {
        catalog.voice(for: SpeakableText(text), chosen: try catalog.voice(named: chosen))?.name
    }

    @Test func namesAreUniqueAndTheDefaultIsAmongThem() throws {
        #expect(Set(catalog.voices.map(\.name)).count == catalog.voices.count)
        #expect(try catalog.voice(named: VoiceCatalog.defaultVoice).language == "en-US")
    }

    @Test func anUnknownNameIsAnErrorThatNamesTheKnown() {
        let error = #expect(throws: ResponderError.self) { try catalog.voice(named: "alloy") }
        #expect(error?.description.contains("\"alloy\"") == true)
        #expect(error?.description.contains("slt") == true)
    }

    @Test func nobodyReadsWhatCannotBeSaid() throws {
        for text in ["", " \n", "…!", "😀 👍🏽", "\u{0}\u{7}"] { #expect(try reader(of: text) == nil) }
        // No voice knows these letters.
        #expect(try reader(of: "ᚠᚢᚦᚨᚱᚲ") == nil)
    }

    @Test func numbersAreReadByTheChosenVoice() throws {
        #expect(try reader(of: "1 + 2 = 3", chosen: "rms") == "rms")
    }

    #if ESpeakNG
        @Test(arguments: [
            ("Hello", "slt", "slt"), ("Hello", "rms", "rms"), ("Hello", "cmn", "slt"), ("你好", "slt", "cmn"),
            ("你好", "yue", "yue"), ("我用 Swift 写代码", "slt", "cmn"), ("Hola", "es", "es"), ("Привет", "slt", "ru"),
            ("Привіт", "uk", "uk"), ("안녕하세요", "slt", "ko"), ("नमस्ते", "slt", "hi"), ("مرحبا", "slt", "ar"),
            ("The word 好 means good", "slt", "slt"),
        ])
        func aVoiceThatKnowsTheLettersReads(text: String, chosen: String, expected: String) throws {
            #expect(try reader(of: text, chosen: chosen) == expected)
        }

        @Test func japaneseHasNoVoice() throws { #expect(try reader(of: "今日は天気がいい") == nil) }

        @Test func latinWordsInMandarinAreEnglish() throws {
            let runs = ESpeakEngine.runs(of: "我用 Swift 6 写代码。", as: try catalog.voice(named: "cmn"))
            #expect(runs.map(\.text) == ["我用 ", "Swift 6 ", "写代码。"])
            #expect(runs.map(\.voice) == ["cmn-latn-pinyin+f2", "en-us+f2", "cmn-latn-pinyin+f2"])
        }
    #endif
}
