import Foundation
import RevOps
import SlackAPI

/// What is known of a lead that somebody is about to bring in.
struct LeadDraft: Equatable {
  /// In the order in which the form shows them.
  enum Field: String, CaseIterable {
    case email, name, company, title, phone, website, country, employees, message
  }

  private(set) var values: [Field: String] = [:]

  subscript(field: Field) -> String? {
    get { values[field] }
    set {
      let clean = newValue.map { field == .message ? Self.lines($0) : SlackText.singleLine($0) } ?? ""
      values[field] = clean.isEmpty ? nil : Self.beginning(of: clean, units: Self.longest(field))
    }
  }

  init() {}

  /// As Slack counts; never half a character.
  private static func beginning(of text: String, units: Int) -> String {
    var left = units
    return String(
      text.prefix { character in
        left -= character.utf16.count
        return left >= 0
      })
  }

  static func longest(_ field: Field) -> Int { field == .message ? SlackLimits.inputText : 300 }

  private static func lines(_ text: String) -> String { SlackText.lines(text, limit: 100).joined(separator: "\n") }

  /// Of what follows `/lead new`: an address, a phone number, a website, and the rest as name and company
  /// ("Ada Lovelace, Acme Bank" or "Ada Lovelace of Acme Bank").
  init(typed text: String) {
    var rest: [Substring] = []
    for word in text.split(separator: " ") {
      let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: ",;<>()"))
      if self[.email] == nil, EmailAddress(bare) != nil {
        self[.email] = bare
        if word.hasSuffix(",") { rest.append(",") }
      } else if self[.website] == nil, bare.contains("."), !bare.contains("@"), Domain.host(ofWebsite: bare) != nil {
        self[.website] = bare
      } else {
        rest.append(word)
      }
    }
    let names = rest.joined(separator: " ")
    if let phone = names.firstMatch(of: Self.phone) { self[.phone] = String(phone.0) }
    let plain = names.replacing(Self.phone, with: "")
    let parts = plain.split(separator: /\s*(?:,|;| (?:of|at|from|@) )\s*/).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    .filter { !$0.isEmpty }
    self[.name] = parts.first
    if parts.count > 1 { self[.company] = parts[1] }
  }

  /// An international number, or one with at least seven digits.
  private static var phone: Regex<Substring> { /\+?[0-9(][0-9 ()\/.\-]{6,20}[0-9]/ }
}

extension LeadDraft {
  private static let labels: [(Field, [String])] = [
    (.email, ["email", "e mail", "email address", "e mail address", "mail", "work email"]),
    (.name, ["name", "full name", "contact", "contact name", "lead", "lead name", "person"]),
    (.company, ["company", "company name", "organization", "organisation", "account", "business"]),
    (.title, ["title", "job title", "role", "position", "jobtitle"]),
    (.phone, ["phone", "phone number", "mobile", "mobile phone number", "telephone", "tel"]),
    (.website, ["website", "website url", "domain", "url", "company domain"]),
    (.country, ["country", "country region", "location"]),
    (.employees, ["employees", "number of employees", "company size", "headcount", "size"]),
    (
      .message,
      ["message", "comment", "comments", "notes", "note", "question", "inquiry", "enquiry", "how can we help"]
    ),
  ]

  /// Of a message: lines such as `*Email:* ada@acme.com`, fields with their names above their values, and the first
  /// address, wherever it stands.
  init(message: IncomingMessage) {
    var names: [String: String] = [:]
    var free: [String] = []
    for text in message.texts {
      for line in Self.read(text, &names) { free.append(line) }
    }
    for (field, labels) in Self.labels {
      self[field] = labels.lazy.compactMap { names[$0] }.first
    }
    if self[.name] == nil {
      self[.name] = [names["first name"] ?? names["firstname"], names["last name"] ?? names["lastname"]].compactMap {
        $0
      }
      .joined(separator: " ")
    }
    let all = message.texts.map(SlackToken.plainText).joined(separator: "\n")
    if self[.email].flatMap({ EmailAddress($0) }) == nil { self[.email] = Self.address(in: all) }
    if self[.message] == nil { self[.message] = free.joined(separator: "\n") }
  }

  /// Takes the labelled values out of a text and gives the lines that have no label.
  private static func read(_ wire: String, _ names: inout [String: String]) -> [String] {
    var free: [String] = []
    var label: String?
    for line in SlackToken.plainText(wire).split(whereSeparator: \.isNewline) {
      let plain = line.filter { !"*`".contains($0) }.trimmingCharacters(
        in: .whitespaces.union(.init(charactersIn: ">•-_~")))
      if plain.isEmpty { continue }
      if let known = label {
        names[known] = names[known] ?? plain
        label = nil
      } else if let (name, value) = pair(plain) {
        if value.isEmpty { label = name } else { names[name] = names[name] ?? value }
      } else if isLabel(key(plain)) {
        label = key(plain)
      } else {
        free.append(plain)
      }
    }
    return free
  }

  private static func pair(_ line: String) -> (String, String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = key(String(line[..<colon]))
    guard isLabel(name) else { return nil }
    return (name, line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
  }

  private static func key(_ text: String) -> String {
    TextFolding.words(TextFolding.fold(String(text.prefix(60)))).joined(separator: " ")
  }

  private static func isLabel(_ name: String) -> Bool {
    labels.contains { $0.1.contains(name) } || ["first name", "firstname", "last name", "lastname"].contains(name)
  }

  private static func address(in text: String) -> String? {
    text.matches(of: /[^\s<>(),;:"|]+@[^\s<>(),;:"|]+/).lazy.map { String($0.output) }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".")) }.first { EmailAddress($0) != nil }
  }
}
