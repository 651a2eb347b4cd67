import Testing

@testable import Hardware

struct CoreAffinityTests {
    @Test(arguments: [
        ([], ""), ([0], "0"), ([0, 1], "0-1"), ([3, 1, 0, 8], "0-1,3,8"), ([63, 64, 65, 1023], "63-65,1023"),
    ])
    func coresAreWrittenAsTheSystemDoes(cores: [Int], text: String) {
        #expect(CoreAffinity(cores).description == text)
        #expect(CoreAffinity(cores).cores == cores.sorted())
    }

    @Test func numbersThatNoCoreHasAreLeftOut() {
        #expect(CoreAffinity([-1, 2, 1024, .max]).cores == [2])
        #expect(!CoreAffinity([2]).contains(-1) && !CoreAffinity([2]).contains(.max))
    }

    @Test func aThreadStaysWhereItIsConfined() throws {
        let before = CoreAffinity.ofThread
        defer { _ = before.confineThread() }
        let core = try #require(CoreAffinity.ofProcess.cores.last)
        #expect(CoreAffinity([core]).confineThread())
        #expect(CoreAffinity.ofThread.cores == [core])
        #expect(!CoreAffinity([CoreAffinity.largestCore]).confineThread(), "no machine of ours has that many")
        #expect(CoreAffinity.ofThread.cores == [core])
    }
}
