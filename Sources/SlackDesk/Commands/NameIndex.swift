import Foundation
import RevOps

/// The names of the newest leads, in memory, so that a misspelt or half-remembered one is found.
///
/// It follows the store: each search first reads what has come since. Names that a service corrected later are known when
/// the pipeline tells of them, or after a restart.
public actor NameIndex {
  /// How many leads are kept in mind, the newest.
  static let limit = 20_000
  private static let page = 200

  struct Entry: Sendable {
    var id: LeadID
    var receivedAt: Date
    /// Of the person's and the company's name and the domain, folded.
    var words: [[Character]]
    var contact: String?
    var company: String?
  }

  private let leads: any Leads
  private var entries: [LeadID: Entry] = [:]
  private var reading: Task<StorageError?, Never>?
  private var isFilled = false

  public init(leads: any Leads) { self.leads = leads }

  /// The lead as it stands now.
  public func note(_ lead: Lead) {
    guard lead.state != .merged else { return entries[lead.id] = nil }
    if entries[lead.id] == nil, entries.count >= Self.limit { return }
    entries[lead.id] = Entry(lead)
  }

  /// The ids of leads whose names are like the text, the best first.
  func matches(_ text: String, limit: Int) async throws(StorageError) -> [LeadID] {
    try await catchUp()
    let wanted = TextFolding.words(TextFolding.fold(text)).map(Array.init).filter { !$0.isEmpty }
    guard !wanted.isEmpty else { return [] }
    let ranked = entries.values.compactMap { entry in Likeness.score(wanted, entry.words).map { (entry, $0) } }
      .sorted { ($0.1, $0.0.receivedAt, $0.0.id) > ($1.1, $1.0.receivedAt, $1.0.id) }
    return ranked.prefix(limit).map(\.0.id)
  }

  /// The leads of a contact or company record of the CRM, newest first.
  func leads(of record: CRMLink) async throws(StorageError) -> [LeadID] {
    try await catchUp()
    return entries.values.filter { record.kind == .contact ? $0.contact == record.id : $0.company == record.id }
      .sorted { $0.receivedAt > $1.receivedAt }.map(\.id)
  }

  /// Of any number of searches at once one reads.
  private func catchUp() async throws(StorageError) {
    let running = reading ?? Task { await read() }
    reading = running
    let failure = await running.value
    if reading == running { reading = nil }
    if let failure { throw failure }
  }

  /// From the newest back to the first known one; the first time back to the limit.
  private func read() async -> StorageError? {
    var cursor: String?
    var read = 0
    do throws(StorageError) {
      repeat {
        var query = LeadQuery(cursor: cursor, limit: Self.page)
        query.leavesOutMerged = true
        let page = try await leads.leads(query)
        let isKnown = isFilled && page.leads.contains { entries[$0.id] != nil }
        for lead in page.leads { entries[lead.id] = Entry(lead) }
        read += page.leads.count
        cursor = isKnown ? nil : page.nextCursor
      } while cursor != nil && read < Self.limit
    } catch {
      return error
    }
    isFilled = true
    return nil
  }
}

extension NameIndex.Entry {
  init(_ lead: Lead) {
    let title = LeadTitle(lead)
    let domain = lead.facts?.normalized.domain.map { String($0.prefix { $0 != "." }) }
    let names = [title.person, title.account, domain].compactMap { $0 }.joined(separator: " ")
    var seen: Set<Substring> = []
    let folded = TextFolding.fold(String(names.prefix(300)))
    self.init(
      id: lead.id, receivedAt: lead.intake.receivedAt,
      words: TextFolding.words(folded).filter { seen.insert($0).inserted }.map(Array.init),
      contact: lead.desk.crm.contactID ?? lead.facts?.crm.contactID,
      company: lead.desk.crm.companyID ?? lead.facts?.crm.companyID)
  }
}

/// How well the words that somebody typed, in any order, name somebody.
enum Likeness {
  /// 0…1; nil: some word of it is nothing like any of theirs.
  static func score(_ wanted: [[Character]], _ words: [[Character]]) -> Double? {
    var sum = 0.0
    for word in wanted {
      let best = words.map { score(word, $0) }.max() ?? 0
      if best == 0 { return nil }
      sum += best
    }
    return sum / Double(wanted.count)
  }

  /// The same word, its beginning, or a slip: one letter in four, two in seven.
  private static func score(_ wanted: [Character], _ word: [Character]) -> Double {
    if wanted == word { return 1 }
    if wanted.count >= 2, word.starts(with: wanted) { return 0.9 }
    let tolerated = wanted.count >= 7 ? 2 : wanted.count >= 4 ? 1 : 0
    guard tolerated > 0, abs(wanted.count - word.count) <= tolerated else { return 0 }
    let distance = Spelling.distance(wanted, word)
    return distance <= tolerated ? 0.8 - 0.1 * Double(distance) : 0
  }
}

/// An address of a record in HubSpot, as people copy it from the browser.
struct CRMLink: Equatable {
  enum Kind: Equatable {
    case contact
    case company
  }

  var kind: Kind
  var id: String

  /// `https://app.hubspot.com/contacts/1/record/0-1/101`, or the older `…/contacts/1/contact/101`.
  init?(_ text: String) {
    guard Self.isOfCRM(text),
      let found = text.firstMatch(of: /\/(?:record\/)?(0-1|0-2|contact|company)\/([0-9]{1,20})(?:[\/?#]|$)/)
    else { return nil }
    kind = ["0-1", "contact"].contains(String(found.1)) ? .contact : .company
    id = String(found.2)
  }

  /// Whether it is an address within HubSpot, be it a record's, a deal's or a list's.
  static func isOfCRM(_ text: String) -> Bool {
    guard let host = Domain.host(ofWebsite: text) else { return false }
    return host.wholeMatch(of: /app(?:-[a-z0-9]+)?\.hubspot\.com/) != nil
  }
}
