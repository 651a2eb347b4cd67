import Foundation
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct PixelBoxTests {
    @Test func readsAndWritesFourEdges() throws {
        let box = PixelBox(left: -3, top: 4, right: 20, bottom: 31)
        #expect(box.width == 23 && box.height == 27)
        #expect(try JSONDecoder().decode(PixelBox.self, from: JSONEncoder().encode(box)) == box)
        #expect(try JSONDecoder().decode(PixelBox.self, from: Data("[-3, 4, 20, 31]".utf8)) == box)
    }

    @Test(arguments: ["[1, 2, 3]", "[1, 2, 3, 4, 5]", "[1, 2, 3, 4.5]", "[1, 2, 3, 99999999999999999999]", "{}"])
    func anythingElseIsRefused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PixelBox.self, from: Data(json.utf8)) }
    }

    @Test func boxesBeyondAllMeasureHaveNoPixels() {
        let box = PixelBox(left: -5, top: .min, right: .max, bottom: .max)
        #expect(box.width < 0 && box.height < 0)
        #expect(!PixelBox(left: 0, top: 0, right: 10, bottom: 10).contains(box))
    }
}
