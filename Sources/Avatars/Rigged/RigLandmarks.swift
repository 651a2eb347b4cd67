public import Foundation

/// Where the parts of a face are in a picture of it with the mouth closed: what a rig is made of.
///
/// Left and right are the viewer's. In files an object with a place `[x, y]` for each name of ``Point``, in pixels of the
/// picture, pixel centres at .5.
public struct RigLandmarks: Sendable, Equatable {
    /// A place that has a name.
    public enum Point: String, Sendable, CaseIterable, CodingKey {
        /// The corner of the eye at the temple.
        case leftEyeOuter = "left_eye_outer"
        /// The highest point of the open eye.
        case leftEyeTop = "left_eye_top"
        /// The corner of the eye at the nose.
        case leftEyeInner = "left_eye_inner"
        /// The lowest point of the open eye.
        case leftEyeBottom = "left_eye_bottom"
        case rightEyeOuter = "right_eye_outer"
        case rightEyeTop = "right_eye_top"
        case rightEyeInner = "right_eye_inner"
        case rightEyeBottom = "right_eye_bottom"
        /// The middle of the brow.
        case leftBrow = "left_brow"
        case rightBrow = "right_brow"
        /// Below the tip of the nose, between the nostrils.
        case nose
        /// The corner of the mouth.
        case mouthLeft = "mouth_left"
        case mouthRight = "mouth_right"
        /// The upper edge of the upper lip, below the nose.
        case upperLip = "upper_lip"
        /// Where the lips meet, below the nose.
        case lipLine = "lip_line"
        /// The lower edge of the lower lip.
        case lowerLip = "lower_lip"
        /// The lowest point of the face.
        case chin
        /// The edge of the face, as high as the mouth.
        case jawLeft = "jaw_left"
        case jawRight = "jaw_right"
        /// The highest point of the head, hair included.
        case headTop = "head_top"
    }

    /// A place for every point.
    private var places: [Point: SIMD2<Double>]
    /// Where the lips meet, from the left corner to the right one, both left out: more exact than a curve through
    /// ``Point/lipLine``. May be empty.
    public var lipCurve: [SIMD2<Double>]

    /// - Parameters:
    ///   - places: one for each point.
    ///   - lipCurve: see ``lipCurve``.
    /// - Precondition: no point is missing.
    public init(_ places: [Point: SIMD2<Double>], lipCurve: [SIMD2<Double>] = []) {
        precondition(Point.allCases.allSatisfy { places[$0] != nil }, "a landmark is missing")
        self.places = places
        self.lipCurve = lipCurve
    }

