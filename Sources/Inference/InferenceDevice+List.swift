public import Hardware

extension InferenceDevice {
    /// Reads the names of several devices, e.g. `cuda:0,cuda:1` or `cpu:0-1,cpu:2-3`.
    /// - Parameters:
    ///   - names: one or more, separated by commas.
    ///   - machine: the cores that there are.
    /// - Throws: ``InferenceError/unknownDevice(_:)``, ``InferenceError/deviceUnavailable(_:reason:)`` where cores are
    ///   missing, or ``InferenceError/devicesOverlap(_:_:)`` where two would share a GPU or a core.
    public static func list(
        _ names: String, on machine: CoreAffinity = .ofProcess
    ) throws(InferenceError) -> [InferenceDevice] {
        var devices: [InferenceDevice] = []
        for name in names.split(separator: ",", omittingEmptySubsequences: false) {
            let device = try InferenceDevice(String(name))
            try device.checkCores(on: machine)
            if let other = devices.first(where: device.overlaps) { throw .devicesOverlap(other, device) }
            devices.append(device)
        }
        return devices
    }

    /// Whether two devices would share a GPU or a core.
    func overlaps(_ other: InferenceDevice) -> Bool {
        guard gpu == nil, other.gpu == nil else { return gpu == other.gpu }
        guard let cores, let others = other.cores else { return true }
        return cores.overlaps(others)
    }

    /// - Throws: ``InferenceError/deviceUnavailable(_:reason:)`` if one of its cores is not there.
    func checkCores(on machine: CoreAffinity = .ofProcess) throws(InferenceError) {
        guard let cores, let missing = cores.first(where: { !machine.contains($0) }) else { return }
        throw .deviceUnavailable(self, reason: "there is no core \(missing); this process has the cores \(machine)")
    }

    /// Keeps the calling thread on the device's cores during the call, and for good those that the call starts.
    ///
    /// That is how a graph's own threads are confined: the library starts them while it loads the graph, and counts
    /// whoever runs the graph as one of them. Its option `session.intra_op_thread_affinities` leaves the latter out, and
    /// numbers cores its own way.
    /// - Throws: what `body` throws, or ``InferenceError/deviceUnavailable(_:reason:)``.
    func confining<Result>(_ body: () throws(InferenceError) -> Result) throws(InferenceError) -> Result {
        guard let cores else { return try body() }
        let before = CoreAffinity.ofThread
        guard CoreAffinity(cores).confineThread() else {
            throw .deviceUnavailable(
                self, reason: "the system denies its cores; this process has the cores \(CoreAffinity.ofProcess)")
        }
        defer { _ = before.confineThread() }
        return try body()
    }
}
