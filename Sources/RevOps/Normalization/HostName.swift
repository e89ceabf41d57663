import Foundation

/// A host name in ASCII: UTS 46 mapping, then Punycode for labels that are not ASCII (RFC 3492).
enum HostName {
  /// Nil when it is no host name: empty or long labels (over 63 bytes, 253 in all), other characters, an IP address.
  static func ascii(_ host: String) -> String? {
    var mapped = host.trimmingCharacters(in: .whitespacesAndNewlines)
    if mapped.utf8.count > 1000 { return nil }
    if mapped.utf8.contains(where: { $0 >= 0x80 }) { mapped = compatible(mapped) }
    if mapped.hasSuffix(".") { mapped.removeLast() }
    let labels = mapped.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(label)
    guard labels.allSatisfy({ $0 != nil }), let last = labels.last ?? nil, !last.allSatisfy(\.isNumber) else {
      return nil
    }
    let name = labels.compactMap { $0 }.joined(separator: ".")
    return name.utf8.count <= 253 ? name : nil
  }

  /// The mapping of UTS 46 as far as registries allow labels: compatibility forms, case, ideographic full stops, and
  /// nothing for soft hyphens and joiners. `ß` stays itself (non-transitional processing).
  private static func compatible(_ host: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in host.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x3002, 0xff0e, 0xff61: scalars.append(".")
      case 0xad, 0x200b...0x200d, 0x2060, 0xfeff, 0xfe00...0xfe0f: break
      default: scalars.append(scalar)
      }
    }
    return String(scalars).precomposedStringWithCompatibilityMapping
  }

  private static func label(_ label: Substring) -> String? {
    if label.utf8.allSatisfy(isLabelByte) {
      let hyphenated = label.hasPrefix("-") || label.hasSuffix("-")
      return label.isEmpty || label.utf8.count > 63 || hyphenated ? nil : String(label)
    }
    guard label.unicodeScalars.allSatisfy({ $0.value < 0x80 ? isLabelByte(UInt8($0.value)) : isLetter($0) }) else {
      return nil
    }
    let encoded = "xn--" + Punycode.encode(Array(label.unicodeScalars))
    return encoded.utf8.count <= 63 ? encoded : nil
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7a, 0x2d, 0x5f: true
    default: false
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { TextFolding.isWordScalar(scalar) || scalar == "·" }
}

/// Punycode, RFC 3492 §6.3, with the parameters of §5.
enum Punycode {
  private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)

  static func encode(_ label: [Unicode.Scalar]) -> String {
    var output = String.UnicodeScalarView()
    output.append(contentsOf: label.filter { $0.value < 0x80 })
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append("-") }
    var next: UInt32 = 128
    var delta = 0
    var bias = 72
    while handled < label.count {
      guard let smallest = label.lazy.map(\.value).filter({ $0 >= next }).min() else { break }
      delta += Int(smallest - next) * (handled + 1)
      next = smallest
      for scalar in label {
        if scalar.value < next { delta += 1 }
        if scalar.value == next {
          append(delta, bias: bias, to: &output)
          bias = adapted(delta, count: handled + 1, first: handled == basic)
          delta = 0
          handled += 1
        }
      }
      delta += 1
      next += 1
    }
    return String(output)
  }

  private static func append(_ delta: Int, bias: Int, to output: inout String.UnicodeScalarView) {
    var rest = delta
    var position = 36
    while true {
      let threshold = min(max(position - bias, 1), 26)
      if rest < threshold { break }
      output.append(digits[threshold + (rest - threshold) % (36 - threshold)])
      rest = (rest - threshold) / (36 - threshold)
      position += 36
    }
    output.append(digits[rest])
  }

  private static func adapted(_ delta: Int, count: Int, first: Bool) -> Int {
    var delta = first ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
