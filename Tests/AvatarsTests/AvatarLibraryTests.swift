import Avatars
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AvatarLibraryTests {
    /// A folder with bundles in it.
    private final class Shelf {
        private let place: TemporaryFolder
        private let bundles: [TinyBundle]

        init(_ ids: String...) throws {
            place = try TemporaryFolder()
            bundles = try ids.map { [place] id in try TinyBundle(id: id, in: place.url) }
        }

        var folder: URL { place.url }
        var library: AvatarLibrary { AvatarLibrary(folders: [folder]) }
    }

    @Test func bundlesAreFoundInAFolderOfBundles() async throws {
        let shelf = try Shelf("ada", "bob")
        #expect(shelf.library.list().map(\.id).starts(with: ["ada", "bob"]))
        #expect(try shelf.library.locate("bob").path == shelf.folder.appending(path: "bob").path)
        #expect(try await shelf.library.load("ada").id == "ada")
    }

    @Test func aBundleItselfMayBeNamed() async throws {
        let shelf = try Shelf("ada")
        let folder = shelf.folder.appending(path: "ada")
        #expect(AvatarLibrary(folders: [folder]).list().first?.id == "ada")
        #expect(try await AvatarLibrary().load(folder.path).id == "ada")
    }

    @Test func theOperatorsOwnComesBeforeTheBuiltIn() throws {
        let shelf = try Shelf("mira")
        let entries = shelf.library.list().filter { $0.id == "mira" }
        #expect(entries.map(\.name) == ["Tiny"])
    }

    @Test func anUnknownIdNamesTheKnownOnes() throws {
        let shelf = try Shelf("ada", "bob")
        let library = shelf.library
        let error = #expect(throws: AvatarError.self) { try library.locate("eve") }
        #expect(error?.description.hasPrefix("no avatar \"eve\"; there are: ") == true)
        #expect(throws: AvatarError.noFolder("./nowhere")) { try library.locate("./nowhere") }
    }

    @Test func aBrokenBundleIsNotListedButSaysWhatIsWrong() async throws {
        let shelf = try Shelf("ada", "bob")
        try Data("{}".utf8).write(to: shelf.folder.appending(path: "bob/avatar.json"))
        #expect(!shelf.library.list().contains { $0.id == "bob" })
        let error = await #expect(throws: AvatarError.self) { try await shelf.library.load("bob") }
        #expect(error?.description.contains("bob/avatar.json: \"format\" is missing") == true)
    }

    @Test func foldersThatDoNotExistAreEmpty() {
        let library = AvatarLibrary(folders: [URL(filePath: "/nowhere")])
        #expect(library.list() == AvatarLibrary().list())
    }
}
