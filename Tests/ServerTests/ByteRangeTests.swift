@testable import Server
import Testing

@Suite(.timeLimit(.minutes(1))) struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-9", ByteRange.part(0...9)), ("bytes=90-", .part(90...99)), ("bytes=-10", .part(90...99)),
        ("BYTES=50-1000", .part(50...99)), ("bytes=-1000", .part(0...99)), ("bytes=99-99", .part(99...99)),
        ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
    ])
    func aPartIsUnderstood(header: String, range: ByteRange) {
        #expect(ByteRange(header, of: 100) == range)
    }

    @Test(arguments: [
        nil, "", "bytes=", "bytes=-", "bytes=9-0", "bytes=0-1,5-6", "bytes=a-b", "bytes=+1-2", "lines=0-9",
        "bytes=99999999999999999999-", "bytes=0-99999999999999999999",
    ])
    func whatIsNotUnderstoodIsTheWholeFile(header: String?) {
        #expect(ByteRange(header, of: 100) == .whole)
    }

    @Test func anEmptyFileHasNoParts() {
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", of: 0) == .unsatisfiable)
    }
}
