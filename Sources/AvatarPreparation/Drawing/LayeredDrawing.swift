import Avatars
public import Foundation
import FoundationXML
import Video

/// A person drawn in layers: an SVG in which the parts of ``DrawingPart`` have names.
public struct LayeredDrawing {
    private let document: XMLDocument
    private let file: URL
    private let renderer = SVGRenderer()
    /// Pixels of the avatar.
    private let width: Int
    private let height: Int

    /// The longer side of the avatar in pixels at least; at most ``RigRecipe/longestSide``.
    private static let shortestLongestSide = 512.0

    /// Reads a drawing.
    /// - Throws: ``DrawingError``; `CancellationError`.
    public init(_ file: URL) async throws {
        self.file = file
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw DrawingError.unreadable(file: file.path, reason: error.localizedDescription)
        }
        // `XMLDocument` takes half a file for a whole one, and prints its complaints: what draws it is asked first.
        _ = try await renderer.draw(data, file: file.path, width: 16, height: 16)
        do {
            document = try XMLDocument(data: data, options: [.nodePreserveWhitespace, .nodeLoadExternalEntitiesNever])
        } catch {
            throw DrawingError.notSVG(file: file.path, found: "no XML: \(error.localizedDescription)")
        }
        guard let root = document.rootElement(), root.localName == "svg" else {
            throw DrawingError.notSVG(file: file.path, found: "its root is <\(document.rootElement()?.name ?? "")>")
        }
        guard let size = Self.size(of: root) else {
            throw DrawingError.notSVG(file: file.path, found: "it has neither a viewBox nor a width and a height")
        }
        let longest = max(size.x, size.y)
        let scale = min(max(longest, Self.shortestLongestSide), Double(RigRecipe.longestSide)) / longest
        (width, height) = (Int((size.x * scale / 2).rounded()) * 2, Int((size.y * scale / 2).rounded()) * 2)
        guard width >= 16, height >= 16 else {
            throw DrawingError.notSVG(file: file.path, found: "it is \(size.x) by \(size.y), far from a portrait")
        }
    }

    private static func size(of root: XMLElement) -> SIMD2<Double>? {
        func number(_ name: String) -> Double? {
            root.attributeNode(name)?.stringValue.flatMap { Double($0.replacing("px", with: "")) }
        }
        let box = root.attributeNode("viewBox")?.stringValue?.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
        let size =
            box?.count == 4
            ? box.map { SIMD2($0[2], $0[3]) }
            : number("width").flatMap { width in
                number("height").map { SIMD2(width, $0) }
            }
        return size.flatMap { $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite ? $0 : nil }
    }

    /// What is wrong with it, or might be better.
    /// - Throws: ``DrawingError`` where it cannot be drawn at all; `CancellationError`.
    public func findings() async throws -> [DrawingFinding] {
        var findings = namedParts()
        if !findings.contains(where: { $0.weight == .error }) { findings += drawnParts(try await parts()) }
        return findings
    }

    /// An avatar of it.
    /// - Throws: ``DrawingError``, `AvatarError`, `CancellationError`.
    func bundle(id: String, name: String) async throws -> RiggedBundle {
        let named = namedParts().filter { $0.weight == .error }
        guard named.isEmpty else { throw DrawingError.flawed(file: file.path, named) }
        let parts = try await parts()
        let drawn = drawnParts(parts).filter { $0.weight == .error }
        guard drawn.isEmpty, let landmarks = parts.landmarks else { throw DrawingError.flawed(file: file.path, drawn) }
        let whole = try await renderer.draw(
            try self.only(nil), file: file.path, width: width, height: height)
        return RiggedBundle(
            id: id, name: name, base: .picture(PixelBuffer(whole)), landmarks: landmarks,
            inside: parts.inside(landmarks))
    }

    // MARK: Parts

    private func elements(_ part: DrawingPart) -> [XMLElement] { elements(named: part.rawValue) }

    private func elements(named id: String) -> [XMLElement] {
        let found = try? document.nodes(forXPath: "//*[@id='\(id)']")
        return (found ?? []).compactMap { $0 as? XMLElement }
    }

    private func parts() async throws -> DrawnParts {
        var pictures: [DrawingPart: RGBAImage] = [:]
        for part in DrawingPart.allCases where !elements(part).isEmpty {
            pictures[part] = try await renderer.draw(
                try only(part), file: file.path, width: width, height: height)
        }
        return DrawnParts(pictures)
    }

    /// The document with one part alone, and what that is in; without a part all of it but what is between the lips.
    private func only(_ part: DrawingPart?) throws -> Data {
        let copy = LayeredDrawing(copying: self)
        guard let part, let element = copy.elements(part).first else {
            for hidden in DrawingPart.inside { copy.elements(hidden).forEach { $0.detach() } }
            return copy.document.xmlData
        }
        element.attributeNode("display")?.detach()
        var kept: XMLNode = element
        while let parent = kept.parent as? XMLElement {
            for other in parent.children ?? []
            where other !== kept && other.localName != "defs" && other.kind == .element {
                other.detach()
            }
            parent.attributeNode("display")?.detach()
            kept = parent
        }
        return copy.document.xmlData
    }

    private init(copying other: LayeredDrawing) {
        document = other.document.copy() as? XMLDocument ?? XMLDocument()
        (file, width, height) = (other.file, other.width, other.height)
    }

    // MARK: Findings

    private func namedParts() -> [DrawingFinding] {
        var findings: [DrawingFinding] = []
        func say(_ weight: DrawingFinding.Weight, _ words: String) {
            findings.append(DrawingFinding(weight: weight, words: words))
        }
        for part in DrawingPart.needed where elements(part).isEmpty {
            say(.error, "no part has the id \"\(part.rawValue)\"; expected \(part.meaning)")
        }
        let missing = DrawingPart.inside.filter { elements($0).isEmpty }
        if missing.count == DrawingPart.inside.count {
            say(
                .warning,
                "nothing is drawn between the lips; the teeth and the tongue that come with Visavis will be seen")
        } else {
            for part in missing {
                say(.error, "no part has the id \"\(part.rawValue)\", but others do; expected \(part.meaning), or none")
            }
        }
        if elements(.hair).isEmpty {
            say(.warning, "no part has the id \"hair\"; the top of the face will be taken for the top of the head")
        }
        for part in DrawingPart.allCases where elements(part).count > 1 {
            say(.error, "\(elements(part).count) parts have the id \"\(part.rawValue)\"; expected one")
        }
        let foreign =
            (try? document.nodes(
                forXPath: "//*[local-name()='image' or local-name()='script' or local-name()='foreignObject']")) ?? []
        for name in Set(foreign.compactMap(\.localName)).sorted() {
            say(
                .warning,
                "there is <\(name)>, which is not drawn alike everywhere; draw with shapes, gradients and filters")
        }
        return findings
    }

    private func drawnParts(_ parts: DrawnParts) -> [DrawingFinding] {
        var findings: [DrawingFinding] = []
        for part in DrawingPart.allCases where parts.pictures[part] != nil && parts.shapes[part] == nil {
            let weight: DrawingFinding.Weight = DrawingPart.needed.contains(part) ? .error : .warning
            findings.append(
                DrawingFinding(
                    weight: weight,
                    words: """
                        nothing of "\(part.rawValue)" is visible when it is drawn alone; expected \(part.meaning), which \
                        uses nothing outside of itself but what is in <defs>
                        """))
        }
        guard let landmarks = parts.landmarks else { return findings }
        if let flaw = landmarks.flaw(width: width, height: height) {
            findings.append(DrawingFinding(weight: .error, words: "\(flaw); left and right are the viewer's"))
        }
        if let upper = parts.shapes[.upperLip], let lower = parts.shapes[.lowerLip] {
            let gap =
                landmarks.lipCurve.compactMap { place in
                    lower.rows(atColumn: place.x).map { $0.top - (upper.rows(atColumn: place.x)?.bottom ?? place.y) }
                }.max() ?? 0
            if gap > 1.5 {
                findings.append(
                    DrawingFinding(
                        weight: .warning,
                        words:
                            "there is a gap of \(Int(gap.rounded())) pixels between the lips; expected lips that meet"))
            }
        }
        return findings
    }
}

extension XMLElement {
    /// An attribute by its name. Foundation's own way does not find it in a document that has a namespace.
    fileprivate func attributeNode(_ name: String) -> XMLNode? { attributes?.first { $0.name == name } }
}

extension PixelBuffer {
    /// An image on white, where it can be seen through.
    fileprivate convenience init(_ image: RGBAImage) {
        self.init(width: image.width, height: image.height)
        let white = RGBAImage(
            width: image.width, height: image.height,
            pixels: [UInt8](repeating: 255, count: image.width * image.height * 4))
        let whole = PixelBox(left: 0, top: 0, right: image.width, bottom: image.height)
        let place = Placement(anchorX: 0, anchorY: 0, x: 0, y: 0)
        Sprite(white).paint(onto: self, at: place, within: whole)
        Sprite(image).paint(onto: self, at: place, within: whole)
    }
}
