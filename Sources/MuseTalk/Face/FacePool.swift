import Batching
import Inference

/// Makes faces on several devices: an utterance on the one with most room, until that fails; then its jobs go on
/// elsewhere, and none is lost.
actor FacePool<Runner: BatchRunner>: FaceMaking where Runner.Work == FaceSlot {
    /// Where an utterance is.
    private struct Seat: Equatable {
        let device: Int
        let isFilm: Bool
        /// Its number there.
        let number: Task<FrameJob.Utterance, Never>
    }

    /// What each device can be asked.
    nonisolated let devices: [Device]
    /// The places of those who speak.
    nonisolated let places: SpeakingPlaces

    private let model: String
    private let report: @Sendable (FaceDeviceReport) -> Void
    private let origin = ContinuousClock.now
    private var placement: DevicePlacement
    private var capacities: [Double]
    /// Those that have not made a face since they failed.
    private var failed: Set<Int> = []
    private var lastFailure = ""
    private var seats: [FrameJob.Utterance: Seat] = [:]
    private var lastUtterance = 0

    /// Puts the parts together.
    /// - Parameters:
    ///   - devices: one at least, measured.
    ///   - model: the path of what they run.
    ///   - report: is told when a device fails, and when it works again.
    init(
        _ devices: [Device], model: String, places: SpeakingPlaces,
        report: @escaping @Sendable (FaceDeviceReport) -> Void
    ) async {
        self.devices = devices
        self.model = model
        self.places = places
        self.report = report
        placement = DevicePlacement(count: devices.count)
        capacities = [Double](repeating: 0, count: devices.count)
        await readCapacities()
    }

    func begin(isFilm: Bool) async throws -> FrameJob.Utterance {
        await readCapacities()
        lastUtterance += 1
        let utterance = lastUtterance
        seats[utterance] = try seat(isFilm: isFilm)
        return utterance
    }

    /// - Throws: also ``MuseTalkError/notFinite(model:)``, which has nothing to do with the rest of the batch, and what
    ///   the last device threw that could be tried.
    func make(
        _ slot: FaceSlot, in utterance: FrameJob.Utterance, isFirst: Bool, within slack: Duration?
    ) async throws -> Bool {
        let deadline = slack.map { now + $0 }
        while true {
            guard let seat = seats[utterance] else { throw CancellationError() }
            let number = await seat.number.value
            do {
                let outcome = try await devices[seat.device].batcher.make(
                    slot, in: number, isFirst: isFirst, within: deadline.map { $0 - now })
                guard outcome == .made else { return false }
            } catch is CancellationError {
                // Another of its jobs may have moved the utterance; this one follows.
                if seats[utterance] == seat { throw CancellationError() }
                continue
            } catch {
                try await leave(seat, of: utterance, because: error)
                continue
            }
            works(seat.device)
            guard slot.isFinite else { throw MuseTalkError.notFinite(model: model) }
            return true
        }
    }

    func end(_ utterance: FrameJob.Utterance) async {
        guard let seat = seats.removeValue(forKey: utterance) else { return }
        await devices[seat.device].batcher.end(seat.number.value)
    }
}

extension FacePool {
    private var now: Duration { ContinuousClock.now - origin }

    private func seat(isFilm: Bool) throws(MuseTalkError) -> Seat {
        let load = devices.indices.map { device in
            Double(1 + seats.values.count { $0.device == device }) / capacities[device]
        }
        guard let device = placement.place(load: load, at: now) else {
            throw .noDevice(
                reason: lastFailure, retryAfter: placement.nextTrial.map { max(.zero, $0 - now) } ?? .zero)
        }
        let batcher = devices[device].batcher
        return Seat(device: device, isFilm: isFilm, number: Task { await batcher.begin(isFilm: isFilm) })
    }

    /// Moves an utterance away from a device that has failed, unless it has gone already.
    /// - Throws: `error` if no device is left.
    private func leave(_ seat: Seat, of utterance: FrameJob.Utterance, because error: any Error) async throws {
        if placement.isUp(seat.device, at: now) {
            placement.failed(seat.device, at: now)
            failed.insert(seat.device)
            lastFailure = "\(error)"
            report(.failed(devices[seat.device].name, reason: lastFailure))
            tellCapacity()
        }
        guard seats[utterance] == seat else { return }
        guard let next = try? self.seat(isFilm: seat.isFilm) else { throw error }
        seats[utterance] = next
        await devices[seat.device].batcher.end(seat.number.value)
    }

    private func works(_ device: Int) {
        guard failed.remove(device) != nil else { return }
        placement.succeeded(device)
        report(.recovered(devices[device].name))
        tellCapacity()
    }

    private func readCapacities() async {
        for (index, device) in devices.enumerated() { capacities[index] = await device.batcher.capacity }
        tellCapacity()
    }

    private func tellCapacity() {
        places.setCapacity(devices.indices.filter { placement.isUp($0, at: now) }.reduce(0) { $0 + capacities[$1] })
    }
}
