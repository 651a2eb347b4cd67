import Foundation

/// Takes the tremble out of faces that were found frame by frame, without making them lag.
///
/// All frames are known, so that a filter may look as far ahead as back (zero phase). At its ends the film is continued
/// backwards, which is how it is shown. What a detector gets wrong in a single frame is left out first (median of five).
/// Sizes change slowly, and are steadied more than places: a mask that breathes is seen at once.
struct Steadying {
    /// How far places are averaged, as the standard deviation of a Gaussian: frames.
    static let placeSpread = 1.5
    /// How far distances within the face are averaged: frames.
    static let sizeSpread = 8.0

    /// The faces, steadied.
    static func steady(_ faces: [FaceShape]) -> [FaceShape] {
        let values = faces.map(\.values)
        let calm = median(values)
        // The place is that of the box's centre and of the bridge; everything else is relative to it.
        let places = calm.map { place(of: $0) }
        let offsets = zip(calm, places).map { $0 - $1 }
        let steadyPlaces = averaged(places, spread: placeSpread)
        let steadyOffsets = averaged(offsets, spread: sizeSpread)
        return zip(faces, zip(steadyPlaces, steadyOffsets)).map { face, parts in
            var face = face
            face.values = parts.0 + parts.1
            return face
        }
    }

    /// The mean of the five points: the steadiest place that there is in a face. Columns and rows alternate, and the
    /// bridge is a row.
    private static func place(of values: SIMD16<Double>) -> SIMD16<Double> {
        let points = (0..<5).map { SIMD2(values[6 + 2 * $0], values[7 + 2 * $0]) }
        let mean = points.reduce(SIMD2(0, 0), +) / 5
        var place = SIMD16<Double>(repeating: 0)
        for index in 0..<16 { place[index] = index.isMultiple(of: 2) ? mean.x : mean.y }
        place[4] = mean.y
        return place
    }

    private static func median(_ values: [SIMD16<Double>]) -> [SIMD16<Double>] {
        values.indices.map { index in
            var result = values[index]
            let window = (-2...2).map { values[mirrored(index + $0, values.count)] }
            for lane in 0..<16 { result[lane] = window.map { $0[lane] }.sorted()[2] }
            return result
        }
    }

    private static func averaged(_ values: [SIMD16<Double>], spread: Double) -> [SIMD16<Double>] {
        let reach = Int((3 * spread).rounded(.up))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * spread * spread)) }
        let sum = weights.reduce(0, +)
        return values.indices.map { index in
            var result = SIMD16<Double>(repeating: 0)
            for (offset, weight) in zip(-reach...reach, weights) {
                result += values[mirrored(index + offset, values.count)] * (weight / sum)
            }
            return result
        }
    }

    /// The frame that is shown there: the film runs back from its ends, which are shown twice.
    private static func mirrored(_ index: Int, _ count: Int) -> Int {
        let period = 2 * count
        let position = ((index % period) + period) % period
        return position < count ? position : period - 1 - position
    }
}
