import AvatarPreparation
import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Drawings with named parts, drawn by rsvg-convert.
@Suite(.timeLimit(.minutes(10))) struct LayeredDrawingTests {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    /// A small face; `changes` replace texts in it.
    private func drawing(_ changes: [String: String] = [:], name: String = "face.svg") throws -> URL {
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">
              <defs><linearGradient id="skin"><stop offset="0" stop-color="#e0b090"/><stop offset="1" stop-color="#c89070"/></linearGradient></defs>
              <rect id="background" width="256" height="256" fill="#8899aa"/>
              <g id="head">
                <ellipse id="hair" cx="128" cy="100" rx="62" ry="70" fill="#332211"/>
                <ellipse id="face" cx="128" cy="120" rx="52" ry="64" fill="url(#skin)"/>
                <ellipse id="left-eye" cx="106" cy="108" rx="12" ry="5" fill="#ffffff"/>
                <ellipse id="right-eye" cx="150" cy="108" rx="12" ry="5" fill="#ffffff"/>
                <rect id="left-brow" x="94" y="92" width="24" height="4" fill="#221100"/>
                <rect id="right-brow" x="138" y="92" width="24" height="4" fill="#221100"/>
                <g display="none">
                  <rect id="upper-teeth" x="112" y="146" width="32" height="7" fill="#eeeeee"/>
                  <rect id="lower-teeth" x="114" y="152" width="28" height="7" fill="#dddddd"/>
                  <ellipse id="tongue" cx="128" cy="162" rx="10" ry="8" fill="#cc6666"/>
                </g>
                <path id="lower-lip" d="M108,152 Q128,155 148,152 Q128,168 108,152 Z" fill="#aa5050"/>
                <path id="upper-lip" d="M108,152 Q128,138 148,152 Q128,155 108,152 Z" fill="#994444"/>
              </g>
            </svg>
            """
        for (from, to) in changes {
            try #require(svg.contains(from))
            svg = svg.replacing(from, with: to)
        }
        return try place.file(name, svg.utf8)
    }

    private func findings(_ changes: [String: String]) async throws -> [DrawingFinding] {
        try await LayeredDrawing(drawing(changes)).findings()
    }

    @Test func aDrawingWithAllItsPartsHasNoFindings() async throws {
        #expect(try await findings([:]).isEmpty)
    }

    @Test func itBecomesAnAvatarWhoseMouthIsWhereItIsDrawn() async throws {
        let recipe = RigRecipe(.drawing(try drawing()), id: "drawn", name: "Drawn")
        let made = try await RigCreator(recipe).create(in: place.url)
        let avatar = try await Avatar.load(from: made.folder)
        #expect(avatar.width == 512)
        let face = try avatar.riggedFace(for: "test")
        let brush = face.makeBrush()
        let (rest, open) = (PixelBuffer(width: 512, height: 512), PixelBuffer(width: 512, height: 512))
        face.paint(.rest, atBaseFrame: 0, into: rest, using: brush)
        // A jaw that is lowered alone leaves the upper teeth behind their lip.
        face.paint(FacePose(mouth: MouthShape(jaw: 0.7, upperLip: 1)), atBaseFrame: 0, into: open, using: brush)
        // Between the lips: its own hollow, which is dark, and teeth, which are not.
        let middle = (300..<340).map { Int(open.luma[$0 * 512 + 256]) }
        #expect(try #require(middle.min()) < 50 && #require(middle.max()) > 180, "\(middle)")
        // Nothing of that is seen through closed lips.
        #expect((296..<330).allSatisfy { rest.luma[$0 * 512 + 256] < 180 })
    }

    @Test(arguments: [
        "face", "left-eye", "right-eye", "left-brow", "right-brow", "upper-lip", "lower-lip",
    ])
    func aPartThatIsMissingIsNamed(part: String) async throws {
        let findings = try await findings(["id=\"\(part)\"": "id=\"something\""])
        #expect(findings.contains { $0.weight == .error && $0.words.contains("\"\(part)\"") })
        let recipe = RigRecipe(.drawing(try drawing(["id=\"\(part)\"": ""])), id: "drawn", name: "Drawn")
        await #expect(throws: DrawingError.self) { try await RigCreator(recipe).create(in: place.url) }
        #expect(place.fileNames == ["face.svg"])
    }

    @Test func whatIsBetweenTheLipsIsAllThereOrNothing() async throws {
        let some = try await findings(["id=\"tongue\"": ""])
        #expect(some.contains { $0.weight == .error && $0.words.contains("\"tongue\"") })
        let none = try await findings(["id=\"tongue\"": "", "id=\"upper-teeth\"": "", "id=\"lower-teeth\"": ""])
        #expect(none.allSatisfy { $0.weight == .warning } && none.count == 1)
    }

    @Test func flawsOfTheDrawingAreSaid() async throws {
        // Left and right are the viewer's.
        let swapped = try await findings([
            "\"left-eye\"": "\"x\"", "\"right-eye\"": "\"left-eye\"",
            "id=\"left-brow\"": "id=\"right-eye\" fill-opacity=\"1\"",
        ])
        #expect(swapped.contains { $0.weight == .error })
        let hidden = try await findings(["id=\"left-brow\"": "id=\"left-brow\" opacity=\"0\""])
        #expect(hidden.contains { $0.weight == .error && $0.words.contains("nothing of \"left-brow\" is visible") })
        let twice = try await findings(["id=\"background\"": "id=\"hair\""])
        #expect(twice.contains { $0.weight == .error && $0.words.contains("2 parts have the id \"hair\"") })
        let apart = try await findings(["M108,152 Q128,155 148,152 Q128,168": "M108,156 Q128,160 148,156 Q128,172"])
        #expect(apart.contains { $0.weight == .warning && $0.words.contains("gap") })
        let bald = try await findings(["id=\"hair\"": ""])
        #expect(bald.map(\.weight) == [.warning])
    }

    @Test func whatIsNoDrawingIsRefused() async throws {
        let nothing = try place.file("nothing.svg", "no svg at all".utf8)
        await #expect(throws: DrawingError.self) { try await LayeredDrawing(nothing) }
        let half = try place.file("half.svg", "<svg viewBox=\"0 0 512 512\"><g id=\"face\">".utf8)
        await #expect(throws: DrawingError.self) { try await LayeredDrawing(half) }
        let page = try place.file("page.svg", "<html/>".utf8)
        await #expect(throws: DrawingError.self) { try await LayeredDrawing(page) }
        let sizeless = try place.file("sizeless.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)
        await #expect(throws: DrawingError.self) { try await LayeredDrawing(sizeless) }
        await #expect(throws: DrawingError.self) { try await LayeredDrawing(place.url.appending(path: "missing.svg")) }
    }

    /// The drawing of the avatar that comes along: somebody might change it and forget to make the avatar anew.
    @Test func theosBundleIsOfHisDrawing() async throws {
        let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let recipe = RigRecipe(.drawing(project.appending(path: "art/theo/theo.svg")), id: "theo", name: "Theo")
        let made = try await RigCreator(recipe).create(in: place.url)
        for file in ["avatar.json", "inside-upper-teeth.png", "inside-hollow.png"] {
            let ours = try Data(contentsOf: AvatarLibrary.builtIn.appending(path: "theo/\(file)"))
            #expect(try Data(contentsOf: made.folder.appending(path: file)) == ours, "\(file)")
        }
    }
}
