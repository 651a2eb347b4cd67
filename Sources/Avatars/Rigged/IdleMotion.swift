import Foundation

/// What a head does of itself: it is never quite still, breathes and blinks. Loops without a seam.
enum IdleMotion {
    /// The loop of an avatar that waits: ten seconds.
    static let idle = loop(
        frames: 250, blinks: [31, 118, 197], nods: [], lean: HeadPose(),
        sway: HeadPose(nod: 0.22, turn: 0.34, tilt: 0.20, brows: 0.06))

    /// Its loop in a pose: six seconds.
    static func loop(of pose: AvatarPose) -> [HeadPose] {
        switch pose {
        case .listening:
            loop(
                frames: 150, blinks: [52, 121], nods: [22, 36, 92], lean: HeadPose(tilt: 0.16, brows: 0.12),
                sway: HeadPose(nod: 0.1, turn: 0.16, tilt: 0.12, brows: 0.06))
        case .thinking:
            loop(
                frames: 150, blinks: [40, 108], nods: [], lean: HeadPose(nod: -0.3, turn: -0.5, tilt: -0.2, brows: 0.3),
                sway: HeadPose(nod: 0.14, turn: 0.2, tilt: 0.16, brows: 0.1))
        }
    }

    private static func loop(
        frames: Int, blinks: [Int], nods: [Int], lean: HeadPose, sway: HeadPose
    ) -> [HeadPose] {
        (0..<frames).map { frame in
            // Sums of harmonics of the loop: its end meets its beginning.
            func wave(_ phases: (Float, Float, Float)) -> Float {
                let turn = 2 * Float.pi * Float(frame) / Float(frames)
                return 0.6 * sin(turn + phases.0) + 0.3 * sin(2 * turn + phases.1) + 0.1 * sin(5 * turn + phases.2)
            }
            var head = HeadPose(
                nod: lean.nod + sway.nod * wave((0.4, 2.1, 5.0)), turn: lean.turn + sway.turn * wave((2.6, 0.8, 1.9)),
                tilt: lean.tilt + sway.tilt * wave((5.1, 3.3, 0.2)),
                brows: lean.brows + sway.brows * wave((1.2, 4.4, 2.8)))
            for first in nods where (0..<15).contains(frame - first) {
                let depth = sin(Float.pi * Float(frame - first) / 15)
                head.nod += 0.45 * depth * depth
            }
            for first in blinks where HeadPose.blink.indices.contains(frame - first) {
                head.lids = HeadPose.blink[frame - first]
            }
            return head
        }
    }
}
