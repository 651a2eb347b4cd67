/// Frames in which a face was not found, and what can be put in their place.
struct FaceGaps {
    /// The face in each frame, where gaps are short enough to be bridged.
    var bridged: [FaceShape?]
    /// What is left: frames without a face, in runs.
    var missing: [ClosedRange<Int>]

    /// Half a second: a hand before the face, a turn of the head.
    static let longestBridge = 12

    /// - Parameter faces: the face in each frame, nil where there is none.
    init(_ faces: [FaceShape?]) {
        bridged = faces
        missing = []
        var index = 0
        while index < faces.count {
            guard faces[index] == nil else {
                index += 1
                continue
            }
            let end = faces[index...].firstIndex { $0 != nil } ?? faces.count
            let gap = index..<end
            bridge(gap, from: index > 0 ? faces[index - 1] : nil, to: end < faces.count ? faces[end] : nil)
            index = end
        }
    }

    /// The longest run of frames with a face; nil if there is none.
    var longestRun: ClosedRange<Int>? {
        var best: ClosedRange<Int>?
        var start = 0
        for end in missing.map(\.lowerBound) + [bridged.count] {
            if end > start, end - start > best?.count ?? 0 { best = start...(end - 1) }
            start = missing.first { $0.lowerBound == end }.map { $0.upperBound + 1 } ?? start
        }
        return best
    }

    private mutating func bridge(_ gap: Range<Int>, from before: FaceShape?, to after: FaceShape?) {
        guard gap.count <= Self.longestBridge, let first = before ?? after, let last = after ?? before else {
            missing.append(gap.lowerBound...(gap.upperBound - 1))
            return
        }
        for (step, index) in gap.enumerated() {
            var face = first
            face.values += (last.values - first.values) * (Double(step + 1) / Double(gap.count + 1))
            bridged[index] = face
        }
    }
}
