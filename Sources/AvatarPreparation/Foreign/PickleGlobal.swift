/// The Python names that the files of a prepared avatar refer to. A pickle that refers to any other is refused.
///
/// None of them is ever called: a call stays a ``PickleNode/call(_:arguments:state:)`` that somebody may look at.
enum PickleGlobal: Equatable, Sendable {
    /// `numpy.…multiarray.scalar(dtype, bytes)`: one number.
    case numpyScalar
    /// `numpy.dtype(code, align, copy)`, whose state has the byte order.
    case numpyType
    /// `numpy.…multiarray._reconstruct(…)`, whose state has shape and contents.
    case numpyReconstruct
    /// `numpy.…numeric._frombuffer(bytes, dtype, shape, order)`: an array of protocol 5.
    case numpyFromBuffer
    /// `numpy.ndarray`, an argument of ``numpyReconstruct``.
    case numpyArray
    /// `_codecs.encode(text, "latin1")`: bytes, in protocols that have none.
    case encode
    /// `collections.OrderedDict()`.
    case orderedDictionary
    /// `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`.
    case rebuildTensor
    /// `torch.…Storage`: the type of a tensor's numbers.
    case storage(TorchNumber)

    /// The name that `module` and `name` spell; nil for one that is not on the list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"): self = .numpyScalar
        case ("numpy", "dtype"): self = .numpyType
        case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
            self = .numpyReconstruct
        case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"): self = .numpyFromBuffer
        case ("numpy", "ndarray"): self = .numpyArray
        case ("_codecs", "encode"): self = .encode
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch", let name):
            guard let number = TorchNumber(storage: name) else { return nil }
            self = .storage(number)
        default: return nil
        }
    }
}