    /// Reads a file of them, as the page /avatars/edit writes it.
    /// - Throws: ``AvatarError``.
    public init(contentsOf file: URL) throws(AvatarError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
        } catch let error as DecodingError {
            throw AvatarError(error, in: file)
        } catch {
            throw .cannotRead(file: file.path, reason: error.localizedDescription)
        }
    }

    /// Where a point is.
    public subscript(point: Point) -> SIMD2<Double> {
        get { places[point] ?? .zero }
        set { places[point] = newValue }
    }

    /// The landmarks as `transform` moves them.
    public func mapped(_ transform: (SIMD2<Double>) -> SIMD2<Double>) -> RigLandmarks {
        RigLandmarks(places.mapValues(transform), lipCurve: lipCurve.map(transform))
    }

    /// How far the head leans: radians, clockwise on the screen.
    public var roll: Double {
        let way = self[.rightEyeOuter] + self[.rightEyeInner] - self[.leftEyeOuter] - self[.leftEyeInner]
        return atan2(way.y, way.x)
    }

    /// What is impossible about them, in words: which point, where it is and where it should be. Nil if nothing is.
    /// - Parameters:
    ///   - width: of the picture, in pixels.
    ///   - height: of the picture.
    public func flaw(width: Int, height: Int) -> String? {
        for point in Point.allCases {
            let place = self[point]
            guard (0...Double(width)).contains(place.x), (0...Double(height)).contains(place.y) else {
                return "\(point.rawValue) is at \(Self.words(place)), outside of the picture (\(width)×\(height))"
            }
        }
        let upright = turned(by: -roll)
        for (first, second) in Self.leftToRight where upright[first].x + 1 > upright[second].x {
            return "\(first.rawValue) at \(words(first)) is not left of \(second.rawValue) at \(words(second))"
        }
        for (first, second) in Self.topToBottom where upright[first].y + 1 > upright[second].y {
            return "\(first.rawValue) at \(words(first)) is not above \(second.rawValue) at \(words(second))"
        }
        return nil
    }

    private static let leftToRight: [(Point, Point)] = [
        (.leftEyeOuter, .leftEyeInner), (.leftEyeInner, .rightEyeInner), (.rightEyeInner, .rightEyeOuter),
        (.mouthLeft, .lipLine), (.lipLine, .mouthRight), (.jawLeft, .mouthLeft), (.mouthRight, .jawRight),
        (.leftBrow, .rightBrow),
    ]
    private static let topToBottom: [(Point, Point)] = [
        (.headTop, .leftBrow), (.headTop, .rightBrow), (.leftBrow, .leftEyeTop), (.rightBrow, .rightEyeTop),
        (.leftEyeTop, .leftEyeBottom), (.rightEyeTop, .rightEyeBottom), (.leftEyeBottom, .nose),
        (.rightEyeBottom, .nose),
        (.nose, .upperLip), (.upperLip, .lipLine), (.lipLine, .lowerLip), (.lowerLip, .chin),
    ]

    private func words(_ point: Point) -> String { Self.words(self[point]) }

    private static func words(_ place: SIMD2<Double>) -> String {
        // Not through Int: it may be no number at all.
        String(format: "[%.0f, %.0f]", place.x, place.y)
    }

    /// The landmarks turned about the middle of the lips.
    func turned(by angle: Double) -> RigLandmarks {
        let center = self[.lipLine]
        let (sine, cosine) = (sin(angle), cos(angle))
        return mapped { place in
            let way = place - center
            return center + SIMD2(cosine * way.x - sine * way.y, sine * way.x + cosine * way.y)
        }
    }
}

extension RigLandmarks: Codable {
    /// - Throws: `DecodingError` for a point that is missing, or that is no `[x, y]`.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Point.self)
        var places: [Point: SIMD2<Double>] = [:]
        for point in Point.allCases {
            places[point] = try Self.place(fields.decode([Double].self, forKey: point), decoder, point.rawValue)
        }
        let others = try decoder.container(keyedBy: CurveKey.self)
        let curve = try others.decodeIfPresent([[Double]].self, forKey: .curve) ?? []
        self.init(places, lipCurve: try curve.map { try Self.place($0, decoder, CurveKey.curve.rawValue) })
    }

    private static func place(
        _ numbers: [Double], _ decoder: any Decoder, _ name: String
    ) throws -> SIMD2<Double> {
        guard numbers.count == 2, numbers.allSatisfy({ $0.isFinite && abs($0) < 100_000 }) else {
            let reason = "\(name) is \(numbers) instead of [x, y]"
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
        }
        return SIMD2(numbers[0], numbers[1])
    }

    /// Writes places with a tenth of a pixel.
    public func encode(to encoder: any Encoder) throws {
        func numbers(_ place: SIMD2<Double>) -> [Double] { [place.x, place.y].map { ($0 * 10).rounded() / 10 } }
        var fields = encoder.container(keyedBy: Point.self)
        for point in Point.allCases { try fields.encode(numbers(self[point]), forKey: point) }
        guard !lipCurve.isEmpty else { return }
        var others = encoder.container(keyedBy: CurveKey.self)
        try others.encode(lipCurve.map(numbers), forKey: .curve)
    }

    private enum CurveKey: String, CodingKey {
        case curve = "lip_curve"
    }
}
