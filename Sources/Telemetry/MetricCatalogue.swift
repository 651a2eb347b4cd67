/// Every metric of Visavis. All names stand here, and nowhere else; `docs/telemetry.md` explains them.
extension Metric {
    /// In the order in which they are scraped.
    public static let catalogue: [Metric] = [
        sessions, sessionsSpeaking, capacityRefused, avatarsLoaded,
        framesMade, framesLate, framesDropped, firstFrame, encoderTime, avSkew, responseStep, responseOwnShare,
        batchSize, batchSizeCurrent, queueWait, inferenceTime,
        deviceUp, deviceMemoryUsed, deviceMemoryTotal, deviceMemoryShare, deviceUtilisation, memoryAlarm, outOfMemory,
        receivedBytes, sentBytes, archivePending, archiveLost,
    ]

    // MARK: Sessions

    /// Connected clients.
    public static let sessions = Metric("visavis_sessions", .gauge, help: "Sessions that are connected.")
    /// Sessions that need frames now.
    public static let sessionsSpeaking = Metric(
        "visavis_sessions_speaking", .gauge, help: "Sessions for which an utterance is being made.")
    /// Avatars that take memory.
    public static let avatarsLoaded = Metric(
        "visavis_avatars_loaded", .gauge, help: "Avatars that are in memory: used, or let go soon.")
    /// Sessions and utterances that were turned away.
    public static let capacityRefused = Metric(
        "visavis_capacity_refused_total", .counter,
        help: "Sessions or utterances that were refused because the server had no capacity for them.")

    // MARK: Frames

    /// Frames of utterances, painted and encoded.
    public static let framesMade = Metric(
        "visavis_frames_made_total", .counter, labels: ["engine", "device"],
        help: "Frames of utterances that were painted and encoded.")
    /// Frames that came too late to be shown with their sound.
    public static let framesLate = Metric(
        "visavis_frames_late_total", .counter, labels: ["engine", "device"],
        help: "Frames that were sent after the instant at which their sound is heard.")
    /// Frames that were given up. `reason` is `deadline` (its mouth could not be made in time: the last good shape
    /// was shown) or `client` (the client reads too slowly).
    public static let framesDropped = Metric(
        "visavis_frames_dropped_total", .counter, labels: ["engine", "device", "reason"],
        help: "Frames that were given up, because of their deadline or of a client that reads too slowly.")
    /// From the request to the first frame.
    public static let firstFrame = Metric(
        "visavis_first_frame_seconds",
        .histogram(buckets: [
            0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10,
        ]),
        help: "Time from the start of a response until its first frame is sent.")
    /// From the user's last word to a step of the answer. `step` is one of `turn_committed`, `response_created`,
    /// `transcript`, `first_token`, `first_audio`, `first_frame_sent`, `first_frame_shown`.
    public static let responseStep = Metric(
        "visavis_response_step_seconds",
        .histogram(buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10, 20]),
        labels: ["step"],
        help: "Time from the user's last word to a step of the answer, the silence that ends a turn included.")
    /// What is our own of the time to the first frame.
    public static let responseOwnShare = Metric(
        "visavis_response_own_seconds",
        .histogram(buckets: [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.5, 1, 2, 5]),
        help: "Time from the user's last word to the first frame, less the silence that ends a turn and the wait for "
            + "services elsewhere.")
    /// One picture to H.264.
    public static let encoderTime = Metric(
        "visavis_encoder_seconds",
        .histogram(buckets: [
            0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.02, 0.04, 0.1,
        ]),
        help: "Time to compress one frame.")
    /// The magnitude of the skew that clients report.
    public static let avSkew = Metric(
        "visavis_av_skew_seconds",
        .histogram(buckets: [0.001, 0.002, 0.004, 0.006, 0.008, 0.01, 0.0125, 0.02, 0.04, 0.08, 0.16, 0.32, 1]),
        help: "How far apart picture and sound of a frame were, either way, as clients report it.")

    // MARK: Batches

    /// Frames in one batch.
    public static let batchSize = Metric(
        "visavis_batch_size", .histogram(buckets: [1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 48, 64]), labels: ["device"],
        help: "Frames in a batch.")
    /// The largest batch that the policy allows now.
    public static let batchSizeCurrent = Metric(
        "visavis_batch_size_current", .gauge, labels: ["device"],
        help: "The largest batch that the batch-size policy allows now.")
    /// How long frame jobs wait.
    public static let queueWait = Metric(
        "visavis_queue_wait_seconds",
        .histogram(buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]),
        labels: ["device"],
        help: "Time that a frame job waits for its batch.")
    /// One batch on the device.
    public static let inferenceTime = Metric(
        "visavis_inference_seconds",
        .histogram(buckets: [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10]),
        labels: ["device", "batch_size"],
        help: "Time that a batch takes on its device.")

    // MARK: Devices

    /// 1 while a device takes work.
    public static let deviceUp = Metric(
        "visavis_device_up", .gauge, labels: ["device"], help: "1 while the device takes work, 0 while it has failed.")
    /// Memory that is used, by whomever.
    public static let deviceMemoryUsed = Metric(
        "visavis_device_memory_used_bytes", .gauge, labels: ["device"], help: "Memory of the device that is in use.")
    /// Memory that there is.
    public static let deviceMemoryTotal = Metric(
        "visavis_device_memory_total_bytes", .gauge, labels: ["device"], help: "Memory that the device has.")
    /// Used over total.
    public static let deviceMemoryShare = Metric(
        "visavis_device_memory_share", .gauge, labels: ["device"],
        help: "The share of the device's memory that is in use, 0 to 1.")
    /// How busy a device is.
    public static let deviceUtilisation = Metric(
        "visavis_device_utilisation", .gauge, labels: ["device"],
        help: "The share of the time in which the device is busy, 0 to 1.")
    /// 1 while the memory guard holds batches small.
    public static let memoryAlarm = Metric(
        "visavis_memory_alarm", .gauge, labels: ["device"],
        help: "1 while so much of the device's memory is used that batches are held small.")
    /// How often an engine ran out of memory.
    public static let outOfMemory = Metric(
        "visavis_out_of_memory_total", .counter, labels: ["device"],
        help: "Batches for which the device had not enough memory; they were made in smaller ones.")

    // MARK: Archive

    /// What the archive has not written.
    public static let archivePending = Metric(
        "visavis_archive_pending_bytes", .gauge, help: "Memory of what the archive of sessions has yet to write.")
    /// What the archive gave up.
    public static let archiveLost = Metric(
        "visavis_archive_lost_total", .counter,
        help: "Entries of the archive of sessions that were given up, because it could not be written for too long.")

    // MARK: Network

    /// From clients.
    public static let receivedBytes = Metric(
        "visavis_received_bytes_total", .counter, help: "Bytes of messages that sessions received.")
    /// To clients.
    public static let sentBytes = Metric(
        "visavis_sent_bytes_total", .counter, help: "Bytes of messages that sessions sent.")
}
