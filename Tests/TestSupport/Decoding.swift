public import Video

/// Decodes access units, as a player would that starts with the first of them.
public func decode(_ frames: some Sequence<EncodedFrame>) throws -> [PixelBuffer] {
    let folder = try TemporaryFolder()
    let reader = try VideoFileReader(folder.file("stream.h264", frames.flatMap(\.data)))
    var pictures: [PixelBuffer] = []
    while let picture = try reader.read() { pictures.append(picture) }
    return pictures
}
