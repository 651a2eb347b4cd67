/// What has memory of its own to run out of.
public enum HardwareDevice: Hashable, Sendable {
    /// The processor with the machine's memory.
    /// - Parameter cores: those whose work counts; nil for all that the process may use.
    case processor(cores: ClosedRange<Int>?)
    /// A GPU of NVIDIA's.
    /// - Parameter number: as CUDA counts those that `CUDA_VISIBLE_DEVICES` shows, in the order of the bus, which is
    ///   that of `nvidia-smi` (`CUDA_DEVICE_ORDER=PCI_BUS_ID`).
    case gpu(Int)
}
