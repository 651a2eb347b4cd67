import CFFmpeg
package import Foundation

/// The checksum of ZIP and PNG (ISO 3309).
package enum CRC32 {
    /// The checksum of `data`.
    package static func checksum(of data: Data) -> UInt32 {
        let table = av_crc_get_table(AV_CRC_32_IEEE_LE)
        return data.withUnsafeBytes { bytes in
            ~av_crc(table, ~0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        }
    }
}
