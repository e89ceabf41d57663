import Foundation
import PolicyFiles
import RevOps

/// The sample company's configuration, whole or with a change.
enum Northwind {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "config")

  static func policy(
    routing: (old: String, new: String)? = nil, scoring: (old: String, new: String)? = nil
  ) throws -> Policy {
    try PolicyLoader.load(
      routing: file("routing.yaml", routing), scoring: file("scoring.yaml", scoring),
      playbook: file("playbook.yaml", nil)
    ).policy
  }

  struct NoSuchText: Error { var text: String }

  static func file(_ name: String, _ edit: (old: String, new: String)?) throws -> SourceFile {
    var text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    if let edit {
      guard text.contains(edit.old) else { throw NoSuchText(text: edit.old) }
      text = text.replacingOccurrences(of: edit.old, with: edit.new)
    }
    // The examples say where the unchanged rules send a lead.
    if let edit, edit.old != edit.new, let examples = text.range(of: "\nexamples:") {
      text = String(text[..<examples.lowerBound]) + "\n"
    }
    return SourceFile(name: name, text: text)
  }
}

/// Always the same numbers.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Leads as forms send them, some of one person or one company.
enum RandomLeads {
  private static let countries = [
    "Germany", "USA", "United States", "France", "UK", "Ireland", "Japan", "Brasil", "México", "Australia", "India",
    "Österreich", "Schweiz", "Canada", "Kenya", "Poland", "Spain", "Netherlands", "UAE", "", "Atlantis",
  ]
  private static let states = ["", "", "California", "TX", "New York", "Ontario", "BC", "Genève"]
  private static let employees = ["", "8", "11-50", "51-200", "201-500", "501-1000", "5,000", "10k+", "a lot"]
  private static let industries = ["", "Bank", "Software", "Hospital", "University", "Retail", "Versicherung", "NGO"]
  private static let titles = ["", "CTO", "VP Sales", "Head of Ops", "Manager", "Student", "Clerk", "Geschäftsführer"]
  private static let sources = ["", "demo request", "pricing", "webinar", "partner portal", "newsletter"]

  static func lead(_ number: Int, _ dice: inout Dice) -> JSONObject {
    func pick(_ words: [String], _ dice: inout Dice) -> JSONValue { .string(words.randomElement(using: &dice) ?? "") }
    let company = Int.random(in: 0..<300, using: &dice)
    let person = Int.random(in: 0..<3, using: &dice)
    let host = number % 11 == 0 ? "gmail.com" : "company\(company).example"
    return [
      "email": .string("person\(person).\(company)@\(number % 97 == 0 ? "rivalplan.example" : host)"),
      "company": .string("Company \(company)"), "country": pick(countries, &dice), "state": pick(states, &dice),
      "employees": pick(employees, &dice), "industry": pick(industries, &dice), "title": pick(titles, &dice),
      "source": pick(sources, &dice), "message": .string("We would like to know more."),
    ]
  }
}
