import Foundation

/// What `torch.save` wrote before PyTorch 1.6, and does with `_use_new_zipfile_serialization=False`: a magic number, a
/// version, facts of the machine, what was saved, and the names of the storages, each a pickle; then the storages.
struct TorchSequence {
    /// What was saved.
    let pickle: Pickle
    /// The numbers by name.
    let storages: [String: Data]

    private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

    /// - Throws: ``TorchFileError``, ``PickleError``.
    init(_ data: Data) throws {
        let head = Array(data.prefix(Pickle.mostBytes))
        guard let (magic, afterMagic) = try? PickleMachine.read(head),
            case .longInteger(let number) = magic[magic.root], number.elementsEqual(Self.magic)
        else { throw TorchFileError.unknown }
        let (_, afterVersion) = try PickleMachine.read(head, at: afterMagic)
        let (_, afterMachine) = try PickleMachine.read(head, at: afterVersion)
        let (pickle, afterPickle) = try PickleMachine.read(head, at: afterMachine)
        let (names, afterNames) = try PickleMachine.read(head, at: afterPickle)

        var numbers: [String: TorchNumber] = [:]
        for reference in pickle.references {
            guard let storage = TorchStorage(reference, in: pickle) else { continue }
            numbers[storage.key] = storage.number
        }
        var storages: [String: Data] = [:]
        var position = afterNames
        for name in try names.items(names.root, at: "", expected: "the names of storages") {
            guard case .text(let name) = names[name], let number = numbers[name], data.count - position >= 8 else {
                throw PickleError.truncated(offset: position)
            }
            var size = ByteCursor(Array(data[position..<(position + 8)]))
            let (count, overflows) = try size.integer(Int.self).multipliedReportingOverflow(by: number.size)
            position += 8
            guard !overflows, count >= 0, count <= data.count - position else {
                throw PickleError.truncated(offset: data.count)
            }
            storages[name] = data[position..<(position + count)]
            position += count
        }
        self.pickle = pickle
        self.storages = storages
    }
}
