import CFFmpeg

/// How a camera that was held on its side wants its pictures to be turned: one of the eight ways to lay a rectangle.
struct PictureOrientation: Equatable {
    /// Rows become columns, before anything else.
    var isTransposed = false
    /// Right becomes left in the result.
    var isFlippedAcross = false
    /// Bottom becomes top in the result.
    var isFlippedDown = false

    /// As the camera saw it.
    static let upright = PictureOrientation()

    /// Reads a display matrix: a point (x, y) of the picture is shown at (ax + cy, bx + dy). Anything but quarter
    /// turns and mirrors is taken for the nearest of them.
    /// - Parameter matrix: nine numbers, of which the first five are a, b, 0, c, d.
    init(displayMatrix matrix: [Int32]) {
        let (a, b, c, d) = (Int(matrix[0]), Int(matrix[1]), Int(matrix[3]), Int(matrix[4]))
        isTransposed = abs(b) + abs(c) > abs(a) + abs(d)
        isFlippedAcross = (isTransposed ? c : a) < 0
        isFlippedDown = (isTransposed ? b : d) < 0
    }

    private init() {}

    /// Reads what a frame, or else its stream, says; most say nothing.
    init(of frame: UnsafePointer<AVFrame>, in stream: UnsafePointer<AVStream>?) {
        if let data = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX), data.pointee.size >= 36 {
            self.init(bytes: data.pointee.data)
            return
        }
        var size = 0
        if let stream, let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size), size >= 36 {
            self.init(bytes: data)
            return
        }
        self = .upright
    }

    private init(bytes: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(bytes)
        self.init(displayMatrix: (0..<9).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self) })
    }

    /// Lays a plane.
    /// - Parameters:
    ///   - source: rows packed.
    ///   - width: of the source, in pixels.
    ///   - height: of the source.
    ///   - channels: bytes of a pixel.
    ///   - result: as large; its rows are packed, and as long as the source's columns if it is transposed.
    func lay(
        _ source: UnsafePointer<UInt8>, width: Int, height: Int, channels: Int = 1,
        to result: UnsafeMutablePointer<UInt8>
    ) {
        let (newWidth, newHeight) = isTransposed ? (height, width) : (width, height)
        for row in 0..<newHeight {
            let fromRow = isFlippedDown ? newHeight - 1 - row : row
            for column in 0..<newWidth {
                let fromColumn = isFlippedAcross ? newWidth - 1 - column : column
                let from = isTransposed ? fromColumn &* width &+ fromRow : fromRow &* width &+ fromColumn
                let to = row &* newWidth &+ column
                for channel in 0..<channels { result[to &* channels &+ channel] = source[from &* channels &+ channel] }
            }
        }
    }
}
