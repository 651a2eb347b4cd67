/// FNV-1a (Fowler, Noll and Vo) of 64 bits: what results of other programs are compared by where they are too large
/// to be kept.
public func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
