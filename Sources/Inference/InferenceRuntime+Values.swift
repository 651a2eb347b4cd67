import CONNXRuntime

extension InferenceRuntime {
    /// A tensor of the library's over memory that has to outlive it.
    /// - Parameter device: whose memory it is.
    func value(
        over memory: UnsafeMutableRawPointer, of device: InferenceDevice = .cpu, byteCount: Int, shape: [Int],
        _ type: ElementType
    ) throws(InferenceError) -> Handle {
        let table = api.pointee
        let info = try memoryInfo(for: device)
        return try make(table.release_value, doing: "making a tensor") {
            table.create_tensor_over(
                info.pointer, memory, byteCount, shape.map(Int64.init), shape.count, type.rawValue, &$0)
        }
    }

    /// The library's description of a device's memory.
    func memoryInfo(for device: InferenceDevice) throws(InferenceError) -> Handle {
        let table = api.pointee
        return try make(table.release_memory_info, doing: "describing the memory of \(device)") {
            table.create_memory_info(
                device.gpu == nil ? "Cpu" : "Cuda", Int32(ORT_ALLOCATE_FROM_DEVICE), Int32(device.gpu ?? 0),
                Int32(ORT_MEMORY_DEFAULT), &$0)
        }
    }
}
