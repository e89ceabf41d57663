/// Gives any text a place in a few dimensions: the same on every platform and in every release.
enum HashedFeature {
  /// How many dimensions one text touches: two texts that meet in one of them still differ in the others.
  static let spread = 4

  /// Adds ±1 in one dimension of each quarter of the block. Sums of whole numbers are exact, so that the order in which
  /// texts come makes no difference.
  static func add(_ text: String, to block: inout ArraySlice<Double>) {
    let quarter = block.count / spread
    var state = hash(text)
    for part in 0..<spread {
      state = mixed(state &+ 0x9e37_79b9_7f4a_7c15)
      let place = block.startIndex + part * quarter + Int((state >> 1) % UInt64(quarter))
      block[place] += state & 1 == 0 ? 1 : -1
    }
  }

  /// FNV-1a, 64 bit.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  /// The finalizer of SplitMix64: short texts that differ in one letter fall far apart.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
