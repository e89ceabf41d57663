/// A pattern over a whole value: `*` stands for any characters, `?` for exactly one.
///
/// Only the latest star is ever taken back, so that the work is at most pattern × value steps, whatever both contain.
struct Glob: Sendable {
  private let pattern: [UInt8]

  init(folded text: String) { pattern = Array(text.utf8) }

  func matches(_ text: [UInt8]) -> Bool {
    var p = 0
    var t = 0
    var star: (next: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == Self.star {
        p += 1
        star = (p, t)
      } else if p < pattern.count, pattern[p] == Self.one {
        p += 1
        t = Self.afterCharacter(at: t, in: text)
      } else if p < pattern.count, pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let latest = star {
        let resumed = Self.afterCharacter(at: latest.text, in: text)
        star = (latest.next, resumed)
        (p, t) = (latest.next, resumed)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == Self.star }
  }

  private static let star = UInt8(ascii: "*")
  private static let one = UInt8(ascii: "?")

  /// The start of the next Unicode scalar.
  private static func afterCharacter(at index: Int, in text: [UInt8]) -> Int {
    var next = index + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
