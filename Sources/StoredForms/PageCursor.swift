import Foundation
import RevOps

/// Where a page ended: the time and the key of its last row. Written as the time's bits, so that no digit is lost.
package struct PageCursor: Sendable {
  package let time: Double
  package let key: String

  package init(time: Double, key: String) {
    self.time = time
    self.key = key
  }

  package init(_ text: String) throws {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let bits = UInt64(parts[0], radix: 16) else {
      throw StorageError(.unreadable, "this is no cursor of a page")
    }
    self.init(time: Double(bitPattern: bits), key: String(parts[1]))
  }

  package var text: String { String(time.bitPattern, radix: 16) + "." + key }
}
