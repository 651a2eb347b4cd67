public import Hardware

extension InferenceDevice {
    /// What its memory and utilisation are read from.
    public var hardware: HardwareDevice { gpu.map { .gpu($0) } ?? .processor(cores: cores) }
}
