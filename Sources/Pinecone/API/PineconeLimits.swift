/// What one request may hold (Pinecone, "Database limits").
enum PineconeLimits {
  static let recordsOfUpsert = 1_000
  /// 2 MB, less what stands around the records.
  static let bytesOfUpsert = 2_000_000 - 1_000
  static let idsOfDelete = 1_000
  static let topK = 10_000
  /// Metadata may have 40 KB a record; a person's reason is the only long text in it.
  static let bytesOfText = 8_000
}

extension Array {
  /// In pieces of at most `size`.
  func pieces(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
