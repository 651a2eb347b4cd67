import Avatars
import TestSupport

extension FacePose {
    /// Any pose: a part of it is as far out as it goes, and a part is at rest.
    static func random(using generator: inout SeededGenerator) -> FacePose {
        func share() -> Float {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: 0
            case 1: 1
            default: .random(in: 0...1, using: &generator)
            }
        }
        func both() -> Float { Bool.random(using: &generator) ? share() : -share() }
        var mouth = MouthShape.rest
        for index in mouth.parts.indices { mouth.parts[index] = share() }
        return FacePose(
            mouth: mouth, head: HeadPose(nod: both(), turn: both(), tilt: both(), brows: both(), lids: share()))
    }
}
