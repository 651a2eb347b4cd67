import ArgumentParser
import Avatars
import Foundation

/// `visavis avatar list`.
struct AvatarList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List your own avatars, and those that come with Visavis.")

    @Flag(help: "Print the list as one JSON object.")
    var json = false

    /// An avatar in the list.
    struct Row: Codable, Equatable {
        var id: String
        var name: String
        var kind: Avatar.Kind
        var width: Int
        var height: Int
        var frames: Int
        var folder: String
    }

    private struct Rows: Encodable {
        let avatars: [Row]
    }

    func run() throws {
        let rows = Self.rows(in: AvatarLibrary())
        print(json ? try MachineOutput.line(Rows(avatars: rows)) : Self.table(rows).joined(separator: "\n"))
    }

    /// The avatars in `library`.
    static func rows(in library: AvatarLibrary) -> [Row] {
        library.list().map {
            Row(
                id: $0.id, name: $0.name, kind: $0.kind, width: $0.width, height: $0.height, frames: $0.frames,
                folder: $0.folder.path)
        }
    }

    /// Lines for people, in columns.
    static func table(_ rows: [Row]) -> [String] {
        Columns.lines(
            rows.map { row in
                [row.id, row.kind.rawValue, "\(row.width)×\(row.height)", "\(row.frames) frames", row.folder]
            })
    }
}
