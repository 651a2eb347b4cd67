import Foundation

/// Whose face is wanted, of which film.
struct FaceChoice {
    /// The film's name, for messages.
    var file: String
    /// 1 is the largest and most central.
    var number: Int
    /// Seconds of the film that were left out at its beginning.
    var start: Double
}

/// One person in a film: where the face is in every frame, steadied; or why that cannot be said.
struct ChosenFace {
    /// For each frame.
    let faces: [FaceShape]
    /// What might surprise.
    let notes: [String]

    /// A face of which less than this is in the picture is cut off by its edge.
    private static let leastVisible = 0.75
    /// Narrower ones are a few pixels of skin: the model has nothing to go by.
    private static let leastWidth = 40
    /// Narrower ones are repainted with far more pixels than they have.
    private static let goodWidth = 96

    /// Chooses a face.
    /// - Parameters:
    ///   - found: for each frame all faces.
    ///   - width: of the frames.
    ///   - height: of the frames.
    init(
        in found: [FaceSight], width: Int, height: Int, choice: FaceChoice
    ) throws(CreationError) {
        let file = choice.file
        var tracker = FaceTracker(width: width, height: height)
        for sight in found { tracker.add(sight.faces.map(\.shape)) }
        let tracks = tracker.byProminence
        guard let most = tracks.first else { throw .noFace(file: file, frames: found.count) }
        // What flickers up for a moment is no person.
        let people = tracks.filter { $0 == most || $0.faces.count * 10 >= found.count }
        guard (1...people.count).contains(choice.number) else {
            throw .noSuchFace(file: file, wanted: choice.number, found: people.count)
        }
        let person = people[choice.number - 1]
        let seen = found.indices.map { frame in
            person.faces[frame].flatMap { face in
                face.visibleShare(width: width, height: height) >= Self.leastVisible ? face : nil
            }
        }
        let gaps = FaceGaps(seen)
        guard gaps.missing.isEmpty else {
            throw .faceIsAway(
                file: file, frames: gaps.missing, of: found.count, longest: gaps.longestRun, start: choice.start)
        }
        // For a moment a face may be cut off by the edge: where it is still known, it need not be guessed.
        let known = found.indices.compactMap { frame in
            person.faces[frame].map(found[frame].refined) ?? gaps.bridged[frame]
        }
        faces = Steadying.steady(known)
        let faceWidth = Int(faces.map(\.width).reduce(0, +) / Double(faces.count))
        guard faceWidth >= Self.leastWidth else {
            throw .faceTooSmall(file: file, width: faceWidth, least: Self.leastWidth)
        }
        notes = Self.notes(people: people.count, bridged: seen.count { $0 == nil }, faceWidth, choice)
    }

    private static func notes(people: Int, bridged: Int, _ faceWidth: Int, _ choice: FaceChoice) -> [String] {
        var notes: [String] = []
        if people > 1 {
            notes.append(
                """
                there are \(people) faces; number \(choice.number) was taken, 1 being the largest and most \
                central: --face chooses another
                """)
        }
        if bridged > 0 {
            notes.append("in \(bridged) frames the face was not found, and put between those where it was")
        }
        if faceWidth < goodWidth {
            notes.append("the face is only \(faceWidth) pixels wide; a closer shot looks better")
        }
        return notes
    }
}
