import Responders
import Testing

@Suite(.timeLimit(.minutes(1))) struct SentenceTests {
    @Test(arguments: [
        ("it is gone", "it is gone."), ("it failed: The model is ill.", "it failed: The model is ill."),
        ("它说：请稍候。", "它说：请稍候。"), ("why?", "why?"),
    ])
    func whatIsASentenceGetsNoSecondStop(words: String, sentence: String) {
        #expect(words.sentence == sentence)
    }
}
