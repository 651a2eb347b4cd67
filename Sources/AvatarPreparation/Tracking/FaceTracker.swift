/// Follows faces from frame to frame, so that one person stays one person.
struct FaceTracker {
    /// One person's faces.
    struct Track: Equatable {
        /// For each frame the face, if it was found there.
        var faces: [Int: FaceShape]
        /// The last frame in which it was found.
        var lastFrame: Int
        /// How much of the pictures it fills, summed; faces at the edge count half.
        var prominence: Double

        var last: FaceShape? { faces[lastFrame] }
    }

    /// Everybody who was seen, in no order.
    private(set) var tracks: [Track] = []

    private let width: Double
    private let height: Double
    private var frame = 0

    /// Who is away longer comes back as somebody else.
    static let longestAbsence = 50
    /// The least overlap of a face with itself one frame later.
    private static let leastOverlap = 0.2

    /// - Parameters:
    ///   - width: of the frames, in pixels.
    ///   - height: of the frames, in pixels.
    init(width: Int, height: Int) {
        (self.width, self.height) = (Double(width), Double(height))
    }

    /// Takes the faces of the next frame.
    mutating func add(_ faces: [FaceShape]) {
        var pairs: [(track: Int, face: Int, overlap: Double)] = []
        for (track, known) in tracks.enumerated() where frame - known.lastFrame <= Self.longestAbsence {
            guard let last = known.last else { continue }
            for (face, shape) in faces.enumerated() {
                let overlap = last.overlap(with: shape)
                if overlap >= Self.leastOverlap { pairs.append((track, face, overlap)) }
            }
        }
        var takenTracks: Set<Int> = []
        var takenFaces: Set<Int> = []
        for pair in pairs.sorted(by: { $0.overlap > $1.overlap })
        where !takenTracks.contains(pair.track) && !takenFaces.contains(pair.face) {
            takenTracks.insert(pair.track)
            takenFaces.insert(pair.face)
            tracks[pair.track].faces[frame] = faces[pair.face]
            tracks[pair.track].lastFrame = frame
            tracks[pair.track].prominence += prominence(of: faces[pair.face])
        }
        for (index, shape) in faces.enumerated() where !takenFaces.contains(index) {
            tracks.append(Track(faces: [frame: shape], lastFrame: frame, prominence: prominence(of: shape)))
        }
        frame += 1
    }

    /// Everybody, the most prominent first: large, central and there all the time.
    var byProminence: [Track] { tracks.sorted { $0.prominence > $1.prominence } }

    private func prominence(of face: FaceShape) -> Double {
        let area = face.width * face.height / (width * height)
        let offset = (face.centre / SIMD2(width, height) - SIMD2(repeating: 0.5)) * 2
        return area * (1 - 0.5 * min(1, (offset * offset).sum().squareRoot()))
    }
}
