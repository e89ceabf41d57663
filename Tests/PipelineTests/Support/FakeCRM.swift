import Foundation
import RevOps
import Synchronization

/// The CRM as the pipeline sees it: contacts are found again by their address, notes and tasks only if looked for.
final class FakeCRM: Sendable {
  private struct State {
    var facts = CRMFacts()
    var contacts: Set<String> = []
    var owners: [String] = []
    var statuses: [String] = []
    var notes: [String] = []
    var tasks: [String] = []
    var listed: [String] = []
    var enrolled: [String] = []
    var activeOwners: Set<String>?
  }

  let faults = Faults()
  private let state = Mutex(State())

  var contacts: Set<String> { state.withLock { $0.contacts } }
  /// Each owner that was written.
  var owners: [String] { state.withLock { $0.owners } }
  /// The markers of what was added, each time that it was.
  var notes: [String] { state.withLock { $0.notes } }
  var tasks: [String] { state.withLock { $0.tasks } }
  var listed: [String] { state.withLock { $0.listed } }
  var enrolled: [String] { state.withLock { $0.enrolled } }
  var isUntouched: Bool { contacts.isEmpty && owners.isEmpty && notes.isEmpty && tasks.isEmpty && listed.isEmpty }

  func knows(_ facts: CRMFacts) { state.withLock { $0.facts = facts } }

  var crm: CRM {
    var crm = CRM(
      lookUp: { query async throws(ServiceError) in
        try await self.faults.call("lookUp", of: query.email) { self.state.withLock { $0.facts } }
      },
      perform: { step, write, record async throws(ServiceError) in
        let email = write.facts.normalized.email
        return try await self.faults.call("perform", of: email) { self.perform(step, write, record) }
      },
      addNote: { marker, _, _, _, lookFirst async throws(ServiceError) in
        try await self.faults.call("addNote") { self.add(marker, to: \.notes, lookFirst) }
      },
      addTask: { marker, _, _, _, _, lookFirst async throws(ServiceError) in
        try await self.faults.call("addTask") { self.add(marker, to: \.tasks, lookFirst) }
      },
      addToList: { list, _ async throws(ServiceError) in
        try await self.faults.call("addToList") { self.state.withLock { $0.listed.append(list) } }
      },
      activeOwners: {
        (try? await self.faults.call("activeOwners") { self.state.withLock { $0.activeOwners } }) ?? nil
      },
      recordURL: { "https://crm.example/\($0)" })
    crm.enroll = { sequence, owner, _ async throws(ServiceError) in
      try await self.faults.call("enroll") {
        self.state.withLock { $0.enrolled.append("\(sequence) from \(owner ?? "nobody")") }
      }
    }
    return crm
  }

  private func perform(_ step: CRMStep, _ write: CRM.Write, _ record: CRMRecord) -> CRMRecord {
    var record = record
    let email = write.facts.normalized.email
    state.withLock { state in
      switch step {
      case .contact:
        state.contacts.insert(email)
        record.contactID = "contact of \(email)"
      case .company: record.companyID = "company of \(email)"
      case .association: record.associated = true
      case .owner: state.owners += [write.owner].compactMap { $0 }
      case .status: state.statuses.append(write.leadStatus ?? "")
      }
    }
    return record
  }

  private func add(
    _ marker: String, to list: any WritableKeyPath<State, [String]> & Sendable, _ lookFirst: Bool
  ) -> String {
    state.withLock { state in
      if !lookFirst || !state[keyPath: list].contains(marker) { state[keyPath: list].append(marker) }
    }
    return "id of \(marker)"
  }
}
