import Testing

@testable import Video

/// The eight ways in which a picture can lie.
@Suite struct PictureOrientationTests {
    private static let one: Int32 = 1 << 16

    /// What 2×3 pixels 0…5 become under a display matrix a, b, c, d.
    private func laid(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32) -> [UInt8] {
        let one = Self.one
        let orientation = PictureOrientation(displayMatrix: [a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30])
        let source: [UInt8] = [0, 1, 2, 3, 4, 5]
        var result = [UInt8](repeating: 9, count: 6)
        orientation.lay(source, width: 2, height: 3, to: &result)
        return result
    }

    @Test func uprightIsUnchanged() {
        #expect(laid(1, 0, 0, 1) == [0, 1, 2, 3, 4, 5])
    }

    @Test func halfATurn() {
        #expect(laid(-1, 0, 0, -1) == [5, 4, 3, 2, 1, 0])
    }

    @Test func quarterTurns() {
        // Clockwise, as a phone's held upright: (x, y) is shown at (−y, x).
        #expect(laid(0, 1, -1, 0) == [4, 2, 0, 5, 3, 1])
        #expect(laid(0, -1, 1, 0) == [1, 3, 5, 0, 2, 4])
    }

    @Test func mirrors() {
        #expect(laid(-1, 0, 0, 1) == [1, 0, 3, 2, 5, 4])
        #expect(laid(1, 0, 0, -1) == [4, 5, 2, 3, 0, 1])
        #expect(laid(0, 1, 1, 0) == [0, 2, 4, 1, 3, 5])
    }

    @Test func pixelsOfThreeBytesStayTogether() {
        let orientation = PictureOrientation(displayMatrix: [-1, 0, 0, 0, 1, 0, 0, 0, 0])
        var result = [UInt8](repeating: 0, count: 6)
        orientation.lay([1, 2, 3, 4, 5, 6], width: 2, height: 1, channels: 3, to: &result)
        #expect(result == [4, 5, 6, 1, 2, 3])
    }

    @Test func sizesAreEvenAndBounded() {
        func size(_ width: Int, _ height: Int, aspect: Double = 1) -> [Int] {
            let size = FootageSize(width: width, height: height, pixelAspect: aspect, longestSide: 1920)
            return [size.width, size.height, size.isScaledDown ? 1 : 0]
        }
        #expect(size(576, 768) == [576, 768, 0])
        #expect(size(1921, 1081) == [1920, 1080, 1])
        #expect(size(321, 241) == [320, 240, 0])
        #expect(size(3840, 2160) == [1920, 1080, 1])
        #expect(size(2160, 3840) == [1080, 1920, 1])
        #expect(size(720, 576, aspect: 64.0 / 45) == [1024, 576, 0])
        #expect(size(720, 576, aspect: 1e9) == [720, 576, 0])
    }
}
