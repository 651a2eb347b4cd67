/// What we read from H.264 ourselves: where its NAL units are, and what its sequence parameter set says
/// (ITU-T H.264, Annex B and 7.3.2.1.1).
enum H264Stream {
    /// Kinds of NAL unit (`nal_unit_type`) that matter to us.
    enum UnitType {
        static let sequenceParameterSet: UInt8 = 7
        static let pictureParameterSet: UInt8 = 8
    }

    /// One NAL unit of a byte stream.
    struct Unit {
        /// `nal_unit_type`.
        var type: UInt8
        /// Its bytes, header included, start code excluded.
        var bytes: ArraySlice<UInt8>

        /// True for what a decoder must know before the first picture.
        var isParameterSet: Bool {
            type == UnitType.sequenceParameterSet || type == UnitType.pictureParameterSet
        }
    }

    /// A byte stream of NAL units, each behind a start code.
    static func annexB(_ units: [Unit]) -> [UInt8] {
        var stream: [UInt8] = []
        stream.reserveCapacity(units.reduce(0) { $0 + $1.bytes.count + 4 })
        for unit in units {
            stream += [0, 0, 0, 1]
            stream += unit.bytes
        }
        return stream
    }

    /// The NAL units of an access unit in Annex B form, in order.
    static func units(of accessUnit: [UInt8]) -> [Unit] {
        var units: [Unit] = []
        var start: Int?
        var index = 0
        func close(at end: Int) {
            guard let start, start < end else { return }
            units.append(Unit(type: accessUnit[start] & 0x1F, bytes: accessUnit[start..<end]))
        }
        while index + 3 <= accessUnit.count {
            guard accessUnit[index + 2] <= 1 else {
                index += 3
                continue
            }
            if accessUnit[index] == 0, accessUnit[index + 1] == 0, accessUnit[index + 2] == 1 {
                // A four-byte start code has one more zero in front.
                close(at: index > 0 && accessUnit[index - 1] == 0 ? index - 1 : index)
                start = index + 3
                index += 3
            } else {
                index += 1
            }
        }
        close(at: accessUnit.count)
        return units
    }

    /// The codec string of WebCodecs and MSE (RFC 6381), e.g. `avc1.42C01F`: profile, constraints and level of the
    /// sequence parameter set in `keyframe`; nil if there is none.
    static func codecString(of keyframe: [UInt8]) -> String? {
        guard let unit = units(of: keyframe).first(where: { $0.type == UnitType.sequenceParameterSet }),
            unit.bytes.count >= 4
        else { return nil }
        let digits = Array("0123456789ABCDEF")
        return unit.bytes.dropFirst().prefix(3).reduce(into: "avc1.") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
