import Foundation
import Hiredis
import RevOps
import StoredForms

/// A commit as the words of `commit.lua`.
struct CommitCommand: Sendable {
  private let commit: LeadCommit
  private let token = CallToken.make()
  private let now: Date
  private var leads: [Entry]
  private let effects: [String]
  private let history: [String]

  private struct Entry: Sendable {
    var lead: Lead
    var document: String
    /// The top-level members that the document may have.
    var members = Lead.storedMembers
    /// Those that the stored one is known to have; nil: the same.
    var expected: String?
  }

  init(_ commit: LeadCommit, now: Date) throws {
    self.commit = commit
    self.now = now
    leads = try commit.leads.map { Entry(lead: $0, document: try $0.nextDocument()) }
    effects = try commit.effects.map { try StoredJSON.text($0) }
    history = try commit.history.map { try StoredJSON.text($0.entry) }
  }

  /// A lead's token tells a commit that is sent again. Without a lead only documents would notice, and refuse it.
  var isRepeatable: Bool { !commit.leads.isEmpty || commit.documents.isEmpty }

  /// A lease gives no right to another partition's leads.
  var isWithinPartition: Bool {
    let written = commit.leads.map(\.id) + commit.effects.map(\.leadID) + commit.timers.map(\.leadID)
    return written.allSatisfy { $0.partition == commit.lease.partition }
  }

  /// Keeps what releases with other members have written: `rows` are lead, members and document of each.
  func keeping(_ rows: [ArraySlice<RedisValue>]) throws -> Self {
    var copy = self
    for row in rows.map(Array.init) {
      let (id, members) = (try row[0].word(), try row[1].word())
      guard let index = leads.firstIndex(where: { $0.lead.id.description == id }) else { continue }
      let stored = try StoredJSON.value([String: JSONValue].self, from: row[2].content())
      let unknown = stored.filter { !Lead.storedMembers.contains($0.key) }
      copy.leads[index].expected = members
      copy.leads[index].members = Set(members.split(separator: " ").map(String.init) + Lead.storedMembers).sorted()
      guard !unknown.isEmpty else { continue }
      copy.leads[index].document =
        try leads[index].lead.nextDocument().dropLast() + "," + StoredJSON.text(unknown).dropFirst()
    }
    return copy
  }

  func add(to command: inout RedisCommand) {
    command.add(token)
    command.add(now)
    addLeads(to: &command)
    command.add(commit.finishedMessages.count)
    for id in commit.finishedMessages { command.add(id) }
    addEffects(to: &command)
    addTimers(to: &command)
    command.add(history.count)
    for (line, entry) in zip(commit.history, history) {
      command.add(line.lead)
      command.add(entry)
    }
    command.add(commit.documents.count)
    for document in commit.documents { command.add(document) }
  }

  private func addLeads(to command: inout RedisCommand) {
    command.add(leads.count)
    for entry in leads {
      let lead = entry.lead
      command.add(lead.id)
      command.add(lead.version)
      command.add(lead.state.rawValue)
      command.add(lead.desk.owner ?? "")
      command.add(lead.identity)
      command.add(lead.facts?.normalized.domain ?? "")
      command.add(lead.foldedName ?? "")
      command.add(lead.foldedCompany ?? "")
      command.add(lead.intake.receivedAt)
      command.add(entry.document)
      command.add(lead.desk.assignedAt.map { "\($0.stored)" } ?? "")
      command.add(lead.parkedReason ?? "")
      command.add(entry.members.joined(separator: " "))
      command.add(entry.expected ?? "")
    }
  }

  private func addEffects(to command: inout RedisCommand) {
    command.add(effects.count)
    for (effect, document) in zip(commit.effects, effects) {
      command.add(effect.key)
      command.add(effect.leadID)
      command.add(effect.createdAt)
      command.add(document)
    }
    command.add(commit.finishedEffects.count)
    for completion in commit.finishedEffects {
      command.add(completion.key)
      command.add(completion.result.rawValue)
      command.add(completion.reason.map { "=" + $0 } ?? "")
    }
  }

  private func addTimers(to command: inout RedisCommand) {
    command.add(commit.cancelledTimers.count)
    for key in commit.cancelledTimers { command.add(key) }
    command.add(commit.timers.count)
    for timer in commit.timers {
      command.add(timer.key)
      command.add(timer.leadID)
      command.add(timer.kind.rawValue)
      command.add(timer.due)
    }
  }
}

extension RedisCommand {
  mutating func add(_ document: DocumentChange) {
    add(document.key)
    add(document.version)
    add(document.content)
  }
}
