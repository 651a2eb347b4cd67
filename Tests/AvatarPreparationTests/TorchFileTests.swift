import Foundation
import TestSupport
import Testing

@testable import AvatarPreparation

@Suite(.timeLimit(.minutes(10))) struct TorchFileTests {
    private struct Read: Equatable {
        var shape: [Int]
        var floats: [Float]?
    }

    private static func tensors(_ bytes: [UInt8]) throws -> [Read] {
        let file = try TorchFile(Data(bytes))
        let items = try file.pickle.items(file.pickle.root, at: "", expected: "a list")
        return try items.enumerated().map { index, item in
            let tensor = try file.tensor(item, at: "[\(index)]")
            return Read(shape: tensor.shape, floats: tensor.floats())
        }
    }

    @Test(arguments: ["tensors.pt", "tensors-legacy.pt"])
    func everyFormatReadsTheSame(name: String) throws {
        let tensors = try Self.tensors(Fixture.bytes(name))
        let square = Read(shape: [2, 3], floats: [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
        #expect(tensors[..<4] == [square, square, square, square])
        #expect(tensors[4] == Read(shape: [3, 2], floats: [-0.5, 0.25, -0.25, 0.5, 0, 0.75]))
        #expect(tensors[5] == Read(shape: [2, 2], floats: [-0.25, 0, 0.5, 0.75]))
        #expect(tensors[6...] == [square, Read(shape: [0, 3], floats: [])])
    }

    @Test(.enabled(if: Recording.english.exists))
    func aCheckpointOfMuseTalksReads() throws {
        let url = Recording.english.url.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "musetalk-mini/musetalkV15/unet.pth")
        let file = try TorchFile(Data(contentsOf: url, options: .mappedIfSafe))
        guard case .dictionary(let entries) = file.pickle[file.pickle.root] else {
            Issue.record("no dictionary")
            return
        }
        let tensors = try stride(from: 1, to: entries.count, by: 2).map { try file.tensor(entries[$0], at: "[\($0)]") }
        #expect(tensors.count == 684)
        #expect(tensors.reduce(0) { $0 + $1.shape.reduce(1, *) } == 3_832_100)
        let first = try #require(tensors.first)
        let floats = try #require(first.floats())
        #expect(first.shape == [32, 8, 3, 3])
        #expect(abs(floats.reduce(0) { $0 + Double($1) } - -0.6964) < 1e-4)
    }

    @Test(arguments: ["tensors.pt", "tensors-legacy.pt"])
    func aFileThatBreaksOffIsRefused(name: String) throws {
        let bytes = try Fixture.bytes(name)
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: TorchFileError.self) { try Self.tensors(Array(bytes[..<count])) }
        }
    }

    @Test func aChangedNumberIsNoticed() throws {
        var bytes = try Fixture.bytes("tensors.pt")
        let half: [UInt8] = [0, 0, 0, 0xBF]
        let position = try #require((0..<(bytes.count - 4)).first { bytes[$0..<($0 + 4)].elementsEqual(half) })
        bytes[position] ^= 1
        let error = #expect(throws: TorchFileError.self) { try Self.tensors(bytes) }
        #expect(error?.description.contains("checksum of tensors/data/0") == true)
    }

    @Test func anArchiveWithoutAPickleAndOneOfAnotherByteOrderAreRefused() throws {
        let other = StoredZipWriter.archive([("words.txt", Array("hello".utf8))])
        #expect(throws: TorchFileError.archive(.missing(name: "data.pkl"))) { try TorchFile(Data(other)) }
        let big = StoredZipWriter.archive([("l/data.pkl", Array("].".utf8)), ("l/byteorder", Array("big".utf8))])
        #expect(throws: TorchFileError.byteOrder("big")) { try TorchFile(Data(big)) }
        #expect(throws: TorchFileError.unknown) { try TorchFile(Data("What is this?".utf8)) }
        #expect(throws: TorchFileError.unknown) { try TorchFile(Data()) }
    }

    @Test(arguments: [
        (shape: [1 << 40, 1 << 40], strides: [0, 0]), ([3], [1]), ([2, 2], [1, 1 << 62]), ([2], [-1]), ([2, 1], [1]),
    ])
    func aTensorBeyondItsNumbersIsRefused(shape: [Int], strides: [Int]) {
        let storage = Data(count: 8)
        #expect(TorchTensor(number: .float, shape: shape, strides: strides, offset: 0, storage: storage) == nil)
        #expect(TorchTensor(number: .float, shape: [2], strides: [1], offset: -1, storage: storage) == nil)
        #expect(TorchTensor(number: .float, shape: [2], strides: [1], offset: 0, storage: storage) != nil)
    }

    /// An archive has checksums: damage is noticed, or it hit nothing that counts.
    @Test func damagedArchivesNeverCrashAndNeverLie() throws {
        let bytes = try Fixture.bytes("tensors.pt")
        let tensors = try Self.tensors(bytes)
        var generator = SeededGenerator(seed: 1)
        for round in 0..<2_000 {
            do {
                #expect(try Self.tensors(bytes.damaged(by: &generator)) == tensors, "round \(round)")
            } catch {
                #expect(error is TorchFileError || error is PickleError, "round \(round): \(error)")
            }
        }
    }

    @Test func damagedSequencesNeverCrash() throws {
        let bytes = try Fixture.bytes("tensors-legacy.pt")
        var generator = SeededGenerator(seed: 2)
        for round in 0..<2_000 {
            do {
                _ = try Self.tensors(bytes.damaged(by: &generator))
            } catch {
                #expect(error is TorchFileError || error is PickleError, "round \(round): \(error)")
            }
        }
    }
}
