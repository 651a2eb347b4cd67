import Avatars
import Foundation
import HTTPTypes
import Hummingbird

/// What the page `/avatars/edit` asks for: where a face is, and an avatar of it.
struct AvatarEditingRoutes {
    let editing: AvatarEditing
    let isAllowed: Bool

    private struct Found: Encodable {
        let landmarks: RigLandmarks
    }

    private struct Wish: Decodable {
        let name: String
        /// The file, in base64.
        let picture: Data
        let landmarks: RigLandmarks
    }

    private struct Made: Encodable {
        let id: String
        /// What was done that its maker might not expect.
        let note: [String]
    }

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.post("/v1/avatars/landmarks") { request, _ in
            try checkAllowed()
            // It also keeps other sites' pages from asking: a browser asks first whether they may send this type.
            guard request.headers[.contentType]?.lowercased().hasPrefix("image/") == true else {
                throw HTTPProblem(
                    status: .unsupportedMediaType, code: "unsupported_media_type",
                    message: "The body is to be a picture, and `Content-Type` image/png, image/jpeg or image/webp.")
            }
            let picture = try await request.body(upTo: AvatarEditing.largestPicture)
            let landmarks = try await editing.findLandmarks(in: Data(picture.readableBytesView))
            return try Response.json(Found(landmarks: landmarks))
        }
        router.post("/v1/avatars") { request, _ in
            try checkAllowed()
            // Base64 has four bytes for three.
            let wish = try await request.json(Wish.self, upTo: AvatarEditing.largestPicture * 4 / 3 + 65_536)
            let made = try await editing.create(name: wish.name, photo: wish.picture, landmarks: wish.landmarks)
            var response = try Response.json(Made(id: made.id, note: made.notes))
            response.status = .created
            return response
        }
    }

    private func checkAllowed() throws(HTTPProblem) {
        guard isAllowed else {
            throw HTTPProblem(
                status: .forbidden, code: "editing_not_allowed",
                message:
                    "This server lets nobody make avatars over the network: `visavis serve --edit-avatars true` would.")
        }
    }
}
