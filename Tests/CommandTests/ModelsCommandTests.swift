import ArgumentParser
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(1))) struct ModelsCommandTests {
    /// What the command line says to `arguments`; nil if it takes them.
    private func complaint(_ arguments: String...) -> String? {
        do {
            _ = try ModelsCommand.parseAsRoot(arguments)
            return nil
        } catch {
            return ModelsCommand.message(for: error)
        }
    }

    @Test func weightsComeFromOnePlace() throws {
        #expect(complaint("import")?.contains("--from DIR") == true)
        #expect(complaint("import", "--from", "a", "--random-weights", "full")?.contains("--from DIR") == true)
        #expect(complaint("import", "--from", "a") == nil)
        #expect(complaint("import", "--random-weights", "mini", "--precision", "fp16") == nil)
    }

    @Test func whatIsNotKnownIsSaidWithWhatIs() {
        #expect(complaint("import", "--random-weights", "huge")?.contains("full") == true)
        #expect(complaint("import", "--from", "a", "--precision", "int4")?.contains("fp16") == true)
        #expect(complaint("import", "--from", "a", "--model-version", "2")?.contains("1.5 or 1.0") == true)
    }

    @Test(arguments: ["ftp://example.org", "example.org", "http://", ""])
    func aMirrorIsAWebAddress(_ base: String) {
        #expect(complaint("pull", "musetalk-1.5", "--base-url", base)?.contains("expected a URL") == true)
    }

    @Test func theBarSaysHowMuchIsThere() {
        let half = ModelsProgress.line("unet.pth", bytes: 1_700_000_000, of: 3_400_000_000)
        #expect(half.hasPrefix("███████████████░░░░░░░░░░░░░░░ 50%"))
        #expect(half.hasSuffix("1.70 GB of 3.40 GB  unet.pth"))
        #expect(ModelsProgress.line("config.json", bytes: 547, of: nil) == "1 kB  config.json")
        #expect(ProgressLine.bar(1.5).hasSuffix("█ 100%"))
    }
}
