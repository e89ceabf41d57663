import CVocabulary

/// Reads the department out of a title.
enum DepartmentReading {
  static func department(_ title: String) -> Department? {
    let folded = TextFolding.fold(title, limit: 300)
    let words = PlaceName.joinedWords(folded)
    guard words.contains(where: { $0.contains(where: \.isLetter) }) else { return nil }
    let lexicon = DepartmentLexicon.shared
    let found = lexicon.phrases(in: words) + lexicon.parts(in: folded)
    // Who leads the company and one department (`founder & CTO`) is known by the department.
    if let best = found.filter({ $0.department != .executive }).max(by: { $0.length < $1.length }) {
      return best.department
    }
    switch JobTitle.seniority(title) {
    case .founder, .cLevel: return .executive
    case .head where !found.isEmpty: return .executive
    default: return isBareLevel(words) ? nil : .other
    }
  }

  /// A level and nothing else: `manager`, `senior director`.
  private static func isBareLevel(_ words: [String]) -> Bool {
    var index = 0
    while index < words.count {
      guard let (_, length) = TitleLexicon.shared.longest(in: words, at: index) else { return false }
      index += length
    }
    return true
  }
}

/// The words of `departments.tsv`.
struct DepartmentLexicon: Sendable {
  struct Match {
    var department: Department
    var length: Int
  }

  static let shared = DepartmentLexicon()

  private var byPhrase: [String: Department] = [:]
  private var longest = 1
  private var suffixes: [(text: String, department: Department)] = []
  private var prefixes: [(text: String, department: Department)] = []
  private var byPart: [(text: String, department: Department)] = []

  private init() {
    for row in Vocabulary.rows(vocabulary_departments()) where row.count == 3 {
      guard let department = Department(rawValue: String(row[0])) else { continue }
      for name in Vocabulary.names(row[2]) {
        let folded = TextFolding.fold(String(name))
        switch row[1] {
        case "part": byPart.append((folded, department))
        case "suffix": suffixes.append((folded, department))
        case "prefix": prefixes.append((folded, department))
        default: add(PlaceName.joinedWords(folded), department)
        }
      }
    }
  }

  private mutating func add(_ words: [String], _ department: Department) {
    let phrase = words.joined(separator: " ")
    if byPhrase[phrase] == nil { byPhrase[phrase] = department }
    longest = max(longest, words.count)
  }

  func isDepartment(_ word: String) -> Bool { byPhrase[word].map { $0 != .executive } ?? false }

  func phrases(in words: [String]) -> [Match] {
    var found: [Match] = []
    var index = 0
    while index < words.count {
      var length = min(longest, words.count - index)
      while length > 0, byPhrase[words[index..<(index + length)].joined(separator: " ")] == nil { length -= 1 }
      if length > 0, let department = byPhrase[words[index..<(index + length)].joined(separator: " ")] {
        // The first of two equally long ones stays the best: later ones count a little less.
        found.append(Match(department: department, length: length * 1000 - index))
      } else if let compound = compound(words[index]) {
        found.append(Match(department: compound, length: 1000 - index))
      }
      index += max(length, 1)
    }
    return found
  }

  private func compound(_ word: String) -> Department? {
    let length = word.utf8.count
    let end = suffixes.first { word.hasSuffix($0.text) && length > $0.text.utf8.count }
    // A compound is longer than its first part by a word.
    return end?.department ?? prefixes.first { word.hasPrefix($0.text) && length > $0.text.utf8.count + 2 }?.department
  }

  func parts(in folded: String) -> [Match] {
    guard folded.unicodeScalars.contains(where: { $0.value > 0xdff }) else { return [] }
    return byPart.filter { folded.contains($0.text) }.map {
      Match(department: $0.department, length: $0.text.unicodeScalars.count)
    }
  }
}
