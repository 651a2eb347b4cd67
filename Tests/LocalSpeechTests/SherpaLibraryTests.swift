import Foundation
import SherpaONNX
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct SherpaLibraryTests {
    @Test func whatIsNamedIsOpenedAndNothingElse() {
        let error = #expect(throws: SherpaError.self) {
            try SherpaLibrary(environment: [SherpaLibrary.variable: "/nowhere"])
        }
        guard case .libraryUnusable("/nowhere", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func anotherLibraryIsRefused() {
        let error = #expect(throws: SherpaError.self) {
            try SherpaLibrary(environment: [SherpaLibrary.variable: "libm.so.6"])
        }
        #expect("\(String(describing: error))".contains("has no function SherpaOnnx"))
    }
}
