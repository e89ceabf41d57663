import Foundation
import RevOps
import Testing

/// Compares the facts read from labelled leads (`leads.jsonl`) with those that a person noted beside them
/// (`leads.notes.tsv`). Runs where `BATON_LABELLED_LEADS` names their folder. A range on the form is left out: the
/// notes give its middle, the vocabulary its lower end.
@Suite struct NormalizationLabelledLeadsTests {
  static let folder = ProcessInfo.processInfo.environment["BATON_LABELLED_LEADS"]

  @Test(.enabled(if: folder != nil)) func `the facts are those that a person reads`() throws {
    let folder = URL(filePath: try #require(Self.folder))
    var notes: [Substring: [Substring]] = [:]
    let text = try String(contentsOf: folder.appending(path: "leads.notes.tsv"), encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      notes[columns[0]] = columns[2].split(separator: "|", omittingEmptySubsequences: false)
    }
    var misses: [String] = []
    var total = 0
    for line in try Data(contentsOf: folder.appending(path: "leads.jsonl")).split(separator: 0x0a) {
      let json = try JSONValue.parse(line)
      let id = try #require(json["id"]?.string)
      guard let note = notes[id[...]] else { continue }
      total += 1
      let found = try Self.facts(json)
      for (index, wanted) in note.enumerated() where !wanted.isEmpty && found[index] != wanted {
        if index == 2, json["lead"]?["employees"]?.string?.contains("-") == true { continue }
        misses.append("\(id): \(wanted) read as \(found[index])")
      }
    }
    #expect(
      misses.count * 500 <= total * 5, "\(misses.count) facts of \(total) leads:\n\(misses.joined(separator: "\n"))")
  }

  /// Place, industry, employees, seniority and kind of address, as the notes write them.
  private static func facts(_ json: JSONValue) throws -> [String] {
    let payload = try LeadPayload.read(try #require(json["lead"]))
    let enrichment = try json["enrichment"].flatMap { value in
      value.isNull ? nil : try JSONDecoder().decode(Enrichment.self, from: Data(value.jsonText.utf8))
    }
    let lead = Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: CRMFacts()).normalized
    let place = lead.region.map { ["US", "CA", "CH", "AU", "DE", "BR"].contains(lead.country) ? $0 : nil } ?? nil
    return [
      place ?? lead.country ?? "-", lead.industry ?? "-", lead.employees.map(String.init) ?? "",
      lead.seniority?.rawValue ?? "", lead.emailType == .business ? "" : lead.emailType.rawValue,
    ]
  }
}
