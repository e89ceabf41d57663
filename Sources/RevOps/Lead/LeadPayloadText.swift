import Foundation

/// Text from a stranger, made harmless once, at the border: NFC; without control characters, bidirectional overrides,
/// tag characters (outside emoji flags), stacks of marks and stray invisible characters. Right-to-left text, joiners
/// inside words and emoji stay. Linear in the length.
enum CleanText {
  /// Characters that a reader cannot see and that no word needs.
  private static let invisible: Set<UInt32> = [
    0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x206a,
    0x206b, 0x206c, 0x206d, 0x206e, 0x206f, 0x2800, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfffa, 0xfffb,
  ]
  /// The most marks on one letter. More is no writing system's, and one "character" could fill a page.
  private static let marksPerLetter = 8

  /// One line: line breaks and tabs become blanks.
  static func line(_ text: String) -> String { trimmed(scalars(text, keepingLines: false)) }

  /// Text of several lines.
  static func paragraphs(_ text: String) -> String { trimmed(scalars(text, keepingLines: true)) }

  /// The first `characters` characters, at most `bytes` bytes; never half a character.
  static func cut(_ text: String, characters: Int, bytes: Int) -> String {
    if text.utf8.count <= min(characters, bytes) { return text }
    var end = text.startIndex
    var left = bytes
    for index in text.indices.prefix(characters) {
      left -= text[index].utf8.count
      if left < 0 { return String(text[..<end]) }
      end = text.index(after: index)
    }
    return String(text[..<end])
  }

  private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
    String(scalars).precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func scalars(_ text: String, keepingLines: Bool) -> String.UnicodeScalarView {
    let input = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
    var output = String.UnicodeScalarView()
    var marks = 0
    var index = 0
    while index < input.count {
      let scalar = input[index]
      index += 1
      if scalar == "\u{1F3F4}", let end = flagEnd(input, from: index) {
        output.append(scalar)
        output.append(contentsOf: input[index..<end])
        index = end
        continue
      }
      guard let kept = replacement(scalar, before: output.last, after: index < input.count ? input[index] : nil) else {
        continue
      }
      marks = isMark(kept) ? marks + 1 : 0
      if marks > marksPerLetter { continue }
      if kept == "\r", index < input.count, input[index] == "\n" { continue }
      let isBreak = kept == "\n" || kept == "\r" || kept == "\t"
      output.append(isBreak ? (keepingLines ? (kept == "\t" ? "\t" : "\n") : " ") : kept)
    }
    return output
  }

  /// What stays of a scalar between its neighbours; nil: nothing.
  private static func replacement(
    _ scalar: Unicode.Scalar, before: Unicode.Scalar?, after: Unicode.Scalar?
  ) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0a, 0x0d: scalar
    case 0x2028, 0x2029, 0x85: "\n"
    case 0..<0x20, 0x7f...0x9f: nil
    case 0x202a...0x202e, 0x2066...0x2069: nil  // embeddings, overrides, isolates
    case 0xe0000...0xe007f: nil  // tags
    case 0xfdd0...0xfdef: nil  // noncharacters
    case 0x200c, 0x200d, 0x200e, 0x200f, 0x061c: isVisible(before) && isVisible(after) ? scalar : nil
    case 0xfe00...0xfe0f, 0xe0100...0xe01ef: isVisible(before) ? scalar : nil
    default: invisible.contains(scalar.value) || scalar.value & 0xfffe == 0xfffe ? nil : scalar
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    switch scalar.value {
    case 0x200c...0x200f, 0x061c, 0xe0100...0xe01ef: return false
    default: return !scalar.properties.isWhitespace && !invisible.contains(scalar.value)
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// The end of a subdivision flag (`🏴` and tags up to the cancel tag); nil when the tags are not one.
  private static func flagEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    while index < scalars.count, index - start < 7 {
      switch scalars[index].value {
      case 0xe0030...0xe0039, 0xe0061...0xe007a: index += 1
      case 0xe007f: return index > start ? index + 1 : nil
      default: return nil
      }
    }
    return nil
  }
}
