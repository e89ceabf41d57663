/// A number of a sentence with what it counts, as far as that is a share or money.
struct Quantity: Sendable, Hashable {
  enum Unit: Sendable, Hashable {
    case percent
    /// Its code in small letters.
    case money(String)
  }

  var value: ExactDecimal
  var unit: Unit?
  /// The tokens that it is written with.
  var tokens: Range<Int>
  /// `850+`, `more than 850`: another statement than 850.
  var bound: String?

  /// All of a text, in their order.
  static func all(in tokens: [SentenceToken]) -> [Quantity] {
    var found: [Quantity] = []
    var index = 0
    while index < tokens.count {
      if let quantity = QuantityReader(tokens: tokens).quantity(at: index) {
        found.append(quantity)
        index = quantity.tokens.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  /// Whether facts that hold `other` hold this.
  func follows(from other: Quantity) -> Bool {
    guard value == other.value else { return false }
    return unit == nil ? other.unit != .percent : unit == other.unit
  }
}

private struct QuantityReader {
  let tokens: [SentenceToken]

  func quantity(at start: Int) -> Quantity? {
    guard var (value, end) = digits(at: start) ?? words(at: start) else { return nil }
    if let scale = scale(at: end) {
      value = value * scale
      end += 1
    }
    var quantity = Quantity(value: value, unit: nil, tokens: start..<end)
    if let (unit, after) = unit(at: end, written: start) {
      quantity.unit = unit
      quantity.tokens = start..<after
    } else if start > 0, let money = Currency.code(tokens[start - 1]) {
      quantity.unit = .money(money)
    }
    quantity.bound = bound(before: start, after: end)
    return quantity
  }

  // MARK: The number

  private func digits(at index: Int) -> (ExactDecimal, Int)? {
    guard let number = tokens[index].number else { return nil }
    return (number, index + 1)
  }

  /// `eight hundred and fifty`, `twenty-five`, `a million`.
  private func words(at start: Int) -> (ExactDecimal, Int)? {
    guard let first = word(start) else { return nil }
    let isArticle = ["a", "one"].contains(first)
    if isArticle, !(word(start + 1).map { NumberWord.scales[$0] != nil } ?? false) { return nil }
    guard isArticle || NumberWord.value(of: first) != nil else { return nil }
    var total = 0
    var current = isArticle ? 1 : 0
    var index = isArticle ? start + 1 : start
    var end = index
    while index < tokens.count {
      if tokens[index].sign == "-" || word(index) == "and" {
        index += 1
        continue
      }
      guard let word = word(index), add(word, &total, &current) else { break }
      index += 1
      end = index
    }
    return (ExactDecimal(total + current), end)
  }

  private func add(_ word: String, _ total: inout Int, _ current: inout Int) -> Bool {
    if let small = NumberWord.small[word] {
      // "forty twelve" are two numbers.
      guard current % 100 == 0 || (current % 10 == 0 && current % 100 >= 20 && small < 10) else { return false }
      current += small
    } else if let scale = NumberWord.scales[word] {
      if scale == 100 {
        current = max(1, current) * 100
      } else {
        total += max(1, current) * scale
        current = 0
      }
    } else if let other = NumberWord.value(of: word), current == 0, total == 0 {
      current = other
    } else {
      return false
    }
    return true
  }

  private func word(_ index: Int) -> String? { index < tokens.count ? tokens[index].word : nil }

  private func scale(at index: Int) -> ExactDecimal? {
    guard let word = word(index) else { return nil }
    if let scale = NumberWord.scales[word] ?? NumberWord.otherScales[word] { return ExactDecimal(scale) }
    if tokens[index].isAttached, let scale = NumberWord.attached[word] { return ExactDecimal(scale) }
    // Scripts without blanks: the scale is the beginning of what follows.
    return NumberWord.unspaced.first { word.hasPrefix($0.key) }.map { ExactDecimal($0.value) }
  }

  // MARK: The unit

  private func unit(at index: Int, written start: Int) -> (Quantity.Unit, Int)? {
    // In scripts without blanks the same word holds the scale: 500万円.
    if index > start + 1, tokens[index - 1].word?.contains("円") == true { return (.money("jpy"), index) }
    guard index < tokens.count else { return nil }
    if tokens[index].sign == "%" { return (.percent, index + 1) }
    if let money = Currency.code(tokens[index]) { return (.money(money), index + 1) }
    guard let word = word(index) else { return nil }
    if Self.percent.contains(word) { return (.percent, index + 1) }
    if ["per", "pour", "por", "pro"].contains(word), let next = self.word(index + 1),
      ["cent", "ciento", "cento"].contains(next)
    {
      return (.percent, index + 2)
    }
    return word.hasPrefix("円") ? (.money("jpy"), index + 1) : nil
  }

  private static let percent: Set = ["percent", "prozent", "procent", "percento", "porciento"]

  // MARK: Bounds

  private func bound(before start: Int, after end: Int) -> String? {
    if end < tokens.count, tokens[end].sign == "+", tokens[end].isAttached { return "+" }
    guard start > 0, let word = word(start - 1), Self.bounds.contains(word) else { return nil }
    return word
  }

  private static let bounds: Set = [
    "than", "over", "under", "above", "below", "nearly", "almost", "least", "exceeding",
  ]
}

/// Numbers in words.
enum NumberWord {
  static let small: [String: Int] = {
    let units = [
      "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    var all = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, $0 + 2) })
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    for (index, ten) in tens.enumerated() { all[ten] = (index + 2) * 10 }
    return all
  }()

  static let scales = [
    "dozen": 12, "dozens": 12, "hundred": 100, "hundreds": 100, "thousand": 1_000, "thousands": 1_000,
    "million": 1_000_000, "millions": 1_000_000, "billion": 1_000_000_000, "billions": 1_000_000_000,
  ]

  /// After digits, in other languages.
  static let otherScales = [
    "tsd": 1_000, "tausend": 1_000, "mille": 1_000, "mil": 1_000, "mio": 1_000_000, "mn": 1_000_000,
    "millionen": 1_000_000, "millones": 1_000_000, "milioni": 1_000_000, "milhoes": 1_000_000, "miljoen": 1_000_000,
    "bn": 1_000_000_000, "mrd": 1_000_000_000, "milliarden": 1_000_000_000, "milliards": 1_000_000_000,
    "lakh": 100_000, "crore": 10_000_000, "k": 1_000,
  ]

  static let attached = ["m": 1_000_000, "b": 1_000_000_000]

  static let unspaced = ["万": 10_000, "萬": 10_000, "億": 100_000_000, "亿": 100_000_000, "千": 1_000]

  /// Of a single word, in any of the languages that are read; short ones are other words elsewhere.
  static func value(of word: String) -> Int? {
    if let value = small[word] ?? scales[word] { return value }
    return word.count >= 4 && !PlainWords.contains(word) ? NumberWords.value(of: word) : nil
  }
}

/// What money is called.
enum Currency {
  /// In small letters.
  static func code(_ token: SentenceToken) -> String? {
    if let sign = token.sign { return signs[sign] }
    return token.word.flatMap { codes[$0] }
  }

  private static let signs: [Character: String] = ["€": "eur", "$": "usd", "£": "gbp", "¥": "jpy", "₹": "inr"]
  private static let codes: [String: String] = [
    "eur": "eur", "euro": "eur", "euros": "eur", "usd": "usd", "dollar": "usd", "dollars": "usd", "gbp": "gbp",
    "pound": "gbp", "pounds": "gbp", "chf": "chf", "franken": "chf", "jpy": "jpy", "yen": "jpy", "cny": "cny",
    "rmb": "cny", "yuan": "cny", "inr": "inr", "rupees": "inr", "sek": "sek", "nok": "nok", "dkk": "dkk", "pln": "pln",
    "czk": "czk", "cad": "cad", "aud": "aud", "brl": "brl", "reais": "brl", "mxn": "mxn", "sgd": "sgd", "aed": "aed",
  ]
}
