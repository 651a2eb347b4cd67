import ArgumentParser
import AvatarPreparation

/// The flags that say what of a face is cut out and repainted; their names and defaults are MuseTalk's.
struct FaceOptions: ParsableArguments {
    @Option(help: "Pixels below the chin that belong to the face, 10 if not given; MuseTalk 1.0 has none.")
    var extraMargin: Int?
    @Option(
        help: """
            What of the parsed face is repainted: jaw (skin, enlarged where the jaw moves, and mouth; MuseTalk 1.5's), \
            raw (skin and mouth; 1.0's) or neck (raw, and the neck).
            """)
    var parsingMode: ParsingMode?
    @Option(help: "For jaw: from the middle to the left cheek, in pixels of the parser's 512; 90 if not given.")
    var leftCheekWidth: Int?
    @Option(help: "The same to the right cheek.")
    var rightCheekWidth: Int?

    func validate() throws {
        for (name, width) in [("left", leftCheekWidth), ("right", rightCheekWidth)] {
            guard let width else { continue }
            guard 0...256 ~= width else {
                throw ValidationError("--\(name)-cheek-width is \(width); expected 0 to 256.")
            }
            guard parsingMode ?? .jaw == .jaw else {
                throw ValidationError("--\(name)-cheek-width is for --parsing-mode jaw.")
            }
        }
        if let extraMargin, !(0...500 ~= extraMargin) {
            throw ValidationError("--extra-margin is \(extraMargin); expected 0 to 500.")
        }
    }

    /// Whether one is given that only a face parser can follow.
    var needsParser: Bool { parsingMode != nil || leftCheekWidth != nil || rightCheekWidth != nil }

    /// Whether any is given.
    var isEmpty: Bool { extraMargin == nil && !needsParser }

    /// Pixels below the chin, for a model's version.
    func margin(for version: String) -> Int { extraMargin ?? (version == "1.0" ? 0 : 10) }

    /// What of the face is repainted: as the flags say, and else as MuseTalk of that version has it.
    func region(for version: String) -> FaceRegion {
        let usual = version == "1.0" && leftCheekWidth == nil && rightCheekWidth == nil ? ParsingMode.raw : .jaw
        return switch parsingMode ?? usual {
        case .jaw: .jaw(leftCheek: leftCheekWidth ?? 90, rightCheek: rightCheekWidth ?? 90)
        case .raw: .face
        case .neck: .faceAndNeck
        }
    }
}

/// MuseTalk's `--parsing_mode`, in its own words.
enum ParsingMode: String, ExpressibleByArgument, CaseIterable {
    case jaw, raw, neck
}
