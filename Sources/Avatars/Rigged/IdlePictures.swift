import Video

/// What a face over a single picture does while nothing is said: pictures that are painted when they are asked for.
struct IdlePictures: ClipPictures {
    let face: RiggedFace

    var count: Int { face.frameCount }

    func copy(_ index: Int, into picture: PixelBuffer) {
        face.paint(.rest, atBaseFrame: index, into: picture, using: face.makeBrush())
    }
}
