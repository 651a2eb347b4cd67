import Video

/// Stretches rows of a face to the width of its box: for each column of the frame, which two pixels it lies between.
///
/// Three channels go through one multiplication: as 64-bit words with a lane of 21 bits for each channel, which
/// has room for a byte times 2048.
final class FaceColumns {
    /// Which of the frame's columns are made.
    private(set) var range = 0..<0

    /// For each column the pixel at or before it, and the part of the next one in 2048.
    private let taps: UnsafeMutablePointer<(pixel: Int32, weight: Int32)>
    /// A row of the face, and a pixel more, which never counts.
    private let words: UnsafeMutablePointer<UInt64>
    private let capacity: Int
    private var left = 0
    private var width = 0
    /// The part of the row that is looked at.
    private var pixels = 0..<0

    /// - Parameter capacity: columns that are made at most.
    init(capacity: Int) {
        self.capacity = capacity
        taps = .allocate(capacity: capacity)
        words = .allocate(capacity: FaceCrop.size + 1)
        words.initialize(repeating: 0, count: FaceCrop.size + 1)
    }

    deinit {
        taps.deallocate()
        words.deallocate()
    }

    /// Gets ready for the columns `range` of a frame whose face lies in `box`.
    func prepare(_ range: Range<Int>, of box: PixelBox) {
        precondition(range.count <= capacity)
        // Most frames have the box of the frame before.
        if range == self.range && box.left == left && box.width == width { return }
        (self.range, left, width) = (range, box.left, box.width)
        for column in range {
            // Beyond the box the mask is zero.
            let place = min(max(column - box.left, 0), box.width - 1)
            let position = ResizePosition(of: place, from: FaceCrop.size, to: box.width)
            let isInside = (0..<(FaceCrop.size - 1)).contains(position.pixel)
            taps[column - range.lowerBound] = (
                Int32(min(max(position.pixel, 0), FaceCrop.size - 1)),
                isInside ? ResizePosition.fixed(position.fraction) : 0
            )
        }
        pixels = range.isEmpty ? 0..<0 : Int(taps[0].pixel)..<min(Int(taps[range.count - 1].pixel) + 2, FaceCrop.size)
    }

    /// Stretches one row.
    /// - Parameters:
    ///   - row: 256 pixels of red, green, blue.
    ///   - planes: takes all red, then all green, then all blue values, with 7 bits behind the point.
    func stretch(_ row: UnsafePointer<UInt8>, to planes: UnsafeMutablePointer<UInt16>) {
        for pixel in pixels {
            let colour = row + 3 &* pixel
            words[pixel] = UInt64(colour[0]) | UInt64(colour[1]) << 21 | UInt64(colour[2]) << 42
        }
        let count = range.count
        for column in 0..<count {
            let tap = taps[column]
            let (near, far) = (words[Int(tap.pixel)], words[Int(tap.pixel) &+ 1])
            // A lane may be negative in between; what it borrows from the next one it gives back.
            let sum = near << 11 &+ (far &- near) &* UInt64(truncatingIfNeeded: tap.weight)
            planes[column] = UInt16(truncatingIfNeeded: sum >> 4 & 0xFFFF)
            planes[count &+ column] = UInt16(truncatingIfNeeded: sum >> 25 & 0xFFFF)
            planes[2 &* count &+ column] = UInt16(truncatingIfNeeded: sum >> 46)
        }
    }
}
