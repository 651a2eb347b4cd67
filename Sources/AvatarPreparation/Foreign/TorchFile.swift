import Foundation

/// A file that `torch.save` wrote: a pickle, and beside it the numbers of its tensors.
///
/// Reads the archive that PyTorch writes since 1.6, and the older sequence of pickles. Sources: PyTorch's
/// `torch/serialization.py` and `caffe2/serialize/inline_container.h`.
struct TorchFile: Sendable {
    /// What was saved, with a ``PickleNode/call(_:arguments:state:)`` of ``PickleGlobal/rebuildTensor`` for each tensor.
    let pickle: Pickle
    private let storages: Storages

    private enum Storages: Sendable {
        case archive(StoredZip, folder: String)
        case sequence([String: Data])
    }

    /// Reads a file; the numbers of its tensors stay where they are.
    /// - Parameter data: the whole file, best mapped; its indices start at 0.
    /// - Throws: ``TorchFileError``.
    init(_ data: Data) throws(TorchFileError) {
        do {
            if StoredZip.begins(data) {
                let archive = try StoredZip(data)
                let pickles = archive.names.filter { $0.hasSuffix("/data.pkl") }
                guard pickles.count == 1, let name = pickles.first else {
                    throw StoredZipError.missing(name: "data.pkl")
                }
                let folder = String(name.dropLast("data.pkl".count))
                if archive.names.contains(folder + "byteorder") {
                    let order = String(decoding: try archive.contents(of: folder + "byteorder"), as: UTF8.self)
                    guard order == "little" else { throw TorchFileError.byteOrder(order) }
                }
                pickle = try Pickle(Array(archive.contents(of: name)))
                storages = .archive(archive, folder: folder)
            } else {
                let sequence = try TorchSequence(data)
                pickle = sequence.pickle
                storages = .sequence(sequence.storages)
            }
        } catch {
            throw TorchFileError(error)
        }
    }

    /// The tensors of a file that holds a list of them, all of one shape.
    /// - Throws: ``TorchFileError``.
    func tensors(shape: [Int]) throws(TorchFileError) -> [TorchTensor] {
        let items: [Pickle.Reference]
        do {
            items = try pickle.items(pickle.root, at: "", expected: "a list of tensors")
        } catch {
            throw .pickle(error)
        }
        var tensors: [TorchTensor] = []
        for (index, item) in items.enumerated() {
            let tensor = try tensor(item, at: "[\(index)]")
            guard tensor.shape == shape else {
                let found = "a tensor of \(tensor.shape)"
                throw .pickle(.unexpected(path: "[\(index)]", found: found, expected: "one of \(shape)"))
            }
            tensors.append(tensor)
        }
        return tensors
    }

    /// A tensor in ``pickle``.
    /// - Parameter path: where it lies, for the error.
    /// - Throws: ``TorchFileError``.
    func tensor(_ reference: Pickle.Reference, at path: String) throws(TorchFileError) -> TorchTensor {
        let tensor: TorchTensor?
        do {
            guard case .call(.rebuildTensor, let arguments, _) = pickle[reference] else {
                throw PickleError.unexpected(path: path, found: pickle[reference].kind, expected: "a tensor")
            }
            let parts = try pickle.items(arguments, at: path, expected: "a tensor's parts")
            guard parts.count >= 4, let storage = TorchStorage(parts[0], in: pickle) else {
                throw PickleError.unexpected(path: path, found: "a tensor of an unknown form", expected: "a tensor")
            }
            tensor = TorchTensor(
                number: storage.number, shape: try row(parts[2], at: path), strides: try row(parts[3], at: path),
                offset: pickle.number(parts[1]).flatMap { Int(exactly: $0) } ?? -1, storage: try contents(of: storage))
        } catch {
            throw TorchFileError(error)
        }
        guard let tensor else { throw .beyondStorage(path: path) }
        return tensor
    }

    private func row(_ reference: Pickle.Reference, at path: String) throws(PickleError) -> [Int] {
        let count = try pickle.items(reference, at: path, expected: "the size of a tensor").count
        return try pickle.wholeNumbers(count, reference, at: path, expected: "the size of a tensor")
    }

    private func contents(of storage: TorchStorage) throws -> Data {
        switch storages {
        case .archive(let archive, let folder): return try archive.contents(of: folder + "data/" + storage.key)
        case .sequence(let storages):
            guard let data = storages[storage.key] else { throw StoredZipError.missing(name: storage.key) }
            return data
        }
    }
}

/// What a pickle says of a storage.
struct TorchStorage {
    /// The type of its numbers.
    var number: TorchNumber
    /// Its name in the file.
    var key: String

    /// Reads ("storage", type, key, device, count); nil for anything else.
    init?(_ reference: Pickle.Reference, in pickle: Pickle) {
        guard case .persistent(let id) = pickle[reference], case .tuple(let parts) = pickle[id], parts.count >= 5,
            case .text("storage") = pickle[parts[0]], case .global(.storage(let number)) = pickle[parts[1]],
            case .text(let key) = pickle[parts[2]]
        else { return nil }
        self.number = number
        self.key = key
    }
}

/// Why a file of PyTorch's cannot be read.
public enum TorchFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is neither an archive nor a sequence of pickles.
    case unknown
    /// Its pickle cannot be read.
    case pickle(PickleError)
    /// Its archive cannot be read.
    case archive(StoredZipError)
    /// It comes from a machine with another order of bytes.
    case byteOrder(String)
    /// A tensor refers to numbers that the file does not have.
    case beyondStorage(path: String)

    /// Says of what is wrong with a part that it is wrong with the file.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as TorchFileError: error
            case let error as StoredZipError: .archive(error)
            case let error as PickleError: .pickle(error)
            default: .unknown
            }
    }

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .unknown: "is no file of PyTorch's; expected what torch.save writes"
        case .pickle(let error): error.description
        case .archive(let error): error.description
        case .byteOrder(let order):
            "has \(order.prefix(16).debugDescription) numbers; expected \"little\"; save it again on a PC"
        case .beyondStorage(let path): "at \(path) has a tensor beyond its numbers; copy the file again"
        }
    }
}
