internal import Avatars
internal import LipSync

extension FilmTimeline {
    /// What the avatar does while it does not speak, and how it goes over to that; as in the page's `stage.js`.
    struct Rest: Sendable {
        /// A mood that passes sooner is not shown: 200 ms.
        private static let delay = FrameTiming.fps / 5

        /// What is mixed into the slot that comes.
        private(set) var fade: Fade?
        /// The frame of the idle clip for the slot that comes. Its time goes on while another pose is seen.
        private(set) var nextIdle: Int

        private let idleFrames: Int
        private let poses: [AvatarPose: Int]
        private var wanted: AvatarPose?
        private var since = 0
        /// The pose that is seen; nil for the idle clip and for speech.
        private var shown: AvatarPose?
        private var nextOfPose = 0

        /// - Parameters:
        ///   - idleFrames: frames of the idle clip, at least 1.
        ///   - poses: those that there are besides, and how many frames they have.
        init(idleFrames: Int, poses: [AvatarPose: Int]) {
            self.idleFrames = idleFrames
            self.poses = poses
            nextIdle = 0
        }

        /// The idle clip shows `frame` in the slot that comes; any number, for the clip loops.
        mutating func moveIdle(to frame: Int) {
            nextIdle = ((frame % idleFrames) + idleFrames) % idleFrames
        }

        /// The avatar has a reason for this pose in `slot`; nil for none.
        mutating func want(_ pose: AvatarPose?, in slot: Int) {
            guard pose != wanted else { return }
            wanted = pose
            // What it does when the film begins it may have done for long.
            since = slot > 0 ? slot : -Self.delay
        }

        /// What is seen in `slot`, where nothing is said.
        mutating func next(in slot: Int) -> Slot.Picture {
            defer { moveIdle(to: nextIdle + 1) }
            let pose = wanted.flatMap { poses[$0] == nil ? nil : $0 }
            if pose != shown, fade == nil, slot >= since + Self.delay {
                shown = pose
                nextOfPose = 0
                if slot > 0 { fade = .pose }
            }
            guard let shown, let frames = poses[shown] else { return .idle(nextIdle) }
            defer { nextOfPose = (nextOfPose + 1) % frames }
            return .pose(shown, nextOfPose)
        }

        /// An utterance is seen now, painted on this frame of the idle clip. From another pose the head has to come back.
        mutating func speak(on baseFrame: Int, isFirst: Bool) {
            if isFirst { fade = shown == nil ? nil : .pose }
            shown = nil
            moveIdle(to: baseFrame + 1)
        }

        /// An utterance was interrupted.
        mutating func closeMouth() { fade = .closing }

        /// The slot is taken.
        mutating func advance() { fade = fade?.next }
    }
}
