import ArgumentParser
import Avatars
import Foundation
import Home

/// `visavis avatar remove`.
struct AvatarRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove one of your own avatars from the disk.")

    @Argument(help: "The avatar's id.")
    var avatar: String

    @Flag(help: "Do not ask.")
    var yes = false

    func run() throws {
        let home = VisavisHome()
        let folder = try Self.folder(of: avatar, in: home)
        let size = ByteCount(AvatarSummary.size(of: folder))
        if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                throw AvatarRemovalError.unconfirmed(folder.path)
            }
            // Not `print`: it would keep a line without an end for itself.
            let question = "Remove \(folder.path), \(size)? It cannot be brought back. [y/N] "
            FileHandle.standardOutput.write(Data(question.utf8))
            guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
                print("Nothing was removed.")
                throw ExitCode.failure
            }
        }
        try Self.remove(folder)
        print("\(avatar) is gone; \(size) are free again.")
    }

    /// The folder of a person's own avatar, sound or broken.
    /// - Throws: `AvatarError` for an unknown one; ``AvatarRemovalError`` for one that does not belong to the person.
    static func folder(of id: String, in home: VisavisHome) throws -> URL {
        let library = AvatarLibrary(home: home)
        let folder = try library.locate(id)
        let parent = folder.deletingLastPathComponent().standardizedFileURL
        guard parent.path == home.avatars.standardizedFileURL.path else {
            throw AvatarRemovalError.notYours(folder.path, yours: home.avatars.path)
        }
        return folder
    }

    /// Removes a folder. It steps aside first, so that nobody finds half of an avatar.
    static func remove(_ folder: URL) throws {
        let aside = folder.deletingLastPathComponent().appending(path: ".\(folder.lastPathComponent).removed")
        try? FileManager.default.removeItem(at: aside)
        try FileManager.default.moveItem(at: folder, to: aside)
        try FileManager.default.removeItem(at: aside)
    }
}

/// Why an avatar is not removed.
enum AvatarRemovalError: Error, Equatable, CustomStringConvertible {
    /// Nobody can be asked.
    case unconfirmed(String)
    /// It came with Visavis, or lies elsewhere.
    case notYours(String, yours: String)

    /// What was found, and what to do.
    var description: String {
        switch self {
        case .unconfirmed(let path): "\(path): nobody can be asked whether to remove it; add --yes"
        case .notYours(let path, let yours):
            "\(path): is none of the avatars in \(yours), which are yours to remove; remove it by hand if you have to"
        }
    }
}
