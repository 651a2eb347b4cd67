/// A file that was fetched.
public struct PulledFile: Sendable, Equatable, Encodable {
    /// Who says that its sum is right.
    public enum Voucher: String, Sendable, Encodable {
        /// The catalogue that comes with Visavis.
        case catalogue
        /// Only the server that it came from.
        case server
        /// Nobody: no sum is known.
        case nobody
    }

    /// Its place below the folder of the download.
    public var file: String
    /// How long it is.
    public var bytes: Int
    /// Its SHA-256, in hexadecimal digits.
    public var sha256: String
    /// Who says that this is the right sum.
    public var vouchedForBy: Voucher

    enum CodingKeys: String, CodingKey {
        case file, bytes, sha256
        case vouchedForBy = "vouched_for_by"
    }
}
