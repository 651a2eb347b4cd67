import Avatars
import Foundation
import LipSync
import Models
import TestSupport
import Testing
import Video

@testable import MuseTalk

/// From a recording and a film to finished frames, as `visavis render` does it.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists && Recording.clip.exists))
struct WholePathTests {
    /// The official frames 0 and 7 are of the film's first and eighth frame, and of the speech 100 and 107 frames in.
    @Test func framesAreThoseOfTheOfficialCode() async throws {
        let utterance = try Utterance.golden()
        let speech = try SpeechModel(ModelDirectory(MiniModel.folder), hearing: .whole)
        let conditioner = try SpeechConditioner(speech, rate: utterance.rate)
        conditioner.append(utterance.samples)
        conditioner.finish()
        #expect(try await conditioner.prepare(108) >= 108)
        let slot = FaceSlot()
        for _ in 0..<100 { slot.fill(.blank) { conditioner.take(into: $0) } }
        let avatar = try await GoldenAvatar.load()
        let face = try avatar.filmedFace(for: "musetalk")
        let brush = MuseTalkBrush(for: avatar, face: face)
        let pool = try await GoldenFaces.pool()
        let film = try await pool.begin(isFilm: true)
        let golden = try Golden.array("latents.npy", of: Float.self)
        for frames in [0..<4, 4..<8] {
            let batch = frames.map { frame in
                let slot = FaceSlot()
                slot.fill(latents: Array(golden[frame])) { conditioner.take(into: $0) }
                return slot
            }
            for slot in batch { #expect(try await pool.make(slot, in: film, isFirst: false, within: nil)) }
            for (slot, frame) in zip(batch, frames) where [0, 7].contains(frame) {
                let picture = PixelBuffer(width: avatar.width, height: avatar.height)
                avatar.copyBaseFrame(frame, into: picture)
                slot.withImage { brush.paint($0, onFilmedFrame: frame, of: face, opacity: 256, into: picture) }
                let official = PixelBuffer(
                    exactly: try RGBAImage(contentsOf: Golden.url("blended_\(frame).png")))
                let area = face.regions[frame].maskArea
                let difference = face.withMask(ofFilmedFrame: frame) { mask in
                    LumaDifference(picture, official, in: area) { mask[$0] == 255 }
                }
                print("frame \(frame): \(difference)")
                #expect(difference.pixels > 4_000 && difference.max <= 1)
            }
        }
    }
}

/// How much two pictures differ in luma, where the generated face shows alone. Elsewhere the film's own colours show,
/// which OpenCV turned into RGB for the official frames, and this program leaves as they are.
private struct LumaDifference: CustomStringConvertible {
    var max = 0
    var mean = 0.0
    var pixels = 0

    init(_ picture: PixelBuffer, _ other: PixelBuffer, in box: PixelBox, where counts: (Int) -> Bool) {
        var sum = 0
        for y in box.top..<box.bottom {
            for x in box.left..<box.right where counts((y - box.top) * box.width + x - box.left) {
                let index = y * picture.width + x
                let distance = abs(Int(picture.luma[index]) - Int(other.luma[index]))
                max = Swift.max(max, distance)
                sum += distance
                pixels += 1
            }
        }
        mean = Double(sum) / Double(Swift.max(1, pixels))
    }

    var description: String { "luma of \(pixels) pixels differs by \(mean) on average, by \(max) at most" }
}
