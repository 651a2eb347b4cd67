import Foundation

/// Fetches one file, goes on where it was interrupted, and checks what came.
struct Download {
    /// A file that is there.
    struct Outcome: Equatable {
        var bytes: Int
        var sha256: String
        /// Who says that this is the right sum.
        var isVouchedForBy: PulledFile.Voucher
    }

    let url: URL
    /// Where it goes; until it is complete it is beside that, with `.part` at its end.
    let file: URL
    let bytes: Int?
    let sha256: String?
    var patience = Patience()

    private var part: URL { file.appendingPathExtension("part") }
    /// The sum that the server said, for the next run.
    private var said: URL { file.appendingPathExtension("sha256") }

    /// Fetches what is missing.
    /// - Parameter onProgress: is called with the bytes that are there, and with the length of the file where known.
    /// - Throws: ``ModelError``, or `CancellationError`.
    func run(onProgress: (_ done: Int, _ total: Int?) -> Void) async throws -> Outcome {
        let saidBefore = try? String(contentsOf: said, encoding: .utf8)
        if let outcome = try? checked(file, serverSum: saidBefore) { return outcome }
        try attempt("the folder cannot be made") {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        }
        let serverSum = try await fetch(onProgress: onProgress)
        do {
            let outcome = try checked(part, serverSum: serverSum)
            try attempt("cannot be put in place") {
                try? FileManager.default.removeItem(at: file)
                try FileManager.default.moveItem(at: part, to: file)
                if sha256 == nil, let serverSum { try Data(serverSum.utf8).write(to: said) }
            }
            return outcome
        } catch let error as ModelError {
            // What is wrong stays wrong however often it is continued.
            try? FileManager.default.removeItem(at: part)
            throw error
        }
    }

    /// Fills the part file; returns the sum that the server says.
    private func fetch(onProgress: (Int, Int?) -> Void) async throws -> String? {
        var patience = patience
        var serverSum: String?
        while true {
            let have = ModelDirectory.size(ofFile: part.path) ?? 0
            if let bytes, have == bytes { return serverSum }
            let reason: String
            do {
                switch try await ask(from: have, sum: &serverSum, onProgress: onProgress) {
                case nil: return serverSum
                case let words?: reason = words
                }
            } catch let error as ModelError {
                throw error
            } catch let error as URLError {
                reason = error.localizedDescription
            }
            try Task.checkCancellation()
            let hasProgressed = (ModelDirectory.size(ofFile: part.path) ?? 0) > have
            guard let pause = patience.next(hasProgressed: hasProgressed) else {
                throw ModelError.download(
                    url: url.absoluteString, reason: "\(reason); what has come is kept, and the next try goes on there")
            }
            try await Task.sleep(for: pause)
        }
    }

    /// One request. Nil if the file is complete, otherwise why it is not.
    private func ask(from have: Int, sum: inout String?, onProgress: (Int, Int?) -> Void) async throws -> String? {
        let resumption = Resumption(have: have)
        var done = have
        var total = bytes
        var output: FileHandle?
        defer { try? output?.close() }
        for try await event in Transfer(url: url, range: resumption.range).events() {
            switch event {
            case .redirected(let said): sum = said ?? sum
            case .response(let status, let contentRange, let length, let said):
                sum = sum ?? said
                switch resumption.verdict(status: status, contentRange: contentRange) {
                case .append: break
                case .replace: done = 0
                case .complete: return nil
                case .startOver:
                    try? FileManager.default.removeItem(at: part)
                    return "the server does not continue what it began"
                case .later(let reason): return reason
                case .never(let reason): throw ModelError.download(url: url.absoluteString, reason: reason)
                }
                total = length.map { done + $0 } ?? bytes
                output = try openPart(at: done)
            case .bytes(let data):
                try attempt("cannot be written") { try output?.write(contentsOf: data) }
                done += data.count
                onProgress(done, total)
            }
        }
        try Task.checkCancellation()
        guard let total, done < total else { return nil }
        return "the connection ended after \(done) of \(total) bytes"
    }

    private func openPart(at offset: Int) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: part.path) {
            _ = FileManager.default.createFile(atPath: part.path, contents: nil)
        }
        return try attempt("cannot be written") {
            let handle = try FileHandle(forWritingTo: part)
            try handle.truncate(atOffset: UInt64(offset))
            try handle.seek(toOffset: UInt64(offset))
            return handle
        }
    }

    /// - Throws: ``ModelError`` if the file at `place` is not the one that is wanted.
    private func checked(_ place: URL, serverSum: String?) throws -> Outcome {
        guard let size = ModelDirectory.size(ofFile: place.path) else { throw ModelError.missingFile(place.path) }
        if let bytes, size != bytes {
            throw ModelError.download(url: url.absoluteString, reason: "has \(size) bytes; expected \(bytes)")
        }
        let found = try SHA256.sum(ofFile: place)
        let wanted = sha256 ?? serverSum
        // A file of an earlier run that nobody vouches for is fetched again.
        if place == file, wanted == nil { throw ModelError.missingFile(place.path) }
        if let wanted, wanted != found {
            throw ModelError.wrongChecksum(file: url.absoluteString, found: found, expected: wanted)
        }
        return Outcome(
            bytes: size, sha256: found,
            isVouchedForBy: sha256 != nil ? .catalogue : serverSum != nil ? .server : .nobody)
    }

    private func attempt<Result>(_ problem: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw ModelError.file(file.path, reason: "\(problem): \(error.localizedDescription)")
        }
    }
}
