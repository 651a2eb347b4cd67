import Foundation
import Video

/// The pictures in a folder of a prepared avatar, `00000000.png` and on, in the order of their numbers.
struct NumberedPictures {
    /// Where they lie.
    let files: [URL]

    /// Lists a folder. What is no picture, and what is hidden, is passed over.
    /// - Parameter purpose: what the pictures are, for the error.
    /// - Throws: ``MuseTalkFolderError`` if there is no folder, or a picture's name is no number.
    init(in folder: URL, purpose: String) throws(MuseTalkFolderError) {
        guard let pictures = try? PictureFolder(folder) else { throw .missing(file: folder.path, purpose: purpose) }
        var numbered: [(number: Int, file: URL)] = []
        for file in pictures.files {
            guard let number = Int(file.deletingPathExtension().lastPathComponent), number >= 0 else {
                throw .description(
                    file: file.path, found: "a picture whose name is no number",
                    expected: "00000000.png, 00000001.png and so on; move it elsewhere")
            }
            numbered.append((number, file))
        }
        files = numbered.sorted { ($0.number, $0.file.path) < ($1.number, $1.file.path) }.map(\.file)
    }
}
