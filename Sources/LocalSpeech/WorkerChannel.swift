internal import Foundation
internal import Glibc

/// Messages between Visavis and a worker process over a socket: a kind, a length (32 bits, little-endian), bytes.
/// It blocks; each end has a thread of its own for it.
struct WorkerChannel {
    /// What a message is.
    enum Kind: UInt8 {
        /// To the worker: a turn, 16-bit samples at 24 kHz. Answered with `words`.
        case hear
        /// To the worker: a ``SpeechOrder``. Answered with any number of `speech`, and `done`.
        case say
        /// To the worker, after each `speech`: go on, or stop and say `done`.
        case goOn, stop
        /// From the worker: the model is loaded, with a ``WorkerGreeting``.
        case ready
        /// From the worker: what was recognised, in UTF-8.
        case words
        /// From the worker: 16-bit samples at 24 kHz.
        case speech
        /// From the worker: everything has been said.
        case done
        /// From the worker: why it cannot do what it is asked, in UTF-8.
        case failed
    }

    let socket: Int32

    /// The largest message: ten minutes of sound and a little more.
    private static let limit = 64 << 20

    /// Sends a message; false if the other end is gone.
    func send(_ kind: Kind, _ bytes: some DataProtocol = Data()) -> Bool {
        var message = Data([kind.rawValue])
        withUnsafeBytes(of: UInt32(clamping: bytes.count).littleEndian) { message.append(contentsOf: $0) }
        message.append(contentsOf: bytes)
        return message.withUnsafeBytes { message in
            var sent = 0
            while sent < message.count {
                let rest = message.baseAddress?.advanced(by: sent)
                let count = Glibc.send(socket, rest, message.count - sent, Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Sends 16-bit samples.
    func send(_ kind: Kind, samples: [Int16]) -> Bool {
        samples.withUnsafeBytes { send(kind, Data($0)) }
    }

    /// The next message; nil if the other end is gone, or is silent for too long.
    func receive() -> (kind: Kind, bytes: Data)? {
        guard let head = read(5), let kind = Kind(rawValue: head[0]) else { return nil }
        let count = head[1...].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard count <= Self.limit, let bytes = read(count) else { return nil }
        return (kind, bytes)
    }

    private func read(_ count: Int) -> Data? {
        var bytes = Data(count: count)
        let isWhole = bytes.withUnsafeMutableBytes { bytes in
            var read = 0
            while read < count {
                let more = recv(socket, bytes.baseAddress?.advanced(by: read), count - read, 0)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { return false }
                read += more
            }
            return true
        }
        return isWhole ? bytes : nil
    }
}

extension Data {
    /// The 16-bit samples that it is made of.
    var samples: [Int16] {
        [Int16](unsafeUninitializedCapacity: count / 2) { samples, initialized in
            initialized = copyBytes(to: samples) / 2
        }
    }
}
