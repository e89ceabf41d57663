/// A number of employees as people write it.
enum Headcount {
  /// The most people that any organization has; more is a slip or a telephone number.
  private static let most = 10_000_000

  /// `1,200`, `1.2k`, `10k+`, `ca. 300 Mitarbeiter`, `51-200` (its lower end), `just me`; nil when it says no number.
  static func read(_ text: String) -> Int? {
    let folded = NumberWords.asDigits(in: Self.withPlainDigits(TextFolding.fold(text, limit: 120)))
    if WordList.alone.contains(TextFolding.key(folded)) { return 1 }
    // A share of something is no number of people.
    if folded.contains("%") { return nil }
    var scanner = HeadcountScanner(withoutDate(folded))
    guard let count = scanner.count(), (1...most).contains(count) else { return nil }
    return count
  }

  /// `300 (2024)`, `1,200 (as of 12/2024)`: a remark in brackets behind the number that says of when it is.
  private static func withoutDate(_ folded: String) -> String {
    guard folded.last == ")", let open = folded.lastIndex(of: "(") else { return folded }
    let before = folded[..<open]
    let numbers = folded[open...].split { !$0.isASCII || !$0.isNumber }
    let years = numbers.filter { Int($0).map { (2001...2099).contains($0) } == true }
    guard years.count == 1, numbers.allSatisfy({ $0.count <= 2 || years.contains($0) }),
      before.contains(where: \.isNumber)
    else { return folded }
    return String(before)
  }

  /// Digits of every script as ASCII's, and the Arabic marks between them.
  private static func withPlainDigits(_ folded: String) -> String {
    guard folded.utf8.contains(where: { $0 >= 0x80 }) else { return folded }
    var plain = String.UnicodeScalarView()
    for scalar in folded.unicodeScalars {
      if scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue {
        plain.append(contentsOf: String(Int(value)).unicodeScalars)
      } else {
        plain.append(scalar == "٬" ? "," : scalar == "٫" ? "." : scalar)
      }
    }
    return String(plain)
  }
}

