@testable import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Clips beside the idle clip.
@Suite(.timeLimit(.minutes(10))) struct AvatarPoseTests {
    @Test func aPoseIsReadAsTheIdleClipIs() async throws {
        let bundle = try TinyBundle()
        try bundle.change("poses", to: ["thinking": ["clip": "clip.mp4", "frames": TinyBundle.frames]])
        #expect(try await AvatarPreview.load(from: bundle.folder).poses == [.thinking])
        let frames = try await AvatarPose.thinking.load(from: bundle.folder)
        #expect(frames.count == TinyBundle.frames)
        for (index, frame) in frames.enumerated() {
            #expect(frame.isKeyframe == index.isMultiple(of: Avatar.idleKeyframeInterval), "frame \(index)")
        }
    }

    @Test(arguments: AvatarPose.allCases) func aSinglePictureHasThemAll(pose: AvatarPose) async throws {
        let bundle = try TinyBundle(.picture)
        #expect(try await AvatarPreview.load(from: bundle.folder).poses == AvatarPose.allCases)
        let frames = try await pose.load(from: bundle.folder)
        let pictures = try decode(frames)
        #expect(pictures.count == 150)
        for (index, frame) in frames.enumerated() {
            #expect(frame.isKeyframe == index.isMultiple(of: Avatar.idleKeyframeInterval), "frame \(index)")
        }
        // It moves, and differs from what the avatar does while it waits.
        let idle = try await decode(Avatar.load(from: bundle.folder).idle)
        #expect(pictures[0].lumaDifference(to: pictures[75]) > 0.3)
        #expect((0..<150).allSatisfy { pictures[$0].lumaDifference(to: idle[$0]) > 0.3 })
    }

    @Test func anAvatarNeedsNone() async throws {
        let bundle = try TinyBundle()
        #expect(try await AvatarPreview.load(from: bundle.folder).poses.isEmpty)
        let error = await #expect(throws: AvatarError.self) { try await AvatarPose.listening.load(from: bundle.folder) }
        #expect(error?.description.contains("poses.listening") == true)
    }

    @Test(arguments: [
        ("dancing", "clip.mp4", 23, "poses"), ("thinking", "../clip.mp4", 23, "poses.thinking.clip"),
        ("thinking", "clip.mp4", 0, "poses.thinking.frames"), ("thinking", "clip.mp4", 751, "poses.thinking.frames"),
    ])
    func anImpossiblePoseIsNamed(pose: String, clip: String, frames: Int, field: String) async throws {
        let bundle = try TinyBundle()
        try bundle.change("poses", to: [pose: ["clip": clip, "frames": frames]])
        let error = await #expect(throws: AvatarError.self) { try await AvatarPreview.load(from: bundle.folder) }
        #expect(error?.description.contains("\"\(field)\"") == true)
    }

    @Test func aClipThatIsTooShortOrNotThereIsNamed() async throws {
        let bundle = try TinyBundle()
        try bundle.change("poses", to: ["thinking": ["clip": "clip.mp4", "frames": 24]])
        let short = await #expect(throws: AvatarError.self) { try await AvatarPose.thinking.load(from: bundle.folder) }
        #expect(short?.description.contains("expected 24, as avatar.json says") == true)
        try bundle.change("poses", to: ["thinking": ["clip": "none.mp4", "frames": 24]])
        let none = await #expect(throws: AvatarError.self) { try await AvatarPose.thinking.load(from: bundle.folder) }
        #expect(none?.description.contains("none.mp4") == true)
    }
}
