import Video

/// The pictures over which an avatar speaks.
protocol ClipPictures: Sendable {
    /// Pictures until the first is shown again.
    var count: Int { get }

    /// Makes `picture`, which is of the clip's size, picture `index`.
    /// - Parameter index: 0 or more; the clip loops.
    func copy(_ index: Int, into picture: PixelBuffer)
}