/// Reads the first number of a text and checks that the rest is what stands beside a headcount.
struct HeadcountScanner {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ folded: String) { scalars = Array(folded.unicodeScalars) }

  mutating func count() -> Int? {
    let before = words(until: isDigit)
    if position > 0, "-−".unicodeScalars.contains(scalars[position - 1]), before.isEmpty { return nil }
    let below = before.contains {
      ["under", "less", "fewer", "unter", "weniger", "moins", "menos", "meno"].contains($0)
    }
    guard allowed(before) || below, let first = number() else { return nil }
    let after = position
    skipBlanks()
    let isRange = rangeMark() && position < scalars.count && isDigit(scalars[position])
    if isRange { return rangeEnd(lower: first) }
    position = after
    // A bound from above ("under 50") is the open range from one.
    guard allowed(words(until: { _ in false })) else { return nil }
    return below || scalars.first == "<" ? 1 : first.value
  }

  private struct Number {
    var value: Int
    var scaled: Bool
  }

  private mutating func rangeEnd(lower: Number) -> Int? {
    guard let upper = number(), allowed(words(until: { _ in false })) else { return nil }
    // "5-10k": the unit belongs to both ends.
    let value = upper.scaled && !lower.scaled && lower.value * 1000 <= upper.value ? lower.value * 1000 : lower.value
    return value <= upper.value ? value : nil
  }

  /// Digits in groups, a decimal part before a unit of a thousand or a million.
  private mutating func number() -> Number? {
    var groups = [digits()]
    var marks: [Unicode.Scalar] = []
    while position + 1 < scalars.count, isGroupMark(scalars[position]), isDigit(scalars[position + 1]) {
      let start = position
      let mark = scalars[position]
      position += 1
      let group = digits()
      if isBlank(mark) && group.count != 3 {
        position = start
        break
      }
      if mark == "_", Self.rangeEnds.contains(group), Self.rangeStarts.contains(groups[groups.count - 1]) {
        position = start
        break
      }
      marks.append(mark)
      groups.append(group)
    }
    return value(groups, marks)
  }

  private mutating func value(_ groups: [String], _ marks: [Unicode.Scalar]) -> Number? {
    guard groups.allSatisfy({ $0.count <= 9 }), groups.count <= 5 else { return nil }
    let scale = scale()
    var groups = groups
    // "1,200.00" and "1.200,00" come from spreadsheets.
    if groups.count > 2, scale == 1, groups.last == "00" || groups.last == "0", marks.last != marks.first {
      groups.removeLast()
    }
    let grouped = groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 3 && groups[0] != "0"
    if groups.count > 1 && grouped && (scale == 1 || groups.count > 2) {
      return Int(groups.joined()).map { Number(value: $0 * scale, scaled: scale > 1) }
    }
    guard let whole = Int(groups[0]) else { return nil }
    if groups.count == 1 { return Number(value: whole * scale, scaled: scale > 1) }
    // "120.0" comes from spreadsheets; "1.2" of a person does not exist.
    guard groups.count == 2, let fraction = Double("0." + groups[1]), scale > 1 || fraction == 0 else { return nil }
    return Number(value: Int((Double(whole) + fraction) * Double(scale) + 0.5), scaled: scale > 1)
  }

  private mutating func scale() -> Int {
    let start = position
    skipBlanks()
    let word = word()
    if WordList.thousand.contains(word) { return 1000 }
    if ["m", "mio", "mn", "million", "millions", "millionen"].contains(word) { return 1_000_000 }
    if ["万", "萬", "만"].contains(word) { return 10_000 }
    position = start
    return 1
  }

  /// Ends of the ranges that forms offer: `51_200` is one of them, `1_200` a number.
  private static let rangeStarts: Set = ["2", "11", "51", "201", "501", "1001", "5001"]
  private static let rangeEnds: Set = ["10", "50", "200", "500", "1000", "5000", "10000"]

  private mutating func rangeMark() -> Bool {
    let start = position
    while position < scalars.count,
      "-–—‐‑−~〜～…/_".unicodeScalars.contains(scalars[position]) || scalars[position] == "."
    {
      position += 1
    }
    if position == start {
      let link = words(until: isDigit).joined(separator: " ")
      // `1e3` is no range: a single letter stands between blanks.
      let isApart = link.utf8.count > 1 || link == "a" || start > 0 && isBlank(scalars[start - 1])
      if !WordList.range.contains(link) || !isApart { return false }
    }
    skipBlanks()
    return true
  }

  private mutating func digits() -> String {
    var digits = ""
    while position < scalars.count, isDigit(scalars[position]) {
      digits.unicodeScalars.append(scalars[position])
      position += 1
    }
    return digits
  }

  private mutating func word() -> String {
    var word = String.UnicodeScalarView()
    while position < scalars.count, TextFolding.isWordScalar(scalars[position]), !isDigit(scalars[position]) {
      word.append(scalars[position])
      position += 1
    }
    return String(word)
  }

  private mutating func words(until stop: (Unicode.Scalar) -> Bool) -> [String] {
    let start = position
    while position < scalars.count, !stop(scalars[position]) { position += 1 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<position])
    return TextFolding.words(String(view)).map(String.init)
  }

  /// Whether the words say no more than that this is a number of people.
  private func allowed(_ words: [String]) -> Bool {
    if words.isEmpty || WordList.about.contains(words.joined(separator: " ")) { return true }
    return words.allSatisfy {
      WordList.about.contains($0) || WordList.headcount.contains($0) || Self.glue.contains($0)
    }
  }

  private static let glue: Set = [
    "of", "than", "to", "the", "our", "in", "total", "size", "company", "number", "team", "members", "people", "full",
    "time", "worldwide", "globally", "and", "more", "or", "als", "de", "que", "di", "mehr", "oder", "et", "y", "e", "o",
    "close", "at", "between", "from", "zwischen", "von", "entre", "tra", "tussen", "mellan", "mellem", "mellom",
    "miedzy", "least", "plus", "part", "mas", "mais", "piu", "van", "dan", "lebih", "i", "have", "we", "are",
    "now",
    "ou", "od", "a", "и", "более", "eller", "fler", "flere", "meer", "viac", "více", "wiecej", "lub", "или", "больше",
    "от", "з", "från", "fra", "ongeveer", "insgesamt", "weltweit", "current", "approx", "firma", "fulltime",
    "以上", "余", "多", "이상", "左右",
  ]

  private mutating func skipBlanks() {
    while position < scalars.count, isBlank(scalars[position]) { position += 1 }
  }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
  private func isGroupMark(_ scalar: Unicode.Scalar) -> Bool {
    isBlank(scalar) || [",", ".", "'", "’", "\u{2019}", "_"].contains(scalar)
  }
}
