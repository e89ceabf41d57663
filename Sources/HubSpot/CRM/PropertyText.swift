import Foundation

/// Strangers' text on its way into a property.
enum PropertyText {
  /// HubSpot refuses more than 65,536 characters; nobody reads that much in a field. Escaping makes a character six.
  private static let longest = 10_000

  /// Without control characters (line breaks and tabs stay), surrounding blanks or excess, which an ellipsis shows; nil
  /// when nothing is left.
  static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    let scalars = text.unicodeScalars.filter { scalar in
      scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
    }
    var cleaned = ""
    cleaned.unicodeScalars.append(contentsOf: scalars)
    let trimmed = cut(cleaned.trimmingCharacters(in: .whitespacesAndNewlines))
    return trimmed.isEmpty ? nil : trimmed
  }

  /// What HubSpot counts are code units: a single character that people see may have hundreds of them.
  static func cut(_ text: String) -> String {
    guard text.utf16.count > longest else { return text }
    var kept = String.UnicodeScalarView()
    var room = longest - 1
    for scalar in text.unicodeScalars {
      room -= UTF16.width(scalar)
      guard room >= 0 else { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }

  /// For fields that HubSpot draws as HTML: nothing in the text can become markup, and its lines stay lines.
  static func html(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\r\n": escaped += "<br>"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
