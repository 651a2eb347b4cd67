import Avatars
import Foundation
import TestSupport
import Testing

/// Where the parts of a face are, in files, and what is said about places that are impossible.
@Suite struct RigLandmarksTests {
    /// Pictures of this size hold every plausible face.
    private static let (width, height) = (4_000, 4_000)

    @Test func whatIsWrittenIsRead() throws {
        var random = SeededGenerator(seed: 1)
        for round in 0..<50 {
            var face = RigLandmarks.plausible(using: &random)
            if round.isMultiple(of: 2) {
                face.lipCurve = [-0.5, 0, 0.5].map { face[.lipLine] + SIMD2($0 * 40, $0 * $0 * 9) }
            }
            let read = try JSONDecoder().decode(RigLandmarks.self, from: JSONEncoder().encode(face))
            #expect(read.lipCurve.count == face.lipCurve.count)
            // A tenth of a pixel is kept.
            for point in RigLandmarks.Point.allCases { #expect(isNear(read[point], face[point]), "\(point)") }
            for (place, other) in zip(read.lipCurve, face.lipCurve) { #expect(isNear(place, other)) }
            // And what was read is written as it was.
            #expect(try JSONDecoder().decode(RigLandmarks.self, from: JSONEncoder().encode(read)) == read)
        }
    }

    private func isNear(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
        abs(a.x - b.x) <= 0.0501 && abs(a.y - b.y) <= 0.0501
    }

    /// Files of others name points as it is documented.
    @Test func namesInFilesAreThoseOfTheDocumentation() throws {
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(RigLandmarks(TinyFace.landmarks)))
        let object = try #require(json as? [String: [Double]])
        #expect(object.count == 20)
        #expect(object["left_eye_outer"] == [38, 72] && object["jaw_right"] == [96, 112])
        #expect(object["lip_curve"] == nil)
    }

    @Test func plausibleFacesHaveNoFlaw() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<300 {
            #expect(RigLandmarks.plausible(using: &random).flaw(width: Self.width, height: Self.height) == nil)
        }
        #expect(RigLandmarks(TinyFace.landmarks).flaw(width: TinyFace.width, height: TinyFace.height) == nil)
    }

    @Test func theRollIsThatOfTheEyes() {
        let face = RigLandmarks(TinyFace.landmarks)
        #expect(abs(face.roll) < 1e-9)
        for angle in [-0.5, 0.1, 0.8] {
            let turned = face.mapped { place in
                SIMD2(cos(angle) * place.x - sin(angle) * place.y, sin(angle) * place.x + cos(angle) * place.y)
            }
            #expect(abs(turned.roll - angle) < 1e-9)
        }
    }

    /// Points of which the first is left of the second in every face, or above it.
    private static let ordered: [(RigLandmarks.Point, RigLandmarks.Point)] = [
        (.leftEyeOuter, .leftEyeInner), (.rightEyeInner, .rightEyeOuter), (.leftEyeInner, .rightEyeInner),
        (.mouthLeft, .mouthRight), (.mouthLeft, .lipLine), (.lipLine, .mouthRight), (.jawLeft, .jawRight),
        (.jawLeft, .mouthLeft), (.mouthRight, .jawRight), (.leftBrow, .rightBrow), (.headTop, .leftBrow),
        (.headTop, .chin), (.leftBrow, .leftEyeTop), (.rightBrow, .rightEyeTop), (.leftEyeTop, .leftEyeBottom),
        (.rightEyeTop, .rightEyeBottom), (.leftEyeBottom, .nose), (.rightEyeBottom, .nose), (.nose, .upperLip),
        (.nose, .chin), (.upperLip, .lipLine), (.lipLine, .lowerLip), (.lowerLip, .chin), (.upperLip, .lowerLip),
    ]

    @Test(arguments: ordered.indices) func pointsThatAreMixedUpAreNamed(index: Int) throws {
        let (first, second) = Self.ordered[index]
        var random = SeededGenerator(seed: UInt64(index))
        for _ in 0..<40 {
            let face = RigLandmarks.plausible(using: &random)
            var mixed = face
            (mixed[first], mixed[second]) = (face[second], face[first])
            let flaw = try #require(mixed.flaw(width: Self.width, height: Self.height), "\(first) and \(second)")
            let named = [first, second].contains { flaw.contains("\($0.rawValue) at ") }
            #expect(named, "\(first) and \(second): \(flaw)")
            #expect(flaw.contains("is not left of") || flaw.contains("is not above"))
        }
    }

    @Test func wordsSayWhereThingsAreAndWhereTheyShouldBe() {
        var face = RigLandmarks(TinyFace.landmarks)
        face[.chin] = SIMD2(64, 115)
        #expect(
            face.flaw(width: 128, height: 176) == "lower_lip at [64, 118] is not above chin at [64, 115]")
        face = RigLandmarks(TinyFace.landmarks)
        face[.jawLeft].x = 50
        #expect(face.flaw(width: 128, height: 176) == "jaw_left at [50, 112] is not left of mouth_left at [48, 112]")
        face = RigLandmarks(TinyFace.landmarks)
        #expect(
            face.flaw(width: 90, height: 176) == "jaw_right is at [96, 112], outside of the picture (90×176)")
        face[.nose] = SIMD2(.nan, 96)
        #expect(face.flaw(width: 128, height: 176) != nil)
    }

    @Test func pointsInOnePlaceAreAFlaw() {
        for (first, second) in Self.ordered {
            var face = RigLandmarks(TinyFace.landmarks)
            face[first] = face[second]
            #expect(face.flaw(width: 128, height: 176) != nil, "\(first) and \(second)")
        }
    }
}
