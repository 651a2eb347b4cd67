import Foundation
import TestSupport
import Testing

/// A file server in a process of its own that misbehaves as told; see `FaultyServer/faulty_server.py`.
final class FaultyServer: Sendable {
    /// What can go wrong.
    enum Fault: String, CaseIterable {
        case nothing
        /// The connection ends after a third of the file, each time.
        case cut
        /// As ``cut`` once, and the rest of a file is not to be had.
        case forgetful
        /// The first two answers are 503.
        case busy
        /// The file is elsewhere, and its sum is said.
        case redirect
        /// The bytes are others.
        case liar
        /// The connection ends before the first byte.
        case mute
    }

    /// Where it serves from.
    let folder: TemporaryFolder
    private let process: ChildProcess
    private let port: Int

    init(files: [String: Data]) throws {
        folder = try TemporaryFolder()
        for (name, data) in files { try folder.file("files/\(name)", data) }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "FaultyServer/faulty_server.py")
        let portFile = folder.url.appending(path: "port")
        process = try ChildProcess(
            URL(filePath: "/usr/bin/python3"),
            ["-B", script.path, folder.url.appending(path: "files").path, portFile.path],
            output: folder.url.appending(path: "requests"))
        var found: Int?
        while found == nil, process.isRunning {
            found = (try? String(contentsOf: portFile, encoding: .utf8)).flatMap { Int($0) }
            if found == nil { usleep(10_000) }
        }
        port = try #require(found)
    }

    /// What paths are relative to, to see a fault.
    func base(_ fault: Fault) throws -> URL {
        try #require(URL(string: "http://127.0.0.1:\(port)/\(fault.rawValue)"))
    }

    /// The requests so far: path and Range.
    var requests: [String] {
        let lines = (try? String(contentsOf: folder.url.appending(path: "requests"), encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").map(String.init)
    }

    deinit { process.terminate() }
}
