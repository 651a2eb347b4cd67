import Foundation
import Hummingbird

/// The web page: the files beside this module, read once at start.
///
/// A request is a look-up in a table of the files that were found, so there is no path that leads out of it.
struct Site: Sendable {
    private let files: [String: StoredFile]

    /// Reads every file under `directory`.
    /// - Throws: ``SiteError`` if there is no `index.html`, or a file cannot be read.
    init(directory: URL) throws(SiteError) {
        let root = directory.resolvingSymlinksInPath().path
        guard let names = FileManager.default.subpaths(atPath: root), names.contains("index.html") else {
            throw .noIndex(directory: root)
        }
        var files: [String: StoredFile] = [:]
        for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            let url = directory.appending(path: name)
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
            if isDirectory.boolValue { continue }
            guard let data = try? Data(contentsOf: url) else { throw .unreadable(file: url.path) }
            files["/" + name] = StoredFile(Array(data), contentType: Self.contentType(of: url.pathExtension))
        }
        files["/"] = files["/index.html"]
        files["/dashboard"] = files["/dashboard.html"]
        files["/avatars/edit"] = files["/editor.html"]
        self.files = files
    }

    /// The page that comes with the program.
    static func bundled() throws(SiteError) -> Site {
        try Site(directory: Bundle.module.bundleURL.appending(path: "Web"))
    }

    /// How many paths are served.
    var count: Int { files.count }

    /// Answers a GET.
    func response(to request: Request) throws(HTTPProblem) -> Response {
        guard let file = files[request.uri.path] else {
            throw .notFound("There is nothing at \(request.uri.path); the page is at /.")
        }
        return file.response(to: request)
    }

    private static func contentType(of pathExtension: String) -> String {
        switch pathExtension.lowercased() {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json", "map": "application/json; charset=utf-8"
        case "webmanifest": "application/manifest+json; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "wasm": "application/wasm"
        case "yaml": "application/yaml; charset=utf-8"
        case "txt", "md": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}

/// Why the web page cannot be served.
public enum SiteError: Error, Equatable, CustomStringConvertible {
    /// The directory has no `index.html`.
    case noIndex(directory: String)
    /// A file cannot be read.
    case unreadable(file: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noIndex(let directory):
            "The web page is missing: there is no index.html in \(directory). Build again with `make build`, and keep "
                + "the folder visavis_Server.resources beside the program."
        case .unreadable(let file): "The web page's file \(file) cannot be read; check its permissions."
        }
    }
}
