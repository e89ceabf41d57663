/// Character references that forms leave in their values: `&amp;`, `&eacute;`, `&#233;`, `&#xE9;`.
enum HTMLEntities {
  /// Undoes references once; what is none stays as it is.
  static func decode(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var decoded = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      decoded += rest[..<start]
      let after = rest.index(after: start)
      let name = rest[after...].prefix(10).prefix { $0 != ";" && $0 != "&" }
      let end = rest.index(after, offsetBy: name.count)
      if end < rest.endIndex, rest[end] == ";", let character = character(name) {
        decoded += character
        rest = rest[rest.index(after: end)...]
      } else {
        decoded += "&"
        rest = rest[after...]
      }
    }
    return decoded + rest
  }

  private static func character(_ name: Substring) -> String? {
    guard name.hasPrefix("#") else { return named[String(name)] }
    let digits = name.dropFirst()
    let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }

  private static let named: [String: String] = {
    var named = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "rsquo": "’", "lsquo": "‘", "rdquo": "”",
      "ldquo": "“", "ndash": "–", "mdash": "—", "hellip": "…", "euro": "€", "trade": "™", "OElig": "Œ", "oelig": "œ",
      "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "bull": "•", "sbquo": "‚", "bdquo": "„",
    ]
    for (offset, name) in latin1.split(separator: " ").enumerated() {
      if let scalar = Unicode.Scalar(UInt32(160 + offset)) { named[String(name)] = String(Character(scalar)) }
    }
    return named
  }()

  /// The names of U+00A0…U+00FF in order (HTML 4.01 §24.2).
  private static let latin1 =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
    + "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring "
    + "AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml "
    + "times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil "
    + "egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash "
    + "ugrave uacute ucirc uuml yacute thorn yuml"
}
