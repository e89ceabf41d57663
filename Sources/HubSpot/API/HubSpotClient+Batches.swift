import Foundation
import RevOps
import VendorAPI

/// A record to be made.
struct NewRecord: Sendable {
  var properties: [String: String]
  var associations: [NewAssociation] = []

  /// Whether it is the one that was made of this.
  fileprivate func made(_ object: HubSpotObject, told names: [String]) -> Bool {
    names.contains { name in
      properties[name].map { $0.caseInsensitiveCompare(object.properties[name] ?? "") == .orderedSame } ?? false
    }
  }
}

/// A record to be changed.
struct RecordChange: Sendable {
  var id: String
  var properties: [String: String]
}

/// Two records to be linked.
struct RecordLink: Sendable, Hashable {
  var from: String
  var to: String
}

/// Writes of several records with one call. The outcomes come in the order of what was given.
extension HubSpotClient {
  func create(
    _ kind: ObjectKind, _ records: [NewRecord]
  ) async throws(HubSpotFailure) -> [Result<HubSpotObject, HubSpotFailure>] {
    let inputs = records.enumerated().map { index, record in
      WrittenProperties(
        properties: record.properties, associations: record.associations, objectWriteTraceId: String(index))
    }
    let operation = "\(kind).batch_create"
    let batch: BatchAnswer<HubSpotObject> = try await answer(
      to: .write(operation, .post, path(kind) + ["batch", "create"], BatchInputs(inputs: inputs)))
    return records.enumerated().map { index, record in
      let made = batch.results.first { $0.traceID == String(index) }
      if let made = made
        ?? batch.results.first(where: { $0.traceID == nil && record.made($0, told: kind.tellingNames) })
      {
        return .success(made)
      }
      let fault = batch.faults.first { $0.named("objectWriteTraceId").contains(String(index)) }
      return .failure(fault.map { HubSpotFailure(fault: $0, operation) } ?? .passedOver(operation))
    }
  }

  /// No id may come twice. HubSpot's answer holds what it made of the values.
  func update(
    _ kind: ObjectKind, _ changes: [RecordChange]
  ) async throws(HubSpotFailure) -> [Result<HubSpotObject, HubSpotFailure>] {
    let inputs = changes.map { WrittenProperties(id: $0.id, properties: $0.properties) }
    let operation = "\(kind).batch_update"
    let batch: BatchAnswer<HubSpotObject> = try await answer(
      to: .write(operation, .post, path(kind) + ["batch", "update"], BatchInputs(inputs: inputs)))
    let updated = Dictionary(batch.results.map { ($0.id, $0) }) { first, _ in first }
    return changes.map { change in
      if let object = updated[change.id] { return .success(object) }
      let fault = batch.faults.first { $0.named("ids").contains(change.id) || $0.named("id").contains(change.id) }
      return .failure(fault.map { HubSpotFailure(fault: $0, operation) } ?? .passedOver(operation))
    }
  }

  /// Links pairs without a label; false for those that HubSpot did not link. Repeating it is harmless.
  func associate(
    _ kind: ObjectKind, to other: ObjectKind, _ links: [RecordLink]
  ) async throws(HubSpotFailure) -> [Bool] {
    struct Input: Encodable {
      var from: RecordReference
      var to: RecordReference
    }
    let inputs = links.map { Input(from: RecordReference(id: $0.from), to: RecordReference(id: $0.to)) }
    let path = ["crm", "associations", release, kind.rawValue, other.rawValue, "batch", "associate", "default"]
    let batch: BatchAnswer<AssociationMade> = try await answer(
      to: .write("associations.batch_create", .post, path, BatchInputs(inputs: inputs)))
    let made = Set(
      batch.results.compactMap { link in
        link.from.flatMap { from in link.to.map { RecordLink(from: from.id.text, to: $0.id.text) } }
      })
    return links.map { made.contains($0) }
  }
}

extension ObjectKind {
  /// Properties by which a new record is known again where an answer repeats no trace id.
  fileprivate var tellingNames: [String] {
    switch self {
    case .contacts: ["email"]
    case .companies: ["domain"]
    case .notes: ["hs_note_body"]
    case .tasks: ["hs_task_body"]
    case .deals, .calls, .emails, .meetings: []
    }
  }
}
